/*
 * formview: a form, with or without answers, as the data templates read.
 *
 * The keys are described in themes/DATA.md, section "form pages".  The same
 * functions serve the empty page that build makes, the page with errors,
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
 * The `form` map.  s is NULL for the empty form.  Of o, which may be NULL,
 * link and context are used for the Markdown texts; the rest is known from
 * the form.  The form and the submission must outlive the value.
 */
bool formview(struct arena *a, const struct form *f,
	const struct submission *s, const struct markdown_options *o,
	struct value **out, struct err *e) __attribute__((warn_unused_result));

/* "/e-tjanster/ID/", for a translation "/en/e-tjanster/ID/". */
struct text formview_url(struct arena *a, const struct form *f);

/* `errors` and `warnings`: lists of {id, text}, in the form's order. */
struct value *formview_errors(struct arena *a, const struct submission *s);
struct value *formview_warnings(struct arena *a, const struct submission *s);

/* `answers`: sections of rows, what was shown only; `not_answered` are the
 * words for an empty one. */
struct value *formview_answers(struct arena *a, const struct submission *s,
	struct text not_answered);

/* The answers in `hidden`: a list of {name, value} that sends what is right
 * and shown once more.  The caller adds the token. */
struct value *formview_hidden(struct arena *a, const struct submission *s);

#endif
