/* tests of base/spool: what was put can be got back, from any thread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/spool.h"

enum { THREADS = 4, PIECES = 200 };

static void
nothing_of_a_spool_has_a_name(void **state)
{
	char dir[] = "/tmp/blankett-spool-XXXXXX";
	struct spool *s;
	struct arena a;
	struct fs_list l;
	struct err e = { 0 };
	size_t at;

	(void)state;
	arena_init(&a, false);
	assert_non_null(mkdtemp(dir));
	assert_true(spool_open(dir, &s, &e));
	assert_true(spool_put(s, text_of("hej"), &at, &e));
	assert_true(fs_list(&a, dir, &l, &e));
	assert_int_equal(l.count, 0);
	spool_close(s);
	assert_int_equal(rmdir(dir), 0);
	assert_false(spool_open(dir, &s, &e));
	assert_non_null(strstr(e.text, dir));
	assert_null(s);
	spool_close(s);
	arena_release(&a);
}

static void
what_was_never_put_cannot_be_got(void **state)
{
	struct spool *s;
	struct arena a;
	struct err e = { 0 };
	struct text t;
	size_t at;

	(void)state;
	arena_init(&a, false);
	assert_true(spool_open("/tmp", &s, &e));
	assert_true(spool_put(s, text_of("hej"), &at, &e));
	assert_true(spool_get(s, &a, at, 3, &t, &e));
	assert_true(text_is(t, "hej"));
	assert_true(spool_get(s, &a, at, 0, &t, &e));
	assert_true(text_is(t, ""));
	assert_false(spool_get(s, &a, at, 4, &t, &e));
	assert_non_null(strstr(e.text, "cut short"));
	spool_close(s);
	arena_release(&a);
}

struct writer {
	struct spool *spool;
	int number;
	size_t at[PIECES];
	bool ok;
};

static size_t
fill(char *p, int number, size_t piece)
{
	size_t len = 1 + piece * 97 % 5000;

	memset(p, 'a' + number, len);
	p[0] = (char)('A' + piece % 26);
	return len;
}

static void *
write_pieces(void *context)
{
	struct writer *w = context;
	struct err e = { 0 };
	char p[5000];

	w->ok = true;
	for (size_t i = 0; i < PIECES; i++) {
		size_t len = fill(p, w->number, i);

		w->ok = spool_put(w->spool, (struct text){ p, len },
			&w->at[i], &e) && w->ok;
	}
	return NULL;
}

static void
threads_do_not_write_over_each_other(void **state)
{
	static struct writer writers[THREADS];
	pthread_t threads[THREADS];
	struct spool *s;
	struct arena a;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, false);
	assert_true(spool_open("/tmp", &s, &e));
	for (int i = 0; i < THREADS; i++) {
		writers[i] = (struct writer){ .spool = s, .number = i };
		assert_int_equal(pthread_create(&threads[i], NULL,
			write_pieces, &writers[i]), 0);
	}
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	for (int i = 0; i < THREADS; i++)
		for (size_t k = 0; k < PIECES; k++) {
			char p[5000];
			struct text want = { p, fill(p, i, k) };
			struct text got;

			assert_true(writers[i].ok);
			assert_true(spool_get(s, &a, writers[i].at[k],
				want.len, &got, &e));
			assert_true(text_eq(got, want));
		}
	spool_close(s);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_of_a_spool_has_a_name),
		cmocka_unit_test(what_was_never_put_cannot_be_got),
		cmocka_unit_test(threads_do_not_write_over_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
