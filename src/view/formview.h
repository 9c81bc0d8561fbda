/*
 * formview: a form, with or without answers, as the data templates read.
 *
 * The map's keys are described in themes/DATA.md, section "form".  The same
 * function serves the empty page that build makes, the page with errors,
 * check-answers, the copy of the answers and the printable paper form, so
 * that they cannot drift apart.
 */
#ifndef VIEW_FORMVIEW_H
#define VIEW_FORMVIEW_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/value.h"
#include "form/form.h"
#include "form/submission.h"
#include "view/markdown.h"

/*
 * The `form` map.  s is NULL for the empty form.  `link` and `context` are
 * the link callback for Markdown texts (may be NULL).  The form and the
 * submission must outlive the value.
 */
bool formview(struct arena *a, const struct form *f,
	const struct submission *s, const struct markdown_options *o,
	struct value **out, struct err *e) __attribute__((warn_unused_result));

#endif
