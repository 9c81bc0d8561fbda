/*
 * history: what git knows of the site's files: when each was first and last
 * committed, and what they held in a commit.
 *
 * The dates are the committer dates that
 *
 *     git log -1 --format=%cI -- FILE
 *     git log --format=%cI --reverse -- FILE     (its first line)
 *
 * give, merges and crooked clocks included.  One walk serves all files: a
 * queue of commits ordered as git orders them, each with the set of files
 * whose simplified history reaches it.  A commit's tree is compared with its
 * parents' by object id, and equal subtrees are never read.
 */
#ifndef SITE_HISTORY_H
#define SITE_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

struct history;

/* A committer date with the zone it was written in. */
struct history_date {
	int64_t utc_s;
	int offset_minutes; /* east of UTC */
};

struct history_dates {
	bool known; /* false: not committed; the rest is empty then */
	struct history_date first;
	struct history_date last;
};

/*
 * Opens the repository that the directory `root` lies in, at `revision`
 * (NULL: HEAD).  Outside git, or before the first commit, *out is NULL and
 * that is no fault, unless a revision was asked for.  A repository of
 * another owner, or a shallow clone, is: the message says what to do.
 */
bool history_open(const char *root, const char *revision,
	struct history **out, struct err *e)
	__attribute__((warn_unused_result));
void history_close(struct history *h); /* NULL is allowed */

/* The dates of `count` files, paths relative to root, into out[count]. */
bool history_dates(struct history *h, const struct text *paths, size_t count,
	struct history_dates *out, struct err *e)
	__attribute__((warn_unused_result));

/*
 * The files below `dir` in the commit, relative to root, sorted by bytes;
 * none if there is no such directory.  A symbolic link or a submodule there
 * is a fault.
 */
bool history_list(struct history *h, struct arena *a, const char *dir,
	struct text **paths, size_t *count, struct err *e)
	__attribute__((warn_unused_result));

/* Is there such a file in the commit? */
bool history_has(struct history *h, const char *path);

/* What a file of the commit holds, with a NUL after it. */
bool history_read(struct history *h, struct arena *a, const char *path,
	size_t max, struct text *out, struct err *e)
	__attribute__((warn_unused_result));

/* "2026-11-22T14:05:09+01:00", as git's %cI writes it. */
struct text history_iso(struct arena *a, struct history_date d);

#endif
