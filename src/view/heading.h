/* heading: ids for headings, readable in an address. */
#ifndef VIEW_HEADING_H
#define VIEW_HEADING_H

#include "base/arena.h"
#include "base/text.h"
#include "view/markdown.h"

enum { HEADINGS_MAX = 2000, SLUG_MAX = 64 };

/*
 * Letters folded to a-z ("Så gör du" → "sa-gor-du"), everything but letters
 * and digits a hyphen; at most SLUG_MAX bytes; "avsnitt" if nothing is left.
 * Never a "_": ids that begin with one are the theme's and the footnotes'.
 */
struct text slug(struct arena *a, struct text title);

/* Adds a heading under an id that no other has: its slug, or if ids are
 * `numbered` the number it gets ("a7"); NULL when HEADINGS_MAX are
 * there already. */
struct heading *heading_add(struct arena *a, struct markdown_ids *ids,
	int level, struct text title);

#endif
