/*
 * seal: closes a submission into an envelope; needs public keys only.
 *
 * Records are added in the order of the specification and leave memory
 * chunk by chunk, so that a file is never whole in the server:
 *
 *     s = seal_open(&meta, keys, n, out, &e);
 *     seal_record(s, RECORD_ANSWERS, json);
 *     seal_record(s, RECORD_REPLY_KEY, pk);
 *     ok = seal_close(s, &hash, &e);
 */
#ifndef SEAL_SEAL_H
#define SEAL_SEAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "seal/envelope.h"

struct seal_meta {
	enum envelope_mode mode;
	const unsigned char *subid; /* SUBID_BYTES */
	struct hash form_hash;
	struct text form_id;
	uint32_t epoch;
};

struct sealer;

/*
 * Begins an envelope into *out, which must outlive the sealer.  keys are as
 * keyset_recipients gives them: ascending, at least two.
 */
bool seal_open(const struct seal_meta *m, const struct seal_key *keys,
	size_t key_count, struct buf *out, struct sealer **s, struct err *e)
	__attribute__((warn_unused_result));
/* One whole record. */
void seal_record(struct sealer *s, enum envelope_record type,
	struct text bytes);
/* A record whose bytes follow in pieces that add up to `total`. */
void seal_record_begin(struct sealer *s, enum envelope_record type,
	uint64_t total);
void seal_record_bytes(struct sealer *s, struct text piece);
/*
 * Ends the envelope, gives BLAKE2b-256 of all its bytes, and frees s, also
 * when it fails (records out of order or short, envelope too large).
 */
bool seal_close(struct sealer *s, struct hash *envelope_hash, struct err *e)
	__attribute__((warn_unused_result));
/* Frees s and wipes what it held; the bytes in *out cannot be opened. */
void seal_abort(struct sealer *s);

#endif
