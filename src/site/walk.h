/*
 * walk: from a graph of commits to the commits that changed each file.
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
 *
 * Where an earlier answer is at hand, a file whose walk comes to that
 * answer's commit, and waits nowhere else, goes on as it did then: the rest
 * is taken from the answer.
 */
#ifndef SITE_WALK_H
#define SITE_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "site/history.h"

enum { WALK_PATH_MAX = 4096, WALK_DEPTH_MAX = 64 };

struct walk_commit {
	struct history_date date; /* of the committer */
	struct text subject;      /* on the arena given */
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

/* An earlier answer. */
struct walk_before {
	const struct object_id *head; /* NULL: there is none */
	/* By index in the paths asked for; NULL: not known then. */
	const struct history_dates *const *files;
};

/* The commits of paths in the history of `head`, on the arena; paths are
 * relative to the tree's root. */
bool walk_dates(const struct walk_source *s, struct arena *a,
	const struct object_id *head, const struct walk_before *before,
	const struct text *paths, size_t count, struct history_dates *out,
	struct err *e) __attribute__((warn_unused_result));

#endif
