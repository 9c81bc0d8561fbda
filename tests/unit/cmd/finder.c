/* tests of cmd/finder, over the site that is shipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>

#include "cmd/finder.h"
#include "seal/hash.h"

enum { LONG_MS = 60 * 1000, THREADS = 4 };

static int
start(void **state)
{
	const struct site_options o = { .root = ".", .today = { 2026, 11, 22 } };
	struct site *s;
	struct err e = { 0 };

	if (!seal_start() || !site_load(&o, &s, &e)) {
		print_error("%s\n", e.text);
		return -1;
	}
	*state = s;
	return 0;
}

static int
stop(void **state)
{
	site_close(*state);
	return 0;
}

static struct finder *
open_finder(struct site *s, bool early)
{
	struct finder *f;
	struct err e = { 0 };

	if (!finder_open(s, early, &f, &e))
		fail_msg("%s", e.text);
	return f;
}

static void
what_is_read_early_or_late_is_the_same(void **state)
{
	struct finder *early = open_finder(*state, true);
	struct finder *late = open_finder(*state, false);
	size_t count = search_count(finder_get(early, LONG_MS));

	assert_true(count > 20);
	assert_int_equal(search_count(finder_get(late, LONG_MS)), count);
	assert_ptr_equal(finder_get(early, 0), finder_get(early, 0));
	finder_close(early);
	finder_close(late);
}

static void
it_may_be_closed_before_during_and_after(void **state)
{
	finder_close(NULL);
	finder_close(open_finder(*state, false));
	finder_close(open_finder(*state, true));
}

static void *
get(void *context)
{
	return (void *)(uintptr_t)finder_get(context, LONG_MS);
}

static void
many_may_ask_at_once(void **state)
{
	struct finder *f = open_finder(*state, false);
	pthread_t threads[THREADS];
	void *search;

	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, get, f), 0);
	for (int i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], &search), 0);
		assert_non_null(search);
		assert_ptr_equal(search, finder_get(f, 0));
	}
	finder_close(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_read_early_or_late_is_the_same),
		cmocka_unit_test(it_may_be_closed_before_during_and_after),
		cmocka_unit_test(many_may_ask_at_once),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
