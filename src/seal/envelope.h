/*
 * envelope: the sealed form of one submission, version 1.
 *
 * This comment is the specification; tests/unit/seal/vectors/ holds
 * envelopes to try an implementation on.
 *
 *   header (hlen bytes, magic and mac included)
 *     magic        8   "BLKTENV" 0x01
 *     hlen         4   u32le, at most 8192
 *     suite        1   1
 *     mode         1   0 sealed by the server in RAM, 1 in the browser
 *     flags        2   u16le, 0
 *     subid       16
 *     form_hash   32
 *     form_id      1 + n   length 1..64 and bytes [a-z0-9-]
 *     epoch        4   u32le, of the keyset; from 1
 *     count        1   2..16
 *     recipients  count × { key_id 8, crypto_box_seal(file key 32) 80 },
 *                 ascending by key_id, no repeats
 *     ss_header   24   crypto_secretstream_xchacha20poly1305 header
 *     mac         32   BLAKE2b-256 keyed by KDF(fk, 1), over all bytes above
 *   body
 *     secretstream messages of at most 65536 plaintext bytes, every one but
 *     the last exactly 65536, the last not empty; AD of each = mac;
 *     TAG_MESSAGE, the last TAG_FINAL; key = KDF(fk, 2)
 *   plaintext
 *     records { type u8, length u64le, bytes } in this order:
 *       1 answers, once: canonical JSON, 1 byte to 1 MiB
 *       2 reply public key, once: 32 bytes
 *       3 earlier reference, at most once: 1 to 64 bytes
 *       (4 file: JSON {"name","question","type"}, 1 to 4096 bytes;
 *        5 file bytes, any number) × at most 64 files
 *       0 end: length 0
 *     then zeros to max(4096, Padmé(length of the records, end included))
 *
 * A whole envelope is at most 32 MiB.
 * KDF(fk, n) = crypto_kdf_derive_from_key(32 bytes, n, "blktenv1", fk).
 * Padmé: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files"
 * (PETS 2019), section 4.
 */
#ifndef SEAL_ENVELOPE_H
#define SEAL_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "seal/hash.h"
#include "seal/key.h"
#include "seal/token.h"

enum {
	ENVELOPE_HEADER_MAX = 8192,
	ENVELOPE_FORM_ID_MAX = 64,
	ENVELOPE_RECIPIENTS_MIN = 2,
	ENVELOPE_RECIPIENTS_MAX = 16,
	ENVELOPE_CHUNK = 65536,
	ENVELOPE_PAD_MIN = 4096,
	ENVELOPE_SEALED_KEY = 80,
	ENVELOPE_FILE_KEY = 32,
	ENVELOPE_STREAM_HEADER = 24,
	ENVELOPE_STREAM_EXTRA = 17, /* what a message adds to its plaintext */
	ENVELOPE_MAC = 32,
	ENVELOPE_RECORD_HEAD = 9,
	ENVELOPE_ANSWERS_MAX = 1024 * 1024,
	ENVELOPE_EARLIER_MAX = 64,
	ENVELOPE_FILE_META_MAX = 4096,
	ENVELOPE_FILES_MAX = 64,
	ENVELOPE_MAX = 32 * 1024 * 1024
};

enum envelope_mode { ENVELOPE_MODE_SERVER = 0, ENVELOPE_MODE_BROWSER = 1 };

enum envelope_record {
	RECORD_END = 0,
	RECORD_ANSWERS = 1,
	RECORD_REPLY_KEY = 2,
	RECORD_EARLIER = 3,
	RECORD_FILE = 4,
	RECORD_FILE_BYTES = 5
};

/* What anyone can read on the outside of an envelope. */
struct envelope {
	enum envelope_mode mode;
	unsigned char subid[SUBID_BYTES];
	struct hash form_hash;
	struct text form_id; /* borrowed from the envelope's bytes */
	uint32_t epoch;
	size_t recipient_count;
	unsigned char recipients[ENVELOPE_RECIPIENTS_MAX][KEY_ID_BYTES];
	size_t header_len; /* hlen: where the body begins */
	size_t plain_len;  /* bytes of padded plaintext in the body */
};

/*
 * Reads and checks a whole envelope as far as it can be checked without a
 * key: every field of the header, and that the body's length is one that
 * padding and chunks can give.
 */
bool envelope_parse(struct text bytes, struct envelope *out, struct err *e)
	__attribute__((warn_unused_result));

/* Padmé: the padded length of n bytes, at least ENVELOPE_PAD_MIN. */
uint64_t envelope_padded(uint64_t n);

/* The rest is what seal.c and unseal.c share. */

/* May a record of this type and length come after one of type prev?
 * RECORD_END stands for "none yet". */
bool envelope_record_fits(enum envelope_record prev, unsigned type,
	uint64_t len);
/* The mac over the header's bytes before it. */
void envelope_mac(const unsigned char fk[ENVELOPE_FILE_KEY],
	struct text before, unsigned char mac[ENVELOPE_MAC]);
/* The key of the body's stream; wipe it. */
void envelope_stream_key(const unsigned char fk[ENVELOPE_FILE_KEY],
	unsigned char key[ENVELOPE_FILE_KEY]);

#endif
