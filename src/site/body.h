/* body: the text of a page with its directives and footnotes. */
#ifndef SITE_BODY_H
#define SITE_BODY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "site/directive.h"
#include "site/page.h"
#include "view/footnote.h"

/* Appends p's text to out as b says; its footnotes, with their own texts,
 * are in `notes` afterwards. */
bool body_render(struct body *b, const struct page *p,
	struct footnotes *notes, struct buf *out, struct err *e)
	__attribute__((warn_unused_result));

/* The sources in p's front matter, as many as it has, on b's arena. */
bool body_sources(struct body *b, const struct page *p, struct html **out,
	struct err *e) __attribute__((warn_unused_result));

#endif
