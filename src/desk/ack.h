/* ack: tells the queue that cases lie safe here, so that it may delete. */
#ifndef DESK_ACK_H
#define DESK_ACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "desk/fetch.h"
#include "desk/store.h"
#include "seal/keyring.h"

/*
 * Reads each case's envelope from the disk again, verifies it, opens it, and
 * only if all of them did acknowledges them to the server and writes that
 * down.  Telling it again of what it knows does no harm.
 */
bool ack_cases(struct store *s, struct fetch *f, const struct keyring *ring,
	struct store_case *const cases[], size_t n, struct err *e)
	__attribute__((warn_unused_result));

#endif
