/* seal: closes a submission into an envelope; needs public keys only. */
#include "seal/seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/banned.h"

enum {
	TAG_MESSAGE = 0,
	TAG_FINAL = 3,
	SUITE = 1,
	FRONT = 64 /* magic to form_hash */
};

_Static_assert(TAG_MESSAGE == crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
	"tag");
_Static_assert(TAG_FINAL == crypto_secretstream_xchacha20poly1305_TAG_FINAL,
	"tag");

struct sealer {
	crypto_secretstream_xchacha20poly1305_state stream;
	unsigned char mac[ENVELOPE_MAC];
	struct buf *out;
	size_t start;              /* of the envelope in out */
	enum envelope_record last; /* RECORD_END: none yet */
	uint64_t owed;             /* bytes the record begun still lacks */
	size_t files;
	uint64_t plain_len;        /* plaintext bytes so far */
	const char *wrong;         /* the first fault, or NULL */
	size_t chunk_len;
	unsigned char chunk[ENVELOPE_CHUNK];
};

static void
put_number(struct buf *b, uint64_t n, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		buf_char(b, (char)(unsigned char)(n >> (8 * i)));
}

static bool
put_recipients(struct buf *out, const unsigned char fk[ENVELOPE_FILE_KEY],
	const struct seal_key *keys, size_t n, struct err *e)
{
	unsigned char sealed[ENVELOPE_SEALED_KEY];

	buf_char(out, (char)n);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && memcmp(keys[i - 1].id, keys[i].id,
				     KEY_ID_BYTES) >= 0)
			return err_set(e, ERR_CRYPTO,
				"seal: recipients not ascending");
		if (crypto_box_seal(sealed, fk, ENVELOPE_FILE_KEY,
			    keys[i].pk) != 0)
			return err_set(e, ERR_CRYPTO,
				"seal: a recipient's key is no key");
		buf_put(out, keys[i].id, KEY_ID_BYTES);
		buf_put(out, sealed, sizeof sealed);
	}
	return true;
}

/* Magic to epoch. */
static void
put_front(struct buf *out, const struct seal_meta *m, size_t hlen)
{
	buf_put(out, "BLKTENV\x01", 8);
	put_number(out, hlen, 4);
	put_number(out, SUITE, 1);
	put_number(out, m->mode, 1);
	put_number(out, 0, 2);
	buf_put(out, m->subid, SUBID_BYTES);
	buf_put(out, m->form_hash.b, sizeof m->form_hash.b);
	put_number(out, m->form_id.len, 1);
	buf_text(out, m->form_id);
	put_number(out, m->epoch, 4);
}

/* Writes the header and starts the stream with a fresh file key, of which
 * nothing is left when this returns. */
static bool
put_header(struct sealer *s, const struct seal_meta *m,
	const struct seal_key *keys, size_t n, struct err *e)
{
	unsigned char fk[ENVELOPE_FILE_KEY], key[ENVELOPE_FILE_KEY];
	unsigned char head[ENVELOPE_STREAM_HEADER];
	size_t hlen = FRONT + 1 + m->form_id.len + 4 + 1 +
		n * (KEY_ID_BYTES + ENVELOPE_SEALED_KEY) + sizeof head +
		sizeof s->mac;
	bool ok = false;

	random_bytes(fk, sizeof fk);
	/* Most submissions fit the least padding: one allocation. */
	buf_reserve(s->out, hlen + ENVELOPE_PAD_MIN + ENVELOPE_STREAM_EXTRA);
	put_front(s->out, m, hlen);
	if (!put_recipients(s->out, fk, keys, n, e))
		goto out;
	envelope_stream_key(fk, key);
	(void)crypto_secretstream_xchacha20poly1305_init_push(
		&s->stream, head, key);
	buf_put(s->out, head, sizeof head);
	if (s->out->full) {
		(void)err_set(e, ERR_LIMIT, "seal: no room for the header");
		goto out;
	}
	envelope_mac(fk, text_from(buf_view(s->out), s->start), s->mac);
	buf_put(s->out, s->mac, sizeof s->mac);
	ok = true;
out:
	secret_wipe(fk, sizeof fk);
	secret_wipe(key, sizeof key);
	return ok;
}

static struct sealer *
sealer_new(struct buf *out)
{
	/* Not calloc: the chunk's 64 KiB need no zeros. */
	struct sealer *s = malloc(sizeof *s);

	if (!s) {
		(void)fputs("blankett: out of memory\n", stderr);
		abort();
	}
	s->out = out;
	s->start = out->len;
	s->last = RECORD_END;
	s->owed = 0;
	s->files = 0;
	s->plain_len = 0;
	s->wrong = NULL;
	s->chunk_len = 0;
	return s;
}

