/* qr: the picture of an address. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "site/qr.h"

enum { LONGEST = 2331 /* bytes in version 40 at level M, ISO 18004 table 7 */ };

static void
a_short_address_is_a_version_1_code_with_its_margin(void **state)
{
	struct err e = { 0 };
	struct arena a;
	struct qr qr;

	(void)state;
	arena_init(&a, false);
	assert_true(qr_make(&a, text_of("https://a.se"), &qr, &e));
	assert_int_equal(qr.size, 21 + 2 * QR_QUIET);
	/* The finder patterns to the left, seven dark and one light, and the
	 * columns beside. */
	assert_true(text_starts(qr.path, "M4.5 4v7m0 "));
	assert_non_null(strstr(qr.path.p, "v7m1-21v1m0 5v1m0 "));
	assert_non_null(strstr(qr.path.p, "v1m0 5v1m1-21v1m0 1v3m0 1v1m0 "));
	arena_release(&a);
}

static void
the_same_address_is_the_same_picture(void **state)
{
	struct err e = { 0 };
	struct arena a;
	struct qr x, y;

	(void)state;
	arena_init(&a, false);
	assert_true(qr_make(&a, text_of("https://a.se/r\xC3\xA5" "d/"), &x, &e));
	assert_true(qr_make(&a, text_of("https://a.se/r\xC3\xA5" "d/"), &y, &e));
	assert_true(text_eq(x.path, y.path));
	arena_release(&a);
}

static void
what_does_not_fit_is_refused(void **state)
{
	struct err e = { 0 };
	struct arena a;
	struct qr qr;
	char *p;

	(void)state;
	arena_init(&a, false);
	p = arena_alloc(&a, LONGEST + 1);
	memset(p, 'a', LONGEST + 1);
	assert_true(qr_make(&a, (struct text){ p, LONGEST }, &qr, &e));
	assert_int_equal(qr.size, 177 + 2 * QR_QUIET);
	assert_false(qr_make(&a, (struct text){ p, LONGEST + 1 }, &qr, &e));
	assert_string_equal(e.text, "2332 bytes do not fit in a QR code");
	assert_false(qr_make(&a, (struct text){ p, 0 }, &qr, &e));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_short_address_is_a_version_1_code_with_its_margin),
		cmocka_unit_test(the_same_address_is_the_same_picture),
		cmocka_unit_test(what_does_not_fit_is_refused),
	};

	return cmocka_run_group_tests_name("site/qr", tests, NULL, NULL);
}
