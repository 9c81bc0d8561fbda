/* note: a short text with signatures under it. */
#include "seal/note.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "seal/hash.h"
#include "base/banned.h"

/* C2SP signed-note: an em dash and a space begin a signature line. */
static const char mark[] = "\xE2\x80\x94 ";

struct signature {
	unsigned char id[KEY_ID_BYTES];
	unsigned char sig[SIGNATURE_BYTES];
};

_Static_assert(sizeof(struct signature) == KEY_ID_BYTES + SIGNATURE_BYTES,
	"a signature is its bytes");

struct text
note_sign(struct arena *a, struct text body, const char *name,
	const struct sign_key *key)
{
	struct signature s;

	assert(text_ends(body, "\n"));
	assert(key_word_is_valid(text_of(name), KEY_NAME_MAX));
	memcpy(s.id, sign_key_public(key)->id, sizeof s.id);
	sign_message(key, body, s.sig);
	return arena_printf(a, "%.*s\n%s%s %s\n", (int)body.len, body.p, mark,
		name, base64_encode(a, &s, sizeof s).p);
}

/* The offset of the last empty line's newline, or 0 if there is none. */
static size_t
find_separator(struct text note)
{
	for (size_t i = note.len; i > 1; i--)
		if (note.p[i - 1] == '\n' && note.p[i - 2] == '\n')
			return i - 1;
	return 0;
}

static bool
is_plain_text(struct text t)
{
	for (size_t i = 0; i < t.len; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if ((c < 0x20 && c != '\n') || c == 0x7F)
			return false;
	}
	return utf8_valid(t);
}

static bool
read_signature(struct text line, struct signature *out)
{
	size_t len, space;

	if (!text_starts(line, mark))
		return false;
	line = text_from(line, sizeof mark - 1);
	space = text_find(line, ' ');
	if (!key_word_is_valid(text_sub(line, 0, space), KEY_NAME_MAX))
		return false;
	return base64_decode(
		       text_from(line, space + 1), out, sizeof *out, &len) &&
		len == sizeof *out;
}

/* Reads every signature under the body; there is at least one. */
static bool
read_signatures(struct text rest, struct signature *sigs, size_t *n)
{
	struct text line;

	*n = 0;
	if (!text_ends(rest, "\n"))
		return false;
	rest.len--;
	while (text_split(&rest, '\n', &line)) {
		if (*n == NOTE_SIGNATURES_MAX ||
			!read_signature(line, &sigs[*n]))
			return false;
		++*n;
	}
	return true;
}

/* Takes a note apart: body and signatures, of which no key has two. */
static bool
take_apart(struct text note, const char *what, struct text *body,
	struct signature *sigs, size_t *n, struct err *e)
{
	size_t cut;

	if (note.len > NOTE_MAX)
		return err_set(e, ERR_LIMIT, "%s: longer than %d bytes", what,
			NOTE_MAX);
	if (!is_plain_text(note))
		return err_set(e, ERR_FORMAT,
			"%s: control characters (CR?) or bytes not UTF-8",
			what);
	cut = find_separator(note);
	if (cut == 0 || !read_signatures(text_from(note, cut + 1), sigs, n))
		return err_set(e, ERR_FORMAT,
			"%s: does not end in well-formed signatures", what);
	for (size_t i = 0; i < *n; i++)
		for (size_t k = 0; k < i; k++)
			if (memcmp(sigs[i].id, sigs[k].id, KEY_ID_BYTES) == 0)
				return err_set(e, ERR_FORMAT,
					"%s: one key has signed twice", what);
	*body = text_sub(note, 0, cut);
	return true;
}

static const struct signature *
find_signature(const struct signature *sigs, size_t n,
	const struct verify_key *key)
{
	for (size_t i = 0; i < n; i++)
		if (memcmp(sigs[i].id, key->id, KEY_ID_BYTES) == 0)
			return &sigs[i];
	return NULL;
}

bool
note_open(struct text note, const char *what, const struct verify_key *key,
	struct text *body, struct err *e)
{
	struct signature sigs[NOTE_SIGNATURES_MAX];
	const struct signature *ours;
	struct text signed_part;
	size_t n;

	*body = (struct text){ 0 };
	if (!take_apart(note, what, &signed_part, sigs, &n, e))
		return false;
	ours = find_signature(sigs, n, key);
	if (!ours)
		return err_set(e, ERR_CRYPTO,
			"%s: not signed by the key it must be signed by",
			what);
	if (!verify_signature(key, signed_part, ours->sig))
		return err_set(e, ERR_CRYPTO,
			"%s: the signature does not hold: changed or forged",
			what);
	*body = signed_part;
	return true;
}

bool
note_names(struct text note, const struct verify_key *key)
{
	struct signature sigs[NOTE_SIGNATURES_MAX];
	struct text body;
	struct err e = { 0 };
	size_t n;

	return take_apart(note, "note", &body, sigs, &n, &e) &&
		find_signature(sigs, n, key) != NULL;
}

struct text
note_field(struct text body, const char *name)
{
	size_t n = strlen(name);
	struct text line;

	while (text_line(&body, &line))
		if (text_starts(line, name) && line.len >= n + 2 &&
			line.p[n] == ':' && line.p[n + 1] == ' ')
			return text_from(line, n + 2);
	return (struct text){ 0 };
}
