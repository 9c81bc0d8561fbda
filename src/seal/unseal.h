/*
 * unseal: opens an envelope with a recipient's secret key.
 *
 * Never on the public server: no file of intake/ or http/ includes this.
 */
#ifndef SEAL_UNSEAL_H
#define SEAL_UNSEAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/envelope.h"
#include "seal/keyfile.h"

struct opened_file {
	struct text meta;  /* JSON {"name","question","type"} as sealed */
	struct text bytes;
};

/* Everything that was in an envelope; all of it lives on the arena. */
struct opened {
	struct envelope head;
	struct text answers;  /* canonical JSON; hostile text inside */
	unsigned char reply_pk[REPLY_PK_BYTES];
	struct text earlier;  /* empty if the case has none */
	struct opened_file *files;
	size_t file_count;
};

/*
 * Opens all of it or nothing: no plaintext byte is released before
 * TAG_FINAL, and trailing bytes, wrong padding, unknown suite, flags, tags
 * or records are refused (ERR_CRYPTO or ERR_FORMAT).  `a` should be an arena
 * that wipes.
 */
bool unseal(struct arena *a, struct text envelope, const struct open_key *key,
	struct opened *out, struct err *e)
	__attribute__((warn_unused_result));

#endif
