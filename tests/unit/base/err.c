/* tests of base/err. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"

static void
message_is_formatted_and_false_is_returned(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_false(err_set(&e, ERR_FORMAT, "%s:%d: no", "a.md", 4));
	assert_int_equal(e.kind, ERR_FORMAT);
	assert_string_equal(e.text, "a.md:4: no");
}

static void
what_the_system_refused_is_told_with_the_path_and_why(void **state)
{
	struct err e = { 0 };

	(void)state;
	errno = ENOENT;
	assert_false(err_errno(&e, "a/b", "cannot read"));
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_string_equal(e.text,
		"a/b: cannot read: No such file or directory");
}

static void
what_a_terminal_would_obey_is_shown_instead(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "a\nb\rc\td", "a\\nb\\rc\\td" },
		{ "a\x1B[31mred\x07", "a\\x1B[31mred\\x07" },
		{ "\x7F", "\\x7F" },
		{ "x\xC2\x9B" "2Jy", "x\\u009B2Jy" },
		{ "gpj\u202Efdp", "gpj\\u202Efdp" },
		{ "\xFFz\xC3", "\\xFFz\\xC3" },
		{ "\xE2\x82", "\\xE2\\x82" },
		{ "åäö ”…” §\u00A0" "9 C:\\x", "åäö ”…” §\u00A0" "9 C:\\x" },
	};
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		(void)err_set(&e, ERR_SYSTEM, "%s", cases[i].in);
		assert_string_equal(e.text, cases[i].out);
	}
}

static void
a_long_hostile_message_keeps_within_its_room(void **state)
{
	struct err e = { 0 };
	char long_text[2000];

	(void)state;
	memset(long_text, 0x1B, sizeof long_text);
	long_text[sizeof long_text - 1] = '\0';
	(void)err_set(&e, ERR_LIMIT, "%s", long_text);
	assert_true(strlen(e.text) < ERR_TEXT_MAX);
	assert_true(strlen(e.text) >= ERR_TEXT_MAX - 4);
	assert_string_equal(e.text + strlen(e.text) - 4, "\\x1B");
}

static void
a_long_message_is_cut_at_a_whole_character(void **state)
{
	struct err e = { 0 };
	char long_text[2000];

	(void)state;
	/* "å" is two bytes: one shift of the start hits each half. */
	for (size_t shift = 0; shift < 2; shift++) {
		memset(long_text, 'x', shift);
		for (size_t i = shift; i + 2 < sizeof long_text; i += 2)
			memcpy(long_text + i, "å", 2);
		long_text[sizeof long_text - 2] = '\0';
		(void)err_set(&e, ERR_LIMIT, "%s", long_text);
		assert_true(strlen(e.text) >= ERR_TEXT_MAX - 3);
		assert_true(utf8_valid(text_of(e.text)));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(message_is_formatted_and_false_is_returned),
		cmocka_unit_test(
			what_the_system_refused_is_told_with_the_path_and_why),
		cmocka_unit_test(what_a_terminal_would_obey_is_shown_instead),
		cmocka_unit_test(a_long_hostile_message_keeps_within_its_room),
		cmocka_unit_test(a_long_message_is_cut_at_a_whole_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
