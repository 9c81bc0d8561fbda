/*
 * items: a plain Markdown list as titles and texts, for drawings.
 *
 *     1. **Utreda** – Handläggaren tar reda på vad du behöver.
 *     - [own] **Kontaktpersonen** Fritid och sällskap.
 *     - Bostad
 *
 *       Personal där du bor.
 *
 * An item's title is what its line begins with in bold, or else the whole
 * line; the rest is its text, indented lines after it too.  A dash, colon or
 * full stop between the two is dropped.
 */
#ifndef SITE_ITEMS_H
#define SITE_ITEMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

struct item {
	struct text title; /* inline Markdown */
	struct text body;  /* Markdown; may be empty */
	bool own;          /* began with "[own]" */
	int line;          /* in the file */
};

/* Takes a list apart.  `path` and `line` (of source's first line) stand in
 * the message when it is none. */
bool items_parse(struct arena *a, const char *path, int line,
	struct text source, struct item **items, size_t *count, struct err *e)
	__attribute__((warn_unused_result));

#endif
