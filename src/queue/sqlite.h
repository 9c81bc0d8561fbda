/* sqlite: the queue's insides, shared by the sqlite*.c files only. */
#ifndef QUEUE_SQLITE_H
#define QUEUE_SQLITE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "queue/line.h"
#include "queue/queue.h"
#include "queue/sqlite_conn.h"
#include "queue/sqlite_history.h"

struct queue {
	char *path;           /* of the database */
	unsigned char incarnation[QUEUE_INCARNATION_BYTES];
	struct line *line;
	struct conn *writer;  /* the line's thread's own */
	struct tail tail;     /* as well; valid in its transaction only */
	pthread_mutex_t lock; /* over the readers */
	pthread_cond_t back;  /* a reader came back */
	struct conn *idle;
	size_t readers;       /* opened so far */
};

/* An idle reader, a new one, or, when all are busy, the next to come back;
 * to be given back with queue_reader_back. */
bool queue_reader(struct queue *q, struct conn **out, struct err *e)
	__attribute__((warn_unused_result));
void queue_reader_back(struct queue *q, struct conn *c);

/* The line's server: makes one transaction of n jobs (sqlite_write.c). */
line_server queue_serve;

#endif
