/*
 * history: what git knows of the site's files: the commits that changed each,
 * and what they held in a commit.
 *
 * A file's commits and dates are those that
 *
 *     git log --format='%cI %s' -- FILE
 *
 * gives, merges and crooked clocks included.  One walk serves all files: a
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
#include "base/fs.h"
#include "base/text.h"

struct head;
struct history;
struct past;

enum {
	OBJECT_ID_BYTES = 20,
	HISTORY_KEPT = 100,   /* commits remembered of each file */
	HISTORY_SUBJECT = 160 /* characters of a subject */
};

struct object_id {
	unsigned char bytes[OBJECT_ID_BYTES];
};

/* A committer date with the zone it was written in. */
struct history_date {
	int64_t utc_s;
	int offset_minutes; /* east of UTC */
};

struct history_commit {
	struct object_id id;
	struct history_date date;
	struct text subject; /* one line, safe to show; may be empty */
};

/* What git knows of one file. */
struct history_dates {
	bool known; /* false: not committed; the rest is empty then */
	struct history_date first;
	struct history_date last;
	size_t count; /* commits that changed it */
	/* The latest of them, the newest first; at most HISTORY_KEPT. */
	const struct history_commit **latest;
	size_t latest_count;
};

/*
 * Opens the repository that the directory `root` lies in, at `revision`
 * (NULL: HEAD).  Outside git, or before the first commit, *out is NULL and
 * that is no fault, unless a revision was asked for.  A repository of
 * another owner, or a shallow clone, is: the message says what to do.
 *
 * With `known` (head.h; may be NULL; must outlive the history), an earlier
 * answer, and HEAD still as that says, git itself is first started when it
 * is asked for something that is not known.
 */
bool history_open(const char *root, const char *revision,
	const struct head *known, struct history **out, struct err *e)
	__attribute__((warn_unused_result));
void history_close(struct history *h); /* NULL is allowed */

/* What the next history_open may know, without what was compared; it is h's.
 * NULL if there is no telling by files. */
const struct head *history_known_by(const struct history *h);

/*
 * What git knows of `count` files, paths relative to root, into out[count],
 * on the arena.  With `before` (past.h; may be NULL), an earlier answer, only
 * commits since then are walked, and the answer is the same.
 */
bool history_dates(struct history *h, struct arena *a,
	const struct past *before, const struct text *paths, size_t count,
	struct history_dates *out, struct err *e)
	__attribute__((warn_unused_result));

/* The commit that history_open found, and where root lies in the
 * repository's work tree: "" or "site/". */
struct object_id history_head(const struct history *h);
struct text history_prefix(const struct history *h);

/* ---- of a history that was opened at a revision ------------------------ */

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

/* ---- of any ------------------------------------------------------------ */

/* A file of the work tree. */
struct history_file {
	struct text path;      /* relative to root */
	struct fs_stamp stamp; /* when it was read; zeros: as it is now */
};

/*
 * Of the files below a directory, the first by path that the commit and the
 * work tree do not have alike; empty if there is none.  `files` is what the
 * work tree has there, sorted; what the commit has counts if `takes` it.
 * Bytes are compared, or not even they: git's index tells of most files that
 * nobody has changed them since.
 */
bool history_differs(struct history *h, const char *dir,
	const struct history_file *files, size_t count,
	bool (*takes)(struct text), struct text *first, struct err *e)
	__attribute__((warn_unused_result));
/* Is one file not as the commit has it?  For a few: their bytes are read. */
bool history_file_differs(struct history *h, const struct history_file *f,
	bool *differs, struct err *e) __attribute__((warn_unused_result));

/*
 * The first paragraph of a commit's message on one line, with what could
 * fool the eye made visible and cut to HISTORY_SUBJECT characters.
 */
struct text history_subject(struct arena *a, struct text message);

#endif
