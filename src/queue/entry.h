/*
 * entry: the log's entries and the frames they travel in.
 *
 * An entry is a fixed struct of bytes, so its hash needs no canonical form:
 *
 *     seq 8 u64le | time 8 i64le | kind 1 | role 32 (zero-padded) |
 *     subid 16 | hash 32 | key_id 8
 *
 *   kind     subid       hash                       key_id
 *   submit   the case    of the envelope            zeros
 *   fetch    zeros       zeros, seq in first 8      the collector
 *   ack      the case    of the signed request      the collector
 *   delete   the case    of the envelope            zeros
 *   keyset   zeros       of the keyset file         zeros
 *
 * A stream to a collector is a run of frames:
 *
 *     1 entry    105 bytes entry, u32le length, envelope (length 0: none)
 *     2 leaf      32 bytes, an entry of another role
 *
 * and the chain itself travels as a run of links, one an entry:
 *
 *     seq 8 u64le | leaf 32 | chain 32
 */
#ifndef QUEUE_ENTRY_H
#define QUEUE_ENTRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/hash.h"
#include "seal/key.h"
#include "seal/token.h"

enum {
	QUEUE_INCARNATION_BYTES = 16,
	QUEUE_ROLE_MAX = 32,
	ENTRY_BYTES = 105,
	LINK_BYTES = 72
};

enum entry_kind {
	ENTRY_SUBMIT = 1,
	ENTRY_FETCH = 2,
	ENTRY_ACK = 3,
	ENTRY_DELETE = 4,
	ENTRY_KEYSET = 5
};

struct queue_entry {
	uint64_t seq;   /* from 1, no gaps */
	int64_t time_s; /* UTC; never less than the entry before */
	enum entry_kind kind;
	unsigned char role[QUEUE_ROLE_MAX]; /* zero-padded; zeros for keyset */
	unsigned char subid[SUBID_BYTES];
	struct hash hash;
	unsigned char key_id[KEY_ID_BYTES];
};

void entry_write(const struct queue_entry *en, unsigned char out[ENTRY_BYTES]);
/* Refuses unknown kinds, roles that are none, and parts that an entry of its
 * kind does not have and are not zeros. */
bool entry_read(const unsigned char in[ENTRY_BYTES], struct queue_entry *en,
	struct err *e) __attribute__((warn_unused_result));
/* Is it an entry of this role? */
bool entry_role_is(const struct queue_entry *en, struct text role);
/* Sets the role; false if it is no role ([a-z0-9-], at most 32 bytes). */
bool entry_set_role(struct queue_entry *en, struct text role)
	__attribute__((warn_unused_result));

/* Of an ENTRY_FETCH: the seq up to which was fetched. */
uint64_t entry_fetched(const struct queue_entry *en);
void entry_set_fetched(struct queue_entry *en, uint64_t upto);

struct hash entry_leaf(const unsigned char entry[ENTRY_BYTES]);
/* The leaf of a stored entry whose length may have been damaged. */
struct hash entry_leaf_of(struct text entry);
/* chain_0 of a queue. */
struct hash chain_start(
	const unsigned char incarnation[QUEUE_INCARNATION_BYTES]);
struct hash chain_next(const struct hash *chain, const struct hash *leaf);

/* One frame as it came over the wire; borrowed from the stream's bytes. */
struct frame {
	bool is_leaf;         /* then entry and envelope are empty */
	struct hash leaf;     /* always set */
	struct queue_entry entry;
	struct text envelope; /* empty if none */
};

void frame_put_entry(struct buf *b, const unsigned char entry[ENTRY_BYTES],
	struct text envelope);
void frame_put_leaf(struct buf *b, const struct hash *leaf);
/* Takes one frame off *rest; false with ERR_FORMAT if it is malformed. */
bool frame_next(struct text *rest, struct frame *out, struct err *e)
	__attribute__((warn_unused_result));

/* What a queue says of one entry without showing it: leaf is computed from
 * the entry as it is stored now, chain was computed when it was appended. */
struct link {
	uint64_t seq;
	struct hash leaf;
	struct hash chain;
};

void link_put(struct buf *b, const struct link *l);
/* Takes one link off *rest; false with ERR_FORMAT if it is cut short. */
bool link_next(struct text *rest, struct link *out, struct err *e)
	__attribute__((warn_unused_result));

#endif
