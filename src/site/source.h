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
#include "base/fs.h"
#include "base/text.h"
#include "seal/hash.h"
#include "site/history.h"

struct source {
	struct arena *arena;
	const char *root;
	const char *revision;
	/* NULL outside git and before the first commit. */
	struct history *history;
	bool at_commit; /* files are read from history's commit */
	/* Over every answer that source_list, source_has and source_read have
	 * given, and what source_saw was told: equal when two builds have been
	 * told the same. */
	struct hash seen;
};

/* The work tree, or with `revision` (NULL: none) a commit, whose files can be
 * read once its history is open.  The arena must outlive the source. */
bool source_open(struct arena *a, const char *root, const char *revision,
	struct source *out, struct err *e) __attribute__((warn_unused_result));
/* As history_open.  Takes some ten milliseconds if git must be started; the
 * work tree may be read meanwhile. */
bool source_open_history(struct source *s, const struct head *known,
	struct err *e)
	__attribute__((warn_unused_result));
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
bool source_plain(const struct source *s, struct arena *a, const char *path,
	struct err *e)
	__attribute__((warn_unused_result));

bool source_read(struct source *s, const char *path, size_t max,
	struct text *out, struct err *e) __attribute__((warn_unused_result));

/*
 * For files that are read by several threads, or not at all: as source_read
 * on another arena, but nothing is seen.  From a commit only one thread may
 * read at a time.  The stamp is of before; zeros in a commit.
 */
bool source_read_unseen(const struct source *s, struct arena *a,
	const char *path, size_t max, struct text *out,
	struct fs_stamp *stamp, struct err *e)
	__attribute__((warn_unused_result));
/* As source_list on another arena, but nothing is seen. */
bool source_list_unseen(const struct source *s, struct arena *a,
	const char *dir, struct text **paths, size_t *count, struct err *e)
	__attribute__((warn_unused_result));
/* The stamp of a file in the work tree; false if there is none. */
bool source_stamp(const struct source *s, struct arena *a, const char *path,
	struct fs_stamp *out) __attribute__((warn_unused_result));
/* Adds to what has been seen. */
void source_saw(struct source *s, struct text path, struct text what);

#endif
