/* number: amounts as they are written, and as people read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/number.h"

static void
amounts_are_read_and_shown(void **state)
{
	static const struct {
		const char *written, *plain, *swedish, *english;
	} rows[] = {
		{ "0", "0", "0", "0" },
		{ "7", "7", "7", "7" },
		{ "999", "999", "999", "999" },
		{ "1000", "1000", "1\xC2\xA0""000", "1,000" },
		{ "1234,5", "1234.50", "1\xC2\xA0""234,50", "1,234.50" },
		{ "1234.50", "1234.50", "1\xC2\xA0""234,50", "1,234.50" },
		{ "0,05", "0.05", "0,05", "0.05" },
		{ "1234567", "1234567", "1\xC2\xA0""234\xC2\xA0""567",
			"1,234,567" },
		{ "999999999999,99", "999999999999.99",
			"999\xC2\xA0""999\xC2\xA0""999\xC2\xA0""999,99",
			"999,999,999,999.99" }
	};
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct number n;
		struct text t;

		assert_true(number_parse(text_of(rows[i].written), &n));
		t = number_plain(&a, n);
		assert_string_equal(arena_string(&a, t), rows[i].plain);
		t = number_words(&a, n, text_of("sv"));
		assert_string_equal(arena_string(&a, t), rows[i].swedish);
		t = number_words(&a, n, text_of("en"));
		assert_string_equal(arena_string(&a, t), rows[i].english);
	}
	arena_release(&a);
}

static void
what_is_no_amount_is_refused(void **state)
{
	static const char *const rows[] = {
		"", ",", ".", "1,", "1.", ",5", "1,234", "1.234", "1 234",
		"-1", "+1", "1,-5", "1,5 ", "1,5,", "1.5.0", "1,2.3", "1e3",
		"x", "1000000000000", "99999999999999999999999"
	};
	struct number n;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (number_parse(text_of(rows[i]), &n))
			fail_msg("\"%s\" was taken for an amount", rows[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_are_read_and_shown),
		cmocka_unit_test(what_is_no_amount_is_refused)
	};

	return cmocka_run_group_tests_name("base/number", tests, NULL, NULL);
}
