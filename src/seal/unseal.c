/* unseal: opens an envelope with a recipient's secret key. */
#include "seal/unseal.h"

#include <string.h>

#include <sodium.h>

#include "seal/hash.h"
#include "seal/openkey.h"
#include "base/banned.h"

static const unsigned char *
bytes_at(struct text t, size_t at)
{
	return (const unsigned char *)t.p + at;
}

/* Takes the file key out of the recipient's box and checks with it that the
 * header is the one that was sealed. */
static bool
open_header(struct text envelope, const struct envelope *head,
	const struct open_key *key, unsigned char fk[ENVELOPE_FILE_KEY],
	struct err *e)
{
	const size_t each = KEY_ID_BYTES + ENVELOPE_SEALED_KEY;
	const size_t mac_at = head->header_len - ENVELOPE_MAC;
	size_t first = mac_at - ENVELOPE_STREAM_HEADER -
		head->recipient_count * each;
	unsigned char mac[ENVELOPE_MAC];
	size_t i = 0;

	while (i < head->recipient_count &&
		memcmp(head->recipients[i], key->public.id, KEY_ID_BYTES) != 0)
		i++;
	if (i == head->recipient_count)
		return err_set(e, ERR_CRYPTO,
			"envelope: not sealed to this key");
	if (crypto_box_seal_open(fk,
		    bytes_at(envelope, first + i * each + KEY_ID_BYTES),
		    ENVELOPE_SEALED_KEY, key->public.pk, key->sk) != 0)
		return err_set(e, ERR_CRYPTO,
			"envelope: does not open: damaged or forged");
	envelope_mac(fk, text_sub(envelope, 0, mac_at), mac);
	if (sodium_memcmp(mac, bytes_at(envelope, mac_at), sizeof mac) != 0)
		return err_set(e, ERR_CRYPTO,
			"envelope: its header is damaged or forged");
	return true;
}

/* Decrypts every message of the body into plain (head->plain_len bytes). */
static bool
open_body(struct text envelope, const struct envelope *head,
	const unsigned char fk[ENVELOPE_FILE_KEY], unsigned char *plain,
	struct err *e)
{
	const unsigned char *mac =
		bytes_at(envelope, head->header_len - ENVELOPE_MAC);
	crypto_secretstream_xchacha20poly1305_state st;
	unsigned char key[ENVELOPE_FILE_KEY];
	size_t at = head->header_len, done = 0;
	bool ok;

	envelope_stream_key(fk, key);
	ok = crypto_secretstream_xchacha20poly1305_init_pull(
		     &st, mac - ENVELOPE_STREAM_HEADER, key) == 0;
	while (ok && done < head->plain_len) {
		size_t left = head->plain_len - done;
		size_t n = left < ENVELOPE_CHUNK ? left : ENVELOPE_CHUNK;
		unsigned char want = n == left
			? crypto_secretstream_xchacha20poly1305_TAG_FINAL
			: crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
		unsigned char tag;

		ok = crypto_secretstream_xchacha20poly1305_pull(&st,
			     plain + done, NULL, &tag, bytes_at(envelope, at),
			     n + ENVELOPE_STREAM_EXTRA, mac,
			     ENVELOPE_MAC) == 0 &&
			tag == want;
		done += n;
		at += n + ENVELOPE_STREAM_EXTRA;
	}
	secret_wipe(&st, sizeof st);
	secret_wipe(key, sizeof key);
	if (!ok)
		return err_set(e, ERR_CRYPTO,
			"envelope: its body is damaged or forged");
	return true;
}

/* Takes one record off *rest; false if it is out of order or short. */
static bool
take_record(struct text *rest, enum envelope_record *type, struct text *bytes)
{
	uint64_t len = 0;

	if (rest->len < ENVELOPE_RECORD_HEAD)
		return false;
	for (size_t i = 1; i < ENVELOPE_RECORD_HEAD; i++)
		len |= (uint64_t)*bytes_at(*rest, i) << (8 * (i - 1));
	if (!envelope_record_fits(*type, *bytes_at(*rest, 0), len) ||
		len > rest->len - ENVELOPE_RECORD_HEAD)
		return false;
	*type = (enum envelope_record)*bytes_at(*rest, 0);
	*bytes = text_sub(*rest, ENVELOPE_RECORD_HEAD, (size_t)len);
	*rest = text_from(*rest, ENVELOPE_RECORD_HEAD + (size_t)len);
	return true;
}

static bool
keep_record(struct opened *o, enum envelope_record type, struct text bytes)
{
	switch (type) {
	case RECORD_ANSWERS:
		o->answers = bytes;
		return true;
	case RECORD_REPLY_KEY:
		memcpy(o->reply_pk, bytes.p, sizeof o->reply_pk);
		return true;
	case RECORD_EARLIER:
		o->earlier = bytes;
		return true;
	case RECORD_FILE:
		if (o->file_count == ENVELOPE_FILES_MAX)
			return false;
		o->files[o->file_count++].meta = bytes;
		return true;
	case RECORD_FILE_BYTES:
		o->files[o->file_count - 1].bytes = bytes;
		return true;
	case RECORD_END:
		return true;
	}
	return false;
}

/* Is the rest of the plaintext zeros, and as many as there must be? */
static bool
padding_is_right(struct text plain, struct text rest)
{
	return envelope_padded(plain.len - rest.len) == plain.len &&
		(rest.len == 0 ||
			sodium_is_zero(bytes_at(rest, 0), rest.len));
}

static bool
read_records(struct arena *a, struct text plain, struct opened *o,
	struct err *e)
{
	enum envelope_record type = RECORD_END;
	struct text rest = plain, bytes;

	o->files = arena_array(a, ENVELOPE_FILES_MAX, sizeof *o->files);
	do {
		if (!take_record(&rest, &type, &bytes) ||
			!keep_record(o, type, bytes))
			return err_set(e, ERR_FORMAT,
				"envelope: its records are not as they must"
				" be");
	} while (type != RECORD_END);
	if (!padding_is_right(plain, rest))
		return err_set(e, ERR_FORMAT,
			"envelope: its padding is not as it must be");
	return true;
}

bool
unseal(struct arena *a, struct text envelope, const struct open_key *key,
	struct opened *out, struct err *e)
{
	unsigned char fk[ENVELOPE_FILE_KEY];
	unsigned char *plain = NULL;
	struct opened o = { 0 };
	bool ok = false;

	*out = (struct opened){ 0 };
	if (!envelope_parse(envelope, &o.head, e) ||
		!open_header(envelope, &o.head, key, fk, e))
		goto out;
	plain = arena_alloc(a, o.head.plain_len);
	if (!open_body(envelope, &o.head, fk, plain, e) ||
		!read_records(a,
			(struct text){ (char *)plain, o.head.plain_len }, &o,
			e))
		goto out;
	o.head.form_id = arena_copy(a, o.head.form_id);
	*out = o;
	ok = true;
out:
	secret_wipe(fk, sizeof fk);
	if (!ok && plain)
		secret_wipe(plain, o.head.plain_len);
	return ok;
}
