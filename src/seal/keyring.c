/* keyring: every recipient key in a directory, ready to open envelopes. */
#include "seal/keyring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

struct keyring {
	size_t count;
	struct open_key *keys[KEYRING_MAX];
};

static struct keyring *
ring_new(void)
{
	struct keyring *r = calloc(1, sizeof *r);

	if (!r) {
		(void)fputs("blankett: out of memory\n", stderr);
		abort();
	}
	return r;
}

void
keyring_close(struct keyring *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->count; i++)
		open_key_close(r->keys[i]);
	free(r);
}

static bool
add(struct keyring *r, const char *dir, const char *path,
	struct text passphrase, struct err *e)
{
	struct open_key *k;

	if (!open_key_load(path, NULL, passphrase, &k, e))
		return false;
	if (keyring_key(r, open_key_public(k)->id)) {
		/* The same key under two names is no fault. */
		open_key_close(k);
		return true;
	}
	if (r->count == KEYRING_MAX) {
		open_key_close(k);
		return err_set(e, ERR_LIMIT, "%s: more than %d keys", dir,
			KEYRING_MAX);
	}
	r->keys[r->count++] = k;
	return true;
}

bool
keyring_open(const char *dir, struct text passphrase, struct keyring **out,
	struct err *e)
{
	struct arena a;
	struct key_files files;
	struct keyring *r = ring_new();
	bool ok = false;

	*out = NULL;
	arena_init(&a, false);
	if (!key_files_list(&a, dir, &files, e))
		goto out;
	for (size_t i = 0; i < files.count; i++)
		if (files.items[i].opens &&
			!add(r, dir, files.items[i].path, passphrase, e))
			goto out;
	if (r->count == 0) {
		(void)err_set(e, ERR_CRYPTO,
			"%s: no key here that opens envelopes (kundcenter.key)",
			dir);
		goto out;
	}
	*out = r;
	r = NULL;
	ok = true;
out:
	keyring_close(r);
	arena_release(&a);
	return ok;
}

const struct open_key *
keyring_key(const struct keyring *r, const unsigned char id[KEY_ID_BYTES])
{
	for (size_t i = 0; i < r->count; i++)
		if (memcmp(open_key_public(r->keys[i])->id, id,
			    KEY_ID_BYTES) == 0)
			return r->keys[i];
	return NULL;
}

const struct open_key *
keyring_find(const struct keyring *r, const struct envelope *head)
{
	const struct open_key *k = NULL;

	for (size_t i = 0; i < head->recipient_count && !k; i++)
		k = keyring_key(r, head->recipients[i]);
	return k;
}
