/*
 * token: the reply code, and what is derived from it.
 *
 * A token is 100 random bits, shown as 20 digits of Crockford base32 in
 * groups of four ("7KQ4-M2XD-..."): it identifies one sending of one form to
 * the person who sends, and to nobody else.  The server never stores it;
 * everything it stores is derived with crypto_kdf under the master key
 * hash_parts("blankett token v1", token), context "blkttokn":
 *
 *     1  subid      16 bytes, the case's identity everywhere
 *     2  reply seed 32 bytes, seed of the X25519 key pair replies are
 *                   sealed to (crypto_box_seed_keypair)
 *     3  commit key 32 bytes, key of commit = BLAKE2b(answers, file hashes)
 */
#ifndef SEAL_TOKEN_H
#define SEAL_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "seal/hash.h"

enum {
	TOKEN_BYTES = 13,  /* 100 bits, the last four bits zero */
	TOKEN_DIGITS = 20,
	SUBID_BYTES = 16,
	REPLY_PK_BYTES = 32,
	REFERENCE_DIGITS = 8
};

struct token {
	unsigned char b[TOKEN_BYTES];
};

/* What one token stands for.  Wipe with secret_wipe: commit_key is secret. */
struct token_parts {
	unsigned char subid[SUBID_BYTES];
	unsigned char reply_pk[REPLY_PK_BYTES];
	unsigned char commit_key[HASH_BYTES];
};

void token_mint(struct token *t);
/* Reads a token as a person may write it (see base32.h). */
bool token_parse(struct text t, struct token *out)
	__attribute__((warn_unused_result));
/* "7KQ4-M2XD-9FHT-0PWC-3ZRN", NUL-terminated, on the arena. */
struct text token_text(struct arena *a, const struct token *t);

void token_derive(const struct token *t, struct token_parts *out);

/*
 * commit = hash_keyed(commit_key, "blankett commit v1", answers, then each
 * file's hash).
 */
struct hash token_commit(const struct token_parts *p, struct text answers,
	const struct hash *files, size_t file_count);

/*
 * The case's reference: prefix, "-", four digits, "-", three digits and a
 * check digit ("SYN-7KQ4-M2XD").  The seven digits are the first 35 bits of
 * hash_parts("blankett reference v1", subid), the check digit base32_check
 * of them: both the server and the collector can name a case without
 * asking each other.  It names, it does not authorise.
 */
struct text reference_text(struct arena *a, struct text prefix,
	const unsigned char subid[SUBID_BYTES]);
/*
 * Reads a reference as a person may write it (lower case, O for 0, spaces)
 * into its one right spelling on the arena; false if the check digit says
 * that it is mistyped.  The prefix is 2 to 8 of A-Z.
 */
bool reference_parse(struct arena *a, struct text t, struct text *out)
	__attribute__((warn_unused_result));

#endif
