/* signed: requests to the collectors' API, signed by Ed25519. */
#include "http/signed.h"

#include <inttypes.h>
#include <string.h>

#include "seal/hash.h"
#include "base/banned.h"

struct text
signed_message(struct arena *a, const char *method, struct text target,
	struct text body, int64_t time_s,
	const unsigned char nonce[SIGNED_NONCE_BYTES])
{
	struct hash h = hash_bytes(body);

	return arena_printf(a,
		"blankett request v1\n%s\n%.*s\n%s\n%" PRId64 "\n%s\n", method,
		(int)target.len, target.p, hex_encode(a, h.b, HASH_BYTES).p,
		time_s, hex_encode(a, nonce, SIGNED_NONCE_BYTES).p);
}

struct text
signed_make(struct arena *a, const struct sign_key *key, const char *method,
	struct text target, struct text body, int64_t now_s)
{
	unsigned char nonce[SIGNED_NONCE_BYTES];
	unsigned char sig[SIGNATURE_BYTES];

	random_bytes(nonce, sizeof nonce);
	sign_message(key,
		signed_message(a, method, target, body, now_s, nonce), sig);
	return arena_printf(a,
		"Blankett key=%s,time=%" PRId64 ",nonce=%s,sig=%s",
		hex_encode(a, sign_key_public(key)->id, KEY_ID_BYTES).p, now_s,
		hex_encode(a, nonce, sizeof nonce).p,
		base64_encode(a, sig, sizeof sig).p);
}

/* Takes "name=value" up to the next comma off *rest. */
static bool
take_part(struct text *rest, const char *name, struct text *value)
{
	if (!text_split(rest, ',', value) || !text_starts(*value, name))
		return false;
	*value = text_from(*value, strlen(name));
	return true;
}

bool
signed_parse(struct text header, struct signed_header *out, struct err *e)
{
	static const char scheme[] = "Blankett ";
	struct text rest = text_from(header, sizeof scheme - 1);
	struct text key;
	struct text time;
	struct text nonce;
	struct text sig;
	size_t len;

	*out = (struct signed_header){ 0 };
	if (!text_starts(header, scheme) ||
		!take_part(&rest, "key=", &key) ||
		!take_part(&rest, "time=", &time) ||
		!take_part(&rest, "nonce=", &nonce) ||
		!take_part(&rest, "sig=", &sig) || rest.p ||
		!hex_decode(key, out->key_id, sizeof out->key_id) ||
		!text_to_int(time, 0, INT64_MAX, &out->time_s) ||
		!hex_decode(nonce, out->nonce, sizeof out->nonce) ||
		!base64_decode(sig, out->sig, sizeof out->sig, &len) ||
		len != sizeof out->sig)
		return err_set(e, ERR_FORMAT,
			"the request is not signed as it must be");
	return true;
}

bool
signed_holds(struct arena *a, const struct signed_header *h,
	const struct verify_key *key, const char *method, struct text target,
	struct text body)
{
	struct text message = signed_message(a, method, target, body,
		h->time_s, h->nonce);

	return memcmp(h->key_id, key->id, KEY_ID_BYTES) == 0 &&
		verify_signature(key, message, h->sig);
}
