/* sort: what is in order stays, what is not is put in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/sort.h"

static int
by_value(const void *x, const void *y)
{
	int a = *(const int *)x;
	int b = *(const int *)y;

	return (a > b) - (a < b);
}

static void
any_order_becomes_the_order(void **state)
{
	int orders[][4] = {
		{ 1, 2, 3, 4 }, { 4, 3, 2, 1 }, { 1, 2, 4, 3 },
		{ 2, 1, 3, 4 }, { 1, 3, 2, 4 }
	};

	(void)state;
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		sort_items(orders[i], 4, sizeof(int), by_value);
		for (int k = 0; k < 4; k++)
			assert_int_equal(orders[i][k], k + 1);
	}
}

static void
none_and_one_are_in_order(void **state)
{
	int one = 7;

	(void)state;
	sort_items(NULL, 0, sizeof one, by_value);
	sort_items(&one, 1, sizeof one, by_value);
	assert_int_equal(one, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_order_becomes_the_order),
		cmocka_unit_test(none_and_one_are_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
