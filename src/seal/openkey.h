/*
 * openkey: what a recipient's secret key is made of.
 *
 * Internal to seal/: keyfile.c makes it, unseal.c uses it.
 */
#ifndef SEAL_OPENKEY_H
#define SEAL_OPENKEY_H

#include "seal/key.h"

struct open_key {
	struct seal_key public;
	unsigned char sk[PUBLIC_KEY_BYTES]; /* X25519 */
};

#endif