bool
seal_open(const struct seal_meta *m, const struct seal_key *keys,
	size_t key_count, struct buf *out, struct sealer **s, struct err *e)
{
	struct sealer *made;

	*s = NULL;
	if (key_count < ENVELOPE_RECIPIENTS_MIN ||
		key_count > ENVELOPE_RECIPIENTS_MAX)
		return err_set(e, ERR_CRYPTO,
			"seal: %zu recipients; from %d to %d are allowed",
			key_count, ENVELOPE_RECIPIENTS_MIN,
			ENVELOPE_RECIPIENTS_MAX);
	if (!key_word_is_valid(m->form_id, ENVELOPE_FORM_ID_MAX))
		return err_set(e, ERR_FORMAT, "seal: no form has this id");
	if (m->epoch == 0)
		return err_set(e, ERR_FORMAT, "seal: epoch 0");
	made = sealer_new(out);
	if (!put_header(made, m, keys, key_count, e)) {
		seal_abort(made);
		return false;
	}
	*s = made;
	return true;
}

/* Seals the chunk straight into *out. */
static void
push_chunk(struct sealer *s, unsigned char tag)
{
	size_t n = s->chunk_len + ENVELOPE_STREAM_EXTRA;

	buf_reserve(s->out, n);
	if (s->out->full || s->out->cap - s->out->len < n) {
		s->out->full = true;
	} else {
		(void)crypto_secretstream_xchacha20poly1305_push(&s->stream,
			(unsigned char *)s->out->p + s->out->len, NULL,
			s->chunk, s->chunk_len, s->mac, sizeof s->mac, tag);
		s->out->len += n;
	}
	s->chunk_len = 0;
}

/* Adds n bytes of plaintext, or zeros when p is NULL.  A full chunk waits
 * until more comes, because the last one carries another tag. */
static void
put_plain(struct sealer *s, const void *p, uint64_t n)
{
	const unsigned char *from = p;

	s->plain_len += n;
	while (n > 0) {
		size_t room, part;

		if (s->chunk_len == ENVELOPE_CHUNK)
			push_chunk(s, TAG_MESSAGE);
		room = ENVELOPE_CHUNK - s->chunk_len;
		part = n < room ? (size_t)n : room;
		if (from) {
			memcpy(s->chunk + s->chunk_len, from, part);
			from += part;
		} else {
			memset(s->chunk + s->chunk_len, 0, part);
		}
		s->chunk_len += part;
		n -= part;
	}
}

void
seal_record_begin(struct sealer *s, enum envelope_record type, uint64_t total)
{
	unsigned char head[ENVELOPE_RECORD_HEAD] = { (unsigned char)type };

	if (s->wrong)
		return;
	if (s->owed > 0)
		s->wrong = "a record is shorter than it was said to be";
	else if (!envelope_record_fits(s->last, type, total))
		s->wrong = "a record of wrong length, or out of order";
	else if (type == RECORD_FILE && ++s->files > ENVELOPE_FILES_MAX)
		s->wrong = "too many files";
	if (s->wrong)
		return;
	for (size_t i = 1; i < sizeof head; i++)
		head[i] = (unsigned char)(total >> (8 * (i - 1)));
	put_plain(s, head, sizeof head);
	s->last = type;
	s->owed = total;
}

void
seal_record_bytes(struct sealer *s, struct text piece)
{
	if (s->wrong)
		return;
	if (piece.len > s->owed) {
		s->wrong = "a record is longer than it was said to be";
		return;
	}
	put_plain(s, piece.p, piece.len);
	s->owed -= piece.len;
}

void
seal_record(struct sealer *s, enum envelope_record type, struct text bytes)
{
	seal_record_begin(s, type, bytes.len);
	seal_record_bytes(s, bytes);
}

bool
seal_close(struct sealer *s, struct hash *envelope_hash, struct err *e)
{
	struct text made;
	bool ok = false;

	seal_record_begin(s, RECORD_END, 0);
	if (s->wrong) {
		(void)err_set(e, ERR_FORMAT, "seal: %s", s->wrong);
		goto out;
	}
	put_plain(s, NULL, envelope_padded(s->plain_len) - s->plain_len);
	push_chunk(s, TAG_FINAL);
	made = text_from(buf_view(s->out), s->start);
	if (s->out->full || made.len > ENVELOPE_MAX) {
		(void)err_set(e, ERR_LIMIT, "seal: the envelope is too large");
		goto out;
	}
	*envelope_hash = hash_bytes(made);
	ok = true;
out:
	seal_abort(s);
	return ok;
}

void
seal_abort(struct sealer *s)
{
	if (!s)
		return;
	secret_wipe(&s->stream, sizeof s->stream);
	secret_wipe(s->chunk, s->plain_len < ENVELOPE_CHUNK
			? (size_t)s->plain_len : ENVELOPE_CHUNK);
	free(s);
}
