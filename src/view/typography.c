/* typography: quotes, dashes and spaces as a typesetter would set them. */
#include "view/typography.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/banned.h"

enum { LOOKED_AT = 32 };

#define SECTION "\xC2\xA7" /* § */
#define NBSP "\xC2\xA0"

enum language { BOTH, SWEDISH, ENGLISH };

struct word {
	char text[12];
	unsigned char len;
	enum language in;
};

#define WORD(text, in) { text, sizeof text - 1, in }

/*
 * Words that keep to the number after them.  A lower-case first letter may
 * be a capital too.  Why no ordinary word is here or below: Swedish rules
 * (Myndigheternas skrivregler) ask for a fixed space where figures stand with
 * signs, abbreviations, units and months; elsewhere a line may break.
 */
static const struct word leading[] = {
	WORD(SECTION, BOTH), WORD("kap.", BOTH), WORD("mom.", BOTH),
	WORD("kl.", SWEDISH), WORD("kl", SWEDISH), WORD("nr", SWEDISH),
	WORD("sid.", SWEDISH), WORD("s.", SWEDISH), WORD("st.", SWEDISH),
	WORD("dnr", SWEDISH), WORD("prop.", SWEDISH), WORD("tfn", SWEDISH),
	WORD("tel.", SWEDISH), WORD("ca", SWEDISH), WORD("p.", BOTH),
	WORD("pp.", ENGLISH), WORD("No.", ENGLISH), WORD("SFS", BOTH),
	WORD("SEK", BOTH), WORD("EUR", BOTH)
};

