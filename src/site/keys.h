/*
 * keys: a YAML map read against the table of keys it may have.
 *
 * keys_check finds what is wrong, with file and line; after it the getters
 * cannot fail: a key that is absent or empty gives the empty text, 0, false
 * or the date of year 0.
 */
#ifndef SITE_KEYS_H
#define SITE_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "base/value.h"
#include "site/fault.h"

enum { KEYS_MAX = 40, KEY_NUMBER_MAX = 100000, KEY_MONTHS_MAX = 1200,
	KEY_LINE_MAX = 2000 /* bytes */, KEY_LINES_MAX = 1000 };

enum key_kind {
	KEY_LINE,   /* text without line breaks, at most KEY_LINE_MAX */
	KEY_TEXT,
	KEY_BOOL,   /* true or false */
	KEY_NUMBER, /* whole, within KEY_NUMBER_MAX on both sides of 0 */
	KEY_DATE,   /* YYYY-MM-DD */
	KEY_MONTHS, /* "12 months", "1 year" */
	KEY_LINES,  /* one line or a list of at most KEY_LINES_MAX */
	KEY_MAP     /* a map that its owner checks */
};

struct key {
	const char *name; /* NULL ends a table */
	enum key_kind kind;
};

/* Has the map only keys of the table, each of its kind?  `path` names the
 * file in the message. */
bool keys_check(const char *path, const struct value *map,
	const struct key *table, struct err *e)
	__attribute__((warn_unused_result));
/* The same, with every fault. */
void keys_check_all(const char *path, const struct value *map,
	const struct key *table, struct faults *faults);

struct text keys_text(const struct value *map, const char *name);
bool keys_bool(const struct value *map, const char *name, bool absent);
int keys_number(const struct value *map, const char *name, int absent);
struct date keys_date(const struct value *map, const char *name);
int keys_months(const struct value *map, const char *name);
/* The lines under a key, an array on the arena. */
struct text *keys_lines(struct arena *a, const struct value *map,
	const char *name, size_t *count);
/* The lines of the file that its `count` lines stand on. */
int *keys_wheres(struct arena *a, const struct value *map, const char *name,
	size_t count);
/* The line a key stands on; `absent` if it is not there. */
int keys_where(const struct value *map, const char *name, int absent);

#endif
