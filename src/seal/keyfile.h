/*
 * keyfile: the secret half of recipients' keys (X25519), for kundcenter.
 *
 * No file of intake/ or http/ may include this header or unseal.h; a test
 * holds that.  File form as sign.h's with the first line
 * "blankett recipient key v1" and "role: kundcenter | reserve".
 */
#ifndef SEAL_KEYFILE_H
#define SEAL_KEYFILE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"
#include "seal/key.h"

struct open_key; /* a recipient's secret key, in guarded memory */

struct open_key *open_key_new(void);
bool open_key_load(const char *path, struct text passphrase,
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

#endif
