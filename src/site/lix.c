/* lix: how hard a text is to read. */
#include "site/lix.h"

#include <stdint.h>

#include "base/utf8.h"
#include "base/banned.h"

enum { LONG_WORD = 6 /* letters; a long word has more */ };

/* Elements within a sentence; all others end it. */
static const char *const inline_tags[] = { "a", "abbr", "b", "bdi", "code",
	"em", "i", "mark", "q", "small", "span", "strong", "sub", "sup",
	"time", NULL };
/* Elements whose text is not read. */
static const char *const silent_tags[] = { "svg", "style", "script", NULL };

enum stop { STOP_NONE, STOP_POINT, STOP_SURE };

struct reader {
	struct lix lix;
	size_t letters;  /* of the word being read */
	size_t pending;  /* words since the last sentence ended */
	enum stop stop;  /* a mark that may have ended it */
	bool gap;        /* white space since then */
};

static bool
is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
			(c >= 'a' && c <= 'z');
	/* Past the signs of Latin-1, and not general punctuation. */
	return c >= 0xC0 && c != 0xD7 && c != 0xF7 &&
		(c < 0x2000 || c > 0x2BFF) && (c < 0x3000 || c > 0x303F);
}

static bool
is_capital(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE);
}

static void
end_word(struct reader *r)
{
	if (r->letters) {
		r->lix.words++;
		r->pending++;
		r->lix.long_words += r->letters > LONG_WORD;
	}
	r->letters = 0;
}

static void
end_sentence(struct reader *r)
{
	end_word(r);
	r->lix.sentences += r->pending > 0;
	r->pending = 0;
	r->stop = STOP_NONE;
	r->gap = false;
}

static void
take_letter(struct reader *r, uint32_t c)
{
	if (r->letters == 0 && r->gap && (r->stop == STOP_SURE ||
		(r->stop == STOP_POINT && is_capital(c))))
		end_sentence(r);
	if (r->letters == 0)
		r->stop = STOP_NONE;
	r->letters++;
}

static void
take_point(struct reader *r, uint32_t c, struct text rest)
{
	uint32_t next = 0;

	if (is_letter(c)) {
		take_letter(r, c);
		return;
	}
	/* Soft hyphens, and marks inside a word. */
	if (c == 0xAD || (r->letters && (c == '-' || c == '\'' ||
		c == 0x2019 || c == 0x2011) && utf8_next(&rest, &next) &&
		is_letter(next)))
		return;
	end_word(r);
	if (c == '?' || c == '!' || c == ':' || c == '.' || c == 0x2026) {
		r->stop = c == '.' || c == 0x2026 ? STOP_POINT : STOP_SURE;
		r->gap = false;
	}
	r->gap = r->gap || c == ' ' || c == '\n' || c == 0xA0;
}

static bool
is_in(struct text name, const char *const names[])
{
	for (size_t i = 0; names[i]; i++)
		if (text_is(name, names[i]))
			return true;
	return false;
}

/* After "<": the element's name, and *rest behind the tag. */
static struct text
take_tag(struct text *rest, bool *closes)
{
	size_t n = 0;
	struct text name;

	*closes = text_starts(*rest, "/");
	*rest = text_from(*rest, *closes);
	while (n < rest->len && is_letter((unsigned char)rest->p[n]))
		n++;
	name = text_sub(*rest, 0, n);
	*rest = text_from(*rest, text_find(*rest, '>') + 1);
	return name;
}

static void
skip_element(struct text name, struct text *rest)
{
	bool closes = false;

	while (rest->len) {
		size_t at = text_find(*rest, '<');

		*rest = text_from(*rest, at + 1);
		if (text_eq(take_tag(rest, &closes), name) && closes)
			return;
	}
}

struct lix
lix_of(struct text html)
{
	struct reader r = { 0 };
	uint32_t c;

	while (utf8_next(&html, &c)) {
		bool closes;
		struct text name;

		if (c == '&') {
			/* No letter is written as an entity. */
			end_word(&r);
			html = text_from(html, text_find(html, ';') + 1);
			continue;
		}
		if (c != '<') {
			take_point(&r, c, html);
			continue;
		}
		name = take_tag(&html, &closes);
		if (!is_in(name, inline_tags))
			end_sentence(&r);
		if (!closes && is_in(name, silent_tags))
			skip_element(name, &html);
	}
	end_sentence(&r);
	return r.lix;
}

int
lix_value(const struct lix *l)
{
	if (!l->words || !l->sentences)
		return 0;
	return (int)((double)l->words / (double)l->sentences +
		100.0 * (double)l->long_words / (double)l->words + 0.5);
}
