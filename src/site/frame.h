/* frame: the data that every page of the site shares (themes/DATA.md). */
#ifndef SITE_FRAME_H
#define SITE_FRAME_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/value.h"
#include "site/parts.h"

/* What the frame needs to know of a page. */
struct frame_page {
	enum page_variant variant;
	struct text url;
	const struct tree_page *page; /* NULL: made by the build itself */
	const struct form *form;      /* a form's page, or NULL */
	const char *under;            /* of the form: "", "blankett/" */
};

/* Makes once what most pages of a variant share, so that frame_make need not;
 * for a site that is loaded, before there are threads. */
void frame_prepare(struct site *s);

/* A new map with everything of "common"; the caller adds to it. */
struct value *frame_make(const struct site *s, struct arena *a,
	const struct frame_page *p);

/* A page's title and description as people see them: typeset. */
struct text frame_title(struct arena *a, const struct page *p);
struct text frame_description(struct arena *a, const struct page *p);

/* {title, url}, {iso, text}. */
struct value *frame_link(struct arena *a, struct text title,
	struct text url);
/* frame_link to link_address, from a page of information. */
struct value *frame_link_to(const struct site *s, struct arena *a,
	struct text title, struct text url);
struct value *frame_date(struct arena *a, struct date d, struct text lang);

/* {title, url} of the start page, and of those between it and `page`. */
struct value *frame_breadcrumbs(struct arena *a,
	const struct tree_page *page);
/* Of a page directly below the start page. */
struct value *frame_start_breadcrumbs(const struct site *s, struct arena *a,
	enum page_variant variant);
/* Of a form's page, below the list of forms. */
struct value *frame_form_breadcrumbs(const struct site *s, struct arena *a,
	enum page_variant variant);

/* A word of the theme; empty if it has none. */
struct text frame_word(const struct site *s, enum page_variant variant,
	const char *key);

/* "/e-tjanster/" and "/svar/" in that variant. */
struct text frame_services_url(enum page_variant variant);
struct text frame_reply_url(enum page_variant variant);
/* "/sok/"; empty if the theme or the site has no search in that variant. */
struct text frame_search_url(const struct site *s, enum page_variant variant);

/* Where all changes are told; empty if they are not: outside git, in a theme
 * without the page, or where content/ has one of its own. */
struct text frame_changes_url(const struct site *s);

#endif
