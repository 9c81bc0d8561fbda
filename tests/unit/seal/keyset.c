/* tests of seal/keyset. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "seal/hash.h"
#include "seal/keyset.h"
#include "seal/note.h"

/* X25519 keys of the secret bytes 1.., Ed25519 keys of the seeds 1..; the
 * fixture's good body names them all. */
struct fixture {
	struct arena a;
	struct sign_key *organisation;
	const char *x[4]; /* base64 of recipients' keys */
	const char *s[4]; /* of signers' keys */
};

static int
setup(void **state)
{
	static const char *const x[4] = {
		"L+V9o0fNYkMVKNqsX7spBzD/9oSvxM/C7ZCZX1jLO3Q=",
		"B6N8vBQgk8i3VdwbEOhstCY3StFqpFPtC9/AsrhtHHw=",
		"xGJ0HjgHpf6G7UXAEn4x1GO8Fyh4RSBYdR/32TCfYYM=",
		"ddvP7UWZSpjs2QtTsEGTyt1SWhtU+tAGgwD/AO3LdnQ=",
	};
	struct fixture *f = calloc(1, sizeof *f);

	if (!f)
		return -1;
	*state = f;
	arena_init(&f->a, false);
	for (unsigned char i = 0; i < 4; i++) {
		unsigned char seed[32] = { (unsigned char)(i + 1) };
		struct sign_key *k = sign_key_of(seed);

		f->s[i] = base64_encode(
			&f->a, sign_key_public(k)->pk, 32).p;
		f->x[i] = x[i];
		if (i == 0)
			f->organisation = k;
		else
			sign_key_close(k);
	}
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	sign_key_close(f->organisation);
	arena_release(&f->a);
	free(f);
	return 0;
}

static bool
parse(struct fixture *f, const char *body, struct keyset *ks, struct err *e)
{
	struct text note = note_sign(
		&f->a, text_of(body), "organisation", f->organisation);
	bool ok;

	*e = (struct err){ 0 };
	ok = keyset_parse(&f->a, "keyset", note,
		sign_key_public(f->organisation), ks, e);
	assert_int_equal(ok, e->kind == ERR_NONE);
	return ok;
}

/*
 * A body from a pattern in which x0..x3 stand for recipients' keys and
 * s0..s3 for signers' (s0 is the organisation's own).
 */
static const char *
fill(struct fixture *f, const char *pattern)
{
	const char *out = "";

	for (const char *p = pattern; *p; p++) {
		if (p > pattern && p[-1] == ' ' && (*p == 'x' || *p == 's') &&
			p[1] >= '0' && p[1] <= '3') {
			const char *const *keys = *p == 'x' ? f->x : f->s;

			out = arena_printf(&f->a, "%s%s", out, keys[p[1] - '0'])
				      .p;
			p++;
		} else {
			out = arena_printf(&f->a, "%s%c", out, *p).p;
		}
	}
	return out;
}

#define TOP "blankett keyset v1\nepoch: 3\nvalid-from: 2026-11-22\n" \
	"valid-until: 2027-11-22\n"
#define BOTH "recipient: kundcenter kundcenter-1 x0\n" \
	"recipient: reserve reserve-1 x1\n"
#define COLLECTOR "collector: kundcenter collector-1 s1\n"
#define SERVER "server: server-1 2026-11-22 2027-11-22 s2\n"
#define GOOD TOP BOTH COLLECTOR SERVER

static void
a_good_keyset_is_read_and_written_the_same(void **state)
{
	struct fixture *f = *state;
	const char *body = fill(f, GOOD);
	struct keyset ks, again;
	struct text note;
	struct err e;

	assert_true(parse(f, body, &ks, &e));
	assert_int_equal(ks.epoch, 3);
	assert_int_equal(ks.until.year, 2027);
	assert_int_equal(ks.recipient_count, 2);
	assert_true(text_is(ks.recipients[1].role, "reserve"));
	assert_int_equal(ks.collector_count, 1);
	assert_true(text_is(ks.collectors[0].name, "collector-1"));
	assert_int_equal(ks.server_count, 1);
	assert_int_equal(ks.servers[0].from.day, 22);
	assert_false(keyset_is_development(&ks));
	assert_non_null(keyset_collector(&ks, ks.collectors[0].key.id));
	assert_null(keyset_collector(&ks, ks.servers[0].key.id));
	assert_non_null(keyset_server(&ks, ks.servers[0].key.id));
	note = keyset_write(&f->a, &ks, f->organisation);
	assert_true(text_starts(note, body));
	assert_true(keyset_parse(&f->a, "keyset", note,
		sign_key_public(f->organisation), &again, &e));
}

struct refusal {
	const char *body;
	const char *message; /* NULL: accepted */
};

