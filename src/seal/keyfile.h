/*
 * keyfile: the secret half of recipients' keys (X25519), for kundcenter.
 *
 * No file of intake/ or http/ may include this header or unseal.h; a test
 * holds that.  File form as sign.h's with the first line
 * "blankett recipient key v1", "role: kundcenter | reserve", and as secret
 * the 32-byte X25519 key.
 */
#ifndef SEAL_KEYFILE_H
#define SEAL_KEYFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/key.h"

struct open_key; /* a recipient's secret key, in guarded memory */

struct open_key *open_key_new(void);
/* The key of these 32 secret bytes: for test vectors. */
struct open_key *open_key_of(const unsigned char sk[PUBLIC_KEY_BYTES]);
/* As sign_key_load; `role` may be NULL for whichever the file says. */
bool open_key_load(const char *path, const char *role, struct text passphrase,
	struct open_key **out, struct err *e)
	__attribute__((warn_unused_result));
bool open_key_save(const struct open_key *k, const char *path,
	const char *role, struct text passphrase, struct err *e)
	__attribute__((warn_unused_result));
void open_key_close(struct open_key *k); /* NULL is allowed */
const struct seal_key *open_key_public(const struct open_key *k);

/* Does this key file (of either kind) need a passphrase?  False too when it
 * cannot be read; loading then says why. */
bool key_file_is_wrapped(const char *path);

/* What a key file says of itself without a passphrase. */
struct key_file {
	const char *path; /* as it was looked at */
	bool opens;       /* a recipient's key; else a signing key */
	struct text role;
	unsigned char id[KEY_ID_BYTES];
	bool wrapped;
};

/* Reads that of a key file of either kind; the role lies on the arena. */
bool key_file_look(struct arena *a, const char *path, struct key_file *out,
	struct err *e) __attribute__((warn_unused_result));

struct key_files {
	struct key_file *items; /* by name, on the caller's arena */
	size_t count;
};

/* Looks at every file DIR/NAME.key, of either kind; fails if one of them is
 * damaged. */
bool key_files_list(struct arena *a, const char *dir, struct key_files *out,
	struct err *e) __attribute__((warn_unused_result));

/* Does this key file, of either kind, open with the passphrase? */
bool key_file_opens(const char *path, struct text passphrase, struct err *e)
	__attribute__((warn_unused_result));

/*
 * Writes a key file of either kind again under another passphrase (none if
 * empty), atomically: a crash leaves the old file or the new one.
 */
bool key_file_rewrap(const char *path, struct text old_passphrase,
	struct text new_passphrase, struct err *e)
	__attribute__((warn_unused_result));

#endif
