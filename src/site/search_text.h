/*
 * search_text: what stands on a page, without its markup.
 */
#ifndef SITE_SEARCH_TEXT_H
#define SITE_SEARCH_TEXT_H

#include "base/arena.h"
#include "base/text.h"
#include "view/html.h"

/* The words of markup that we made: one block a line, without headings and
 * drawings.  What turns out to be no markup stays as it is. */
struct text search_text(struct arena *a, struct html html);

#endif
