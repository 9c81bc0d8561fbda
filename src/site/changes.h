/* changes: what git tells of the pages, as their readers see it. */
#ifndef SITE_CHANGES_H
#define SITE_CHANGES_H

#include "base/arena.h"
#include "base/text.h"
#include "base/value.h"
#include "site/history.h"

enum { REVISIONS_SHOWN = 20 };

/* Adds `revisions`, `has_revisions` and `revisions_more` of themes/DATA.md to
 * a page's map; `d` is NULL for a page that no file makes. */
void changes_put_revisions(struct arena *a, const struct history_dates *d,
	struct text lang, struct value *page);

/* {iso, text} of a commit's date. */
struct value *changes_date(struct arena *a, struct history_date d,
	struct text lang);

#endif
