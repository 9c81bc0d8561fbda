/* tests of seal/seal: the sealer refuses what it must not write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "seal/keyfile.h"
#include "seal/seal.h"

static const unsigned char subid[SUBID_BYTES] = { 1 };
static const char reply_pk[REPLY_PK_BYTES] = { 1 };

static void
two_keys(struct seal_key keys[2])
{
	unsigned char pk[PUBLIC_KEY_BYTES] = { 9 };

	seal_key_set(&keys[0], pk);
	do {
		struct open_key *k = open_key_new();

		keys[1] = *open_key_public(k);
		open_key_close(k);
	} while (memcmp(keys[0].id, keys[1].id, KEY_ID_BYTES) >= 0);
}

static struct seal_meta
meta(void)
{
	return (struct seal_meta){ .mode = ENVELOPE_MODE_SERVER,
		.subid = subid, .form_id = text_of("synpunkt"), .epoch = 1 };
}

static struct sealer *
begin(struct buf *b)
{
	struct seal_meta m = meta();
	struct seal_key keys[2];
	struct sealer *s;
	struct err e = { 0 };

	two_keys(keys);
	buf_init(b, ENVELOPE_MAX);
	assert_true(seal_open(&m, keys, 2, b, &s, &e));
	return s;
}

static bool
begins(struct seal_meta m, const struct seal_key *keys, size_t n)
{
	struct buf b;
	struct sealer *s;
	struct err e = { 0 };
	bool ok;

	buf_init(&b, ENVELOPE_MAX);
	ok = seal_open(&m, keys, n, &b, &s, &e);
	assert_int_equal(ok, e.kind == ERR_NONE);
	assert_int_equal(ok, s != NULL);
	seal_abort(s);
	buf_release(&b);
	return ok;
}

static void
it_seals_only_to_two_to_sixteen_ascending_keys(void **state)
{
	struct seal_key keys[2], turned[2];
	struct seal_meta m = meta();

	(void)state;
	two_keys(keys);
	assert_true(begins(m, keys, 2));
	assert_false(begins(m, keys, 0));
	assert_false(begins(m, keys, 1));
	assert_false(begins(m, keys, 17));
	turned[0] = keys[1];
	turned[1] = keys[0];
	assert_false(begins(m, turned, 2));
	turned[0] = turned[1];
	assert_false(begins(m, turned, 2));
	/* A public key of small order is one that everybody can open. */
	memset(keys[1].pk, 0, sizeof keys[1].pk);
	assert_false(begins(m, keys, 2));
}

static void
it_refuses_a_form_or_epoch_that_cannot_be(void **state)
{
	struct seal_key keys[2];
	struct seal_meta m = meta();

	(void)state;
	two_keys(keys);
	m.form_id = text_of("");
	assert_false(begins(m, keys, 2));
	m.form_id = text_of("a b");
	assert_false(begins(m, keys, 2));
	m = meta();
	m.epoch = 0;
	assert_false(begins(m, keys, 2));
}

/* What is put in is a list of type, said length, given length. */
struct misuse {
	const char *what;
	struct {
		enum envelope_record type;
		uint64_t said;
		size_t given;
	} put[8];
	bool closes;
};

static const struct misuse misuses[] = {
	{ "a whole one", { { RECORD_ANSWERS, 2, 2 },
		{ RECORD_REPLY_KEY, 32, 32 } }, true },
	{ "nothing at all", { { RECORD_END, 0, 0 } }, false },
	{ "answers only", { { RECORD_ANSWERS, 2, 2 } }, false },
	{ "a short record", { { RECORD_ANSWERS, 2, 2 },
		{ RECORD_REPLY_KEY, 32, 31 } }, false },
	{ "a short record in the middle", { { RECORD_ANSWERS, 2, 1 },
		{ RECORD_REPLY_KEY, 32, 32 } }, false },
	{ "a long record", { { RECORD_ANSWERS, 2, 3 },
		{ RECORD_REPLY_KEY, 32, 32 } }, false },
	{ "wrong order", { { RECORD_REPLY_KEY, 32, 32 },
		{ RECORD_ANSWERS, 2, 2 } }, false },
	{ "a file without its bytes", { { RECORD_ANSWERS, 2, 2 },
		{ RECORD_REPLY_KEY, 32, 32 }, { RECORD_FILE, 2, 2 } }, false },
};

