/*
 * lix: how hard a text is to read (Björnsson 1968).
 *
 * Words for each sentence, and long words (more than six letters) in a
 * hundred: below 30 is very easy, 30 to 40 easy, 40 to 50 average, 50 to 60
 * hard, above that very hard.  A sentence ends where a block of the page
 * does, at "?", "!" and ":", and at a full stop before a capital.
 */
#ifndef SITE_LIX_H
#define SITE_LIX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct lix {
	size_t words;
	size_t long_words;
	size_t sentences;
};

/* Counts the text of a page's HTML, drawings apart. */
struct lix lix_of(struct text html);

/* The number itself, to the nearest whole; 0 without words. */
int lix_value(const struct lix *l);

#endif
