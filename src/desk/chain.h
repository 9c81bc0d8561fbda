/* chain: is the server's log the one we know, and only longer? */
#ifndef DESK_CHAIN_H
#define DESK_CHAIN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "desk/fetch.h"
#include "desk/store.h"
#include "queue/queue.h"

enum { CHAIN_ENTRIES_MAX = 10 * 1000 * 1000 };

/*
 * Fetches the chain up to `head`, whose signature has been verified, and
 * checks that it leads there, through our pinned head and over every entry
 * in our copy of the log; the fault names the first entry that is wrong.
 * `known` may be NULL: nothing was fetched before.  *leaves are head->size
 * hashes, for the entries 1, 2, ...
 */
bool chain_verify(struct fetch *f, const struct store_log *known,
	const struct queue_head *head, struct arena *a, struct hash **leaves,
	struct err *e) __attribute__((warn_unused_result));

/* The chain over the lines of a log in the store, from its beginning. */
struct hash chain_of_log(const struct store_log *l);

#endif
