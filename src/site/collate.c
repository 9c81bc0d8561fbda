/* collate: the order in which Swedish readers look things up. */
#include "site/collate.h"

#include "base/utf8.h"
#include "base/banned.h"

enum { WEIGHT_DIGIT = 1, WEIGHT_LETTER = 11, WEIGHT_OTHER = 100 };

/* Letters outside a-z, in lower case, by the place they take; the digits
 * after z stand for the three letters that follow it. */
static const struct {
	uint32_t point;
	char place;
} letters[] = {
	{ 0xE0, 'a' }, { 0xE1, 'a' }, { 0xE2, 'a' }, { 0xE3, 'a' },
	{ 0xE4, '2' }, { 0xE5, '1' }, { 0xE6, '2' }, { 0xE7, 'c' },
	{ 0xE8, 'e' }, { 0xE9, 'e' }, { 0xEA, 'e' }, { 0xEB, 'e' },
	{ 0xEC, 'i' }, { 0xED, 'i' }, { 0xEE, 'i' }, { 0xEF, 'i' },
	{ 0xF0, 'd' }, { 0xF1, 'n' }, { 0xF2, 'o' }, { 0xF3, 'o' },
	{ 0xF4, 'o' }, { 0xF5, '3' }, { 0xF6, '3' }, { 0xF8, '3' },
	{ 0xF9, 'u' }, { 0xFA, 'u' }, { 0xFB, 'u' }, { 0xFC, 'y' },
	{ 0xFD, 'y' }, { 0xFF, 'y' },
};

static uint32_t
lower(uint32_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c + 32;
	/* U+00C0 to U+00DE, but for the multiplication sign. */
	if (c >= 0xC0 && c <= 0xDE && c != 0xD7)
		return c + 32;
	return c;
}

/* 0 for what does not count. */
static uint32_t
weight(uint32_t c)
{
	c = lower(c);
	if (c >= 'a' && c <= 'z')
		return WEIGHT_LETTER + c - 'a';
	if (c >= '0' && c <= '9')
		return WEIGHT_DIGIT + c - '0';
	if (c < 0xC0)
		return 0;
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
		if (letters[i].point != c)
			continue;
		c = (uint32_t)(unsigned char)letters[i].place;
		return WEIGHT_LETTER + (c < 'a' ? 26 + c - '1' : c - 'a');
	}
	/* Other scripts keep the order of Unicode; U+2010 on is punctuation. */
	if (c >= 0x2000 && c <= 0x206F)
		return 0;
	return WEIGHT_OTHER + c;
}

static uint32_t
next_weight(struct text *rest)
{
	uint32_t c;

	while (utf8_next(rest, &c)) {
		uint32_t w = weight(c);

		if (w)
			return w;
	}
	return 0;
}

int
collate_cmp(struct text a, struct text b)
{
	struct text x = a;
	struct text y = b;

	for (;;) {
		uint32_t v = next_weight(&x);
		uint32_t w = next_weight(&y);

		if (v != w)
			return v < w ? -1 : 1;
		if (v == 0)
			return text_cmp(a, b);
	}
}
