/*
 * changes: what git tells of the pages, as their readers see it: a list at
 * each page's end, a page of the latest changes of all, and an Atom feed
 * (RFC 4287) of those.
 *
 * A change is a commit that touched a page or form shown today; what touched
 * only others is told to nobody.
 */
#ifndef SITE_CHANGES_H
#define SITE_CHANGES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/value.h"
#include "site/parts.h"

enum {
	REVISIONS_SHOWN = 20,   /* at the end of a page */
	CHANGES_SHOWN = 100,    /* of all pages together */
	CHANGE_PAGES_SHOWN = 10 /* of one change */
};

#define CHANGES_URL "/andringar/"
#define CHANGES_FEED_URL "/feed.xml"

/* A page or form that a commit touched. */
struct change_page {
	const struct history_commit *commit;
	enum page_variant variant;
	struct text title;
	struct text url;
};

/* Those of the latest commits: the newest first, each commit's together and
 * by address. */
struct changes {
	struct change_page *pages;
	size_t count;
};

/* Fills s->changes once s->dates are there; outside git it does nothing. */
void changes_gather(struct site *s);

/* Adds `revisions`, `has_revisions` and `revisions_more` of themes/DATA.md to
 * a page's map; `d` is NULL for a page that no file makes. */
void changes_put_revisions(struct arena *a, const struct history_dates *d,
	struct text lang, struct value *page);

/* What changes.mustache and feed.mustache get beside common. */
void changes_put_page(const struct site *s, struct arena *a,
	struct value *data);
void changes_put_feed(const struct site *s, struct arena *a,
	struct value *data);

/* {iso, text} of a commit's date. */
struct value *changes_date(struct arena *a, struct history_date d,
	struct text lang);

#endif
