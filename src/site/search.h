/*
 * search: the site's pages and forms, found by their words while serving.
 *
 * search_open reads everything that is searched into an index of its own, so
 * it outlives the site it was made of.  It never changes after that and may
 * be asked from any thread.
 */
#ifndef SITE_SEARCH_H
#define SITE_SEARCH_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "base/value.h"
#include "site/site.h"

struct search;

bool search_open(struct site *s, struct search **out, struct err *e)
	__attribute__((warn_unused_result));
void search_close(struct search *x); /* NULL is allowed */
/* How many pages and forms can be found. */
size_t search_count(const struct search *x);

/*
 * The data of search.mustache for a query in that language: common, page and
 * search (themes/DATA.md).  A query that is no UTF-8, or has no word in it,
 * finds nothing; a page that has expired on `today` is not found.
 */
bool search_data(const struct search *x, struct site *s, struct arena *a,
	struct text lang, struct text url, struct text query,
	struct date today, struct value **out, struct err *e) __attribute__((warn_unused_result));

#endif
