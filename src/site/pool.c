/* pool: the same work on many things, on several threads. */
#include "site/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/banned.h"

enum { THREADS_MAX = 64 };

struct pool {
	pool_work *work;
	void *context;
	size_t count;
	atomic_size_t next; /* the first that nobody has taken */
	atomic_bool stop;
	pthread_mutex_t lock; /* over what follows */
	size_t failed;        /* the first in order that failed; count: none */
	struct err fault;     /* its fault */
};

struct worker {
	struct pool *pool;
	int number;
	pthread_t thread;
};

static void
note(struct pool *p, size_t index, const struct err *e)
{
	(void)pthread_mutex_lock(&p->lock);
	if (index < p->failed) {
		p->failed = index;
		p->fault = *e;
	}
	(void)pthread_mutex_unlock(&p->lock);
	atomic_store(&p->stop, true);
}

/* All before a failed one have been taken by then, so they are finished. */
static void *
run(void *context)
{
	struct worker *w = context;
	struct pool *p = w->pool;

	while (!atomic_load(&p->stop)) {
		size_t i = atomic_fetch_add(&p->next, 1);
		struct err e = { 0 };

		if (i >= p->count)
			break;
		if (!p->work(p->context, w->number, i, &e))
			note(p, i, &e);
	}
	return NULL;
}

bool
pool_run(int threads, size_t count, pool_work *work, void *context,
	struct err *e)
{
	struct pool p = { .work = work, .context = context, .count = count,
		.failed = count };
	struct worker workers[THREADS_MAX];
	int started = 1;

	if (threads > THREADS_MAX)
		threads = THREADS_MAX;
	(void)pthread_mutex_init(&p.lock, NULL);
	workers[0] = (struct worker){ .pool = &p };
	/* Fewer threads than asked for do the same work. */
	for (; started < threads && (size_t)started < count; started++) {
		workers[started] = (struct worker){ .pool = &p,
			.number = started };
		if (pthread_create(&workers[started].thread, NULL, run,
			&workers[started]) != 0)
			break;
	}
	(void)run(&workers[0]);
	for (int i = 1; i < started; i++)
		(void)pthread_join(workers[i].thread, NULL);
	(void)pthread_mutex_destroy(&p.lock);
	if (p.failed < count)
		*e = p.fault;
	return p.failed == count;
}

int
pool_processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (int)n;
}
