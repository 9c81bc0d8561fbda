/* envelope: the sealed form of one submission, version 1. */
#include "seal/envelope.h"

#include <string.h>

#include <sodium.h>

#include "base/banned.h"

enum { SUITE = 1, KDF_MAC = 1, KDF_STREAM = 2, MAGIC_BYTES = 8 };

static const char magic[MAGIC_BYTES + 1] = "BLKTENV\x01";
static const char context[crypto_kdf_CONTEXTBYTES + 1] = "blktenv1";

_Static_assert(ENVELOPE_SEALED_KEY ==
		ENVELOPE_FILE_KEY + crypto_box_SEALBYTES, "sealed box");
_Static_assert(ENVELOPE_STREAM_HEADER ==
		crypto_secretstream_xchacha20poly1305_HEADERBYTES &&
		ENVELOPE_STREAM_EXTRA ==
		crypto_secretstream_xchacha20poly1305_ABYTES, "secretstream");
_Static_assert(ENVELOPE_FILE_KEY == crypto_kdf_KEYBYTES &&
		ENVELOPE_FILE_KEY ==
		crypto_secretstream_xchacha20poly1305_KEYBYTES, "key sizes");
_Static_assert(ENVELOPE_MAC == crypto_generichash_BYTES, "BLAKE2b-256");

/* What is left of a header that is being read. */
struct reader {
	struct text rest;
	bool short_of; /* more was asked for than there was */
};

static const unsigned char *
take(struct reader *r, size_t n)
{
	const unsigned char *p = (const unsigned char *)r->rest.p;

	if (r->short_of || r->rest.len < n) {
		r->short_of = true;
		return NULL;
	}
	r->rest.p += n;
	r->rest.len -= n;
	return p;
}

/* A little-endian number of n bytes; 0 past the end. */
static uint32_t
take_number(struct reader *r, size_t n)
{
	const unsigned char *p = take(r, n);
	uint32_t out = 0;

	for (size_t i = 0; p && i < n; i++)
		out |= (uint32_t)p[i] << (8 * i);
	return out;
}

static void
take_bytes(struct reader *r, void *out, size_t n)
{
	const unsigned char *p = take(r, n);

	if (p)
		memcpy(out, p, n);
}

static bool
cut_short(struct err *e)
{
	return err_set(e, ERR_FORMAT, "envelope: cut short in its header");
}

/* Magic to form_id. */
static bool
read_front(struct reader *r, struct envelope *out, struct err *e)
{
	uint32_t suite = take_number(r, 1);
	uint32_t mode = take_number(r, 1);
	uint32_t flags = take_number(r, 2);

	if (!r->short_of && suite != SUITE)
		return err_set(e, ERR_FORMAT,
			"envelope: suite %u is not known here",
			(unsigned)suite);
	if (mode > ENVELOPE_MODE_BROWSER)
		return err_set(e, ERR_FORMAT, "envelope: unknown mode %u",
			(unsigned)mode);
	if (flags != 0)
		return err_set(e, ERR_FORMAT, "envelope: unknown flags %#x",
			(unsigned)flags);
	out->mode = (enum envelope_mode)mode;
	take_bytes(r, out->subid, sizeof out->subid);
	take_bytes(r, out->form_hash.b, sizeof out->form_hash.b);
	out->form_id.len = take_number(r, 1);
	out->form_id.p = (const char *)take(r, out->form_id.len);
	out->epoch = take_number(r, 4);
	if (r->short_of)
		return cut_short(e);
	if (!key_word_is_valid(out->form_id, ENVELOPE_FORM_ID_MAX))
		return err_set(e, ERR_FORMAT,
			"envelope: a form's id is 1 to %d of a-z 0-9 -",
			ENVELOPE_FORM_ID_MAX);
	if (out->epoch == 0)
		return err_set(e, ERR_FORMAT, "envelope: epoch 0");
	return true;
}

static bool
read_recipients(struct reader *r, struct envelope *out, struct err *e)
{
	size_t n = take_number(r, 1);

	if (r->short_of)
		return cut_short(e);
	if (n < ENVELOPE_RECIPIENTS_MIN || n > ENVELOPE_RECIPIENTS_MAX)
		return err_set(e, ERR_FORMAT,
			"envelope: %zu recipients; from %d to %d are allowed",
			n, ENVELOPE_RECIPIENTS_MIN, ENVELOPE_RECIPIENTS_MAX);
	for (size_t i = 0; i < n; i++) {
		take_bytes(r, out->recipients[i], KEY_ID_BYTES);
		(void)take(r, ENVELOPE_SEALED_KEY);
		if (r->short_of)
			return cut_short(e);
		if (i > 0 && memcmp(out->recipients[i - 1], out->recipients[i],
				     KEY_ID_BYTES) >= 0)
			return err_set(e, ERR_FORMAT,
				"envelope: recipients not ascending");
	}
	out->recipient_count = n;
	return true;
}

