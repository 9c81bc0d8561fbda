/*
 * fs: the only place that opens files for writing.
 *
 * Paths from outside go through fs_under; whole files are replaced
 * atomically (temporary in the same directory with O_EXCL, write, fsync,
 * rename, fsync of the directory), so a reader or a power cut meets the old
 * file or the new one, never half of one.  Every message names the path.
 */
#ifndef BASE_FS_H
#define BASE_FS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

/* One name found in a directory. */
struct fs_entry {
	struct text name; /* without the directory; NUL-terminated */
	bool is_dir;
	bool is_link;     /* a symbolic link, wherever it leads */
};

struct fs_list {
	struct fs_entry *items; /* sorted by bytes; on the caller's arena */
	size_t count;
};

/*
 * Reads a regular file of at most max bytes onto the arena, with a NUL after
 * it that is not counted.
 */
bool fs_read(struct arena *a, const char *path, size_t max, struct text *out,
	struct err *e) __attribute__((warn_unused_result));

/*
 * What the file system knows of a file.  Two equal stamps mean that nobody
 * has changed the file between them, provided that the first is older than
 * the clock was then: fs_stamp_is_old.
 */
struct fs_stamp {
	uint64_t device;
	uint64_t inode;
	uint64_t size;
	int64_t modified_ns; /* since 1970, UTC */
	int64_t changed_ns;  /* likewise; nobody can set it */
};

bool fs_stamp_eq(const struct fs_stamp *a, const struct fs_stamp *b);
/* One that no file has. */
struct fs_stamp fs_stamp_never(void);

/* The stamp of a regular file; false if there is none, or it cannot be
 * read. */
bool fs_stamp(const char *path, struct fs_stamp *out)
	__attribute__((warn_unused_result));

/* A directory held open, to look at many files below it. */
struct fs_dir {
	int fd;
};

bool fs_dir_open(const char *path, struct fs_dir *out)
	__attribute__((warn_unused_result));
void fs_dir_close(struct fs_dir *d);
/* As fs_stamp, of a path below it. */
bool fs_dir_stamp(const struct fs_dir *d, const char *path,
	struct fs_stamp *out) __attribute__((warn_unused_result));

/*
 * The clock by which the file system of a directory stamps its files, which
 * moves in steps and need not be this machine's.  Makes a file there and
 * removes it.
 */
bool fs_clock(const char *dir, int64_t *out_ns, struct err *e)
	__attribute__((warn_unused_result));

/* A file stamped earlier than `clock_ns` and changed after it gets another
 * stamp; one changed in the same step of the clock may not. */
bool fs_stamp_is_old(const struct fs_stamp *s, int64_t clock_ns);

/* As fs_read, with the stamp the file had before it was read. */
bool fs_read_stamped(struct arena *a, const char *path, size_t max,
	struct text *out, struct fs_stamp *stamp, struct err *e)
	__attribute__((warn_unused_result));

/* Replaces or creates `path` atomically and durably with these permissions. */
bool fs_replace(const char *path, mode_t mode, struct text bytes,
	struct err *e) __attribute__((warn_unused_result));

/* As fs_replace without the two fsyncs: for output that can be made again. */
bool fs_publish(const char *path, mode_t mode, struct text bytes,
	struct err *e) __attribute__((warn_unused_result));
/* With the stamp the file then has; fs_stamp_never if that cannot be known. */
bool fs_publish_stamped(const char *path, mode_t mode, struct text bytes,
	struct fs_stamp *stamp, struct err *e)
	__attribute__((warn_unused_result));

/* As fs_publish_stamped where there is no file yet, for a directory that
 * nobody can have open: the file grows in its place. */
bool fs_publish_new(const char *path, mode_t mode, struct text bytes,
	struct fs_stamp *stamp, struct err *e)
	__attribute__((warn_unused_result));

/*
 * Makes durable what fs_publish has written on the file system that holds
 * `dir`: one call for many files, where fs_replace has two fsyncs for each.
 */
bool fs_flush(const char *dir, struct err *e)
	__attribute__((warn_unused_result));

/* As fs_replace, but fails with ERR_USAGE if the file exists: for keys. */
bool fs_create(const char *path, mode_t mode, struct text bytes,
	struct err *e) __attribute__((warn_unused_result));

/* Appends and fsyncs; creates the file with `mode` if it is missing. */
bool fs_append(const char *path, mode_t mode, struct text bytes,
	struct err *e) __attribute__((warn_unused_result));

/* A new file without a name, to read and write: it is gone when `*fd` is
 * closed, which the caller does.  On the file system of the directory. */
bool fs_unnamed(const char *dir, int *fd, struct err *e)
	__attribute__((warn_unused_result));

/* Makes the directory and those above it; no fault if it is there. */
bool fs_mkdirs(const char *path, mode_t mode, struct err *e)
	__attribute__((warn_unused_result));

/* Makes a directory, and those above it; `*made` if it was not there. */
bool fs_mkdir(const char *path, mode_t mode, bool *made, struct err *e)
	__attribute__((warn_unused_result));

/* Removes a file; no fault if it is gone already. */
bool fs_remove(const char *path, struct err *e)
	__attribute__((warn_unused_result));
/* Removes a directory if it is empty; leaves it otherwise. */
void fs_remove_empty_dir(const char *path);
/* Removes what is there and all below it; follows no symbolic link. */
bool fs_remove_tree(const char *path, struct err *e)
	__attribute__((warn_unused_result));

/* Are both directories of one file system, owner and group, with the same
 * permissions?  Then the one can take the other's place. */
bool fs_dir_is_like(const char *path, const char *other);
/* Is a file that is made in the one and moved to the other as if it had been
 * made there?  Not where a directory hands its group on. */
bool fs_dir_may_move(const char *from, const char *to);
/* Moves a file over what is there, or a directory to where there is none or
 * an empty one. */
bool fs_move(const char *from, const char *to, struct err *e)
	__attribute__((warn_unused_result));

bool fs_exists(const char *path);
bool fs_is_dir(const char *path);
bool fs_is_link(const char *path); /* a symbolic link, wherever it leads */

/* What stands directly in a directory, without "." and "..", hidden names
 * included. */
bool fs_list(struct arena *a, const char *dir, struct fs_list *out,
	struct err *e) __attribute__((warn_unused_result));

/* "dir/name" on the arena; dir alone if name is empty. */
const char *fs_join(struct arena *a, const char *dir, const char *name);

/*
 * Joins a path from outside to root, refusing the empty path, absolute
 * paths, NUL, "." and ".." parts, and any symbolic link on the way that
 * exists now.
 */
bool fs_under(struct arena *a, const char *root, struct text path,
	const char **out, struct err *e) __attribute__((warn_unused_result));

#endif
