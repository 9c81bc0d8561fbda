/*
 * search_near: which word of the site somebody meant who wrote another.
 *
 * The distance counts letters written, left out, changed or swapped as 2;
 * "a" for "å" or "ä", "o" for "ö" and the like as 1, since that is how a
 * foreign keyboard writes them.
 */
#ifndef SITE_SEARCH_NEAR_H
#define SITE_SEARCH_NEAR_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "site/search_word.h"

enum { SEARCH_NEAR_NONE = 1000 };

/* How far a word of so many letters may be from what was meant. */
int search_near_limit(size_t letters);

/* Which letters there are, so that most words need no closer look: two
 * words within `limit` differ in at most `limit` bits. */
uint32_t search_near_mask(struct text word);

/* A word letter by letter. */
struct search_letters {
	uint32_t at[SEARCH_WORD_MAX];
	uint32_t plain[SEARCH_WORD_MAX]; /* without ring and dots */
	size_t count;
};

void search_near_spell(struct text word, struct search_letters *out);

/* The distance, or SEARCH_NEAR_NONE if it is more than `limit`. */
int search_near(const struct search_letters *a,
	const struct search_letters *b, int limit);

#endif
