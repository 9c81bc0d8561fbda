/*
 * search_page: what search.mustache gets beside common, with a query's
 * answer or, where no server answers, a list of everything.
 */
#ifndef SITE_SEARCH_PAGE_H
#define SITE_SEARCH_PAGE_H

#include "base/arena.h"
#include "base/text.h"
#include "base/value.h"
#include "site/parts.h"

/* `page` and `search` as they stand before anything is asked; returns
 * `search`. */
struct value *search_page_put(const struct site *s, struct arena *a,
	enum page_variant variant, struct value *data);

/* Every page and form in search.groups and search.services. */
void search_page_list(const struct site *s, struct arena *a,
	enum page_variant variant, struct value *search);

#endif
