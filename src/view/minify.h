/*
 * minify: markup and style sheets without what nobody sees.
 *
 * Only where it is safe.  HTML: a run of white space between tags becomes
 * one line break if there is one in it and one blank otherwise, so inline
 * spacing is as it was; comments go.  Nothing inside a tag is touched, nor
 * anything in pre, textarea, script and style.  CSS: comments go, and the
 * blanks that no rule of the syntax needs; those in strings, in unquoted
 * url() and around operators of calc() stay, and so does a descendant's.
 */
#ifndef VIEW_MINIFY_H
#define VIEW_MINIFY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

/* Where in a document a piece of it ended. */
struct minify_html {
	enum {
		MINIFY_TEXT, MINIFY_TAG, MINIFY_COMMENT,
		MINIFY_RAW /* in pre or the like */
	} at;
	char quote;       /* in a tag: open quote, or 0 */
	struct text name; /* of the tag begun */
	const char *raw;  /* the element that is kept as it stands */
};

/* The next piece of a document that began with a zeroed *m. */
struct text minify_html(struct arena *a, struct minify_html *m,
	struct text piece);

/* The whole of a style sheet; as it is if it cannot be understood. */
struct text minify_css(struct arena *a, struct text css);

#endif