/* The plaintext length that a body of this length must have, or 0. */
static size_t
plain_length(size_t body)
{
	const size_t full = ENVELOPE_CHUNK + ENVELOPE_STREAM_EXTRA;
	size_t messages = body / full + (body % full != 0);
	size_t plain;

	if (body < ENVELOPE_PAD_MIN + ENVELOPE_STREAM_EXTRA ||
		(body % full != 0 && body % full <= ENVELOPE_STREAM_EXTRA))
		return 0;
	plain = body - messages * ENVELOPE_STREAM_EXTRA;
	return envelope_padded(plain) == plain ? plain : 0;
}

bool
envelope_parse(struct text bytes, struct envelope *out, struct err *e)
{
	struct reader r = { .rest = bytes };
	const unsigned char *start = take(&r, MAGIC_BYTES);
	size_t hlen = take_number(&r, 4);

	*out = (struct envelope){ 0 };
	if (bytes.len > ENVELOPE_MAX)
		return err_set(e, ERR_LIMIT, "envelope: larger than %d bytes",
			ENVELOPE_MAX);
	if (r.short_of || memcmp(start, magic, MAGIC_BYTES) != 0)
		return err_set(e, ERR_FORMAT, "envelope: this is none");
	if (hlen > ENVELOPE_HEADER_MAX)
		return err_set(e, ERR_FORMAT, "envelope: header of %zu bytes",
			hlen);
	if (hlen > bytes.len || hlen < bytes.len - r.rest.len)
		return cut_short(e);
	r.rest.len = hlen - (bytes.len - r.rest.len);
	if (!read_front(&r, out, e) || !read_recipients(&r, out, e))
		return false;
	if (r.rest.len != ENVELOPE_STREAM_HEADER + ENVELOPE_MAC)
		return err_set(e, ERR_FORMAT,
			"envelope: its header has not the length it says");
	out->header_len = hlen;
	out->plain_len = plain_length(bytes.len - hlen);
	if (out->plain_len == 0)
		return err_set(e, ERR_FORMAT,
			"envelope: no body has this length: cut or added to");
	return true;
}

uint64_t
envelope_padded(uint64_t n)
{
	unsigned exponent = 0, bits_of_exponent = 0;
	uint64_t mask;

	if (n <= ENVELOPE_PAD_MIN)
		return ENVELOPE_PAD_MIN;
	for (uint64_t v = n; v > 1; v >>= 1)
		exponent++;
	for (unsigned v = exponent; v > 0; v >>= 1)
		bits_of_exponent++;
	/* Round up to a multiple of 2^(E-S): leaks O(log log n) bits. */
	mask = ((uint64_t)1 << (exponent - bits_of_exponent)) - 1;
	return (n + mask) & ~mask;
}

/* A bit for each type that may come before. */
struct record_rule {
	uint64_t min; /* bytes */
	uint64_t max;
	unsigned after;
};

bool
envelope_record_fits(enum envelope_record prev, unsigned type, uint64_t len)
{
	enum {
		NONE = 1 << RECORD_END,
		ANSWERS = 1 << RECORD_ANSWERS,
		REPLY_KEY = 1 << RECORD_REPLY_KEY,
		EARLIER = 1 << RECORD_EARLIER,
		FILE = 1 << RECORD_FILE,
		FILE_BYTES = 1 << RECORD_FILE_BYTES
	};
	static const struct record_rule rules[] = {
		[RECORD_END] = { 0, 0, REPLY_KEY | EARLIER | FILE_BYTES },
		[RECORD_ANSWERS] = { 1, ENVELOPE_ANSWERS_MAX, NONE },
		[RECORD_REPLY_KEY] = { REPLY_PK_BYTES, REPLY_PK_BYTES,
			ANSWERS },
		[RECORD_EARLIER] = { 1, ENVELOPE_EARLIER_MAX, REPLY_KEY },
		[RECORD_FILE] = { 1, ENVELOPE_FILE_META_MAX,
			REPLY_KEY | EARLIER | FILE_BYTES },
		[RECORD_FILE_BYTES] = { 0, ENVELOPE_MAX, FILE },
	};
	const struct record_rule *r;

	if (type >= sizeof rules / sizeof *rules)
		return false;
	r = &rules[type];
	return (r->after & (1u << prev)) != 0 && len >= r->min && len <= r->max;
}

static void
derive(unsigned char out[ENVELOPE_FILE_KEY], uint64_t n,
	const unsigned char fk[ENVELOPE_FILE_KEY])
{
	(void)crypto_kdf_derive_from_key(
		out, ENVELOPE_FILE_KEY, n, context, fk);
}

void
envelope_mac(const unsigned char fk[ENVELOPE_FILE_KEY], struct text before,
	unsigned char mac[ENVELOPE_MAC])
{
	unsigned char key[ENVELOPE_FILE_KEY];

	derive(key, KDF_MAC, fk);
	(void)crypto_generichash(mac, ENVELOPE_MAC,
		(const unsigned char *)before.p, before.len, key, sizeof key);
	sodium_memzero(key, sizeof key);
}

void
envelope_stream_key(const unsigned char fk[ENVELOPE_FILE_KEY],
	unsigned char key[ENVELOPE_FILE_KEY])
{
	derive(key, KDF_STREAM, fk);
}
