/*
 * html: escaping by place, at the last moment.
 *
 * The only makers of struct html are these functions, the Markdown renderer
 * and templates; a struct text cannot be used where struct html is asked
 * for.
 */
#ifndef VIEW_HTML_H
#define VIEW_HTML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

/* Markup that is safe to insert as it is. */
struct html {
	struct text markup;
};

/* Text or attribute value: & < > " ' (HTML 13.1.2). */
void html_escape(struct buf *out, struct text t);
struct html html_text(struct arena *a, struct text t);
/* Text with line breaks kept: each \n becomes a br element. */
struct html html_lines(struct arena *a, struct text t);
/* Percent-encodes all but RFC 3986 unreserved characters. */
struct text url_part(struct arena *a, struct text t);

#endif
