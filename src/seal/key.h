/*
 * key: the public halves: whom we seal to and whose signatures we accept.
 *
 * A key_id is the first 8 bytes of BLAKE2b-256 over the 32 public key bytes
 * (domain "blankett key v1").  The secret halves live in keyfile.h
 * (recipients; never on the public server) and sign.h (signers).
 */
#ifndef SEAL_KEY_H
#define SEAL_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

enum {
	KEY_ID_BYTES = 8,
	PUBLIC_KEY_BYTES = 32,
	SIGNATURE_BYTES = 64,
	KEY_NAME_MAX = 40, /* bytes; [a-z0-9-] only */
	KEY_ROLE_MAX = 32  /* bytes; [a-z0-9-] only */
};

/* A recipient of envelopes: X25519. */
struct seal_key {
	unsigned char id[KEY_ID_BYTES];
	unsigned char pk[PUBLIC_KEY_BYTES];
};

/* A signer: Ed25519 (RFC 8032). */
struct verify_key {
	unsigned char id[KEY_ID_BYTES];
	unsigned char pk[PUBLIC_KEY_BYTES];
};

/* Set the key and its id from 32 bytes that are known to be a key. */
void seal_key_set(struct seal_key *k, const unsigned char pk[PUBLIC_KEY_BYTES]);
void verify_key_set(struct verify_key *k,
	const unsigned char pk[PUBLIC_KEY_BYTES]);

/*
 * Base64 of 32 bytes as they stand in keyset, site.yaml and
 * organisation.pub.  Refuses points that no key can be: of small order, or
 * for Ed25519 also not canonical or outside the prime-order group.
 */
bool seal_key_parse(struct text b64, struct seal_key *out)
	__attribute__((warn_unused_result));
bool verify_key_parse(struct text b64, struct verify_key *out)
	__attribute__((warn_unused_result));
/* A file that holds one line of base64: organisation.pub, the pin. */
bool verify_key_load(const char *path, struct verify_key *out, struct err *e)
	__attribute__((warn_unused_result));

/* Writes such a file, open to all, never over an existing one. */
bool verify_key_save(const struct verify_key *k, const char *path,
	struct err *e) __attribute__((warn_unused_result));

/* Is t 1 to max bytes of [a-z0-9-], as names and roles must be? */
bool key_word_is_valid(struct text t, size_t max);

/* Does sig (64 bytes) hold over the message?  */
bool verify_signature(const struct verify_key *k, struct text message,
	const unsigned char sig[SIGNATURE_BYTES])
	__attribute__((warn_unused_result));

#endif
