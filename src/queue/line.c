/* line: a bounded waiting line in front of one thread that serves it in
 * groups. */
#include "queue/line.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* One who waits: each has a condition of its own, so that only those who
 * were served wake up. */
struct waiter {
	struct line_job *job;
	pthread_cond_t served;
	bool done;
};

struct line {
	pthread_mutex_t lock; /* over everything below */
	pthread_cond_t came;  /* somebody came, or the line closes */
	pthread_cond_t left;  /* the last one in line_wait is leaving */
	size_t inside;        /* threads in line_wait */
	struct waiter **ring; /* max places, oldest at `first` */
	size_t max;
	size_t first;
	size_t count;
	bool closing;
	line_server *serve;
	void *context;
	pthread_t thread;
};

/* Takes the next group off the line; waits for one.  0 when it closes. */
static size_t
take_group(struct line *l, struct waiter *group[LINE_GROUP_MAX])
{
	size_t n = 0;
	size_t bytes = 0;

	(void)pthread_mutex_lock(&l->lock);
	while (l->count == 0 && !l->closing)
		(void)pthread_cond_wait(&l->came, &l->lock);
	while (l->count > 0 && n < LINE_GROUP_MAX &&
		(n == 0 || bytes < LINE_GROUP_BYTES)) {
		group[n] = l->ring[l->first];
		bytes += group[n++]->job->bytes;
		l->first = (l->first + 1) % l->max;
		l->count--;
	}
	(void)pthread_mutex_unlock(&l->lock);
	return n;
}

static void *
serve_line(void *arg)
{
	struct line *l = arg;
	struct waiter *group[LINE_GROUP_MAX];
	struct line_job *jobs[LINE_GROUP_MAX];
	size_t n;

	while ((n = take_group(l, group)) > 0) {
		for (size_t i = 0; i < n; i++)
			jobs[i] = group[i]->job;
		l->serve(l->context, jobs, n);
		(void)pthread_mutex_lock(&l->lock);
		for (size_t i = 0; i < n; i++) {
			group[i]->done = true;
			(void)pthread_cond_signal(&group[i]->served);
		}
		(void)pthread_mutex_unlock(&l->lock);
	}
	return NULL;
}

/* Starts the thread with every signal blocked: signals are for main. */
static int
start(struct line *l)
{
	sigset_t all;
	sigset_t before;
	int rc;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&l->thread, NULL, serve_line, l);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

static void
line_free(struct line *l)
{
	(void)pthread_cond_destroy(&l->came);
	(void)pthread_cond_destroy(&l->left);
	(void)pthread_mutex_destroy(&l->lock);
	free(l->ring);
	free(l);
}

bool
line_open(size_t max, line_server *serve, void *context, struct line **out,
	struct err *e)
{
	struct line *l = calloc(1, sizeof *l);
	int rc;

	*out = NULL;
	if (!l || !(l->ring = calloc(max, sizeof(struct waiter *)))) {
		free(l);
		return err_set(e, ERR_SYSTEM, "no memory for a waiting line");
	}
	l->max = max;
	l->serve = serve;
	l->context = context;
	(void)pthread_mutex_init(&l->lock, NULL);
	(void)pthread_cond_init(&l->came, NULL);
	(void)pthread_cond_init(&l->left, NULL);
	rc = start(l);
	if (rc != 0) {
		line_free(l);
		return err_set(e, ERR_SYSTEM, "cannot start a thread: %s",
			strerror(rc));
	}
	*out = l;
	return true;
}

void
line_close(struct line *l)
{
	if (!l)
		return;
	(void)pthread_mutex_lock(&l->lock);
	l->closing = true;
	(void)pthread_cond_signal(&l->came);
	(void)pthread_mutex_unlock(&l->lock);
	(void)pthread_join(l->thread, NULL);
	/* Who was served last may still be on the way out. */
	(void)pthread_mutex_lock(&l->lock);
	while (l->inside > 0)
		(void)pthread_cond_wait(&l->left, &l->lock);
	(void)pthread_mutex_unlock(&l->lock);
	line_free(l);
}

bool
line_wait(struct line *l, struct line_job *job, struct err *e)
{
	struct waiter w = { .job = job };

	(void)pthread_mutex_lock(&l->lock);
	if (l->closing || l->count == l->max) {
		bool closing = l->closing;

		(void)pthread_mutex_unlock(&l->lock);
		return closing
			? err_set(e, ERR_LIMIT, "the queue is closing")
			: err_set(e, ERR_LIMIT, "%zu are waiting already",
				l->max);
	}
	(void)pthread_cond_init(&w.served, NULL);
	l->inside++;
	l->ring[(l->first + l->count++) % l->max] = &w;
	(void)pthread_cond_signal(&l->came);
	while (!w.done)
		(void)pthread_cond_wait(&w.served, &l->lock);
	if (--l->inside == 0 && l->closing)
		(void)pthread_cond_signal(&l->left);
	(void)pthread_mutex_unlock(&l->lock);
	(void)pthread_cond_destroy(&w.served);
	if (!job->ok)
		*e = job->e;
	return job->ok;
}

size_t
line_waiting(struct line *l)
{
	size_t n;

	(void)pthread_mutex_lock(&l->lock);
	n = l->count;
	(void)pthread_mutex_unlock(&l->lock);
	return n;
}
