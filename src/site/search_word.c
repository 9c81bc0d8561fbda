/* search_word: words as search compares them. */
#include "site/search_word.h"

#include <stdlib.h>

#include <libstemmer.h>

#include "base/utf8.h"
#include "site/search_number.h"
#include "base/banned.h"

enum { SOFT_HYPHEN = 0xAD };

struct search_stemmer {
	struct sb_stemmer *snowball;
};

/* Words that stand in every sentence, in the order of bytes. */
static const char *const filler_sv[] = {
	"all", "alla", "allt", "att", "av", "bli", "blir", "de", "dem", "den",
	"denna", "det", "detta", "dig", "din", "ditt", "du", "där", "en",
	"er", "ett", "från", "får", "för", "går", "ha", "han", "har", "hon",
	"hos", "hur", "här", "i", "inte", "jag", "kan", "man", "med", "mig",
	"min", "mitt", "mot", "ni", "när", "och", "om", "på", "sig", "ska",
	"som", "till", "under", "upp", "ut", "vad", "var", "vara", "vem",
	"vi", "vid", "vill", "är", "åt", NULL
};
static const char *const filler_en[] = {
	"a", "about", "all", "am", "an", "and", "are", "as", "at", "be", "by",
	"can", "do", "does", "for", "from", "get", "have", "how", "i", "if",
	"in", "is", "it", "me", "my", "not", "of", "on", "or", "our", "that",
	"the", "there", "this", "to", "want", "was", "we", "what", "when",
	"where", "who", "will", "with", "you", "your", NULL
};

/* Letters written as two characters, as some systems send them. */
static const struct {
	uint32_t base, mark, letter;
} composed[] = {
	{ 'a', 0x30A, 0xE5 }, { 'a', 0x308, 0xE4 }, { 'o', 0x308, 0xF6 },
	{ 'e', 0x301, 0xE9 }, { 'u', 0x308, 0xFC }, { 'a', 0x300, 0xE0 },
	{ 'a', 0x301, 0xE1 }, { 'e', 0x300, 0xE8 }, { 'i', 0x301, 0xED },
	{ 'o', 0x301, 0xF3 }, { 'u', 0x301, 0xFA }, { 'n', 0x303, 0xF1 },
};

/* Above ASCII: capitals of alphabets that neighbours write in; `step` 2:
 * every second one. */
static const struct {
	uint32_t first, last, step, add;
} capitals[] = {
	{ 0xC0, 0xD6, 1, 32 },      { 0xD8, 0xDE, 1, 32 },
	{ 0x100, 0x12E, 2, 1 },     { 0x132, 0x136, 2, 1 },
	{ 0x139, 0x147, 2, 1 },     { 0x14A, 0x176, 2, 1 },
	{ 0x179, 0x17D, 2, 1 },     { 0x391, 0x3A9, 1, 32 },
	{ 0x400, 0x40F, 1, 80 },    { 0x410, 0x42F, 1, 32 },
};

/* Above ASCII: what is no letter. */
static const struct {
	uint32_t first, last;
} signs[] = {
	{ 0x80, 0xBF }, { 0xD7, 0xD7 }, { 0xF7, 0xF7 }, { 0x300, 0x36F },
	{ 0x2000, 0x2BFF }, { 0x3000, 0x303F }, { 0xE000, 0xF8FF },
	{ 0xFE00, 0xFE0F }, { 0xFF00, 0xFF0F }, { 0xFFF0, 0xFFFF },
	{ 0x1F000, 0x1FFFF }, { 0xE0000, 0x10FFFF },
};

static uint32_t
lower(uint32_t c)
{
	/* Nearly every letter is one of these. */
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	for (size_t i = 0; i < sizeof capitals / sizeof *capitals; i++)
		if (c >= capitals[i].first && c <= capitals[i].last)
			return (c - capitals[i].first) % capitals[i].step
				? c : c + capitals[i].add;
	return c;
}

static bool
is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9');
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (c >= signs[i].first && c <= signs[i].last)
			return false;
	return true;
}

static bool
is_mark(uint32_t c)
{
	return c >= 0x300 && c <= 0x36F;
}

/* The letter that `mark` makes of `base`, or base. */
static uint32_t
compose(uint32_t base, uint32_t mark)
{
	for (size_t i = 0; i < sizeof composed / sizeof *composed; i++)
		if (composed[i].base == base && composed[i].mark == mark)
			return composed[i].letter;
	return base;
}

/* As utf8_next, which is asked only for what is not ASCII. */
static bool
next(struct text *rest, uint32_t *c)
{
	if (rest->len == 0 || (unsigned char)rest->p[0] >= 0x80)
		return utf8_next(rest, c);
	*c = (uint32_t)rest->p[0];
	rest->p++;
	rest->len--;
	return true;
}

static void
put(struct search_word *w, uint32_t c)
{
	char bytes[4] = { (char)c };
	size_t n = c < 0x80 ? 1 : utf8_encode(c, bytes);

	if (w->len + n > SEARCH_WORD_MAX)
		return;
	for (size_t i = 0; i < n; i++)
		w->bytes[w->len++] = bytes[i];
	w->letters++;
}

bool
search_word_next(struct text source, size_t *at, struct search_word *out)
{
	struct text rest = text_from(source, *at);
	uint32_t last = 0; /* a letter not put yet, for marks come after it */
	uint32_t c;

	out->len = out->letters = 0;
	out->from = out->to = *at;
	while (next(&rest, &c)) {
		size_t now = source.len - rest.len;

		if (!last && (c == '+' || (c >= '0' && c <= '9')) &&
			search_number(source, *at, out)) {
			*at = out->to;
			return true;
		}
		if (is_letter(c)) {
			if (last)
				put(out, last);
			else
				out->from = *at;
			last = lower(c);
			out->to = now;
		} else if (last && is_mark(c)) {
			last = compose(last, c);
			out->to = now;
		} else if (last && c != SOFT_HYPHEN) {
			break;
		}
		*at = now;
	}
	if (last)
		put(out, last);
	return last != 0;
}

struct text
search_word_text(const struct search_word *w)
{
	return (struct text){ w->bytes, w->len };
}

bool
search_word_is_filler(struct text word, bool english)
{
	const char *const *list = english ? filler_en : filler_sv;

	for (size_t i = 0; list[i]; i++)
		if (text_is(word, list[i]))
			return true;
	return false;
}

struct search_stemmer *
search_stemmer_open(bool english)
{
	struct search_stemmer *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->snowball = sb_stemmer_new(english ? "english" : "swedish", NULL);
	if (s->snowball)
		return s;
	free(s);
	return NULL;
}

void
search_stemmer_close(struct search_stemmer *s)
{
	if (!s)
		return;
	sb_stemmer_delete(s->snowball);
	free(s);
}

struct text
search_stem(struct search_stemmer *s, struct text word)
{
	const sb_symbol *stem;

	/* No word is longer than SEARCH_WORD_MAX. */
	stem = s ? sb_stemmer_stem(s->snowball, (const sb_symbol *)word.p,
		(int)word.len) : NULL;
	if (!stem)
		return word;
	return (struct text){ (const char *)stem,
		(size_t)sb_stemmer_length(s->snowball) };
}
