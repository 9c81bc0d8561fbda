/*
 * footnote: "[^name]" in the text, and its text on a line "[^name]: text".
 *
 * A definition begins a line, anywhere on the page outside code; lines
 * directly below it that are indented go on with it.  It is one paragraph
 * of inline Markdown.  cmark knows no footnotes, so definitions are taken
 * out before it reads the page, and it is told that each name is a link: it
 * then finds the references, and leaves code and escaped brackets alone.
 *
 * Ids are "_fn-1" for the note and "_ref-1", "_ref-1-2" for the places that
 * refer to it: no heading has a "_".
 */
#ifndef VIEW_FOOTNOTE_H
#define VIEW_FOOTNOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "view/html.h"

enum { FOOTNOTES_MAX = 500, FOOTNOTE_NAME_MAX = 40 };

struct footnote {
	struct text name;  /* a-z, 0-9, single "-" between them */
	struct text text;  /* inline Markdown */
	int line;          /* of the definition, in the file */
	int number;        /* in order of reference; 0: not referred to yet */
	int refs;          /* how many places refer to it */
	struct html html;  /* for who renders the text to keep it */
};

/* Those of one page. */
struct footnotes {
	struct footnote *items;  /* in order of definition */
	size_t count;
	struct footnote **shown; /* shown[i] has the number
				    before + i + 1 */
	size_t shown_count;
	int before;              /* numbers that other texts of the page have */
	struct text word;        /* "Fotnot", before a number read aloud */
	struct text references;  /* what cmark is told of them */
};

/* May the text have footnotes?  If not, a page needs none of this. */
bool footnotes_may_be_in(struct text source);

/*
 * Takes the definitions out of *source, whose other lines keep their
 * numbers; `path` and `line` (of its first line) stand in messages.
 * Repeated, unreadable and empty definitions are faults.
 */
bool footnotes_read(struct arena *a, const char *path, int line,
	struct text *source, struct footnotes *out, struct err *e)
	__attribute__((warn_unused_result));

/* NULL if none has that name. */
struct footnote *footnote_find(const struct footnotes *f, struct text name);

/* The number of a note that is now referred to once more. */
int footnote_refer(struct footnotes *f, struct footnote *note);

/* The fault of a name that none has. */
bool footnote_unknown(struct arena *a, const struct footnotes *f,
	const char *path, int line, struct text name, struct err *e);

/* "_ref-1" for the first place that refers to a note, "_ref-1-2" for the
 * second. */
struct text footnote_ref_id(struct arena *a, int number, int ref);

#endif
