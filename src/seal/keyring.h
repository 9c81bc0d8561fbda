/*
 * keyring: every recipient key in a directory, ready to open envelopes.
 *
 * After a rotation old envelopes still need the old keys, so kundcenter's
 * directory holds several: kundcenter.key, kundcenter-2026-11-22.key.  The
 * reserve key lies in a safe and is here only in a drill or a disaster.
 *
 * As keyfile.h: no file of intake/ or http/ may include this.
 */
#ifndef SEAL_KEYRING_H
#define SEAL_KEYRING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"
#include "seal/envelope.h"
#include "seal/keyfile.h"

enum { KEYRING_MAX = 64 };

struct keyring; /* may be read from any thread */

/*
 * Loads every file DIR/NAME.key that is a recipient's, all under the same
 * passphrase (empty if none is wrapped).  Fails if there is none, or if one
 * is damaged or does not open.
 */
bool keyring_open(const char *dir, struct text passphrase,
	struct keyring **out, struct err *e)
	__attribute__((warn_unused_result));
void keyring_close(struct keyring *r); /* NULL is allowed */

/* A key that the envelope is sealed to, or NULL. */
const struct open_key *keyring_find(const struct keyring *r,
	const struct envelope *head);
/* The key with this id, or NULL. */
const struct open_key *keyring_key(const struct keyring *r,
	const unsigned char id[KEY_ID_BYTES]);

#endif
