/*
 * sign: Ed25519 signing keys: the organisation's (offline), a collector's,
 * the publisher's, and the server's own log-signing key.
 *
 * None of these opens an envelope.  Key files are text, mode 0600:
 *
 *     blankett signing key v1
 *     role: server | collector | organisation | publisher
 *     public: BASE64
 *     wrap: none | argon2id OPS MEM SALT
 *     secret: BASE64
 *
 * secret is the 32-byte Ed25519 seed, or nonce 24 ‖ crypto_secretbox of it
 * under crypto_pwhash (Argon2id 1.3, OPS passes, MEM bytes, SALT base64 of
 * 16) of the passphrase.
 *
 * server.key is never wrapped: the server must start without a person.
 */
#ifndef SEAL_SIGN_H
#define SEAL_SIGN_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"
#include "seal/key.h"

struct sign_key; /* the secret half, in guarded memory */

/* A fresh key; close with sign_key_close. */
struct sign_key *sign_key_new(void);
/* The key of a 32-byte seed: for test vectors. */
struct sign_key *sign_key_of(const unsigned char seed[PUBLIC_KEY_BYTES]);
/*
 * Loads a key of this role ("server", "collector", "organisation", "publisher").
 * passphrase may be empty for an unwrapped file.  Refuses a file whose mode
 * lets others read it, another role, and a wrong passphrase.
 */
bool sign_key_load(const char *path, const char *role, struct text passphrase,
	struct sign_key **out, struct err *e)
	__attribute__((warn_unused_result));
/* Writes the file (never over an existing one); wraps when passphrase is
 * not empty. */
bool sign_key_save(const struct sign_key *k, const char *path,
	const char *role, struct text passphrase, struct err *e)
	__attribute__((warn_unused_result));
void sign_key_close(struct sign_key *k); /* NULL is allowed */

const struct verify_key *sign_key_public(const struct sign_key *k);
void sign_message(const struct sign_key *k, struct text message,
	unsigned char sig[SIGNATURE_BYTES]);

#endif
