/*
 * line: a bounded waiting line in front of one thread that serves it in
 * groups.
 *
 * Threads bring jobs and wait; the one thread takes everybody who waits (up
 * to LINE_GROUP_MAX jobs and about LINE_GROUP_BYTES), serves them together,
 * and wakes them.  While it serves one group the next one gathers, so the
 * cost of making a group durable is shared by as many as happen to wait.
 */
#ifndef QUEUE_LINE_H
#define QUEUE_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { LINE_GROUP_MAX = 256, LINE_GROUP_BYTES = 16 * 1024 * 1024 };

/* One job; lives on the stack of the thread that waits for it. */
struct line_job {
	void *work;   /* what to do; the server's business */
	size_t bytes; /* about how much it brings */
	bool ok;      /* the outcome, set by the server */
	struct err e; /* why not, if it is not ok */
};

struct line;

/* Serves n jobs: sets ok (and e) of each.  Called on the line's thread. */
typedef void line_server(void *context, struct line_job *jobs[], size_t n);

/* Starts the thread.  At most `max` jobs wait at a time. */
bool line_open(size_t max, line_server *serve, void *context,
	struct line **out, struct err *e) __attribute__((warn_unused_result));
/* Serves everyone who waits, then ends the thread.  NULL is allowed. */
void line_close(struct line *l);

/* Waits until the job has been served and returns its outcome; ERR_LIMIT at
 * once if the line is full or closing. */
bool line_wait(struct line *l, struct line_job *job, struct err *e)
	__attribute__((warn_unused_result));

/* How many wait now, not counting those being served. */
size_t line_waiting(struct line *l);

#endif
