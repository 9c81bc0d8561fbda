/* sign: Ed25519 signing keys. */
#include "seal/sign.h"

#include <sodium.h>

#include "seal/hash.h"
#include "seal/secret.h"
#include "seal/secretfile.h"
#include "base/banned.h"

struct sign_key {
	struct verify_key public;
	unsigned char sk[crypto_sign_SECRETKEYBYTES]; /* seed, public key */
};

_Static_assert(SECRET_BYTES == crypto_sign_SEEDBYTES, "Ed25519 seed");
_Static_assert(_Alignof(struct sign_key) == 1, "secret_new aligns nothing");

struct sign_key *
sign_key_of(const unsigned char seed[PUBLIC_KEY_BYTES])
{
	struct sign_key *k = secret_new(sizeof *k);
	unsigned char pk[PUBLIC_KEY_BYTES];

	(void)crypto_sign_seed_keypair(pk, k->sk, seed);
	verify_key_set(&k->public, pk);
	return k;
}

struct sign_key *
sign_key_new(void)
{
	unsigned char seed[SECRET_BYTES];
	struct sign_key *k;

	random_bytes(seed, sizeof seed);
	k = sign_key_of(seed);
	secret_wipe(seed, sizeof seed);
	return k;
}

bool
sign_key_load(const char *path, const char *role, struct text passphrase,
	struct sign_key **out, struct err *e)
{
	unsigned char seed[SECRET_BYTES];
	bool ok = secretfile_read(path, SECRET_SIGNS, role, passphrase, seed, e);

	*out = ok ? sign_key_of(seed) : NULL;
	secret_wipe(seed, sizeof seed);
	return ok;
}

bool
sign_key_save(const struct sign_key *k, const char *path, const char *role,
	struct text passphrase, struct err *e)
{
	return secretfile_write(path, SECRET_SIGNS, role, k->sk, passphrase, e);
}

void
sign_key_close(struct sign_key *k)
{
	secret_free(k);
}

const struct verify_key *
sign_key_public(const struct sign_key *k)
{
	return &k->public;
}

void
sign_message(const struct sign_key *k, struct text message,
	unsigned char sig[SIGNATURE_BYTES])
{
	(void)crypto_sign_detached(sig, NULL,
		(const unsigned char *)message.p, message.len, k->sk);
}
