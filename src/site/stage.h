/*
 * stage: where new files grow before they are put in their place.
 *
 * In .blankett/stage, so that a build that is killed leaves nothing half-made
 * where it is published: what it leaves, the next one removes.  Where nothing
 * is published yet, the stage as a whole becomes the output directory, and
 * nobody meets half of a site; else each file is moved over the old one.
 */
#ifndef SITE_STAGE_H
#define SITE_STAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/text.h"

struct stage;

/*
 * NULL if files cannot be moved from .blankett/ to `out_dir`, or would have
 * another group there: then nothing is changed.  An `out_dir` that does not
 * exist is an empty directory from now on.
 */
struct stage *stage_open(const char *root, const char *out_dir);

/* Does it become the output directory?  If so its path, else NULL. */
const char *stage_whole(const struct stage *s);

/* Has the output directory this file with these bytes?  Its stamp then. */
bool stage_is_there(const struct stage *s, struct text path,
	struct text bytes, struct arena *scratch, struct fs_stamp *stamp)
	__attribute__((warn_unused_result));

/*
 * Writes a new file, from any thread; `path` is below the output directory,
 * and *number tells it from others.  False if there is one of that path in a
 * stage that moves as a whole, or it cannot be written: then nothing of it is
 * left.
 */
bool stage_put(struct stage *s, struct text path, struct text bytes,
	struct arena *scratch, size_t *number, struct fs_stamp *stamp)
	__attribute__((warn_unused_result));

/* Moves one file to `to`, unless all move at once, and sets its stamp, which
 * that may change. */
bool stage_settle(const struct stage *s, struct arena *scratch,
	struct text path, size_t number, const char *to,
	struct fs_stamp *stamp, struct err *e)
	__attribute__((warn_unused_result));

/* Puts a stage that moves as a whole in its place. */
bool stage_move(struct stage *s, struct err *e)
	__attribute__((warn_unused_result));

/* Removes what was not moved.  NULL is allowed. */
void stage_close(struct stage *s);

#endif
