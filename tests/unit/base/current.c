/* tests of base/current. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/current.h"

enum { THREADS = 4, TAKES = 20000, TURNS = 200 };

static void
close_flag(void *thing)
{
	int *closed = thing;

	++*closed;
}

static void
what_is_replaced_is_closed_at_once_if_nobody_holds_it(void **state)
{
	int a = 0, b = 0;
	struct current *c = current_open(&a, close_flag);

	(void)state;
	assert_ptr_equal(current_take(c), &a);
	current_give(c, &a);
	assert_int_equal(a, 0);
	current_replace(c, &b);
	assert_int_equal(a, 1);
	assert_ptr_equal(current_take(c), &b);
	current_give(c, &b);
	current_close(c);
	assert_int_equal(a, 1);
	assert_int_equal(b, 1);
}

static void
who_holds_an_old_one_keeps_it_until_it_gives_it_back(void **state)
{
	int thing[3] = { 0 };
	struct current *c = current_open(&thing[0], close_flag);
	void *first = current_take(c), *again = current_take(c), *second;

	(void)state;
	current_replace(c, &thing[1]);
	second = current_take(c);
	current_replace(c, &thing[2]);
	assert_ptr_equal(first, &thing[0]);
	assert_ptr_equal(second, &thing[1]);
	current_give(c, first);
	assert_int_equal(thing[0], 0);
	current_give(c, second);
	assert_int_equal(thing[1], 1);
	current_give(c, again);
	assert_int_equal(thing[0], 1);
	assert_int_equal(thing[2], 0);
	current_close(c);
	assert_int_equal(thing[2], 1);
}

static void
nothing_at_all_may_be_closed(void **state)
{
	(void)state;
	current_close(NULL);
}

/* ---- many at once -------------------------------------------------------- */

struct thing {
	int number;
	int twice; /* of the number, while it is not closed */
};

struct race {
	struct current *current;
	atomic_int closed;
	atomic_int wrong;
};

/* Each thing knows the race it is in. */
struct racing {
	struct thing thing;
	struct race *race;
};

static void
close_racing(void *context)
{
	struct racing *r = context;

	r->race->closed++;
	r->thing.twice = -1;
	free(r);
}

static struct racing *
racing_new(struct race *race, int number)
{
	struct racing *r = malloc(sizeof *r);

	assert_non_null(r);
	*r = (struct racing){ { number, 2 * number }, race };
	return r;
}

static void *
use(void *context)
{
	struct race *race = context;
	int last = 0;

	for (int i = 0; i < TAKES; i++) {
		struct racing *r = current_take(race->current);

		race->wrong += r->thing.twice != 2 * r->thing.number ||
			r->thing.number < last;
		last = r->thing.number;
		current_give(race->current, r);
	}
	return NULL;
}

static void
many_threads_use_what_another_replaces(void **state)
{
	struct race race = { 0 };
	pthread_t threads[THREADS];

	(void)state;
	race.current = current_open(racing_new(&race, 1), close_racing);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, use, &race),
			0);
	for (int i = 0; i < TURNS; i++)
		current_replace(race.current, racing_new(&race, i + 2));
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	assert_int_equal(race.wrong, 0);
	assert_int_equal(race.closed, TURNS);
	current_close(race.current);
	assert_int_equal(race.closed, TURNS + 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_is_replaced_is_closed_at_once_if_nobody_holds_it),
		cmocka_unit_test(
			who_holds_an_old_one_keeps_it_until_it_gives_it_back),
		cmocka_unit_test(nothing_at_all_may_be_closed),
		cmocka_unit_test(many_threads_use_what_another_replaces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