static const struct refusal refusals[] = {
	{ GOOD, NULL },
	{ TOP BOTH, NULL },
	{ "x\n", "keyset:1: not a \"blankett keyset v1\"" },
	{ "blankett keyset v2\n", "keyset:1: not a \"blankett keyset v1\"" },
	{ "blankett keyset v1\n",
		"keyset:2: \"epoch: NUMBER\" must stand here" },
	{ "blankett keyset v1\nepoch: 0\n",
		"keyset:2: \"epoch: NUMBER\" must stand here" },
	{ "blankett keyset v1\nepoch: 4294967296\n",
		"keyset:2: \"epoch: NUMBER\" must stand here" },
	{ "blankett keyset v1\nepoch: 1\nvalid-from: 2026-02-29\n",
		"keyset:3: \"valid-from: DATE\" must stand here" },
	{ "blankett keyset v1\nepoch: 1\nvalid-from: 2026-11-22\n"
	  "valid-until: 2026-11-21\n",
		"keyset:4: \"valid-until: DATE\", not before valid-from,"
		" must stand here" },
	{ TOP, "keyset: has no reserve recipient" },
	{ TOP "recipient: kundcenter k x0\nrecipient: kundcenter l x1\n",
		"keyset: has no reserve recipient" },
	{ TOP "recipient: reserve k x0\nrecipient: reserve l x1\n",
		"keyset: has no recipient beside the reserve" },
	{ TOP "recipient: reserve k x0\n",
		"keyset: has no recipient beside the reserve" },
	{ TOP BOTH "reciever: a b x2\n",
		"keyset:7: a line that does not belong here" },
	{ TOP BOTH "\n", "keyset:7: a line that does not belong here" },
	{ TOP BOTH "# comment\n",
		"keyset:7: a line that does not belong here" },
	{ TOP BOTH "recipient: kundcenter k\n",
		"keyset:7: a recipient is ROLE NAME KEY" },
	{ TOP BOTH "recipient: kundcenter k x2 x3\n",
		"keyset:7: a recipient is ROLE NAME KEY" },
	{ TOP BOTH "recipient: kundcenter  k x2\n",
		"keyset:7: a recipient is ROLE NAME KEY" },
	{ TOP BOTH "recipient: kundcenter k AAAA\n",
		"keyset:7: not a recipient's public key" },
	/* The point of order one. */
	{ TOP BOTH "recipient: kundcenter k "
	  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
		"keyset:7: not a recipient's public key" },
	{ TOP BOTH "recipient: Kundcenter k x2\n",
		"keyset:7: a role is 1 to 32 of a-z 0-9 -" },
	{ TOP BOTH "recipient: kundcenter k_2 x2\n",
		"keyset:7: a name is 1 to 40 of a-z 0-9 -" },
	{ TOP BOTH "recipient: kundcenter reserve-1 x2\n",
		"keyset:7: the name stands twice" },
	{ TOP BOTH "recipient: kundcenter k x1\n",
		"keyset:7: the key stands twice" },
	{ TOP BOTH "collector: kundcenter kundcenter-1 s1\n",
		"keyset:7: the name stands twice" },
	{ TOP BOTH "collector: kundcenter c\n",
		"keyset:7: a collector is ROLE NAME KEY" },
	{ TOP BOTH "collector: kundcenter c "
	  "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
		"keyset:7: not a collector's public key" },
	{ TOP BOTH COLLECTOR "server: s 2026-11-22 2027-11-22 s1\n",
		"keyset:8: the key stands twice" },
	{ TOP BOTH COLLECTOR "server: s 2026-11-22 2026-11-21 s2\n",
		"keyset:8: two dates in order are needed" },
	{ TOP BOTH COLLECTOR "server: s 2026-11-22 2026-11-31 s2\n",
		"keyset:8: two dates in order are needed" },
	{ TOP BOTH COLLECTOR "server: s 2026-11-22 s2\n",
		"keyset:8: a server is NAME FROM UNTIL KEY" },
	{ TOP BOTH SERVER COLLECTOR,
		"keyset:8: a line that does not belong here" },
	{ TOP COLLECTOR BOTH, "keyset:6: a line that does not belong here" },
	{ TOP BOTH "collector: kundcenter c s0\n",
		"keyset: lists the organisation key itself" },
	{ "blankett keyset v1\nepoch: 03\nvalid-from: 2026-11-22\n"
	  "valid-until: 2027-11-22\n" BOTH,
		"keyset: not written as a keyset is written" },
};

static void
everything_else_is_refused_by_name_and_line(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		struct keyset ks;
		struct err e;

		(void)parse(f, fill(f, refusals[i].body), &ks, &e);
		assert_string_equal(e.text,
			refusals[i].message ? refusals[i].message : "");
	}
}

static void
only_the_organisations_signature_counts(void **state)
{
	struct fixture *f = *state;
	static const unsigned char seed[32] = { 9 };
	struct sign_key *other = sign_key_of(seed);
	struct text note = note_sign(&f->a, text_of(fill(f, GOOD)),
		"organisation", other);
	struct keyset ks;
	struct err e = { 0 };

	assert_false(keyset_parse(&f->a, "keyset", note,
		sign_key_public(f->organisation), &ks, &e));
	assert_int_equal(e.kind, ERR_CRYPTO);
	sign_key_close(other);
}

