/*
 * search_number: a telephone number is one word, however it is grouped.
 *
 * "031-390 06 10", "0313900610", "(031) 390 06 10" and "+46 31 390 06 10"
 * are all "0313900610", on the site and in a query; "390 06 10", without its
 * area code, is "3900610", which ends it.
 */
#ifndef SITE_SEARCH_NUMBER_H
#define SITE_SEARCH_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "site/search_word.h"

/* Is there a telephone number from byte `at` of source on, where a word
 * begins?  Then *out is that word. */
bool search_number(struct text source, size_t at, struct search_word *out);

#endif
