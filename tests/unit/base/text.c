/* tests of base/text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"

static void
words_are_the_same_in_either_case(void **state)
{
	(void)state;
	assert_true(text_is_word(text_of("GZip"), "gzip"));
	assert_true(text_is_word((struct text){ "gzip;q", 4 }, "GZIP"));
	assert_true(text_is_word((struct text){ 0 }, ""));
	assert_false(text_is_word(text_of("gzi"), "gzip"));
	assert_false(text_is_word(text_of("gzipp"), "gzip"));
	assert_false(text_is_word((struct text){ 0 }, "gzip"));
	/* Letters of ASCII only. */
	assert_false(text_is_word(text_of("\xc3\x85"), "\xc3\xa5"));
	assert_false(text_is_word(text_of("["), "{"));
}

static void
numbers_are_digits_only_and_within_their_range(void **state)
{
	static const struct {
		const char *in;
		int64_t min, max;
		int ok;
		int64_t out;
	} cases[] = {
		{ "0", 0, 9, 1, 0 }, { "007", 0, 9, 1, 7 },
		{ "9", 0, 9, 1, 9 }, { "10", 0, 9, 0, 0 },
		{ "-3", -5, 5, 1, -3 }, { "-3", 0, 5, 0, 0 },
		{ "", 0, 9, 0, 0 }, { "-", -9, 9, 0, 0 },
		{ " 1", 0, 9, 0, 0 }, { "1 ", 0, 9, 0, 0 },
		{ "+1", 0, 9, 0, 0 }, { "1e1", 0, 99, 0, 0 },
		{ "9223372036854775807", 0, INT64_MAX, 1, INT64_MAX },
		{ "9223372036854775808", 0, INT64_MAX, 0, 0 },
		{ "99999999999999999999", 0, INT64_MAX, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t out = 0;

		assert_int_equal(text_to_int(text_of(cases[i].in),
			cases[i].min, cases[i].max, &out), cases[i].ok);
		assert_int_equal(out, cases[i].out);
	}
}

static void
split_gives_empty_pieces_and_ends(void **state)
{
	struct text rest = text_of("a,,b");
	struct text piece;

	(void)state;
	assert_true(text_split(&rest, ',', &piece));
	assert_true(text_is(piece, "a"));
	assert_true(text_split(&rest, ',', &piece));
	assert_true(text_is(piece, ""));
	assert_true(text_split(&rest, ',', &piece));
	assert_true(text_is(piece, "b"));
	assert_false(text_split(&rest, ',', &piece));
}

static void
lines_end_with_either_newline(void **state)
{
	struct text rest = text_of("a\r\n\nb\n");
	struct text line;

	(void)state;
	assert_true(text_line(&rest, &line));
	assert_true(text_is(line, "a"));
	assert_true(text_line(&rest, &line));
	assert_true(text_is(line, ""));
	assert_true(text_line(&rest, &line));
	assert_true(text_is(line, "b"));
	assert_false(text_line(&rest, &line));
}

static void
search_finds_the_first_whole_needle(void **state)
{
	static const struct {
		const char *in, *needle;
		size_t at;
	} cases[] = {
		{ "abcabc", "bc", 1 }, { "aab", "ab", 1 }, { "ab", "abc", 2 },
		{ "", "a", 0 }, { "abab", "abb", 4 }, { "xx:::", ":::", 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(text_search(text_of(cases[i].in),
			cases[i].needle), cases[i].at);
}

static void
nearest_name_is_what_was_meant(void **state)
{
	static const char *const names[] = { "title", "description", "menu",
		"weight", NULL };

	(void)state;
	assert_string_equal(text_nearest(text_of("titel"), names), "title");
	assert_string_equal(text_nearest(text_of("wieght"), names), "weight");
	assert_null(text_nearest(text_of("sources"), names));
	assert_null(text_nearest(text_of(""), names));
	assert_null(text_nearest(text_of("x"), names));
	/* Half of it would be another word. */
	assert_null(text_nearest(text_of("tox"), names));
}

static void
trim_takes_white_space_off_both_ends_only(void **state)
{
	(void)state;
	assert_true(text_is(text_trim(text_of(" \t a b\r\n")), "a b"));
	assert_true(text_is(text_trim(text_of("  ")), ""));
}

static void
order_is_bytewise_and_shorter_first(void **state)
{
	(void)state;
	assert_true(text_cmp(text_of("a"), text_of("b")) < 0);
	assert_true(text_cmp(text_of("a"), text_of("ab")) < 0);
	assert_true(text_cmp(text_of("ab"), text_of("ab")) == 0);
	assert_true(text_cmp(text_of("å"), text_of("z")) > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_the_same_in_either_case),
		cmocka_unit_test(numbers_are_digits_only_and_within_their_range),
		cmocka_unit_test(split_gives_empty_pieces_and_ends),
		cmocka_unit_test(lines_end_with_either_newline),
		cmocka_unit_test(search_finds_the_first_whole_needle),
		cmocka_unit_test(nearest_name_is_what_was_meant),
		cmocka_unit_test(trim_takes_white_space_off_both_ends_only),
		cmocka_unit_test(order_is_bytewise_and_shorter_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
