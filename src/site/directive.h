/*
 * directive: what can stand between ":::name" and ":::" on a page.
 *
 *     :::notice Title?          its text in a box
 *     :::details Title          its text, folded
 *     :::steps Title?           an ordered list, drawn as a process
 *     :::network Title?         a list, drawn as the people around someone
 *     :::contact KEY            of contacts.yaml
 *     :::form ID                leads to a form
 *     :::qr PATH Title?         the address as a QR code
 *     :::figure FILE Text       a picture, its text alternative, and as the
 *                               lines between: its caption
 *     :::law KEY                of law.yaml
 *     :::rate KEY               of rates.yaml: the amount of the day
 *     :::web                    its text, which the booklet leaves out
 *
 * Each but web is drawn by the theme's components/NAME.mustache.  A theme has others
 * of its own, each by a file components/directives/NAME.mustache; what
 * follows the name and what stands between the lines is up to it.
 * themes/DATA.md says which data all of them get.  Text between the lines is Markdown and may hold
 * directives.  A directive in a fenced code block is code.
 */
#ifndef SITE_DIRECTIVE_H
#define SITE_DIRECTIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "site/diagram_page.h"
#include "site/parts.h"

#define DIRECTIVE_OWN "components/directives/"

enum { DIRECTIVE_DEPTH_MAX = 8, BODY_HTML_MAX = 32 * 1024 * 1024 };

/* One page on its way from Markdown to HTML. */
struct body {
	const struct site *site;
	struct arena *arena; /* where the result lives */
	enum page_variant variant;
	const char *path;    /* of the file, for messages */
	struct markdown_options markdown; /* with its link callback */
	struct link_page *links;
	int depth;           /* of directives */
	int diagrams;        /* drawn so far */
	/* A chapter of the booklet, where what stands in ":::web" is left out:
	 * its headings are among markdown.ids with an empty id, its references
	 * number no footnotes. */
	bool brochure;
	bool left_out;       /* something was */
	/* Where large versions of diagrams go; NULL: none are made. */
	struct diagram_sheets *sheets;
};

/*
 * Renders Markdown with its directives; `line` is the number of source's
 * first line in the file.  Appends to out.
 */
bool directive_render(struct body *b, struct text source, int line,
	struct buf *out, struct err *e) __attribute__((warn_unused_result));

/* Are the theme's own directives new names? */
bool directive_check_theme(const struct theme *t, struct arena *a,
	struct err *e) __attribute__((warn_unused_result));

/* An address as a QR code, drawn by components/qr-svg. */
bool directive_qr(const struct site *s, struct arena *a, struct text url,
	struct value **out, struct err *e) __attribute__((warn_unused_result));

/* The `service` of themes/DATA.md that leads to a form. */
struct value *directive_service(const struct site *s, struct arena *a,
	const struct form *f);

/* The ids of all forms, ended by NULL, for "did you mean ...?". */
const char *const *directive_forms(const struct site *s, struct arena *a);

#endif
