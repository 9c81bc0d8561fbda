/*
 * template_node: a parsed template, between template_parse.c,
 * template_minify.c and template.c; for no other file.
 */
#ifndef VIEW_TEMPLATE_NODE_H
#define VIEW_TEMPLATE_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum template_kind {
	TEMPLATE_TEXT,     /* written as it stands */
	TEMPLATE_ESCAPED,  /* {{name}} */
	TEMPLATE_RAW,      /* {{{name}}} {{&name}} */
	TEMPLATE_SECTION,  /* {{#name}} */
	TEMPLATE_INVERTED, /* {{^name}} */
	TEMPLATE_PARTIAL,  /* {{>name}} */
	TEMPLATE_PARENT,   /* {{<name}}; its children are blocks only */
	TEMPLATE_BLOCK     /* {{$name}} */
};

struct template_node {
	enum template_kind kind;
	int line;           /* where its tag opens, from 1 */
	struct text text;   /* TEXT: what to write; else the name as written */
	struct text *keys;  /* the name cut at its dots; none for "." */
	size_t key_count;
	bool local;         /* ".name": looked up in the innermost item only */
	bool dynamic;       /* the partial's name is what keys lead to */
	bool standalone;    /* PARTIAL, PARENT: alone on its line */
	struct text indent; /* PARTIAL, PARENT, BLOCK: put before each line */
	struct text newline; /* BLOCK: ends its last line if nothing else does */
	struct template_node *first; /* child */
	struct template_node *next;  /* sibling */
};

struct template {
	const char *name; /* in messages */
	struct template_node *first;
};

#endif
