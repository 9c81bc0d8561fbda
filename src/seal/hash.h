/* hash: BLAKE2b-256 (RFC 7693), plain and keyed, and random bytes. */
#ifndef SEAL_HASH_H
#define SEAL_HASH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

enum { HASH_BYTES = 32 };

struct hash {
	unsigned char b[HASH_BYTES];
};

/* Must have returned true once, early in main, before anything else of
 * seal/ is used; false if the random generator does not start or libsodium
 * is older than 1.0.18. */
bool seal_start(void) __attribute__((warn_unused_result));

/*
 * The hash of the parts one after another, under a domain name, so that no
 * two uses of the hash and no two ways of cutting the parts can meet:
 *
 *     BLAKE2b-256(u64le(len(domain)) ‖ domain ‖
 *             for each part: u64le(len(part)) ‖ part)
 */
struct hash hash_parts(const char *domain, const struct text *parts, size_t n);
/* hash_parts keyed with 32 secret bytes. */
struct hash hash_keyed(const unsigned char key[HASH_BYTES], const char *domain,
	const struct text *parts, size_t n);
/* Plain BLAKE2b-256 of the bytes: what `b2sum -l 256` prints. */
struct hash hash_bytes(struct text bytes);

bool hash_eq(const struct hash *a, const struct hash *b); /* constant time */

/* Appends hash_bytes of all that is there, so that what is read back is
 * known to be whole. */
void hash_close(struct buf *b);
/* Takes that hash off the end; false if it is not theirs. */
bool hash_is_closed(struct text *bytes) __attribute__((warn_unused_result));

/* Lower-case hexadecimal, NUL-terminated, on the arena. */
struct text hex_encode(struct arena *a, const void *bytes, size_t len);
/* "sha256-…": the integrity metadata (W3C SRI) of these bytes.  A longer sum
 * would only weigh more: it stands on every page and does not pack. */
struct text hash_integrity(struct arena *a, struct text bytes);

/* Exactly 2 * len hexadecimal digits into out. */
bool hex_decode(struct text hex, void *out, size_t len)
	__attribute__((warn_unused_result));
/* Base64 (RFC 4648 section 4, padded). */
struct text base64_encode(struct arena *a, const void *bytes, size_t len);
/* Strict: padding required, no white space; at most max bytes. */
bool base64_decode(struct text b64, void *out, size_t max, size_t *len)
	__attribute__((warn_unused_result));

/* Fills out from the system's generator. */
void random_bytes(void *out, size_t len);
/* Overwrites memory so that the compiler cannot leave it out. */
void secret_wipe(void *p, size_t len);

#endif
