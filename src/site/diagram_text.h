/* diagram_text: how wide a text is about to be, and where its lines end. */
#ifndef SITE_DIAGRAM_TEXT_H
#define SITE_DIAGRAM_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"

enum { DIAGRAM_TEXT_MAX = 1000 /* bytes; the list beside has it all */ };

/* How a text is set. */
struct diagram_type {
	int size;    /* of the letters, in the drawing's units */
	int leading; /* from one line to the next */
	bool bold;
	bool even;   /* lines about as long as each other, not the first full */
};

struct diagram_lines {
	struct text *items; /* without space at their ends; on the arena */
	size_t count;
};

/*
 * The width of a line, somewhat too large for most typefaces: which one the
 * reader has is not known, and a line may end early but not outside its box.
 */
int diagram_text_width(struct text line, const struct diagram_type *type);

/*
 * Cuts a text into lines no wider than `width`, at white space; a word that
 * is too long for a line is cut after a hyphen in it or, with one added,
 * anywhere.  No text gives no lines.
 */
struct diagram_lines diagram_text_lines(struct arena *a, struct text t,
	const struct diagram_type *type, int width);

/* Markup as a reader hears it: without tags, each run of white space one
 * space; past DIAGRAM_TEXT_MAX cut off with an ellipsis. */
struct text diagram_text_plain(struct arena *a, struct text markup);

#endif
