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
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

enum {
	KEY_ID_BYTES = 8,
	PUBLIC_KEY_BYTES = 32,
	SIGNATURE_BYTES = 64,
	KEY_NAME_MAX = 40 /* bytes; [a-z0-9-] only */
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

void seal_key_set(struct seal_key *k, const unsigned char pk[PUBLIC_KEY_BYTES]);
void verify_key_set(struct verify_key *k,
	const unsigned char pk[PUBLIC_KEY_BYTES]);
/* Base64 of 32 bytes as they stand in keyset and site.yaml. */
bool verify_key_parse(struct text b64, struct verify_key *out)
	__attribute__((warn_unused_result));

/* Does sig (64 bytes) hold over the message?  */
bool verify_signature(const struct verify_key *k, struct text message,
	const unsigned char sig[SIGNATURE_BYTES])
	__attribute__((warn_unused_result));

#endif
