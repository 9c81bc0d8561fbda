/* tests of desk/purge: what is over goes, and only that. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/check.h"
#include "desk/purge.h"
#include "place.h"

enum { DAY_S = 24 * 60 * 60 };

/* Writes down that a case was done then. */
static void
say_done(struct place *p, const unsigned char *subid, int64_t when_s)
{
	struct buf b;
	struct err e = { 0 };

	buf_init(&b, 4096);
	store_say_done(&b, store_find(p->store, subid), when_s);
	assert_true(store_journal(p->store, buf_view(&b), &e));
	buf_release(&b);
}

static void
tell_nobody(void *context, const char *fault)
{
	(void)context;
	(void)printf("# %s\n", fault);
}

static void
only_done_cases_whose_time_is_over_are_removed(void **state)
{
	struct place *p = *state;
	const unsigned char *over = place_send(p);
	const unsigned char *waiting = place_send(p);
	const unsigned char *undone = place_send(p);
	const unsigned char *undated = place_send_as(p,
		(struct sending){ .inside = "{}" });
	struct check c = { .tell = tell_nobody };
	struct purge counts;
	int64_t now;
	struct err e = { 0 };

	place_pull(p);
	now = clock_now_s();
	say_done(p, over, now - 90 * DAY_S);
	say_done(p, waiting, now - 90 * DAY_S + 1);
	say_done(p, undated, now - 900 * DAY_S);
	assert_true(purge_store(p->store, now, &counts, &e));
	assert_int_equal(counts.removed, 1);
	assert_int_equal(counts.waiting, 1);
	assert_int_equal(counts.undated, 1);
	assert_false(store_find(p->store, over)->stored);
	assert_true(store_find(p->store, waiting)->stored);
	assert_true(store_find(p->store, undone)->stored);
	/* It is known, and not asked for again. */
	place_reopen(p);
	assert_int_equal(store_find(p->store, over)->purged_s, now);
	place_pull(p);
	assert_int_equal(p->pulled.fresh, 0);
	assert_false(store_find(p->store, over)->stored);
	check_store(p->store, sign_key_public(p->organisation), p->ring, &c);
	assert_int_equal(c.faults, 0);
	assert_int_equal(c.purged, 1);
	assert_true(purge_store(p->store, now, &counts, &e));
	assert_int_equal(counts.removed, 0);
}

static void
a_removal_that_was_interrupted_is_finished(void **state)
{
	struct place *p = *state;
	const unsigned char *subid = place_send(p);
	struct store_case *c;
	struct purge counts;
	struct buf b;
	struct err e = { 0 };

	place_pull(p);
	c = store_find(p->store, subid);
	say_done(p, subid, 1);
	buf_init(&b, 4096);
	store_say_purged(&b, c, 2);
	assert_true(store_journal(p->store, buf_view(&b), &e));
	buf_release(&b);
	place_reopen(p);
	assert_true(store_find(p->store, subid)->stored);
	assert_true(purge_store(p->store, clock_now_s(), &counts, &e));
	assert_false(store_find(p->store, subid)->stored);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
		TEST(only_done_cases_whose_time_is_over_are_removed),
		TEST(a_removal_that_was_interrupted_is_finished),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, place_begin, place_end);
}
