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

struct secretfile {
	const char *kind; /* the first line; set before reading */
	/* Set before reading: the role it must have, or NULL for any; set by
	 * reading to what the file says (on the caller's arena). */
	const char *role;
	unsigned char pk[PUBLIC_KEY_BYTES];
	unsigned char secret[SECRET_BYTES]; /* wipe it */
};

/*
 * Reads a key file of the kind and role asked for.  Refuses one whose mode
 * lets others read it, a wrong passphrase, and anything but the form.  Does
 * not check that pk belongs to secret: only the caller knows the kind.
 */
bool secretfile_read(struct arena *a, const char *path, struct text passphrase,
	struct secretfile *f, struct err *e)
	__attribute__((warn_unused_result));

/* Writes the file with mode 0600, wrapped unless the passphrase is empty;
 * over an existing one only when `replace`. */
bool secretfile_write(const char *path, const struct secretfile *f,
	struct text passphrase, bool replace, struct err *e)
	__attribute__((warn_unused_result));

/* What anyone who may read the file sees in it without a passphrase. */
struct secretfile_look {
	struct text kind; /* first line */
	struct text role;
	unsigned char pk[PUBLIC_KEY_BYTES];
	bool wrapped;
};

/* Reads that; the texts lie on the arena. */
bool secretfile_look(struct arena *a, const char *path,
	struct secretfile_look *out, struct err *e)
	__attribute__((warn_unused_result));

#endif
