/* common: the data that every page of the site shares (themes/DATA.md). */
#ifndef SITE_COMMON_H
#define SITE_COMMON_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/value.h"
#include "site/parts.h"

/* What common needs to know of a page. */
struct common_page {
	enum page_variant variant;
	struct text url;
	const struct tree_page *page; /* NULL: made by the build itself */
	const struct form *form;      /* a form's page, or NULL */
	const char *under;            /* of the form: "", "blankett/" */
};

/* A new map with everything of "common"; the caller adds to it. */
struct value *common_make(const struct site *s, struct arena *a,
	const struct common_page *p);

/* {title, url}, {iso, text}. */
struct value *common_link(struct arena *a, struct text title,
	struct text url);
struct value *common_date(struct arena *a, struct date d, struct text lang);

/* {title, url} of the start page, and of those between it and `page`. */
struct value *common_breadcrumbs(struct arena *a,
	const struct tree_page *page);
/* Of a page directly below the start page. */
struct value *common_start_breadcrumbs(const struct site *s, struct arena *a,
	enum page_variant variant);
/* Of a form's page, below the list of forms. */
struct value *common_form_breadcrumbs(const struct site *s, struct arena *a,
	enum page_variant variant);

/* A word of the theme; empty if it has none. */
struct text common_word(const struct site *s, enum page_variant variant,
	const char *key);

/* "/e-tjanster/" and "/svar/" in that variant. */
struct text common_services_url(enum page_variant variant);
struct text common_reply_url(enum page_variant variant);

#endif
