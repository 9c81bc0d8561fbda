/*
 * stage: a site that is made for the first time is written once.
 *
 * Where nothing is published yet, nobody can meet half of it: each file goes
 * straight into .blankett/stage, which at last becomes the output directory
 * as a whole.  A build that fails leaves neither; what one leaves that is
 * killed, the next removes.
 */
#ifndef SITE_STAGE_H
#define SITE_STAGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/text.h"

struct stage;

/*
 * NULL if `out_dir` exists, is to have other permissions than .blankett/
 * gives, or lies on another file system: then nothing is changed, and bytes
 * wait in a spool.  Else `out_dir` is an empty directory from now on.
 */
struct stage *stage_open(const char *root, const char *out_dir);

/* Where files grow. */
const char *stage_dir(const struct stage *s);

/* Writes the file, from any thread.  False if there is one of that path, or
 * it cannot be written: then nothing of it is left. */
bool stage_put(const struct stage *s, struct text path, struct text bytes,
	struct arena *scratch, struct fs_stamp *stamp)
	__attribute__((warn_unused_result));

/* Puts all that was written in its place. */
bool stage_move(struct stage *s, struct err *e)
	__attribute__((warn_unused_result));

/* Removes what was not moved.  NULL is allowed. */
void stage_close(struct stage *s);

#endif
