/*
 * search_snippet: the lines of a document that show why it answers.
 */
#ifndef SITE_SEARCH_SNIPPET_H
#define SITE_SEARCH_SNIPPET_H

#include "base/arena.h"
#include "base/text.h"
#include "site/search_index.h"

/* Some 200 bytes of the body, whole words, an ellipsis where it is cut; the
 * description if no word of the query stands in the body. */
struct text search_snippet(struct arena *a, const struct search_hit *hit);

#endif
