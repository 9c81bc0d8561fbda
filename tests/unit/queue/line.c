/* tests of queue/line: waiting, groups, fullness, closing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <sched.h>

#include "queue/line.h"

enum { THREADS = 16, EACH = 200 };

/* A server that can be held back, so that others gather. */
struct server {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool held;
	size_t in_service; /* jobs of the group being served */
	size_t groups;
	size_t served;
	size_t largest;
	struct line *line;
};

static void
serve(void *context, struct line_job *jobs[], size_t n)
{
	struct server *s = context;

	(void)pthread_mutex_lock(&s->lock);
	s->groups++;
	s->served += n;
	s->in_service = n;
	s->largest = n > s->largest ? n : s->largest;
	(void)pthread_cond_broadcast(&s->changed);
	while (s->held)
		(void)pthread_cond_wait(&s->changed, &s->lock);
	s->in_service = 0;
	(void)pthread_mutex_unlock(&s->lock);
	for (size_t i = 0; i < n; i++) {
		int *number = jobs[i]->work;

		jobs[i]->ok = *number >= 0;
		if (!jobs[i]->ok)
			(void)err_set(&jobs[i]->e, ERR_SYSTEM, "number %d",
				*number);
	}
}

static void
server_open(struct server *s, size_t max)
{
	struct err e = { 0 };

	*s = (struct server){ .held = false };
	(void)pthread_mutex_init(&s->lock, NULL);
	(void)pthread_cond_init(&s->changed, NULL);
	assert_true(line_open(max, serve, s, &s->line, &e));
}

static void
hold(struct server *s, bool held)
{
	(void)pthread_mutex_lock(&s->lock);
	s->held = held;
	(void)pthread_cond_broadcast(&s->changed);
	(void)pthread_mutex_unlock(&s->lock);
}

static void
wait_until_in_service(struct server *s)
{
	(void)pthread_mutex_lock(&s->lock);
	while (s->in_service == 0)
		(void)pthread_cond_wait(&s->changed, &s->lock);
	(void)pthread_mutex_unlock(&s->lock);
}

static bool
bring(struct server *s, int number, size_t bytes, struct err *e)
{
	struct line_job job = { .work = &number, .bytes = bytes };

	return line_wait(s->line, &job, e);
}

static void
each_job_gets_its_own_outcome(void **state)
{
	struct server s;
	struct err e = { 0 };

	(void)state;
	server_open(&s, 8);
	assert_true(bring(&s, 1, 0, &e));
	assert_false(bring(&s, -2, 0, &e));
	assert_string_equal(e.text, "number -2");
	line_close(s.line);
	assert_int_equal(s.served, 2);
}

static void *
bring_many(void *arg)
{
	struct server *s = arg;
	struct err e = { 0 };
	uintptr_t good = 0;

	for (int i = 0; i < EACH; i++)
		good += bring(s, i, 1, &e);
	return (void *)good;
}

static void
many_threads_are_served_once_each(void **state)
{
	struct server s;
	pthread_t threads[THREADS];
	uintptr_t good = 0;

	(void)state;
	server_open(&s, 64);
	for (size_t i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, bring_many,
			&s), 0);
	for (size_t i = 0; i < THREADS; i++) {
		void *n;

		(void)pthread_join(threads[i], &n);
		good += (uintptr_t)n;
	}
	line_close(s.line);
	assert_int_equal(good, THREADS * EACH);
	assert_int_equal(s.served, THREADS * EACH);
}

struct lone {
	struct server *s;
	size_t bytes;
	bool ok;
};

static void *
bring_one(void *arg)
{
	struct lone *l = arg;
	struct err e = { 0 };

	l->ok = bring(l->s, 1, l->bytes, &e);
	return NULL;
}

/* Has one job in service, held there, and `n` behind it in the line. */
static void
gather(struct server *s, struct lone *lone, pthread_t *threads, size_t n)
{
	hold(s, true);
	for (size_t i = 0; i <= n; i++) {
		lone[i].s = s;
		assert_int_equal(pthread_create(&threads[i], NULL, bring_one,
			&lone[i]), 0);
		if (i == 0)
			wait_until_in_service(s);
	}
	while (line_waiting(s->line) < n)
		(void)sched_yield();
}

static void
let_go(struct server *s, struct lone *lone, pthread_t *threads, size_t n)
{
	hold(s, false);
	for (size_t i = 0; i <= n; i++) {
		(void)pthread_join(threads[i], NULL);
		assert_true(lone[i].ok);
	}
}

static void
a_full_line_refuses_at_once_and_serves_the_rest(void **state)
{
	struct server s;
	struct lone lone[5] = { 0 };
	pthread_t threads[5];
	struct err e = { 0 };

	(void)state;
	server_open(&s, 4);
	gather(&s, lone, threads, 4);
	assert_false(bring(&s, 9, 0, &e));
	assert_int_equal(e.kind, ERR_LIMIT);
	assert_string_equal(e.text, "4 are waiting already");
	let_go(&s, lone, threads, 4);
	assert_true(bring(&s, 9, 0, &e));
	line_close(s.line);
	assert_int_equal(s.groups, 3);
	assert_int_equal(s.largest, 4);
}

static void
a_group_is_bounded_in_bytes(void **state)
{
	struct server s;
	struct lone lone[5];
	pthread_t threads[5];

	(void)state;
	for (size_t i = 0; i < 5; i++)
		lone[i] = (struct lone){ .bytes = LINE_GROUP_BYTES / 2 };
	server_open(&s, 8);
	gather(&s, lone, threads, 4);
	let_go(&s, lone, threads, 4);
	line_close(s.line);
	assert_int_equal(s.largest, 2);
	assert_int_equal(s.served, 5);
}

static void *
close_line(void *arg)
{
	line_close(arg);
	return NULL;
}

static void
closing_serves_those_who_wait(void **state)
{
	struct server s;
	struct lone lone[4] = { 0 };
	pthread_t threads[4];
	pthread_t closer;

	(void)state;
	server_open(&s, 8);
	gather(&s, lone, threads, 3);
	assert_int_equal(pthread_create(&closer, NULL, close_line, s.line), 0);
	let_go(&s, lone, threads, 3);
	(void)pthread_join(closer, NULL);
	assert_int_equal(s.served, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_job_gets_its_own_outcome),
		cmocka_unit_test(many_threads_are_served_once_each),
		cmocka_unit_test(
			a_full_line_refuses_at_once_and_serves_the_rest),
		cmocka_unit_test(a_group_is_bounded_in_bytes),
		cmocka_unit_test(closing_serves_those_who_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
