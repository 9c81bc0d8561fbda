/*
 * pool: the same work on many things, on several threads.
 *
 * Things are taken in order.  When one fails no further ones are begun, and
 * the fault of the first in order is the one told, however threads ran.
 */
#ifndef SITE_POOL_H
#define SITE_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Does the work on thing number `index`; `thread` is 0 to threads - 1. */
typedef bool pool_work(void *context, int thread, size_t index,
	struct err *e);

bool pool_run(int threads, size_t count, pool_work *work, void *context,
	struct err *e) __attribute__((warn_unused_result));

/* How many processors there are; at least 1. */
int pool_processors(void);

#endif
