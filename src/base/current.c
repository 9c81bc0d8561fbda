/* current: one thing that many threads use while another replaces it. */
#include "base/current.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/banned.h"

/* One thing, and how many hold it; the current one is held by itself. */
struct held {
	void *thing;
	size_t users;
	struct held *older; /* those still in use */
};

struct current {
	pthread_mutex_t lock;
	void (*close)(void *thing);
	struct held *newest;
};

static struct held *
held_new(void *thing, struct held *older)
{
	struct held *h = malloc(sizeof *h);

	if (!h)
		abort();
	*h = (struct held){ thing, 1, older };
	return h;
}

struct current *
current_open(void *first, void (*close)(void *thing))
{
	struct current *c = calloc(1, sizeof *c);

	if (!c)
		abort();
	(void)pthread_mutex_init(&c->lock, NULL);
	c->close = close;
	c->newest = held_new(first, NULL);
	return c;
}

/* Counts one user less; returns the thing if that was the last. */
static void *
leave(struct current *c, void *thing)
{
	struct held **at = &c->newest, *h;

	while ((*at)->thing != thing)
		at = &(*at)->older;
	h = *at;
	if (--h->users > 0)
		return NULL;
	*at = h->older;
	free(h);
	return thing;
}

void
current_close(struct current *c)
{
	if (!c)
		return;
	c->close(c->newest->thing);
	free(c->newest);
	(void)pthread_mutex_destroy(&c->lock);
	free(c);
}

void *
current_take(struct current *c)
{
	void *thing;

	(void)pthread_mutex_lock(&c->lock);
	c->newest->users++;
	thing = c->newest->thing;
	(void)pthread_mutex_unlock(&c->lock);
	return thing;
}

void
current_give(struct current *c, void *thing)
{
	void *last;

	(void)pthread_mutex_lock(&c->lock);
	last = leave(c, thing);
	(void)pthread_mutex_unlock(&c->lock);
	if (last)
		c->close(last);
}

void
current_replace(struct current *c, void *next)
{
	void *before;

	(void)pthread_mutex_lock(&c->lock);
	before = c->newest->thing;
	c->newest = held_new(next, c->newest);
	before = leave(c, before);
	(void)pthread_mutex_unlock(&c->lock);
	if (before)
		c->close(before);
}
