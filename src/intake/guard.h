/*
 * guard: how much one network, or one form, may ask of the server.
 *
 * Networks are counted in RAM under a hash whose random key changes every
 * day: no address is stored, and none can be recovered the day after.  A
 * network is an IPv4 address or an IPv6 /56.
 */
#ifndef INTAKE_GUARD_H
#define INTAKE_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

/* What is counted by itself. */
enum guard_kind {
	GUARD_FORM, /* a form's POST */
	GUARD_CODE, /* a try to read a case by its code */
	GUARD_KIND_COUNT
};

enum {
	GUARD_FORM_BURST = 60,     /* a school or an office behind one address */
	GUARD_FORM_PER_MINUTE = 30,
	GUARD_CODE_BURST = 10,
	GUARD_CODE_PER_MINUTE = 10,
	GUARD_SLOTS = 16384,       /* networks remembered at a time */
	/* Of the space that is free, what one form may fill in a day. */
	GUARD_FORM_SHARE = 4,
	/* Below this much free space nothing is taken in. */
	GUARD_DISK_MIN = 64 * 1024 * 1024
};

struct guard;

/* `dir` is where the queue lies. */
bool guard_open(const char *dir, struct guard **out, struct err *e)
	__attribute__((warn_unused_result));
void guard_close(struct guard *g); /* NULL is allowed */

/*
 * May this network (a numeric address; anything else counts as one network
 * of its own) do this once more?  Counts it if so.
 */
bool guard_take(struct guard *g, enum guard_kind kind, struct text address,
	int64_t now_ms) __attribute__((warn_unused_result));

/* Is there room on the disk for `bytes` more of the form with this id? */
bool guard_has_room(struct guard *g, struct text form, size_t bytes,
	int64_t now_s) __attribute__((warn_unused_result));
/* Counts what was stored. */
void guard_stored(struct guard *g, struct text form, size_t bytes,
	int64_t now_s);

/* Is there room on the disk at all? */
bool guard_has_disk(struct guard *g) __attribute__((warn_unused_result));

#endif
