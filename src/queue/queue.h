/*
 * queue: what queue_put accepted survives a power cut and is found again.
 *
 * A queue holds sealed envelopes and a log.  The log is append-only and
 * hash-chained; every change to the queue is one transaction that also
 * appends its entry, so the log is the history of the queue and neither can
 * be changed without the other showing it.
 *
 *   entry   ENTRY_BYTES bytes, see struct queue_entry in queue/entry.h
 *   leaf    BLAKE2b-256 of the entry, domain "blankett leaf v1"
 *   chain_0 hash_parts("blankett chain v1", incarnation)
 *   chain_n hash_parts("blankett chain v1", chain_{n-1}, leaf_n)
 *
 * A head is (incarnation, size n, chain_n, time).  All functions may be
 * called from any thread.
 */
#ifndef QUEUE_QUEUE_H
#define QUEUE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "queue/entry.h"
#include "seal/hash.h"
#include "seal/token.h"

enum {
	QUEUE_KEEP_ACKED_S = 14 * 24 * 3600, /* after the acknowledgement */
	QUEUE_WAITING_MAX = 512,             /* writers in line; then ERR_LIMIT */
	QUEUE_ACK_MAX = 4096                 /* cases in one acknowledgement */
};

struct queue;

/* One envelope to store.  All of it is borrowed for the call. */
struct queue_item {
	unsigned char subid[SUBID_BYTES];
	struct hash commit;        /* of the answers, see token.h */
	struct text role;          /* who may collect it; at most 32 bytes */
	struct text form_id;       /* at most 64 bytes */
	struct text envelope;
	struct hash envelope_hash; /* BLAKE2b-256 of envelope */
};

/* What the sender is told. */
struct queue_receipt {
	int64_t received_s;        /* UTC, when the entry was made */
	uint64_t seq;              /* its number in the log, from 1 */
	struct hash envelope_hash;
};

enum queue_put_result {
	QUEUE_STORED,  /* new, and durable now */
	QUEUE_SAME,    /* this subid was stored before with the same commit */
	QUEUE_CHANGED  /* stored before with another commit; nothing done */
};

/* Where a case stands, for /svar/. */
enum queue_state {
	QUEUE_UNKNOWN,   /* no such subid */
	QUEUE_RECEIVED,  /* mottagen */
	QUEUE_FETCHED,   /* hämtad, but not acknowledged */
	QUEUE_ACKED,     /* kundcenter has it safely */
	QUEUE_DELETED    /* the envelope is gone; the tombstone stays */
};

/*
 * Opens (creating it if needed) the queue in directory `dir`.  Fails if the
 * disk refuses, if the database is of another version, or if the clock is
 * earlier than the last entry.
 */
bool queue_open(const char *dir, struct queue **out, struct err *e)
	__attribute__((warn_unused_result));
/* Commits what waits, then closes; NULL is allowed. */
void queue_close(struct queue *q);

/*
 * Stores one envelope durably: when it returns true with QUEUE_STORED the
 * COMMIT has returned.  In every true case *receipt is that of the stored
 * envelope (with QUEUE_CHANGED: of the earlier one).  ERR_SYSTEM: nothing
 * was stored.  ERR_LIMIT: too many are waiting.
 */
bool queue_put(struct queue *q, const struct queue_item *item,
	enum queue_put_result *result, struct queue_receipt *receipt,
	struct err *e) __attribute__((warn_unused_result));

/* Looks a case up; *commit and *receipt are set unless QUEUE_UNKNOWN. */
bool queue_find(struct queue *q, const unsigned char subid[SUBID_BYTES],
	enum queue_state *state, struct hash *commit,
	struct queue_receipt *receipt, struct err *e)
	__attribute__((warn_unused_result));

struct queue_head {
	unsigned char incarnation[QUEUE_INCARNATION_BYTES];
	uint64_t size;     /* entries so far */
	struct hash chain; /* chain_size */
	int64_t time_s;    /* of the last entry; 0 if none */
};

bool queue_head(struct queue *q, struct queue_head *out, struct err *e)
	__attribute__((warn_unused_result));

/*
 * Appends to *out, as the frames of queue/entry.h, the entries after `after`
 * up to about max_bytes (at least one if there is one), envelopes included
 * where the entry is a submission to `role` that is still kept; entries of
 * other roles as bare leaves.  *last is the last seq written (or `after`).
 */
bool queue_read(struct queue *q, uint64_t after, struct text role,
	size_t max_bytes, struct buf *out, uint64_t *last, struct err *e)
	__attribute__((warn_unused_result));

/*
 * Appends to *out the links (queue/entry.h) of at most `max` entries after
 * `after`, whatever their role; *last is the last seq written (or `after`).
 * Nothing is judged here: that is for whoever has a copy of the log.
 */
bool queue_links(struct queue *q, uint64_t after, size_t max,
	struct buf *out, uint64_t *last, struct err *e)
	__attribute__((warn_unused_result));

/* Logs that a collector (its key id) fetched entries up to `upto`; only if
 * that includes submissions of its role not logged as fetched before. */
bool queue_note_fetch(struct queue *q, struct text role,
	const unsigned char key_id[KEY_ID_BYTES], uint64_t upto, struct err *e)
	__attribute__((warn_unused_result));

/*
 * Logs a collector's acknowledgement of these cases; those of other roles,
 * unknown or already acknowledged are skipped.  *count is how many were
 * acknowledged now.  note_hash is the hash of the signed request.
 */
bool queue_ack(struct queue *q, struct text role,
	const unsigned char key_id[KEY_ID_BYTES], const unsigned char *subids, size_t n,
	const struct hash *note_hash, size_t *count, struct err *e)
	__attribute__((warn_unused_result));

/* Deletes envelopes acknowledged more than QUEUE_KEEP_ACKED_S before now_s,
 * leaving a tombstone and an entry each. */
bool queue_sweep(struct queue *q, int64_t now_s, size_t *count, struct err *e)
	__attribute__((warn_unused_result));

/* Logs that a keyset (by the hash of its file) is in use; no entry if the
 * last logged one is the same. */
bool queue_note_keyset(struct queue *q, const struct hash *keyset_hash,
	struct err *e) __attribute__((warn_unused_result));

/*
 * Copies the queue in directory `dir`, which may be open and in use, to
 * directory `to`, as it stood at one moment.  Fails if there is a queue in
 * `to` already.
 */
bool queue_backup(const char *dir, const char *to, struct err *e)
	__attribute__((warn_unused_result));

#endif
