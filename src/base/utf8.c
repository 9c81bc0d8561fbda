/* utf8: is it UTF-8 (RFC 3629), how long is it, and is it safe to show. */
#include "base/utf8.h"

#include <string.h>

#include "base/banned.h"

enum { REPLACEMENT = 0xFFFD, LOOKED_AT = 64 };

/*
 * Bytes of the well-formed sequence at the start of t (Unicode 15, table
 * 3-7), 0 if there is none; *point is its code point.
 */
static size_t
sequence(struct text t, uint32_t *point)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char lead;
	size_t n;

	if (t.len == 0)
		return 0;
	lead = (unsigned char)t.p[0];
	if (lead < 0x80) {
		*point = lead;
		return 1;
	}
	n = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
	if (lead < 0xC2 || lead > 0xF4 || t.len < n)
		return 0;
	*point = lead & (0xFFu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if ((c & 0xC0) != 0x80)
			return 0;
		*point = *point << 6 | (c & 0x3Fu);
	}
	if (*point < least[n] || *point > 0x10FFFF ||
		(*point >= 0xD800 && *point <= 0xDFFF))
		return 0;
	return n;
}

bool
utf8_valid(struct text t)
{
	while (t.len) {
		uint32_t point;
		size_t n = sequence(t, &point);

		if (n == 0)
			return false;
		t = text_from(t, n);
	}
	return true;
}

size_t
utf8_count(struct text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.len; i++)
		n += ((unsigned char)t.p[i] & 0xC0) != 0x80;
	return n;
}

bool
utf8_next(struct text *rest, uint32_t *point)
{
	size_t n;

	if (rest->len == 0)
		return false;
	n = sequence(*rest, point);
	if (n == 0) {
		*point = REPLACEMENT;
		n = 1;
	}
	*rest = text_from(*rest, n);
	return true;
}

size_t
utf8_encode(uint32_t point, char out[4])
{
	if (point < 0x80) {
		out[0] = (char)point;
		return 1;
	}
	if (point < 0x800) {
		out[0] = (char)(0xC0 | point >> 6);
		out[1] = (char)(0x80 | (point & 0x3F));
		return 2;
	}
	if (point < 0x10000) {
		out[0] = (char)(0xE0 | point >> 12);
		out[1] = (char)(0x80 | (point >> 6 & 0x3F));
		out[2] = (char)(0x80 | (point & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | point >> 18);
	out[1] = (char)(0x80 | (point >> 12 & 0x3F));
	out[2] = (char)(0x80 | (point >> 6 & 0x3F));
	out[3] = (char)(0x80 | (point & 0x3F));
	return 4;
}

bool
utf8_is_hostile(uint32_t point)
{
	if (point < 0x20)
		return point != '\t' && point != '\n';
	return (point >= 0x7F && point <= 0x9F) || point == 0x061C ||
		point == 0x200E || point == 0x200F ||
		(point >= 0x2028 && point <= 0x202E) ||
		(point >= 0x2066 && point <= 0x2069);
}

/* Can a sequence that begins with this byte be hostile?  C2 begins U+0080 to
 * U+00BF, D8 U+0600 on, E2 U+2000 on. */
static bool
may_begin_hostile(unsigned char c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7F ||
		c == 0xC2 || c == 0xD8 || c == 0xE2;
}

size_t
utf8_find_hostile(struct text t, uint32_t *point)
{
	for (size_t i = 0; i < t.len; i++) {
		if (!may_begin_hostile((unsigned char)t.p[i]))
			continue;
		if (t.p[i] == '\r' && i + 1 < t.len && t.p[i + 1] == '\n')
			continue;
		if (sequence(text_from(t, i), point) &&
			utf8_is_hostile(*point))
			return i;
	}
	return t.len;
}

/* Begins U+00C0 to U+00FF, the letters of Western Europe beyond ASCII. */
static bool
begins_letter(char c)
{
	return (unsigned char)c == 0xC3;
}

/*
 * Are all these bytes ASCII to be seen or such letters, but for the end of the
 * last?  p[-1] ends a character.  Each byte has to go on what the one before
 * it began, and nothing else.  Without a branch and with signed bytes (0x80 to
 * 0xBF, which go on, are the least), so that the compiler takes many at once.
 */
static bool
is_plain(const char p[LOOKED_AT])
{
	signed char wrong = 0;

	for (int i = 0; i < LOOKED_AT; i++) {
		signed char c = (signed char)p[i];
		bool goes_on = c < -64;
		bool begins = begins_letter(p[i]);

		wrong |= (signed char)(goes_on != begins_letter(p[i - 1]));
		wrong |= (signed char)(((c < ' ') & (c != '\n') & !goes_on &
			!begins) | (c == 0x7F));
	}
	return !wrong;
}

bool
utf8_is_clean(struct text t)
{
	size_t i = 0;

	while (i < t.len) {
		size_t until = t.len - i < LOOKED_AT ? t.len : i + LOOKED_AT;

		if (i > 0 && until - i == LOOKED_AT && is_plain(t.p + i)) {
			i = until - begins_letter(t.p[until - 1]);
			continue;
		}
		while (i < until) {
			uint32_t point;
			size_t n = sequence(text_from(t, i), &point);

			if (n == 0 || (utf8_is_hostile(point) &&
				!(point == '\r' && i + 1 < t.len &&
					t.p[i + 1] == '\n')))
				return false;
			i += n;
		}
	}
	return true;
}

struct text
utf8_visible(struct arena *a, struct text t)
{
	/* A one-byte control becomes three bytes; nothing grows more. */
	char *out = arena_alloc(a, t.len * 3 + 1);
	size_t len = 0;
	uint32_t point;

	while (utf8_next(&t, &point))
		len += utf8_encode(utf8_is_hostile(point) ? REPLACEMENT : point,
			out + len);
	return (struct text){ out, len };
}
