/*
 * signed: requests to the collectors' API, signed by Ed25519.
 *
 * The signed message is six lines, each ended by \n:
 *
 *     blankett request v1
 *     METHOD
 *     path?query              as sent
 *     hex of BLAKE2b-256 of the body
 *     time                    seconds since 1970, decimal
 *     nonce                   32 hex digits, used once
 *
 * and travels in one header:
 *
 *     Authorization: Blankett key=HEX16,time=N,nonce=HEX32,sig=BASE64
 */
#ifndef HTTP_SIGNED_H
#define HTTP_SIGNED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/key.h"
#include "seal/sign.h"

enum { SIGNED_WINDOW_S = 300, SIGNED_NONCE_BYTES = 16 };

/* What an Authorization header says. */
struct signed_header {
	unsigned char key_id[KEY_ID_BYTES];
	int64_t time_s;
	unsigned char nonce[SIGNED_NONCE_BYTES];
	unsigned char sig[SIGNATURE_BYTES];
};

/* The header's value for a request made now. */
struct text signed_make(struct arena *a, const struct sign_key *key,
	const char *method, struct text target, struct text body,
	int64_t now_s);

/* The six lines that are signed. */
struct text signed_message(struct arena *a, const char *method,
	struct text target, struct text body, int64_t time_s,
	const unsigned char nonce[SIGNED_NONCE_BYTES]);

/* Strict parse: these four parts, in this order; ERR_FORMAT otherwise. */
bool signed_parse(struct text header, struct signed_header *out,
	struct err *e) __attribute__((warn_unused_result));

/* Does the signature hold for this request?  The time window and the
 * nonce's single use are the caller's to check. */
bool signed_holds(struct arena *a, const struct signed_header *h,
	const struct verify_key *key, const char *method, struct text target,
	struct text body) __attribute__((warn_unused_result));

#endif
