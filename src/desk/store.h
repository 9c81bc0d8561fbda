/*
 * store: what kundcenter has fetched, still sealed, on its own disk.
 *
 *     DIR/                      0700, everything in it 0600
 *       server                  the queue's address, as last pulled from
 *       current                 the incarnation pulled from, 32 hex digits
 *       logs/INCARNATION.log    its log so far, as frames without envelopes
 *       logs/INCARNATION.head   the newest head that was verified: the pin
 *       logs/INCARNATION.keyset the keyset that it was verified by
 *       envelopes/SUBID.blkt    as received
 *       journal                 one JSON map a line: what was done here
 *
 * A log holds verified entries only and is never longer than its head says,
 * but shorter when a pull was interrupted.  Envelopes are written before the
 * entries that name them, and the journal says what has happened to a case
 * since; each file is complete and durable before the next step depends on
 * it, so a pull can stop anywhere and the next one goes on.  When a queue is
 * restored from a copy it has a new incarnation; its log begins anew beside
 * the earlier one, and cases are recognised by subid.
 *
 * Readers need no lock; who writes holds one on DIR.
 */
#ifndef DESK_STORE_H
#define DESK_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "queue/queue.h"

enum {
	STORE_LOG_MAX = 1024 * 1024 * 1024,
	STORE_JOURNAL_MAX = 1024 * 1024 * 1024
};

/* One case that the log says was submitted to us. */
struct store_case {
	unsigned char subid[SUBID_BYTES];
	uint64_t seq;        /* of its entry, in the incarnation it came in */
	int64_t received_s;
	struct hash hash;    /* of its envelope */
	bool stored;         /* the envelope lies in envelopes/ */
	bool erased;         /* the queue has deleted it, its log says */
	/* From the journal. */
	bool looked;         /* somebody has tried to open it here */
	bool opens;          /* and it did; the rest is empty if not */
	bool valid;          /* what is inside agrees with the outside */
	struct text form;    /* form id, [a-z0-9-] */
	struct text reference; /* empty if it is not valid */
	int64_t answer_days; /* working days; 0: no promise */
	int64_t retain_days; /* after done_s; 0: not known */
	int64_t done_s;      /* acknowledged; 0: not yet */
	int64_t purged_s;    /* removed from this store; 0: not */
	bool fresh;          /* first looked at by the pull just made */
};

/* One entry of a log. */
struct store_line {
	bool is_leaf;              /* then entry is empty */
	struct hash leaf;
	struct queue_entry entry;
};

/* The log of one incarnation. */
struct store_log {
	unsigned char incarnation[QUEUE_INCARNATION_BYTES];
	struct text head_note;   /* empty if there is none yet */
	struct text keyset_note;
	struct queue_head head;  /* what head_note says; size 0 if none */
	struct store_line *lines;
	size_t count;
	size_t cap;
};

struct store {
	struct arena a;          /* everything below lives here */
	const char *dir;
	int lock;                /* -1: opened for reading */
	struct text server;      /* empty if not known yet */
	struct store_log *logs;  /* in no order but that the current is last */
	size_t log_count;
	struct store_case **cases; /* in the order of the logs */
	size_t case_count;
	size_t case_cap;
	struct store_case **by_subid; /* hash table, case_table places */
	size_t case_table;
	size_t strangers; /* cases with one subid and two envelopes */
};

enum store_use {
	STORE_READ,  /* the store must be there */
	STORE_WRITE, /* and nobody else may write to it meanwhile */
	STORE_MAKE   /* as STORE_WRITE; made if it is not there */
};

bool store_open(const char *dir, enum store_use use, struct store **out,
	struct err *e) __attribute__((warn_unused_result));
void store_close(struct store *s); /* NULL is allowed */

/* The log that is pulled to; NULL before the first pull. */
struct store_log *store_current(struct store *s);

/*
 * Pins a head that has been verified, with the keyset that it was verified
 * by, and makes its incarnation the current one.
 */
bool store_pin(struct store *s, const struct queue_head *head,
	struct text head_note, struct text keyset_note, struct err *e)
	__attribute__((warn_unused_result));

/* Appends verified entries to the current log: frames without envelopes. */
bool store_append(struct store *s, struct text frames, struct err *e)
	__attribute__((warn_unused_result));

/* Writes a received envelope, which need not be in the log yet; durable
 * after store_flush. */
bool store_put(struct store *s, const unsigned char subid[SUBID_BYTES],
	struct text envelope, struct err *e)
	__attribute__((warn_unused_result));
bool store_flush(struct store *s, struct err *e)
	__attribute__((warn_unused_result));
/* Reads an envelope onto `a`; ERR_CRYPTO if it is not the one received. */
bool store_get(struct store *s, const struct store_case *c, struct arena *a,
	struct text *envelope, struct err *e)
	__attribute__((warn_unused_result));
/* Removes an envelope. */
bool store_remove(struct store *s, struct store_case *c, struct err *e)
	__attribute__((warn_unused_result));

/* Remembers the address that was pulled from. */
bool store_set_server(struct store *s, struct text server, struct err *e)
	__attribute__((warn_unused_result));

struct store_case *store_find(struct store *s,
	const unsigned char subid[SUBID_BYTES]);
/*
 * The case that a person means (store_resolve.c): a reference as written by
 * hand, or 32 hex digits of a subid.  An ambiguous reference is refused with
 * the subids.
 */
bool store_resolve(struct store *s, const char *ref, struct store_case **out,
	struct err *e) __attribute__((warn_unused_result));

/*
 * The journal (store_journal.c).  Each puts one line into *lines, and
 * store_journal appends them durably and applies them.
 */
void store_say_looked(struct buf *lines, const struct store_case *c);
void store_say_done(struct buf *lines, const struct store_case *c,
	int64_t now_s);
void store_say_purged(struct buf *lines, const struct store_case *c,
	int64_t now_s);
bool store_journal(struct store *s, struct text lines, struct err *e)
	__attribute__((warn_unused_result));
/* Reads the whole journal when the store is opened. */
bool store_journal_load(struct store *s, struct err *e)
	__attribute__((warn_unused_result));

#endif
