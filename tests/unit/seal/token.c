/* tests of seal/token. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "seal/token.h"

static struct arena a;

static void
a_token_is_a_hundred_bits_in_groups_of_four(void **state)
{
	struct token t, back;
	struct text shown;

	(void)state;
	for (int i = 0; i < 200; i++) {
		token_mint(&t);
		assert_int_equal(t.b[TOKEN_BYTES - 1] & 0x0F, 0);
		shown = token_text(&a, &t);
		assert_int_equal(shown.len, 24);
		assert_int_equal(strlen(shown.p), 24);
		for (size_t k = 4; k < 24; k += 5)
			assert_int_equal(shown.p[k], '-');
		assert_true(token_parse(shown, &back));
		assert_memory_equal(&t, &back, sizeof t);
	}
}

static const char *const no_tokens[] = {
	"", "7KQ4", "7KQ4-M2XD-9FHT-0PWC-3ZR", "7KQ4-M2XD-9FHT-0PWC-3ZRNN",
	"7KQ4-M2XD-9FHT-0PWC-3ZRU", "7KQ4-M2XD-9FHT-0PWC-3ZR\xC3\xA5", NULL
};

static void
a_token_is_read_as_a_person_writes_it(void **state)
{
	struct token t, want;

	(void)state;
	assert_true(token_parse(
		text_of("7KQ4-M2XD-9FHT-0PWC-3ZR1"), &want));
	assert_true(token_parse(text_of("7kq4m2xd9fhtopwc3zrl"), &t));
	assert_memory_equal(&t, &want, sizeof t);
	assert_true(token_parse(text_of(" 7kq4 m2xd 9fht 0pwc 3zri "), &t));
	assert_memory_equal(&t, &want, sizeof t);
	for (size_t i = 0; no_tokens[i]; i++)
		assert_false(token_parse(text_of(no_tokens[i]), &t));
}

static void
what_is_derived_depends_on_the_token_only(void **state)
{
	struct token t, u;
	struct token_parts p, q, r;

	(void)state;
	token_mint(&t);
	token_mint(&u);
	token_derive(&t, &p);
	token_derive(&t, &q);
	token_derive(&u, &r);
	assert_memory_equal(&p, &q, sizeof p);
	assert_memory_not_equal(p.subid, r.subid, sizeof p.subid);
	assert_memory_not_equal(p.reply_pk, r.reply_pk, sizeof p.reply_pk);
	assert_memory_not_equal(
		p.commit_key, r.commit_key, sizeof p.commit_key);
}

static void
commit_tells_answers_files_and_tokens_apart(void **state)
{
	struct token t;
	struct token_parts p, q;
	struct hash files[2] = { { { 1 } }, { { 2 } } };
	struct hash turned[2] = { { { 2 } }, { { 1 } } };
	struct hash same, h[6];

	(void)state;
	token_mint(&t);
	token_derive(&t, &p);
	token_mint(&t);
	token_derive(&t, &q);
	h[0] = token_commit(&p, text_of("{}"), NULL, 0);
	h[1] = token_commit(&p, text_of("{} "), NULL, 0);
	h[2] = token_commit(&q, text_of("{}"), NULL, 0);
	h[3] = token_commit(&p, text_of("{}"), files, 1);
	h[4] = token_commit(&p, text_of("{}"), files, 2);
	h[5] = token_commit(&p, text_of("{}"), turned, 2);
	same = token_commit(&p, text_of("{}"), files, 2);
	assert_true(hash_eq(&same, &h[4]));
	for (size_t i = 0; i < 6; i++)
		for (size_t k = 0; k < i; k++)
			assert_false(hash_eq(&h[i], &h[k]));
}

static void
a_reference_comes_back_as_it_is_written_by_hand(void **state)
{
	unsigned char subid[SUBID_BYTES];
	struct text ref, got, sloppy;

	(void)state;
	random_bytes(subid, sizeof subid);
	ref = reference_text(&a, text_of("SYN"), subid);
	assert_int_equal(ref.len, 13);
	assert_true(text_starts(ref, "SYN-"));
	assert_int_equal(ref.p[8], '-');
	assert_true(reference_parse(&a, ref, &got));
	assert_true(text_eq(ref, got));
	sloppy = arena_printf(&a, " %s ", ref.p);
	for (size_t i = 0; i < sloppy.len; i++) {
		char *c = (char *)(uintptr_t)&sloppy.p[i];

		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	}
	assert_true(reference_parse(&a, sloppy, &got));
	assert_true(text_eq(ref, got));
}

static void
no_single_wrong_digit_passes_the_check(void **state)
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	static const size_t places[] = { 4, 5, 6, 7, 9, 10, 11, 12 };

	(void)state;
	for (int round = 0; round < 100; round++) {
		unsigned char subid[SUBID_BYTES];
		struct text ref, got;

		random_bytes(subid, sizeof subid);
		ref = reference_text(&a, text_of("SYN"), subid);
		for (size_t i = 0; i < 8; i++)
			for (size_t k = 0; k < 32; k++) {
				char wrong[14];

				memcpy(wrong, ref.p, sizeof wrong);
				if (wrong[places[i]] == digits[k])
					continue;
				wrong[places[i]] = digits[k];
				assert_false(reference_parse(
					&a, text_of(wrong), &got));
			}
	}
}

static const char *const no_references[] = {
	"", "-", "SYN", "SYN-", "S-0000-0000", "SYN0-0000-0000",
	"SYNPUNKTEN-0000-0000", "SYN-0000-000", "SYN-0000-00000",
	"SYN-0000-000U", "S\xC3\x96N-0000-0000", NULL
};

static void
what_is_no_reference_is_refused(void **state)
{
	struct text got;

	(void)state;
	assert_true(reference_parse(&a, text_of("SYN-0000-0000"), &got));
	for (size_t i = 0; no_references[i]; i++)
		assert_false(
			reference_parse(&a, text_of(no_references[i]), &got));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_token_is_a_hundred_bits_in_groups_of_four),
		cmocka_unit_test(a_token_is_read_as_a_person_writes_it),
		cmocka_unit_test(what_is_derived_depends_on_the_token_only),
		cmocka_unit_test(commit_tells_answers_files_and_tokens_apart),
		cmocka_unit_test(
			a_reference_comes_back_as_it_is_written_by_hand),
		cmocka_unit_test(no_single_wrong_digit_passes_the_check),
		cmocka_unit_test(what_is_no_reference_is_refused),
	};
	int failed;

	if (!seal_start())
		return 1;
	arena_init(&a, true);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_release(&a);
	return failed;
}
