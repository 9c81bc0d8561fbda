/* compress: what is packed is smaller and the same every time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "site/compress.h"

enum { LONG = 4096 };

static const enum compress_coding both[] = { COMPRESS_BR, COMPRESS_GZ };

static void
text_becomes_smaller_and_the_same_each_time(void **state)
{
	char bytes[LONG];
	struct text once, again;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = "<li>a</li>\n"[i % 11];
	for (size_t i = 0; i < 2; i++)
		for (int best = 0; best < 2; best++) {
			struct text t = { bytes, sizeof bytes };

			assert_true(compress_pack(&a, both[i], best, t,
				&once));
			assert_true(once.len > 0 && once.len < t.len / 10);
			assert_true(compress_pack(&a, both[i], best, t,
				&again));
			assert_true(text_eq(once, again));
		}
	arena_release(&a);
}

static void
what_would_not_be_smaller_is_left(void **state)
{
	static const char *const texts[] = { "", "a", "ab", "abc", "\x80\xff" };
	char bytes[LONG];
	uint32_t random = 1;
	struct text out;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof bytes; i++) {
		random = random * 1664525 + 1013904223;
		bytes[i] = (char)(random >> 24);
	}
	for (size_t i = 0; i < 2; i++) {
		assert_false(compress_pack(&a, both[i], true,
			(struct text){ bytes, sizeof bytes }, &out));
		assert_int_equal(out.len, 0);
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			assert_false(compress_pack(&a, both[i], false,
				text_of(texts[k]), &out));
	}
	arena_release(&a);
}

static void
what_is_packed_is_told_from_anything_else(void **state)
{
	static char one[3 * 65536 + 7], other[3 * 65536 + 7];
	struct text a_text = { one, sizeof one };
	struct text b_text = { other, sizeof other };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof one; i++)
		one[i] = other[i] = "<li>a</li>\n"[i % 11];
	other[sizeof other - 1] = 'x';
	for (size_t i = 0; i < 2; i++) {
		enum compress_coding c = both[i];
		struct text packed;
		char *bytes;

		assert_true(compress_pack(&a, c, false, a_text, &packed));
		assert_true(compress_holds(c, packed, a_text));
		assert_false(compress_holds(c, packed, b_text));
		/* One shorter, one longer, nothing. */
		assert_false(compress_holds(c, packed, text_sub(a_text, 0,
			sizeof one - 1)));
		assert_false(compress_holds(c, packed, text_of("")));
		assert_false(compress_holds(c, text_of(""), a_text));
		assert_false(compress_holds(c, text_of("<!doctype html>"),
			a_text));
		assert_false(compress_holds(both[1 - i], packed, a_text));
		/* Cut off, and with one byte more. */
		for (size_t n = 0; n < packed.len; n++)
			assert_false(compress_holds(c, text_sub(packed, 0, n),
				a_text));
		bytes = arena_alloc(&a, packed.len + 1);
		memcpy(bytes, packed.p, packed.len);
		assert_false(compress_holds(c, (struct text){ bytes,
			packed.len + 1 }, a_text));
	}
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_becomes_smaller_and_the_same_each_time),
		cmocka_unit_test(what_would_not_be_smaller_is_left),
		cmocka_unit_test(what_is_packed_is_told_from_anything_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
