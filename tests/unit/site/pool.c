/* pool: all is done once, and the first fault in order is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdatomic.h>

#include "site/pool.h"

enum { THINGS = 500 };

struct things {
	atomic_int done[THINGS];
	size_t bad_from; /* this one and all after it fail */
};

static bool
work(void *context, int thread, size_t index, struct err *e)
{
	struct things *t = context;

	assert_in_range((uintmax_t)thread, 0, 63);
	atomic_fetch_add(&t->done[index], 1);
	return index < t->bad_from || err_set(e, ERR_FORMAT, "thing %zu",
		index);
}

static void
everything_is_done_once(void **state)
{
	static const int threads[] = { 1, 2, 7, 64, 1000 };

	(void)state;
	for (size_t k = 0; k < sizeof threads / sizeof *threads; k++) {
		struct things *t = test_calloc(1, sizeof *t);
		struct err e = { 0 };

		t->bad_from = THINGS;
		assert_true(pool_run(threads[k], THINGS, work, t, &e));
		for (size_t i = 0; i < THINGS; i++)
			assert_int_equal(atomic_load(&t->done[i]), 1);
		test_free(t);
	}
}

static void
the_first_fault_in_order_is_told_however_threads_run(void **state)
{
	(void)state;
	for (int round = 0; round < 50; round++) {
		struct things *t = test_calloc(1, sizeof *t);
		struct err e = { 0 };

		t->bad_from = 100;
		assert_false(pool_run(8, THINGS, work, t, &e));
		assert_string_equal(e.text, "thing 100");
		test_free(t);
	}
}

static void
nothing_to_do_is_done(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_true(pool_run(4, 0, work, NULL, &e));
	assert_true(pool_processors() >= 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_is_done_once),
		cmocka_unit_test(
			the_first_fault_in_order_is_told_however_threads_run),
		cmocka_unit_test(nothing_to_do_is_done),
	};

	return cmocka_run_group_tests_name("site/pool", tests, NULL, NULL);
}
