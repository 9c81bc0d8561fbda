/* keyfile: the secret half of recipients' keys (X25519), for kundcenter. */
#include "seal/keyfile.h"

#include <string.h>

#include <sodium.h>

#include "base/fs.h"
#include "seal/hash.h"
#include "seal/openkey.h"
#include "seal/secret.h"
#include "seal/secretfile.h"
#include "base/banned.h"

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
	unsigned char sk[SECRET_BYTES];
	bool ok = secretfile_read(path, SECRET_OPENS, role, passphrase, sk, e);

	*out = ok ? open_key_of(sk) : NULL;
	secret_wipe(sk, sizeof sk);
	return ok;
}

bool
open_key_save(const struct open_key *k, const char *path, const char *role,
	struct text passphrase, struct err *e)
{
	return secretfile_write(path, SECRET_OPENS, role, k->sk, passphrase, e);
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
	/* The id is made in the same way for both kinds. */
	seal_key_set(&key, look.pk);
	*out = (struct key_file){
		.path = path,
		.opens = look.kind == SECRET_OPENS,
		.role = look.role,
		.wrapped = look.wrapped,
	};
	memcpy(out->id, key.id, sizeof out->id);
	return true;
}

bool
key_files_list(struct arena *a, const char *dir, struct key_files *out,
	struct err *e)
{
	struct fs_list files;

	*out = (struct key_files){ 0 };
	if (!fs_list(a, dir, &files, e))
		return false;
	out->items = arena_array(a, files.count + 1, sizeof *out->items);
	for (size_t i = 0; i < files.count; i++) {
		const struct fs_entry *f = &files.items[i];

		if (f->is_dir || !text_ends(f->name, ".key"))
			continue;
		if (!key_file_look(a, fs_join(a, dir, f->name.p),
				&out->items[out->count], e))
			return false;
		out->count++;
	}
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

bool
key_file_opens(const char *path, struct text passphrase, struct err *e)
{
	return secretfile_rewrap(path, passphrase, NULL, e);
}

bool
key_file_rewrap(const char *path, struct text old_passphrase,
	struct text new_passphrase, struct err *e)
{
	return secretfile_rewrap(path, old_passphrase, &new_passphrase, e);
}
