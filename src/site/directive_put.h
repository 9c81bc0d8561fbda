/*
 * directive_put: what each directive gives its component; for directive.c.
 *
 * Each fills `data` as themes/DATA.md says, or returns false with the whole
 * message.
 */
#ifndef SITE_DIRECTIVE_PUT_H
#define SITE_DIRECTIVE_PUT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"
#include "base/value.h"
#include "site/directive.h"

struct directive {
	struct text name;
	struct text arguments; /* rest of the opening line */
	int line;              /* of the opening line */
	struct text body;      /* between the lines */
	int body_line;
};

/* "FILE:LINE: NAME: what"; returns false. */
bool directive_fail(struct body *b, const struct directive *d,
	const char *what, struct err *e);

/* The text up to its first space; *rest is what follows, trimmed. */
struct text directive_word(struct text t, struct text *rest);

bool directive_put_text(struct body *b, const struct directive *d,
	struct value *data, struct err *e)
	__attribute__((warn_unused_result));
bool directive_put_items(struct body *b, const struct directive *d,
	struct value *data, struct err *e)
	__attribute__((warn_unused_result));
bool directive_put_contact(struct body *b, const struct directive *d,
	struct value *data, struct err *e)
	__attribute__((warn_unused_result));
bool directive_put_law(struct body *b, const struct directive *d,
	struct value *data, struct err *e)
	__attribute__((warn_unused_result));
bool directive_put_rate(struct body *b, const struct directive *d,
	struct value *data, struct err *e)
	__attribute__((warn_unused_result));
bool directive_put_form(struct body *b, const struct directive *d,
	struct value *data, struct err *e)
	__attribute__((warn_unused_result));
bool directive_put_qr(struct body *b, const struct directive *d,
	struct value *data, struct err *e)
	__attribute__((warn_unused_result));
bool directive_put_figure(struct body *b, const struct directive *d,
	struct value *data, struct err *e)
	__attribute__((warn_unused_result));
bool directive_put_own(struct body *b, const struct directive *d,
	struct value *data, struct err *e)
	__attribute__((warn_unused_result));

#endif