static void
it_refuses_records_out_of_order_or_of_other_length(void **state)
{
	static const char bytes[64] = "{}";

	(void)state;
	for (size_t i = 0; i < sizeof misuses / sizeof *misuses; i++) {
		struct buf b;
		struct sealer *s = begin(&b);
		struct hash h;
		struct err e = { 0 };

		for (size_t k = 0; misuses[i].put[k].type != RECORD_END; k++) {
			seal_record_begin(s, misuses[i].put[k].type,
				misuses[i].put[k].said);
			seal_record_bytes(s, (struct text){ bytes,
				misuses[i].put[k].given });
		}
		if (seal_close(s, &h, &e) != misuses[i].closes)
			fail_msg("%s", misuses[i].what);
		buf_release(&b);
	}
}

static void
it_says_when_the_envelope_has_no_room(void **state)
{
	struct seal_meta m = meta();
	struct seal_key keys[2];
	struct buf b;
	struct sealer *s;
	struct hash h;
	struct err e = { 0 };

	(void)state;
	two_keys(keys);
	buf_init(&b, 200);
	assert_false(seal_open(&m, keys, 2, &b, &s, &e));
	assert_int_equal(e.kind, ERR_LIMIT);
	buf_release(&b);

	e = (struct err){ 0 };
	buf_init(&b, 4096);
	assert_true(seal_open(&m, keys, 2, &b, &s, &e));
	seal_record(s, RECORD_ANSWERS, text_of("{}"));
	seal_record(s, RECORD_REPLY_KEY,
		(struct text){ reply_pk, sizeof reply_pk });
	assert_false(seal_close(s, &h, &e));
	assert_int_equal(e.kind, ERR_LIMIT);
	buf_release(&b);
}

static void
too_many_files_are_refused(void **state)
{
	(void)state;
	for (size_t n = ENVELOPE_FILES_MAX; n <= ENVELOPE_FILES_MAX + 1; n++) {
		struct buf b;
		struct sealer *s = begin(&b);
		struct hash h;
		struct err e = { 0 };

		seal_record(s, RECORD_ANSWERS, text_of("{}"));
		seal_record(s, RECORD_REPLY_KEY,
			(struct text){ reply_pk, sizeof reply_pk });
		for (size_t i = 0; i < n; i++) {
			seal_record(s, RECORD_FILE, text_of("{}"));
			seal_record(s, RECORD_FILE_BYTES, text_of("x"));
		}
		assert_int_equal(
			seal_close(s, &h, &e), n <= ENVELOPE_FILES_MAX);
		buf_release(&b);
	}
}

static void
two_envelopes_of_the_same_have_nothing_in_common(void **state)
{
	struct buf b[2];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct sealer *s = begin(&b[i]);
		struct hash h;
		struct err e = { 0 };

		seal_record(s, RECORD_ANSWERS, text_of("{}"));
		seal_record(s, RECORD_REPLY_KEY,
			(struct text){ reply_pk, sizeof reply_pk });
		assert_true(seal_close(s, &h, &e));
	}
	assert_int_equal(b[0].len, b[1].len);
	assert_memory_not_equal(b[0].p + b[0].len - 4096,
		b[1].p + b[1].len - 4096, 4096);
	buf_release(&b[0]);
	buf_release(&b[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_seals_only_to_two_to_sixteen_ascending_keys),
		cmocka_unit_test(it_refuses_a_form_or_epoch_that_cannot_be),
		cmocka_unit_test(
			it_refuses_records_out_of_order_or_of_other_length),
		cmocka_unit_test(it_says_when_the_envelope_has_no_room),
		cmocka_unit_test(too_many_files_are_refused),
		cmocka_unit_test(
			two_envelopes_of_the_same_have_nothing_in_common),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
