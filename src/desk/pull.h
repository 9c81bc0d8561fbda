/*
 * pull: fetches what has come in, verifies it, and keeps it sealed.
 *
 * In this order, each step durable before the next:
 *
 *   1 the keyset, verified by the pinned organisation key; its epoch is
 *     never lower than one seen
 *   2 the log's head, signed just now by a server key valid today, of the
 *     incarnation we know
 *   3 the chain to that head, over every entry we have (chain.h); the head
 *     is then pinned
 *   4 entries and envelopes, each against its leaf and its hash
 *   5 each new envelope is opened once, in memory, to see that it opens
 *
 * An envelope that is missing or is not the one that was logged is named and
 * passed over: one damaged row must not keep everybody else waiting.  It is
 * asked for again by every later pull.
 */
#ifndef DESK_PULL_H
#define DESK_PULL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "desk/fetch.h"
#include "desk/store.h"
#include "seal/key.h"
#include "seal/keyring.h"

struct pull {
	struct store *store;
	struct fetch *fetch;
	const struct sign_key *collector;
	const struct verify_key *organisation; /* the pin */
	const struct keyring *ring;
	bool accept_restored; /* take a new incarnation for what it is */
	/* Told after each batch; may be NULL. */
	void (*progress)(void *context, uint64_t done, uint64_t total);
	void *context;
	/* What it did. */
	size_t fresh;    /* new cases */
	size_t refused;  /* of them: do not open */
	size_t flagged;  /* of them: open, but are not valid */
	size_t damaged;  /* envelopes missing or wrong at the server */
	struct err fault; /* the first of those */
};

/* Fails as soon as something is wrong with keyset, head or log; what was
 * fetched until then stays.  p->damaged is no failure of the call. */
bool pull_run(struct pull *p, struct err *e)
	__attribute__((warn_unused_result));

#endif
