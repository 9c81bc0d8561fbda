/*
 * walk: from a graph of commits to the first and last commit of each file.
 *
 * This is `git log -- FILE` with its default history simplification, for
 * many files in one walk and without a git library: where commits and trees
 * come from is the caller's matter (history.c).
 *
 * A commit is listed for a file if the file differs from what it was in
 * every parent.  The walk goes on only to the first parent in which the file
 * is the same, if there is one, and to all parents otherwise.  Commits are
 * taken in order of committer date, the newest first, and among equals in
 * the order in which they were found.
 */
#ifndef SITE_WALK_H
#define SITE_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "site/history.h"

enum { OBJECT_ID_BYTES = 20, WALK_PATH_MAX = 4096, WALK_DEPTH_MAX = 64 };

struct object_id {
	unsigned char bytes[OBJECT_ID_BYTES];
};

struct walk_commit {
	struct history_date date; /* of the committer */
	struct object_id tree;
	struct object_id *parents; /* on the arena given */
	size_t parent_count;
};

/* A tree object as git stores it: "MODE NAME\0" and 20 bytes, repeated. */
struct walk_tree {
	struct text raw;
	void *handle; /* of its owner */
};

struct walk_source {
	bool (*commit)(void *context, struct arena *a,
		const struct object_id *id, struct walk_commit *out,
		struct err *e);
	bool (*tree)(void *context, const struct object_id *id,
		struct walk_tree *out, struct err *e);
	void (*tree_done)(void *context, struct walk_tree *tree);
	void *context;
};

/* One entry of a tree. */
struct walk_entry {
	struct text mode; /* "100644", "40000" */
	struct text name;
	struct object_id id;
};

/* Takes the next entry off *raw; false at the end or where it is broken
 * (then raw->len is not 0). */
bool walk_entry(struct text *raw, struct walk_entry *out);
bool walk_entry_is_tree(const struct walk_entry *entry);

/* Dates of paths in the history of `head`; paths relative to its root. */
bool walk_dates(const struct walk_source *s, const struct object_id *head,
	const struct text *paths, size_t count, struct history_dates *out,
	struct err *e) __attribute__((warn_unused_result));

#endif
