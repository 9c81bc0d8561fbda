/*
 * history_git: what stands behind struct history, for history*.c: nothing
 * else knows that git is libgit2.
 */
#ifndef SITE_HISTORY_GIT_H
#define SITE_HISTORY_GIT_H

#include <git2.h>
#include <git2/sys/repository.h>

#include "site/history.h"

struct history {
	git_repository *repo;
	git_commit *commit;
	struct arena arena;
	const char *prefix; /* of root in the repository: "", "site/" */
	git_index *index;  /* NULL: not looked into yet */
	int64_t index_ns;  /* when it was written */
	/* The directory that was looked into last: a file's neighbours are
	 * asked for next, and a large tree takes long to read. */
	git_tree *near;
	struct text near_path; /* in the repository; "" is its root */
};

/* Says what failed, and git's reason; false. */
bool history_fail(struct err *e, const char *what);

#endif
