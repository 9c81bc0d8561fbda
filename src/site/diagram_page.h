/* diagram_page: the diagrams of a page, and their large versions. */
#ifndef SITE_DIAGRAM_PAGE_H
#define SITE_DIAGRAM_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"
#include "base/value.h"

struct body;

/* A large version: a file of its own beside its page. */
struct diagram_sheet {
	const char *kind;
	struct text url; /* "/roller/steg.svg"; the next one steg-2.svg */
	struct text bytes;
};

/* Those of one page; zero it to begin. */
struct diagram_sheets {
	struct diagram_sheet *items; /* on the body's arena */
	size_t count;
	size_t cap;
};

/* Is a file of this name a large version: "steg.svg", "natverk-2.svg"? */
bool diagram_is_sheet(struct text name);

/*
 * Adds to a list's `data` (title and items of themes/DATA.md) what shows it
 * as a diagram of that kind, "steps" or "network": id, drawing, large and pdf.
 * A theme that lacks components/KIND-svg has drawing null, one without
 * components/KIND-large has large null.
 */
bool diagram_put(struct body *b, struct text kind, struct value *data,
	struct err *e) __attribute__((warn_unused_result));

#endif
