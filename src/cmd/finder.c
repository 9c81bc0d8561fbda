/* finder: the search of a site, made ready beside everything else. */
#include "cmd/finder.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/banned.h"

struct finder {
	struct site *site;
	pthread_t thread;
	pthread_mutex_t lock; /* over what stands below */
	pthread_cond_t done;
	struct search *search;
	bool has_begun;
	bool is_done;
};

static void *
work(void *context)
{
	int64_t begun_ms = clock_monotonic_ms();
	struct finder *f = context;
	struct search *search;
	struct err e = { 0 };

	if (search_open(f->site, &search, &e))
		log_info("search", "found=%zu ms=%lld", search_count(search),
			(long long)(clock_monotonic_ms() - begun_ms));
	else
		log_error("search", "fault=\"%s\"", e.text);
	(void)pthread_mutex_lock(&f->lock);
	f->search = search;
	f->is_done = true;
	(void)pthread_cond_broadcast(&f->done);
	(void)pthread_mutex_unlock(&f->lock);
	return NULL;
}

static void
finder_free(struct finder *f)
{
	search_close(f->search);
	(void)pthread_cond_destroy(&f->done);
	(void)pthread_mutex_destroy(&f->lock);
	free(f);
}

/* The lock is held, or not needed yet. */
static bool
start(struct finder *f)
{
	if (!f->has_begun)
		f->has_begun = pthread_create(&f->thread, NULL, work, f) == 0;
	return f->has_begun;
}

bool
finder_open(struct site *s, bool early, struct finder **out, struct err *e)
{
	struct finder *f = calloc(1, sizeof *f);
	pthread_condattr_t monotonic;

	*out = NULL;
	if (!f)
		return err_set(e, ERR_SYSTEM, "no memory for the search");
	f->site = s;
	(void)pthread_mutex_init(&f->lock, NULL);
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&f->done, &monotonic);
	(void)pthread_condattr_destroy(&monotonic);
	if (early && !start(f)) {
		finder_free(f);
		return err_set(e, ERR_SYSTEM, "cannot start a thread");
	}
	*out = f;
	return true;
}

void
finder_close(struct finder *f)
{
	if (!f)
		return;
	if (f->has_begun)
		(void)pthread_join(f->thread, NULL);
	finder_free(f);
}

const struct search *
finder_get(struct finder *f, int wait_ms)
{
	int64_t end_ms = clock_monotonic_ms() + wait_ms;
	const struct timespec end = { .tv_sec = (time_t)(end_ms / 1000),
		.tv_nsec = (long)(end_ms % 1000) * 1000000 };
	const struct search *search;

	(void)pthread_mutex_lock(&f->lock);
	while (start(f) && !f->is_done &&
		pthread_cond_timedwait(&f->done, &f->lock, &end) == 0)
		;
	search = f->search;
	(void)pthread_mutex_unlock(&f->lock);
	return search;
}
