/* tests of base/err. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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
line_breaks_in_a_message_become_spaces(void **state)
{
	struct err e = { 0 };

	(void)state;
	(void)err_set(&e, ERR_SYSTEM, "a\nb\rc");
	assert_string_equal(e.text, "a b c");
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
		cmocka_unit_test(line_breaks_in_a_message_become_spaces),
		cmocka_unit_test(a_long_message_is_cut_at_a_whole_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
