/*
 * nonces: which signed requests have been made, so that none counts twice.
 *
 * They live as long as the process, whatever keyset or site it is serving:
 * what was signed before it started could be a repeat, and is refused.
 */
#ifndef INTAKE_NONCES_H
#define INTAKE_NONCES_H

#include <stdint.h>

#include "http/signed.h"

struct nonces; /* thread-safe */

enum nonce_verdict {
	NONCE_NEW,
	NONCE_USED,   /* this request has been made before */
	NONCE_EARLY,  /* signed before the process started */
	NONCE_FULL    /* too many to remember now */
};

struct nonces *nonces_open(void);
void nonces_close(struct nonces *n); /* NULL is allowed */

/*
 * May a request with this header, whose signature holds and whose time is
 * within SIGNED_WINDOW_S of now_s, be acted on?  If so it is remembered until
 * none with it could be within the window.
 */
enum nonce_verdict nonces_use(struct nonces *n,
	const struct signed_header *h, int64_t now_s)
	__attribute__((warn_unused_result));

#endif
