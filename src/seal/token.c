/* token: the reply code, and what is derived from it. */
#include "seal/token.h"

#include <sodium.h>

#include "base/base32.h"
#include "base/banned.h"

enum {
	GROUP = 4, /* digits between hyphens */
	PREFIX_MIN = 2,
	PREFIX_MAX = 8,
	KDF_SUBID = 1,
	KDF_REPLY = 2,
	KDF_COMMIT = 3
};

static const char context[crypto_kdf_CONTEXTBYTES + 1] = "blkttokn";

_Static_assert(HASH_BYTES == crypto_kdf_KEYBYTES, "a hash is a master key");
_Static_assert(REPLY_PK_BYTES == crypto_box_PUBLICKEYBYTES, "X25519");

void
token_mint(struct token *t)
{
	random_bytes(t->b, sizeof t->b);
	t->b[TOKEN_BYTES - 1] &= 0xF0;
}

bool
token_parse(struct text t, struct token *out)
{
	return base32_decode(t, TOKEN_DIGITS, out->b);
}

/* "7KQ4-M2XD": n digits in groups of four. */
static struct text
grouped(struct arena *a, const char *digits, size_t n)
{
	size_t len = n + (n - 1) / GROUP;
	char *p = arena_alloc(a, len + 1);
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && i % GROUP == 0)
			p[at++] = '-';
		p[at++] = digits[i];
	}
	return (struct text){ p, len };
}

struct text
token_text(struct arena *a, const struct token *t)
{
	char digits[TOKEN_DIGITS + 1];
	struct text out;

	base32_encode(t->b, TOKEN_DIGITS, digits);
	out = grouped(a, digits, TOKEN_DIGITS);
	secret_wipe(digits, sizeof digits);
	return out;
}

static void
derive(unsigned char *out, size_t len, uint64_t n, const struct hash *master)
{
	(void)crypto_kdf_derive_from_key(out, len, n, context, master->b);
}

void
token_derive(const struct token *t, struct token_parts *out)
{
	struct text part = { (const char *)t->b, sizeof t->b };
	struct hash master = hash_parts("blankett token v1", &part, 1);
	unsigned char seed[crypto_box_SEEDBYTES];
	unsigned char sk[crypto_box_SECRETKEYBYTES];

	derive(out->subid, sizeof out->subid, KDF_SUBID, &master);
	derive(seed, sizeof seed, KDF_REPLY, &master);
	(void)crypto_box_seed_keypair(out->reply_pk, sk, seed);
	derive(out->commit_key, sizeof out->commit_key, KDF_COMMIT, &master);
	secret_wipe(sk, sizeof sk);
	secret_wipe(seed, sizeof seed);
	secret_wipe(&master, sizeof master);
}

struct hash
token_commit(const struct token_parts *p, struct text answers,
	const struct hash *files, size_t file_count)
{
	struct arena a;
	struct text *parts;
	struct hash h;

	arena_init(&a, false);
	parts = arena_array(&a, file_count + 1, sizeof *parts);
	parts[0] = answers;
	for (size_t i = 0; i < file_count; i++)
		parts[i + 1] = (struct text){ (const char *)files[i].b,
			sizeof files[i].b };
	h = hash_keyed(p->commit_key, "blankett commit v1", parts,
		file_count + 1);
	arena_release(&a);
	return h;
}

struct text
reference_text(struct arena *a, struct text prefix,
	const unsigned char subid[SUBID_BYTES])
{
	struct text part = { (const char *)subid, SUBID_BYTES };
	struct hash h = hash_parts("blankett reference v1", &part, 1);
	char digits[REFERENCE_DIGITS + 1];

	base32_encode(h.b, REFERENCE_DIGITS - 1, digits);
	digits[REFERENCE_DIGITS - 1] =
		base32_check(digits, REFERENCE_DIGITS - 1);
	digits[REFERENCE_DIGITS] = '\0';
	return arena_printf(a, "%.*s-%s", (int)prefix.len, prefix.p,
		grouped(a, digits, REFERENCE_DIGITS).p);
}

bool
reference_parse(struct arena *a, struct text t, struct text *out)
{
	struct text rest = text_trim(t);
	size_t n = text_find(rest, '-');
	char prefix[PREFIX_MAX];
	unsigned char bits[REFERENCE_DIGITS * 5 / 8];
	char digits[REFERENCE_DIGITS + 1];

	if (n < PREFIX_MIN || n > PREFIX_MAX || n == rest.len)
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = rest.p[i];

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (c < 'A' || c > 'Z')
			return false;
		prefix[i] = c;
	}
	if (!base32_decode(text_from(rest, n), REFERENCE_DIGITS, bits))
		return false;
	base32_encode(bits, REFERENCE_DIGITS, digits);
	if (base32_check(digits, REFERENCE_DIGITS - 1) !=
		digits[REFERENCE_DIGITS - 1])
		return false;
	*out = arena_printf(a, "%.*s-%s", (int)n, prefix,
		grouped(a, digits, REFERENCE_DIGITS).p);
	return true;
}