static void
every_bit_of_the_body_counts(void **state)
{
	struct fixture *f = *state;
	const char *body = fill(f, GOOD);
	struct text note = note_sign(
		&f->a, text_of(body), "organisation", f->organisation);
	char *p = (char *)(uintptr_t)note.p;

	for (size_t i = 0; i < strlen(body) * 8; i++) {
		struct keyset ks;
		struct err e = { 0 };

		p[i / 8] = (char)(p[i / 8] ^ (1 << (i % 8)));
		assert_false(keyset_parse(&f->a, "keyset", note,
			sign_key_public(f->organisation), &ks, &e));
		p[i / 8] = (char)(p[i / 8] ^ (1 << (i % 8)));
	}
}

static void
validity_has_both_its_days(void **state)
{
	struct fixture *f = *state;
	struct keyset ks;
	struct err e;

	assert_true(parse(f, fill(f, GOOD), &ks, &e));
	assert_false(keyset_is_valid_on(
		&ks, (struct date){ 2026, 11, 21 }));
	assert_true(keyset_is_valid_on(&ks, (struct date){ 2026, 11, 22 }));
	assert_true(keyset_is_valid_on(&ks, (struct date){ 2027, 11, 22 }));
	assert_false(keyset_is_valid_on(
		&ks, (struct date){ 2027, 11, 23 }));
}

static void
a_roles_recipients_ascend_and_have_the_reserve(void **state)
{
	struct fixture *f = *state;
	struct seal_key keys[KEYSET_RECIPIENTS_MAX];
	struct keyset ks;
	struct err e;

	assert_true(parse(f,
		fill(f, TOP "recipient: kundcenter a x0\n"
			    "recipient: kundcenter b x1\n"
			    "recipient: reserve c x2\n"
			    "recipient: lss d x3\n"),
		&ks, &e));
	assert_int_equal(
		keyset_recipients(&ks, text_of("kundcenter"), keys), 3);
	for (size_t i = 1; i < 3; i++)
		assert_true(memcmp(keys[i - 1].id, keys[i].id,
				    KEY_ID_BYTES) < 0);
	assert_int_equal(keyset_recipients(&ks, text_of("lss"), keys), 2);
	assert_int_equal(keyset_recipients(&ks, text_of("reserve"), keys), 0);
	assert_int_equal(keyset_recipients(&ks, text_of("other"), keys), 0);
	assert_int_equal(keyset_recipients(&ks, text_of(""), keys), 0);
}

static void
development_keys_are_named_so(void **state)
{
	struct fixture *f = *state;
	struct keyset ks;
	struct err e;

	assert_true(parse(f,
		fill(f, TOP "recipient: kundcenter dev-kundcenter-1 x0\n"
			    "recipient: reserve reserve-1 x1\n"),
		&ks, &e));
	assert_true(keyset_is_development(&ks));
}

static void
more_recipients_than_an_envelope_holds_are_refused(void **state)
{
	struct fixture *f = *state;

	for (int n = 16; n <= 17; n++) {
		const char *body = TOP;
		struct keyset ks;
		struct err e;

		for (int i = 0; i < n; i++) {
			/* u = i + 9 is a point of the curve or its twist:
			 * X25519 takes both. */
			unsigned char pk[32] = { (unsigned char)(i + 9) };

			body = arena_printf(&f->a, "%srecipient: %s k%d %s\n",
				body, i ? "kundcenter" : "reserve", i,
				base64_encode(&f->a, pk, 32).p).p;
		}
		assert_int_equal(parse(f, body, &ks, &e), n == 16);
	}
}

static void
more_signers_than_the_limit_are_refused(void **state)
{
	struct fixture *f = *state;

	for (int kind = 0; kind < 2; kind++) {
		for (int n = 32; n <= 33; n++) {
			const char *body = fill(f, TOP BOTH);
			struct keyset ks;
			struct err e;

			for (int i = 0; i < n; i++) {
				unsigned char seed[32] = { 200,
					(unsigned char)i };
				struct sign_key *k = sign_key_of(seed);
				const char *b64 = base64_encode(&f->a,
					sign_key_public(k)->pk, 32).p;

				body = kind == 0
					? arena_printf(&f->a, "%scollector: "
						"kundcenter n%d %s\n", body,
						i, b64).p
					: arena_printf(&f->a, "%sserver: n%d "
						"2026-11-22 2027-11-22 %s\n",
						body, i, b64).p;
				sign_key_close(k);
			}
			assert_int_equal(parse(f, body, &ks, &e), n == 32);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_keyset_is_read_and_written_the_same),
		cmocka_unit_test(everything_else_is_refused_by_name_and_line),
		cmocka_unit_test(only_the_organisations_signature_counts),
		cmocka_unit_test(every_bit_of_the_body_counts),
		cmocka_unit_test(validity_has_both_its_days),
		cmocka_unit_test(
			a_roles_recipients_ascend_and_have_the_reserve),
		cmocka_unit_test(development_keys_are_named_so),
		cmocka_unit_test(
			more_recipients_than_an_envelope_holds_are_refused),
		cmocka_unit_test(more_signers_than_the_limit_are_refused),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, setup, teardown);
}