/* Words that keep to the number before them. */
static const struct word trailing[] = {
	WORD(SECTION, BOTH), WORD("kap.", BOTH), WORD("mom.", BOTH),
	WORD("%", BOTH), WORD("\xE2\x80\xB0", BOTH), /* per mille */
	WORD("kr", BOTH), WORD("kronor", BOTH), WORD("\xC3\xB6re", BOTH),
	WORD("tkr", SWEDISH), WORD("mnkr", SWEDISH), WORD("\xE2\x82\xAC", BOTH),
	WORD("euro", BOTH), /* the sign too */
	WORD("SEK", BOTH), WORD("EUR", BOTH), WORD("st", SWEDISH),
	WORD("f.", SWEDISH), WORD("ff.", SWEDISH), WORD("mm", BOTH),
	WORD("cm", BOTH), WORD("dm", BOTH), WORD("m", BOTH),
	WORD("m\xC2\xB2", BOTH), WORD("m\xC2\xB3", BOTH), WORD("kvm", SWEDISH),
	WORD("km", BOTH), WORD("km\xC2\xB2", BOTH), WORD("mil", SWEDISH),
	WORD("ml", BOTH), WORD("cl", BOTH), WORD("dl", BOTH), WORD("l", BOTH),
	WORD("mg", BOTH), WORD("g", BOTH), WORD("hg", BOTH), WORD("kg", BOTH),
	WORD("ton", SWEDISH), WORD("min", BOTH), WORD("h", BOTH),
	WORD("tim", SWEDISH), WORD("\xC2\xB0" "C", BOTH), WORD("W", BOTH),
	WORD("kW", BOTH), WORD("kWh", BOTH), WORD("kB", BOTH), WORD("MB", BOTH),
	WORD("GB", BOTH), WORD("a.m.", ENGLISH), WORD("p.m.", ENGLISH),
	WORD("am", ENGLISH), WORD("pm", ENGLISH), WORD("januari", SWEDISH),
	WORD("februari", SWEDISH), WORD("mars", SWEDISH),
	WORD("april", SWEDISH), WORD("maj", SWEDISH), WORD("juni", SWEDISH),
	WORD("juli", SWEDISH), WORD("augusti", SWEDISH),
	WORD("september", SWEDISH), WORD("oktober", SWEDISH),
	WORD("november", SWEDISH), WORD("december", SWEDISH),
	WORD("January", ENGLISH), WORD("February", ENGLISH),
	WORD("March", ENGLISH), WORD("April", ENGLISH), WORD("May", ENGLISH),
	WORD("June", ENGLISH), WORD("July", ENGLISH), WORD("August", ENGLISH),
	WORD("September", ENGLISH), WORD("October", ENGLISH),
	WORD("November", ENGLISH), WORD("December", ENGLISH)
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Every byte of a character beyond ASCII counts as a letter. */
static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		is_digit(c) || (unsigned char)c >= 0x80;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool
is_of(const struct word *w, bool english)
{
	return w->in == BOTH || (w->in == ENGLISH) == english;
}

static bool
ends_with_leading_word(struct text t, bool english)
{
	char last = t.p[t.len - 1];

	for (size_t i = 0; i < sizeof leading / sizeof *leading; i++) {
		const char *word = leading[i].text;
		size_t n = leading[i].len;
		struct text tail;

		if (word[n - 1] != last || t.len < n ||
			!is_of(&leading[i], english))
			continue;
		tail = text_from(t, t.len - n);
		if ((tail.p[0] == word[0] || lower(tail.p[0]) == word[0]) &&
			memcmp(tail.p + 1, word + 1, n - 1) == 0 &&
			(t.len == n || !is_word(t.p[t.len - n - 1]) ||
				text_ends(t, SECTION)))
			return true;
	}
	return false;
}

static bool
starts_with_trailing_word(struct text t, bool english)
{
	for (size_t i = 0; i < sizeof trailing / sizeof *trailing; i++) {
		const char *word = trailing[i].text;
		size_t n = trailing[i].len;

		if (word[0] != t.p[0] || !text_starts(t, word) ||
			!is_of(&trailing[i], english))
			continue;
		if (t.len == n || !is_word(t.p[n]) || !is_word(word[n - 1]))
			return true;
	}
	return text_starts(t, SECTION);
}

/* A paragraph's letter, the "a" of "9 a §". */
static bool
is_letter(struct text t, size_t at)
{
	return at < t.len && t.p[at] >= 'a' && t.p[at] <= 'z';
}

bool
typography_glued(struct text before, struct text after, bool english)
{
	size_t n = before.len;

	if (n == 0 || after.len == 0)
		return false;
	if (is_digit(after.p[0]))
		return is_digit(before.p[n - 1]) ||
			ends_with_leading_word(before, english);
	if (is_digit(before.p[n - 1]))
		return starts_with_trailing_word(after, english) ||
			(is_letter(after, 0) &&
				text_starts(text_from(after, 1), " " SECTION));
	/* Between the letter and the sign of "9 a §". */
	return text_starts(after, SECTION) && n >= 3 &&
		is_letter(before, n - 1) && before.p[n - 2] == ' ' &&
		is_digit(before.p[n - 3]);
}

/* May a quotation begin after this byte? */
static bool
opens_after(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '(' || c == '[' ||
		c == '{' || c == '-' || c == '/';
}

static bool
is_quote(char c)
{
	return c == '"' || c == '\'';
}

/* What to write for the run of n equal characters c, or NULL: as it is. */
static const char *
replacement(char c, size_t n, bool opening)
{
	switch (c) {
	case '"':
		if (n != 1)
			return NULL;
		return opening ? "\xE2\x80\x9C" : "\xE2\x80\x9D";
	case '\'':
		if (n != 1)
			return NULL;
		return opening ? "\xE2\x80\x98" : "\xE2\x80\x99";
	case '-':
		return n == 2 ? "\xE2\x80\x93" :
			n == 3 ? "\xE2\x80\x94" : NULL;
	case '.':
		return n == 3 ? "\xE2\x80\xA6" : NULL;
	default:
		return NULL;
	}
}

static size_t
run_length(struct text t, size_t at)
{
	size_t n = 1;

	while (at + n < t.len && t.p[at + n] == t.p[at])
		n++;
	return n;
}

/* Is this where something may have to be set?  Of dots and dashes only runs
 * are.  Most bytes are none of these, so they cost next to nothing. */
static bool
is_telling(char c, char next)
{
	switch (c) {
	case '.':
	case '-':
		return next == c;
	case '"':
	case '\'':
	case '\xC2':
		return true;
	default:
		return is_digit(c);
	}
}

/* May one of these be telling?  p[LOOKED_AT] is there too.  In ranges and
 * without a branch, so that the compiler takes them at once: the few others
 * there cost a second look. */
static bool
may_be_telling(const char p[LOOKED_AT + 1])
{
	unsigned char any = 0;

	for (int i = 0; i < LOOKED_AT; i++) {
		unsigned char c = (unsigned char)p[i];
		unsigned char next = (unsigned char)p[i + 1];

		any |= (unsigned char)(((c >= '"') & (c <= '\'')) |
			((c >= '0') & (c <= '9')) | (c == 0xC2) |
			((c == next) & (c >= '-') & (c <= '.')));
	}
	return any != 0;
}

/* Where the next of them is, at or after `at`.  The last bytes are looked at
 * together with some before them. */
static size_t
next_telling(struct text t, size_t at)
{
	while (at < t.len) {
		size_t end = t.len - at < LOOKED_AT ? t.len : at + LOOKED_AT;

		if (end >= LOOKED_AT && !may_be_telling(t.p + end - LOOKED_AT)) {
			at = end;
			continue;
		}
		for (; at < end; at++)
			if (is_telling(t.p[at], t.p[at + 1]))
				return at;
	}
	return at;
}

/* A text on its way to out. */
struct setter {
	struct text t;
	size_t done; /* bytes of t that out has, as they are or replaced */
	struct buf *out;
	bool english;
};

/* Writes `set` in place of the n bytes at `at`. */
static void
replace(struct setter *s, size_t at, size_t n, const char *set)
{
	if (at < s->done)
		return;
	buf_put(s->out, s->t.p + s->done, at - s->done);
	buf_str(s->out, set);
	s->done = at + n;
}

/* Sets the space at `at`, if there is one and numbers make it stick. */
static void
set_space(struct setter *s, size_t at)
{
	if (at < s->t.len && s->t.p[at] == ' ' && typography_glued(
		text_sub(s->t, 0, at), text_from(s->t, at + 1), s->english))
		replace(s, at, 1, NBSP);
}

bool
typography(struct text t, bool english, char before, struct buf *out)
{
	struct setter s = { .t = t, .out = out, .english = english };
	bool opening = false; /* the last quote was */
	size_t n;

	for (size_t i = next_telling(t, 0); i < t.len;
		i = next_telling(t, i + n)) {
		const char *set;
		char c = t.p[i];

		n = 1;
		if (is_digit(c) || c == SECTION[0]) {
			/* A number or a § holds the spaces beside it. */
			if (i > 0)
				set_space(&s, i - 1);
			set_space(&s, i + 1);
			continue;
		}
		n = run_length(t, i);
		if (i == 0 || !is_quote(t.p[i - 1]))
			opening = opens_after(i ? t.p[i - 1] : before);
		set = replacement(c, n, english && opening);
		if (set)
			replace(&s, i, n, set);
	}
	if (s.done == 0)
		return false;
	buf_put(out, t.p + s.done, t.len - s.done);
	return true;
}

struct text
typography_line(struct arena *a, struct text t, bool english)
{
	struct buf b;

	buf_init(&b, SIZE_MAX / 2);
	if (typography(t, english, ' ', &b))
		t = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return t;
}
