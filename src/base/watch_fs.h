/*
 * watch_fs: tells when something below some directories changes (inotify).
 *
 * What is told of: a file written and closed, put in place by a rename, or
 * removed; a directory that comes or goes, at any depth.  Names that begin
 * with "." or end in "~" are editors' own and are passed over.  A file that is
 * still open for writing is not told of until it is closed.
 */
#ifndef BASE_WATCH_FS_H
#define BASE_WATCH_FS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct watch_fs;

/*
 * Watches root/NAME for each of the names, which are directories; one that is
 * not there yet is watched when it comes.  ERR_SYSTEM names what to raise when
 * the kernel allows no more watches.
 */
bool watch_fs_open(const char *root, const char *const names[], size_t count,
	struct watch_fs **out, struct err *e)
	__attribute__((warn_unused_result));
void watch_fs_close(struct watch_fs *w); /* NULL is allowed */

/* Readable when watch_fs_read has something to read; for poll. */
int watch_fs_fd(const struct watch_fs *w);

/*
 * Reads what has happened, until nothing has for quiet_ms (at most some
 * seconds): an editor saves in several steps, and a checkout writes many
 * files.  *changed says whether any of it is told of.
 */
bool watch_fs_read(struct watch_fs *w, int quiet_ms, bool *changed,
	struct err *e) __attribute__((warn_unused_result));

#endif
