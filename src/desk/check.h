/* check: is everything in the store what was fetched, and does it open? */
#ifndef DESK_CHECK_H
#define DESK_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "desk/store.h"
#include "seal/key.h"
#include "seal/keyring.h"

struct check {
	size_t logs;
	size_t entries;
	size_t opened;  /* envelopes that are right and open */
	size_t closed;  /* right, but do not open: known since their pull */
	size_t purged;  /* removed here after their time */
	size_t faults;
	/* Told of each fault. */
	void (*tell)(void *context, const char *fault);
	void *context;
};

/*
 * Verifies every log from its beginning to its signed head, and every
 * envelope against its entry and by opening it; tells of all faults.
 */
void check_store(struct store *s, const struct verify_key *organisation,
	const struct keyring *ring, struct check *c);

#endif
