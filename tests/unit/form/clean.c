/* tests of form/clean: what of a person's bytes is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "form/clean.h"

static void
clean_table(void **state)
{
	static const struct {
		struct text sent;
		bool one_line;
		bool ok;
		const char *out;
	} rows[] = {
#define T(s) { s, sizeof s - 1 }
		{ T(""), false, true, "" },
		{ T("hej"), false, true, "hej" },
		{ T("  hej \t\r\n"), false, true, "hej" },
		{ T("a\r\nb"), false, true, "a\nb" },
		{ T("a\rb"), false, true, "a\nb" },
		{ T("a\r\r\nb"), false, true, "a\n\nb" },
		{ T("a\n\nb"), false, true, "a\n\nb" },
		{ T("a\tb"), false, true, "a\tb" },
		{ T("a\r\nb\tc"), true, true, "a b c" },
		{ T("a  b"), true, true, "a  b" },
		/* Controls cannot be seen, so they go. */
		{ T("a\x01" "b\x1F" "c\x7F" "d"), false, true, "abcd" },
		{ T("a\xC2\x85" "b\xC2\x9F" "c"), false, true, "abc" },
		{ T("\x1B[31mhej"), false, true, "[31mhej" },
		{ T("\x01"), false, true, "" },
		/* White space of other kinds, and marks without width. */
		{ T("\xC2\xA0hej\xE2\x80\xAF"), false, true, "hej" },
		{ T("\xE3\x80\x80"), false, true, "" },
		{ T("\xE2\x80\x8B\xEF\xBB\xBF"), false, true, "" },
		{ T("a\xC2\xA0" "b"), false, true, "a\xC2\xA0" "b" },
		/* A number copied from an address book. */
		{ T("\xE2\x80\xAA" "031\xE2\x80\xAC"), true, true, "031" },
		/* Other scripts keep their marks inside. */
		{ T("a\xE2\x80\x8F" "b"), false, true, "a\xE2\x80\x8F" "b" },
		{ T("a\xE2\x80\x8D" "b"), false, true, "a\xE2\x80\x8D" "b" },
		/* No case change and no normalisation. */
		{ T("A\xCC\x8A \xC3\x85"), false, true, "A\xCC\x8A \xC3\x85" },
		/* NUL and malformed UTF-8 are refused and can be shown. */
		{ T("a\0b"), false, false, "a\xEF\xBF\xBD" "b" },
		{ T("\0"), false, false, "\xEF\xBF\xBD" },
		{ T("a\xFF" "b"), false, false, "a\xEF\xBF\xBD" "b" },
		{ T("a\xC3"), false, false, "a\xEF\xBF\xBD" },
		{ T("\xC0\xAF" "a"), false, false,
			"\xEF\xBF\xBD\xEF\xBF\xBD" "a" },
		{ T("x\xED\xA0\x80"), false, false,
			"x\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ T("x\xF4\x90\x80\x80y"), false, false,
			"x\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDy" },
#undef T
	};
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct text out;
		bool ok = clean_text(&a, rows[i].sent, rows[i].one_line, &out);

		if (ok != rows[i].ok || !text_is(out, rows[i].out))
			fail_msg("row %zu: %d \"%.*s\"", i, ok, (int)out.len,
				out.p ? out.p : "");
	}
	arena_release(&a);
}

static void
cleaning_twice_changes_nothing_more(void **state)
{
	static const char sent[] = " \xC2\xA0 a\r\nb\x01\x7F c\t\xE2\x80\x8B ";
	struct arena a;
	struct text once, twice;

	(void)state;
	arena_init(&a, false);
	assert_true(clean_text(&a, text_of(sent), false, &once));
	assert_true(clean_text(&a, once, false, &twice));
	assert_true(text_eq(once, twice));
	arena_release(&a);
}

static void
dashes_and_spaces_are_known(void **state)
{
	static const uint32_t dashes[] = { '-', 0x2010, 0x2011, 0x2012, 0x2013,
		0x2014, 0x2212 };
	static const uint32_t spaces[] = { ' ', '\t', '\n', '\r', 0xA0, 0x2009,
		0x202F, 0x3000 };

	(void)state;
	for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
		assert_true(clean_is_dash(dashes[i]));
	for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
		assert_true(clean_is_space(spaces[i]));
	assert_false(clean_is_dash('+'));
	assert_false(clean_is_dash('_'));
	assert_false(clean_is_space('a'));
	assert_false(clean_is_space(0));
	assert_false(clean_is_space(0x200B));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clean_table),
		cmocka_unit_test(cleaning_twice_changes_nothing_more),
		cmocka_unit_test(dashes_and_spaces_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
