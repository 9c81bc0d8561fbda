/*
 * markdown_walk: the walk over a document's nodes, between markdown.c and
 * markdown_table.c; for no other file.
 */
#ifndef VIEW_MARKDOWN_WALK_H
#define VIEW_MARKDOWN_WALK_H

#include <cmark.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "view/markdown.h"

/* Put with a space before a cell or a label, so that "- x" or "# x" is no
 * block there: a private-use character, which nobody types. */
#define MARKDOWN_GUARD "\xEE\x80\x80"

struct markdown_grid;

struct markdown_walk {
	struct arena *a;       /* for what lasts */
	struct arena *scratch; /* cmark's, see markdown_memory.h */
	struct arena own;      /* the scratch, if none is given */
	struct arena *memory_before;
	const struct markdown_options *o;
	struct err *e;
	int line;           /* of all nodes; 0: the nodes know their own */
	int above;          /* lines that stand before the page's own */
	bool entities;      /* the source has a "&", which may begin one */
	char before;        /* last byte of the paragraph so far */
	struct buf typeset; /* a text while it is typeset */
	/* Tables only. */
	struct text *lines; /* of the source */
	size_t line_count;
	struct markdown_grid *grids; /* in document order */
	cmark_node *cells;  /* the document of their cells; NULL: no tables */
};

/* Checks, typesets and rewrites root and what is in it. */
bool markdown_walk(struct markdown_walk *w, cmark_node *root)
	__attribute__((warn_unused_result));

/* The line of a node in its file. */
int markdown_line(const struct markdown_walk *w, cmark_node *n);
/* What a reader hears of n: text and code, without marks; until n changes. */
struct text markdown_plain(const struct markdown_walk *w, cmark_node *n);
/* Parses; nothing of cmark's need be freed. */
cmark_node *markdown_parse(struct text source);
cmark_node *markdown_new(cmark_node_type type);
/* A custom node that writes these two texts around its children. */
cmark_node *markdown_around(cmark_node_type type, const char *enter,
	const char *leave);
void markdown_move(cmark_node *from, cmark_node *to);
/* Takes the guard off a paragraph's text. */
void markdown_unguard(cmark_node *paragraph);

/* Is a link or picture a reference to a footnote?  (markdown_note.c) */
bool markdown_is_note(const struct markdown_walk *w, cmark_node *n);
/* On leaving it: replaces it by the reference's markup. */
bool markdown_note(struct markdown_walk *w, cmark_node *n)
	__attribute__((warn_unused_result));
/* A text may hold no "[^name]", which would be one that is not defined. */
bool markdown_no_note(struct markdown_walk *w, cmark_node *n, struct text t)
	__attribute__((warn_unused_result));

/* Before the walk: replaces each paragraph that is a table by a custom
 * block, and parses the cells. */
bool markdown_tables(struct markdown_walk *w, cmark_node *document,
	struct text source) __attribute__((warn_unused_result));
/* In the walk: fills such a custom block; leaves any other as it is. */
bool markdown_table(struct markdown_walk *w, cmark_node *place)
	__attribute__((warn_unused_result));

#endif
