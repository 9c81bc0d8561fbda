/* key: the public halves: whom we seal to and whose signatures we accept. */
#include "seal/key.h"

#include <string.h>

#include <sodium.h>

#include "base/arena.h"
#include "base/fs.h"
#include "seal/hash.h"
#include "base/banned.h"

enum { KEY_FILE_MAX = 128 };

_Static_assert(PUBLIC_KEY_BYTES == crypto_box_PUBLICKEYBYTES, "X25519");
_Static_assert(PUBLIC_KEY_BYTES == crypto_sign_PUBLICKEYBYTES, "Ed25519");
_Static_assert(SIGNATURE_BYTES == crypto_sign_BYTES, "Ed25519");

static void
id_of(unsigned char id[KEY_ID_BYTES], const unsigned char *pk)
{
	struct text part = { (const char *)pk, PUBLIC_KEY_BYTES };
	struct hash h = hash_parts("blankett key v1", &part, 1);

	memcpy(id, h.b, KEY_ID_BYTES);
}

void
seal_key_set(struct seal_key *k, const unsigned char pk[PUBLIC_KEY_BYTES])
{
	memcpy(k->pk, pk, sizeof k->pk);
	id_of(k->id, pk);
}

void
verify_key_set(struct verify_key *k, const unsigned char pk[PUBLIC_KEY_BYTES])
{
	memcpy(k->pk, pk, sizeof k->pk);
	id_of(k->id, pk);
}

bool
seal_key_parse(struct text b64, struct seal_key *out)
{
	static const unsigned char any[crypto_scalarmult_SCALARBYTES] = { 1 };
	unsigned char pk[PUBLIC_KEY_BYTES];
	unsigned char product[crypto_scalarmult_BYTES];
	size_t len;

	if (!base64_decode(b64, pk, sizeof pk, &len) || len != sizeof pk)
		return false;
	/* RFC 7748 6.1: a product of all zeros tells a point of small order. */
	if (crypto_scalarmult(product, any, pk) != 0)
		return false;
	seal_key_set(out, pk);
	return true;
}

bool
verify_key_parse(struct text b64, struct verify_key *out)
{
	unsigned char pk[PUBLIC_KEY_BYTES];
	size_t len;

	if (!base64_decode(b64, pk, sizeof pk, &len) || len != sizeof pk)
		return false;
	if (!crypto_core_ed25519_is_valid_point(pk))
		return false;
	verify_key_set(out, pk);
	return true;
}

bool
verify_key_load(const char *path, struct verify_key *out, struct err *e)
{
	struct arena a;
	struct text bytes;
	bool ok = false;

	arena_init(&a, false);
	if (!fs_read(&a, path, KEY_FILE_MAX, &bytes, e))
		goto out;
	if (text_ends(bytes, "\n"))
		bytes.len--;
	ok = verify_key_parse(bytes, out) ||
		err_set(e, ERR_FORMAT,
			"%s: not the public half of a signing key", path);
out:
	arena_release(&a);
	return ok;
}

bool
verify_key_save(const struct verify_key *k, const char *path, struct err *e)
{
	struct arena a;
	bool ok;

	arena_init(&a, false);
	ok = fs_create(path, 0644, arena_printf(&a, "%s\n",
		base64_encode(&a, k->pk, sizeof k->pk).p), e);
	arena_release(&a);
	return ok;
}

bool
key_word_is_valid(struct text t, size_t max)
{
	if (t.len == 0 || t.len > max)
		return false;
	for (size_t i = 0; i < t.len; i++) {
		char c = t.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			    c == '-'))
			return false;
	}
	return true;
}

bool
verify_signature(const struct verify_key *k, struct text message,
	const unsigned char sig[SIGNATURE_BYTES])
{
	return crypto_sign_verify_detached(sig,
		(const unsigned char *)message.p, message.len, k->pk) == 0;
}
