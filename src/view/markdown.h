/*
 * markdown: CommonMark by cmark, with what a municipal page needs on top.
 *
 * Heading ids (Swedish letters folded: "Så gör du" → "sa-gor-du"; repeated
 * ones get -2), a table of contents, GFM pipe tables in a box that can be
 * scrolled by keyboard, quotes, dashes and unbreakable spaces as a typesetter
 * sets them (view/typography.h), link rewriting through a callback.
 *
 * Errors with file and line: raw HTML; a link to another scheme than http,
 * https, mailto, tel or sms, or without text or address; a heading that
 * would be an h1; an entity that stands for a character which no page may
 * hold (utf8_is_hostile); a table whose rows do not fit its headings.
 * Directives (:::name) are taken apart by site/directive, not here.
 */
#ifndef VIEW_MARKDOWN_H
#define VIEW_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "view/html.h"

struct footnotes;

struct heading {
	int level;       /* 2 to 6 as rendered */
	struct text id;
	struct text title; /* plain text */
	int tables;      /* how many stand directly under it */
};

struct markdown_options {
	const char *path; /* file name in messages */
	int line;         /* number of the source's first line in that file */
	int heading_shift; /* 0: "##" is h2; 1: "##" becomes h3 */
	bool english;      /* “quotes” rather than ”quotes” */
	/* Called for each link and image destination, its scheme checked;
	 * writes the address to use to *out, or returns false with the whole
	 * message in *e (`line` is the file's).  The arena lives no longer than
	 * the rendering.  NULL: links stay. */
	bool (*link)(void *context, struct arena *a, struct text url, int line,
		struct text *out, struct err *e);
	/* The same for images alone; NULL: they go to `link` too. */
	bool (*picture)(void *context, struct arena *a, struct text url,
		int line, struct text *out, struct err *e);
	void *context;
	/* Ids already taken on the page, grown by the headings rendered; NULL
	 * for a fragment whose headings get no ids. */
	struct markdown_ids *ids;
	/* The page's footnotes, numbered by the references rendered (see
	 * view/footnote.h); NULL: "[^1]" has no meaning. */
	struct footnotes *notes;
	/* Where cmark takes its memory, emptied by the caller afterwards;
	 * NULL: it gets some of its own each time. */
	struct arena *scratch;
};

/* The headings of one page so far; zero it to begin. */
struct markdown_ids {
	bool numbered;         /* "a1", "a2" ... rather than the titles */
	struct heading *items; /* on the arena, in document order */
	size_t count;
	size_t cap;
};

/* Appends to out; what else lasts is on the arena. */
bool markdown_put(struct arena *a, struct text source,
	const struct markdown_options *o, struct buf *out, struct err *e)
	__attribute__((warn_unused_result));

/* Renders onto the arena. */
bool markdown_render(struct arena *a, struct text source,
	const struct markdown_options *o, struct html *out, struct err *e)
	__attribute__((warn_unused_result));

/* One line without block structure: a label with *emphasis* perhaps. */
bool markdown_inline(struct arena *a, struct text source,
	const struct markdown_options *o, struct html *out, struct err *e)
	__attribute__((warn_unused_result));

#endif
