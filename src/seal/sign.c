/* sign: Ed25519 signing keys. */
#include "seal/sign.h"

#include <string.h>

#include <sodium.h>

#include "seal/hash.h"
#include "seal/secret.h"
#include "seal/secretfile.h"
#include "base/banned.h"

static const char kind[] = "blankett signing key v1";

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
	struct arena a;
	struct secretfile f = { .kind = kind, .role = role };
	struct sign_key *k = NULL;
	bool ok = false;

	*out = NULL;
	arena_init(&a, false);
	if (!secretfile_read(&a, path, passphrase, &f, e))
		goto out;
	k = sign_key_of(f.secret);
	if (memcmp(k->public.pk, f.pk, sizeof f.pk) != 0) {
		(void)err_set(e, ERR_FORMAT,
			"%s: its two halves do not belong together", path);
		goto out;
	}
	*out = k;
	k = NULL;
	ok = true;
out:
	sign_key_close(k);
	secret_wipe(&f, sizeof f);
	arena_release(&a);
	return ok;
}

bool
sign_key_save(const struct sign_key *k, const char *path, const char *role,
	struct text passphrase, struct err *e)
{
	struct secretfile f = { .kind = kind, .role = role };
	bool ok;

	memcpy(f.pk, k->public.pk, sizeof f.pk);
	memcpy(f.secret, k->sk, sizeof f.secret);
	ok = secretfile_write(path, &f, passphrase, false, e);
	secret_wipe(&f, sizeof f);
	return ok;
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
