/* pageview: a content page as the data page.mustache reads. */
#ifndef SITE_PAGEVIEW_H
#define SITE_PAGEVIEW_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/value.h"
#include "site/frame.h"
#include "site/parts.h"

enum { TOC_MIN = 3 /* headings that make a table of contents worth it */ };

/* The `page` map of themes/DATA.md; its body and dates are in `s` already. */
bool pageview(const struct site *s, struct arena *a,
	const struct tree_page *p, struct value **out, struct err *e)
	__attribute__((warn_unused_result));

/* Appends `notes` of themes/DATA.md. */
void pageview_notes(struct arena *a, const struct footnotes *notes,
	struct value *list);

/* The list of forms as a page, where content/ has none: what such a page
 * cannot have is null or empty. */
struct value *pageview_services(const struct site *s, struct arena *a,
	enum page_variant variant);

/* Adds `form`, with the answers of `sub` unless it is NULL, and `page` to
 * the data of that form's page. */
bool pageview_put_form(const struct site *s, struct arena *a,
	const struct frame_page *p, const struct submission *sub,
	struct value *data, struct err *e) __attribute__((warn_unused_result));

/* {title, description, breadcrumbs} of a form's page. */
struct value *pageview_form(const struct site *s, struct arena *a,
	struct text title, struct text description,
	enum page_variant variant);

#endif
