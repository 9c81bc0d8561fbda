/* hash: BLAKE2b-256 (RFC 7693), plain and keyed, and random bytes. */
#include "seal/hash.h"

#include <stdint.h>
#include <string.h>

#include <sodium.h>

#include "base/banned.h"

/* 1.0.18 calls itself 10.3. */
enum { SODIUM_MAJOR = 10, SODIUM_MINOR = 3 };

_Static_assert(SODIUM_LIBRARY_VERSION_MAJOR > SODIUM_MAJOR ||
	(SODIUM_LIBRARY_VERSION_MAJOR == SODIUM_MAJOR &&
		SODIUM_LIBRARY_VERSION_MINOR >= SODIUM_MINOR),
	"libsodium 1.0.18 or newer is needed");
_Static_assert(HASH_BYTES == crypto_generichash_BYTES, "BLAKE2b-256");

bool
seal_start(void)
{
	int major = sodium_library_version_major();

	if (major < SODIUM_MAJOR ||
		(major == SODIUM_MAJOR &&
			sodium_library_version_minor() < SODIUM_MINOR))
		return false;
	return sodium_init() >= 0;
}

static void
put_part(crypto_generichash_state *st, const void *p, size_t len)
{
	unsigned char n[8];

	for (size_t i = 0; i < sizeof n; i++)
		n[i] = (unsigned char)((uint64_t)len >> (8 * i));
	(void)crypto_generichash_update(st, n, sizeof n);
	(void)crypto_generichash_update(st, p, len);
}

static struct hash
hash_with(const unsigned char *key, size_t key_len, const char *domain,
	const struct text *parts, size_t n)
{
	crypto_generichash_state st;
	struct hash h;

	(void)crypto_generichash_init(&st, key, key_len, sizeof h.b);
	put_part(&st, domain, strlen(domain));
	for (size_t i = 0; i < n; i++)
		put_part(&st, parts[i].p, parts[i].len);
	(void)crypto_generichash_final(&st, h.b, sizeof h.b);
	sodium_memzero(&st, sizeof st);
	return h;
}

struct hash
hash_parts(const char *domain, const struct text *parts, size_t n)
{
	return hash_with(NULL, 0, domain, parts, n);
}

struct hash
hash_keyed(const unsigned char key[HASH_BYTES], const char *domain,
	const struct text *parts, size_t n)
{
	return hash_with(key, HASH_BYTES, domain, parts, n);
}

struct hash
hash_bytes(struct text bytes)
{
	struct hash h;

	(void)crypto_generichash(h.b, sizeof h.b,
		(const unsigned char *)bytes.p, bytes.len, NULL, 0);
	return h;
}

struct text
hash_integrity(struct arena *a, struct text bytes)
{
	unsigned char sum[crypto_hash_sha256_BYTES];

	(void)crypto_hash_sha256(sum, (const unsigned char *)bytes.p,
		bytes.len);
	return arena_printf(a, "sha256-%s", base64_encode(a, sum,
		sizeof sum).p);
}

bool
hash_eq(const struct hash *a, const struct hash *b)
{
	return sodium_memcmp(a->b, b->b, sizeof a->b) == 0;
}

void
hash_close(struct buf *b)
{
	struct hash hash = hash_bytes(buf_view(b));

	buf_put(b, hash.b, HASH_BYTES);
}

bool
hash_is_closed(struct text *bytes)
{
	struct hash is, told;

	if (bytes->len < HASH_BYTES)
		return false;
	bytes->len -= HASH_BYTES;
	memcpy(told.b, bytes->p + bytes->len, HASH_BYTES);
	is = hash_bytes(*bytes);
	return hash_eq(&is, &told);
}

struct text
hex_encode(struct arena *a, const void *bytes, size_t len)
{
	char *p = arena_alloc(a, len * 2 + 1);

	(void)sodium_bin2hex(p, len * 2 + 1, bytes, len);
	return (struct text){ p, len * 2 };
}

bool
hex_decode(struct text hex, void *out, size_t len)
{
	size_t got = 0;

	if (hex.len != len * 2)
		return false;
	return sodium_hex2bin(out, len, hex.p, hex.len, NULL, &got, NULL) ==
		0 && got == len;
}

struct text
base64_encode(struct arena *a, const void *bytes, size_t len)
{
	size_t size = sodium_base64_encoded_len(
		len, sodium_base64_VARIANT_ORIGINAL);
	char *p = arena_alloc(a, size);

	(void)sodium_bin2base64(
		p, size, bytes, len, sodium_base64_VARIANT_ORIGINAL);
	return (struct text){ p, size - 1 };
}

bool
base64_decode(struct text b64, void *out, size_t max, size_t *len)
{
	*len = 0;
	/* Without an end pointer sodium refuses whatever it did not use. */
	return sodium_base642bin(out, max, b64.p, b64.len, NULL, len, NULL,
		sodium_base64_VARIANT_ORIGINAL) == 0;
}

void
random_bytes(void *out, size_t len)
{
	randombytes_buf(out, len);
}

void
secret_wipe(void *p, size_t len)
{
	sodium_memzero(p, len);
}
