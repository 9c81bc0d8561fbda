/* purge: removes what has been dealt with and kept for long enough. */
#ifndef DESK_PURGE_H
#define DESK_PURGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "desk/store.h"

struct purge {
	size_t removed;
	size_t waiting; /* acknowledged, but their time is not over */
	size_t undated; /* acknowledged; how long to keep them is not known */
};

/* Removes the envelopes whose time is over at now_s; the log and a line in
 * the journal stay. */
bool purge_store(struct store *s, int64_t now_s, struct purge *p,
	struct err *e) __attribute__((warn_unused_result));

#endif
