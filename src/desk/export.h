/*
 * export: opened cases as files for other programs and for people.
 *
 *   jsonl   one map of casefile_line a line: the lossless form
 *   csv     one table a form, its columns the questions that were answered
 *   html    one file to read and print, by the theme's export template
 *
 * With a directory: cases.jsonl, FORM.csv or cases.html in it, 0600, and
 * attached files under files/REFERENCE/.  Without: to a stream, and no
 * attachments.
 */
#ifndef DESK_EXPORT_H
#define DESK_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "desk/casefile.h"
#include "desk/store.h"
#include "seal/keyring.h"
#include "view/theme.h"

enum { EXPORT_MAX = 1024 * 1024 * 1024 /* bytes of one file */ };

enum export_format { EXPORT_JSONL, EXPORT_CSV, EXPORT_HTML };

struct export {
	struct store *store;
	const struct keyring *ring;
	enum export_format format;
	struct store_case *const *cases; /* which, in this order */
	size_t case_count;
	const char *dir;      /* NULL: to the stream */
	FILE *stream;
	char separator;       /* csv: between cells */
	const struct theme *theme; /* html only */
	/* What was done. */
	size_t written;
	size_t refused;       /* did not open; the rest is written */
	struct err fault;     /* of the first of them */
};

bool export_run(struct export *x, struct err *e)
	__attribute__((warn_unused_result));

/* The formats: export_jsonl.c, export_csv.c, export_html.c. */
bool export_jsonl(struct export *x, struct err *e)
	__attribute__((warn_unused_result));
bool export_csv(struct export *x, struct err *e)
	__attribute__((warn_unused_result));
bool export_html(struct export *x, struct err *e)
	__attribute__((warn_unused_result));

/* What the formats share. */

/*
 * Opens a case onto `a`.  *opened is false, and the case counted as refused,
 * if it is there but does not open; the call fails only if it cannot be
 * read.
 */
bool export_open(struct export *x, const struct store_case *c,
	struct arena *a, struct casefile *file, bool *opened, struct err *e)
	__attribute__((warn_unused_result));
/* Writes the attachments, if there is a directory; *paths is NULL if not. */
bool export_files(struct export *x, const struct store_case *c,
	struct arena *a, const struct casefile *file, struct text **paths,
	struct err *e) __attribute__((warn_unused_result));
/* Writes a whole file in the directory, or to the stream. */
bool export_put(struct export *x, const char *name, const struct buf *b,
	struct err *e) __attribute__((warn_unused_result));

#endif
