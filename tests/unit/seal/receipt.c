/* tests of seal/receipt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "seal/hash.h"
#include "seal/note.h"
#include "seal/receipt.h"

static const char good_body[] =
	"blankett receipt v1\n"
	"reference: SYN-0000-0000\n"
	"form: synpunkt\n"
	"received: 2026-11-22T14:05:09+01:00\n"
	"envelope: 00000000000000000000000000000000"
	"000000000000000000000000000000ff\n"
	"epoch: 3\n";

static struct arena a;

static void
a_receipt_is_written_and_read_the_same(void **state)
{
	struct receipt r = {
		.reference = text_of("SYN-0000-0000"),
		.form_id = text_of("synpunkt"),
		.received_s = 1795352709,
		.epoch = 3,
	}, back;
	struct err e = { 0 };

	(void)state;
	r.envelope.b[31] = 0xFF;
	assert_string_equal(receipt_body(&a, &r).p, good_body);
	assert_true(receipt_parse(&a, text_of(good_body), &back, &e));
	assert_int_equal(back.received_s, r.received_s);
	assert_true(hash_eq(&back.envelope, &r.envelope));
	/* The hour that comes twice is told apart by its offset. */
	for (int64_t t = 1792886400; t < 1792900800; t += 599) {
		r.received_s = t;
		assert_true(receipt_parse(&a, receipt_body(&a, &r), &back, &e));
		assert_int_equal(back.received_s, t);
	}
}

/* A line of the good body, and what must not stand in its place. */
static const char *const changes[][2] = {
	{ "receipt v1", "receipt v2" },
	{ "reference: SYN-0000-0000", "reference: SYN-0000-0001" },
	{ "reference: SYN-0000-0000", "reference: syn-0000-0000" },
	{ "reference: SYN-0000-0000", "reference: " },
	{ "form: synpunkt", "form: Synpunkt" },
	{ "form: synpunkt", "form:  synpunkt" },
	{ "T14:05:09+01:00", "T14:05:09+02:00" },
	{ "T14:05:09+01:00", "T13:05:09Z" },
	{ "T14:05:09+01:00", "T24:05:09+01:00" },
	{ "T14:05:09+01:00", " 14:05:09+01:00" },
	{ "2026-11-22", "2026-11-31" },
	{ "ff\n", "FF\n" },
	{ "ff\n", "f\n" },
	{ "epoch: 3", "epoch: 03" },
	{ "epoch: 3", "epoch: 0" },
	{ "epoch: 3\n", "epoch: 3\nname: x\n" },
	{ "epoch: 3\n", "epoch: 3\n\n" },
	{ "epoch: 3\n", "epoch: 3" },
	{ "epoch: 3\n", "" },
	{ "form: synpunkt\n", "" },
	{ "form: synpunkt\n", "form: synpunkt\nform: synpunkt\n" },
};

static void
any_other_spelling_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		const char *at = strstr(good_body, changes[i][0]);
		struct text body = arena_printf(&a, "%.*s%s%s",
			(int)(at - good_body), good_body, changes[i][1],
			at + strlen(changes[i][0]));
		struct receipt r;
		struct err e = { 0 };

		if (receipt_parse(&a, body, &r, &e))
			fail_msg("%s", changes[i][1]);
	}
}

static void
a_servers_signature_holds_on_its_days_only(void **state)
{
	static const unsigned char one[32] = { 1 }, two[32] = { 2 },
		three[32] = { 3 };
	struct sign_key *old = sign_key_of(one), *now = sign_key_of(two),
		*stranger = sign_key_of(three);
	struct keyset_server servers[] = {
		{ text_of("server-1"), { 2025, 11, 23 }, { 2026, 11, 21 },
			*sign_key_public(old) },
		{ text_of("server-2"), { 2026, 11, 22 }, { 2026, 11, 22 },
			*sign_key_public(now) },
	};
	struct keyset ks = { .servers = servers, .server_count = 2 };
	struct text body = text_of(good_body);
	const struct keyset_server *by;
	struct receipt r;
	struct err e = { 0 };

	(void)state;
	assert_true(receipt_open(&a, note_sign(&a, body, "server-2", now), &ks,
		&r, &by, &e));
	assert_ptr_equal(by, &servers[1]);
	assert_false(receipt_open(&a, note_sign(&a, body, "server-1", old),
		&ks, &r, &by, &e));
	assert_string_equal(e.text, "receipt: the key \"server-1\" was not"
		" valid on 2026-11-22");
	servers[1].from = servers[1].until = (struct date){ 2026, 11, 23 };
	assert_false(receipt_open(&a, note_sign(&a, body, "server-2", now),
		&ks, &r, &by, &e));
	assert_false(receipt_open(&a,
		note_sign(&a, body, "server-2", stranger), &ks, &r, NULL, &e));
	ks.server_count = 0;
	assert_false(receipt_open(&a, note_sign(&a, body, "server-2", now),
		&ks, &r, NULL, &e));
	sign_key_close(old);
	sign_key_close(now);
	sign_key_close(stranger);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_receipt_is_written_and_read_the_same),
		cmocka_unit_test(any_other_spelling_is_refused),
		cmocka_unit_test(a_servers_signature_holds_on_its_days_only),
	};
	int failed;

	if (!seal_start())
		return 1;
	arena_init(&a, false);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_release(&a);
	return failed;
}
