/*
 * fuzz-envelope: any bytes as an envelope; then any bytes as the plaintext of
 * one that is sealed rightly, which no guessing would ever reach.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "seal/hash.h"
#include "seal/unseal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PLAIN_MAX = 256 * 1024, HEAD = 64 + 1 + 1 + 4 + 1 + 2 * 88 + 56 };

/* The first recipient of tests/unit/seal/vectors: 10 11 12 .. 2f. */
static struct open_key *
fixed_key(void)
{
	unsigned char sk[32];

	for (unsigned i = 0; i < sizeof sk; i++)
		sk[i] = (unsigned char)(0x10 + i);
	return open_key_of(sk);
}

/* What was opened lies in the plaintext and says what the rules allow. */
static void
check_opened(const struct opened *o)
{
	if (o->answers.len < 1 || o->answers.len > ENVELOPE_ANSWERS_MAX ||
		o->earlier.len > ENVELOPE_EARLIER_MAX ||
		o->file_count > ENVELOPE_FILES_MAX)
		abort();
	for (size_t i = 0; i < o->file_count; i++)
		if (o->files[i].meta.len < 1 ||
			o->files[i].meta.len > ENVELOPE_FILE_META_MAX ||
			(o->files[i].bytes.len && !o->files[i].bytes.p))
			abort();
}

static void
open_it(struct text envelope, const struct open_key *key)
{
	static const struct opened nothing;
	struct arena a;
	struct opened o;
	struct err e = { 0 };

	arena_init(&a, true);
	memset(&o, 0xAA, sizeof o);
	if (unseal(&a, envelope, key, &o, &e))
		check_opened(&o);
	else if (memcmp(&o, &nothing, sizeof o) != 0 || e.kind == ERR_NONE)
		abort();
	arena_release(&a);
}

/* The header of an envelope for the key and for nobody; returns its mac. */
static void
put_header(unsigned char *p, const unsigned char fk[32],
	const struct seal_key *k, const unsigned char head[24])
{
	static const unsigned char front[16] = "BLKTENV\x01\x2f\x01\0\0\1";
	unsigned char *at = p + 64;

	_Static_assert(HEAD == 0x12f, "hlen stands in front");
	memset(p, 0, HEAD);
	memcpy(p, front, sizeof front);
	*at++ = 1;
	*at++ = 'f';
	*at = 1; /* epoch */
	at += 4;
	*at++ = 2;
	at += 88; /* a recipient of id 0 and a box of zeros */
	memcpy(at, k->id, KEY_ID_BYTES);
	(void)crypto_box_seal(at + KEY_ID_BYTES, fk, 32, k->pk);
	memcpy(at + 88, head, 24);
	envelope_mac(fk, (struct text){ (char *)p, HEAD - 32 }, p + HEAD - 32);
}

/* Seals data as the plaintext, padded with zeros to a length that can be. */
static void
seal_and_open(const uint8_t *data, size_t size, const struct open_key *key)
{
	crypto_secretstream_xchacha20poly1305_state st;
	unsigned char fk[32] = { 1 }, stream[32], head[24];
	size_t len = (size_t)envelope_padded(size), at = HEAD, done = 0;
	unsigned char *plain = calloc(1, len);
	unsigned char *out = malloc(HEAD + len + 17 * (len / 65536 + 1));

	if (!plain || !out)
		abort();
	if (size)
		memcpy(plain, data, size);
	envelope_stream_key(fk, stream);
	(void)crypto_secretstream_xchacha20poly1305_init_push(
		&st, head, stream);
	put_header(out, fk, open_key_public(key), head);
	while (done < len) {
		size_t n = len - done < 65536 ? len - done : 65536;

		(void)crypto_secretstream_xchacha20poly1305_push(&st, out + at,
			NULL, plain + done, n, out + HEAD - 32, 32,
			done + n == len ? 3 : 0);
		done += n;
		at += n + 17;
	}
	open_it((struct text){ (char *)out, at }, key);
	free(plain);
	free(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct open_key *key;
	struct envelope head;
	struct err e = { 0 };
	struct text bytes = { (const char *)data, size };

	if (!seal_start())
		abort();
	key = fixed_key();
	if (envelope_parse(bytes, &head, &e)) {
		if (head.recipient_count < ENVELOPE_RECIPIENTS_MIN ||
			head.recipient_count > ENVELOPE_RECIPIENTS_MAX ||
			head.header_len > ENVELOPE_HEADER_MAX)
			abort();
	} else if (e.kind == ERR_NONE) {
		abort();
	}
	open_it(bytes, key);
	if (size <= PLAIN_MAX)
		seal_and_open(data, size, key);
	open_key_close(key);
	return 0;
}
