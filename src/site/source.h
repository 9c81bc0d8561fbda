/*
 * source: where the site's files are read from: the work tree, or a commit.
 *
 * Paths are relative to the site's root and are written as messages show
 * them: "content/roller.md".
 */
#ifndef SITE_SOURCE_H
#define SITE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "site/history.h"

struct source {
	struct arena *arena;
	const char *root;
	/* NULL outside git and before the first commit. */
	struct history *history;
	bool at_commit; /* files are read from history's commit */
};

/* The arena must outlive the source. */
bool source_open(struct arena *a, const char *root, const char *revision,
	struct source *out, struct err *e) __attribute__((warn_unused_result));
void source_close(struct source *s);

/* Is this path read?  Names that begin with "." or end in "~", what editors
 * and git leave behind, are passed over, and so is all below them. */
bool source_takes(struct text path);

/*
 * Every file below `dir` that source_takes, sorted by bytes; none if there is
 * no such directory.  A symbolic link is a fault.
 */
bool source_list(struct source *s, const char *dir, struct text **paths,
	size_t *count, struct err *e) __attribute__((warn_unused_result));

bool source_has(struct source *s, const char *path);

/* No part of the path is a symbolic link: for what source_list has not
 * listed. */
bool source_plain(struct source *s, const char *path, struct err *e)
	__attribute__((warn_unused_result));

bool source_read(struct source *s, const char *path, size_t max,
	struct text *out, struct err *e) __attribute__((warn_unused_result));

#endif
