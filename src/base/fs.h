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

/* Replaces or creates `path` atomically and durably with these permissions. */
bool fs_replace(const char *path, mode_t mode, struct text bytes,
	struct err *e) __attribute__((warn_unused_result));

/* As fs_replace without the two fsyncs: for output that can be made again. */
bool fs_publish(const char *path, mode_t mode, struct text bytes,
	struct err *e) __attribute__((warn_unused_result));

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

/* Makes the directory and those above it; no fault if it is there. */
bool fs_mkdirs(const char *path, mode_t mode, struct err *e)
	__attribute__((warn_unused_result));

/* Removes a file; no fault if it is gone already. */
bool fs_remove(const char *path, struct err *e)
	__attribute__((warn_unused_result));
/* Removes a directory if it is empty; leaves it otherwise. */
void fs_remove_empty_dir(const char *path);

bool fs_exists(const char *path);
bool fs_is_dir(const char *path);
bool fs_is_link(const char *path); /* a symbolic link, wherever it leads */
/* Modification time, seconds UTC; 0 if there is no such file. */
int64_t fs_modified_s(const char *path);

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
