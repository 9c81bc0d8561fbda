/* keyfile: the secret half of recipients' keys (X25519), for kundcenter. */
#include "seal/keyfile.h"

#include <string.h>

#include <sodium.h>

#include "seal/hash.h"
#include "seal/openkey.h"
#include "seal/secret.h"
#include "seal/secretfile.h"
#include "base/banned.h"

static const char recipient_kind[] = "blankett recipient key v1";
static const char signing_kind[] = "blankett signing key v1";

_Static_assert(_Alignof(struct open_key) == 1, "secret_new aligns nothing");

struct open_key *
open_key_of(const unsigned char sk[PUBLIC_KEY_BYTES])
{
	struct open_key *k = secret_new(sizeof *k);
	unsigned char pk[PUBLIC_KEY_BYTES];

	memcpy(k->sk, sk, sizeof k->sk);
	(void)crypto_scalarmult_base(pk, sk);
	seal_key_set(&k->public, pk);
	return k;
}

struct open_key *
open_key_new(void)
{
	unsigned char sk[SECRET_BYTES];
	struct open_key *k;

	random_bytes(sk, sizeof sk);
	k = open_key_of(sk);
	secret_wipe(sk, sizeof sk);
	return k;
}

bool
open_key_load(const char *path, const char *role, struct text passphrase,
	struct open_key **out, struct err *e)
{
	struct arena a;
	struct secretfile f = { .kind = recipient_kind, .role = role };
	struct open_key *k = NULL;
	bool ok = false;

	*out = NULL;
	arena_init(&a, false);
	if (!secretfile_read(&a, path, passphrase, &f, e))
		goto out;
	k = open_key_of(f.secret);
	if (memcmp(k->public.pk, f.pk, sizeof f.pk) != 0) {
		(void)err_set(e, ERR_FORMAT,
			"%s: its two halves do not belong together", path);
		goto out;
	}
	*out = k;
	k = NULL;
	ok = true;
out:
	open_key_close(k);
	secret_wipe(&f, sizeof f);
	arena_release(&a);
	return ok;
}

bool
open_key_save(const struct open_key *k, const char *path, const char *role,
	struct text passphrase, struct err *e)
{
	struct secretfile f = { .kind = recipient_kind, .role = role };
	bool ok;

	memcpy(f.pk, k->public.pk, sizeof f.pk);
	memcpy(f.secret, k->sk, sizeof f.secret);
	ok = secretfile_write(path, &f, passphrase, false, e);
	secret_wipe(&f, sizeof f);
	return ok;
}

void
open_key_close(struct open_key *k)
{
	secret_free(k);
}

const struct seal_key *
open_key_public(const struct open_key *k)
{
	return &k->public;
}

bool
key_file_look(struct arena *a, const char *path, struct key_file *out,
	struct err *e)
{
	struct secretfile_look look;
	struct seal_key key;

	if (!secretfile_look(a, path, &look, e))
		return false;
	if (!text_is(look.kind, recipient_kind) &&
		!text_is(look.kind, signing_kind))
		return err_set(e, ERR_FORMAT, "%s: no kind of key we know",
			path);
	/* The id is made in the same way for both kinds. */
	seal_key_set(&key, look.pk);
	*out = (struct key_file){
		.opens = text_is(look.kind, recipient_kind),
		.role = look.role,
		.wrapped = look.wrapped,
	};
	memcpy(out->id, key.id, sizeof out->id);
	return true;
}

bool
key_file_is_wrapped(const char *path)
{
	struct arena a;
	struct secretfile_look look;
	struct err e = { 0 };
	bool wrapped;

	arena_init(&a, false);
	wrapped = secretfile_look(&a, path, &look, &e) && look.wrapped;
	arena_release(&a);
	return wrapped;
}

/* Reads a key file of either kind; wipe *f. */
static bool
read_any(struct arena *a, const char *path, struct text passphrase,
	struct secretfile *f, struct err *e)
{
	struct key_file look;

	*f = (struct secretfile){ 0 };
	if (!key_file_look(a, path, &look, e))
		return false;
	f->kind = look.opens ? recipient_kind : signing_kind;
	return secretfile_read(a, path, passphrase, f, e);
}

bool
key_file_opens(const char *path, struct text passphrase, struct err *e)
{
	struct arena a;
	struct secretfile f;
	bool ok;

	arena_init(&a, false);
	ok = read_any(&a, path, passphrase, &f, e);
	secret_wipe(&f, sizeof f);
	arena_release(&a);
	return ok;
}

bool
key_file_rewrap(const char *path, struct text old_passphrase,
	struct text new_passphrase, struct err *e)
{
	struct arena a;
	struct secretfile f;
	bool ok;

	arena_init(&a, false);
	ok = read_any(&a, path, old_passphrase, &f, e) &&
		secretfile_write(path, &f, new_passphrase, true, e);
	secret_wipe(&f, sizeof f);
	arena_release(&a);
	return ok;
}
