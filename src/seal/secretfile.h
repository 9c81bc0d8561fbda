/*
 * secretfile: the text file that holds one secret key, wrapped or not.
 *
 * The form stands in sign.h.  Internal to seal/: others load keys through
 * sign.h and keyfile.h, which say what kind of key they want.
 */
#ifndef SEAL_SECRETFILE_H
#define SEAL_SECRETFILE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/key.h"

enum { SECRET_BYTES = 32, SECRETFILE_MAX = 1024 };

/* What the secret is; its first line names it. */
enum secret_kind {
	SECRET_OPENS, /* a recipient's X25519 key */
	SECRET_SIGNS, /* the seed of an Ed25519 key */
	SECRET_KINDS
};

/*
 * Reads the secret of a key file of this kind and of this role (NULL: any).
 * Refuses one whose mode lets others read it, a wrong passphrase, anything
 * but the form, and a public half that does not belong to the secret one.
 * Wipe the secret.
 */
bool secretfile_read(const char *path, enum secret_kind kind,
	const char *role, struct text passphrase,
	unsigned char secret[SECRET_BYTES], struct err *e)
	__attribute__((warn_unused_result));

/* Writes the file, never over an existing one, with mode 0600, wrapped
 * unless the passphrase is empty. */
bool secretfile_write(const char *path, enum secret_kind kind,
	const char *role, const unsigned char secret[SECRET_BYTES],
	struct text passphrase, struct err *e)
	__attribute__((warn_unused_result));

/* Reads a file of either kind and, if `fresh` is not NULL, writes it again
 * under that passphrase (none if empty), atomically. */
bool secretfile_rewrap(const char *path, struct text passphrase,
	const struct text *fresh, struct err *e)
	__attribute__((warn_unused_result));

/* What anyone who may read the file sees in it without a passphrase. */
struct secretfile_look {
	enum secret_kind kind;
	struct text role;
	unsigned char pk[PUBLIC_KEY_BYTES];
	bool wrapped;
};

/* Reads that; the role lies on the arena. */
bool secretfile_look(struct arena *a, const char *path,
	struct secretfile_look *out, struct err *e)
	__attribute__((warn_unused_result));

#endif
