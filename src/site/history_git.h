/*
 * history_git: what stands behind struct history, for history*.c: nothing
 * else knows that git is libgit2.
 */
#ifndef SITE_HISTORY_GIT_H
#define SITE_HISTORY_GIT_H

#include "site/git.h"
#include "site/history.h"

struct history {
	struct git git;
	bool started; /* libgit2 is */
	git_repository *repo;
	git_commit *commit;
	struct arena arena;
	const char *root;
	const char *prefix; /* of root in the repository: "", "site/" */
	struct object_id head;
	const struct head *known; /* history_known_by's */
	git_index *index;  /* NULL: not looked into yet */
	int64_t index_ns;  /* when it was written */
	/* The directory that was looked into last: a file's neighbours are
	 * asked for next, and a large tree takes long to read. */
	git_tree *near;
	struct text near_path; /* in the repository; "" is its root */
};

/* Must have returned true before anything is asked of repo or commit. */
bool history_start(struct history *h, struct err *e)
	__attribute__((warn_unused_result));

/* False: neither root nor any directory above it is or has a repository. */
bool history_may_be_above(const char *root);

/* What history_known_by is to be, but its commit, of an open repository; on
 * h's arena.  NULL if there is no telling. */
struct head *history_note_head(struct history *h);

/* Says what failed, and git's reason; false. */
bool history_fail(const struct history *h, const char *what, struct err *e);

#endif
