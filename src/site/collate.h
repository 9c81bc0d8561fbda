/*
 * collate: the order in which Swedish readers look things up.
 *
 * Å, ä and ö come after z, case does not matter, other accented letters
 * stand with the letter they come from (é with e, ü with y, æ with ä, ø with
 * ö), and digits come before letters.  Spaces and punctuation count only
 * between texts that are otherwise alike.
 */
#ifndef SITE_COLLATE_H
#define SITE_COLLATE_H

#include "base/text.h"

/* Negative, 0 or positive as a comes before, with or after b; 0 only for
 * the same bytes. */
int collate_cmp(struct text a, struct text b);

#endif
