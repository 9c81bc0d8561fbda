/* search_near: which word was meant. */
#include "site/search_near.h"

#include "base/utf8.h"
#include "base/banned.h"

enum { EDIT = 2, ACCENT = 1, MASK_LETTERS = 26, MASK_OTHERS = 6 };

/* A letter as a keyboard without it would write it. */
static uint32_t
plain(uint32_t c)
{
	static const struct {
		uint32_t first, last, plain;
	} rows[] = {
		{ 0xE0, 0xE6, 'a' }, { 0xE7, 0xE7, 'c' }, { 0xE8, 0xEB, 'e' },
		{ 0xEC, 0xEF, 'i' }, { 0xF1, 0xF1, 'n' }, { 0xF2, 0xF6, 'o' },
		{ 0xF8, 0xF8, 'o' }, { 0xF9, 0xFC, 'u' }, { 0xFD, 0xFF, 'y' },
	};

	for (size_t i = 0; c >= 0x80 && i < sizeof rows / sizeof *rows; i++)
		if (c >= rows[i].first && c <= rows[i].last)
			return rows[i].plain;
	return c;
}

int
search_near_limit(size_t letters)
{
	if (letters < 4)
		return ACCENT;
	if (letters < 6)
		return EDIT;
	return letters < 12 ? 2 * EDIT : 2 * EDIT + ACCENT;
}

uint32_t
search_near_mask(struct text word)
{
	uint32_t mask = 0;
	uint32_t c;

	while (utf8_next(&word, &c)) {
		c = plain(c);
		mask |= UINT32_C(1) << (c >= 'a' && c <= 'z' ? c - 'a'
			: MASK_LETTERS + c % MASK_OTHERS);
	}
	return mask;
}

void
search_near_spell(struct text word, struct search_letters *out)
{
	out->count = 0;
	while (out->count < SEARCH_WORD_MAX &&
		utf8_next(&word, &out->at[out->count])) {
		out->plain[out->count] = plain(out->at[out->count]);
		out->count++;
	}
}

static int
change(const struct search_letters *x, size_t i,
	const struct search_letters *y, size_t k)
{
	if (x->at[i] == y->at[k])
		return 0;
	return x->plain[i] == y->plain[k] ? ACCENT : EDIT;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

/*
 * Damerau's distance with swaps of neighbours, row by row; of each row only
 * the cells that so few letters written or left out can reach.
 */
int
search_near(const struct search_letters *x, const struct search_letters *y,
	int limit)
{
	int rows[3][SEARCH_WORD_MAX + 2];
	int *now = rows[0], *above = rows[1], *over = rows[2];
	size_t reach = (size_t)limit / EDIT;
	int before = 0; /* the least of the row above */

	if (x->count > y->count + reach || y->count > x->count + reach)
		return SEARCH_NEAR_NONE;
	for (size_t k = 0; k <= y->count + 1; k++)
		above[k] = over[k] = now[k] = k <= reach ? (int)k * EDIT
			: SEARCH_NEAR_NONE;
	for (size_t i = 1; i <= x->count; i++) {
		size_t from = i > reach ? i - reach : 1;
		size_t to = i + reach < y->count ? i + reach : y->count;
		int best = SEARCH_NEAR_NONE;
		int *spare = over;

		now[from - 1] = from == 1 && i <= reach ? (int)i * EDIT
			: SEARCH_NEAR_NONE;
		for (size_t k = from; k <= to; k++) {
			now[k] = least(least(above[k], now[k - 1]) + EDIT,
				above[k - 1] + change(x, i - 1, y, k - 1));
			if (i > 1 && k > 1 && x->at[i - 1] == y->at[k - 2] &&
				x->at[i - 2] == y->at[k - 1])
				now[k] = least(now[k], over[k - 2] + EDIT);
			best = least(best, now[k]);
		}
		now[to + 1] = SEARCH_NEAR_NONE;
		/* Every way on leads through this row, or by a swap from the
		 * one above. */
		if (least(best, before + EDIT) > limit)
			return SEARCH_NEAR_NONE;
		before = best;
		over = above;
		above = now;
		now = spare;
	}
	return above[y->count] <= limit ? above[y->count] : SEARCH_NEAR_NONE;
}
