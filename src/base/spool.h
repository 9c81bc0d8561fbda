/*
 * spool: bytes that wait on disk, not in memory, until they are wanted.
 *
 * A file without a name: whatever ends the process, nothing of it is left.
 * Nothing is synced, and what is short-lived mostly never reaches the disk.
 */
#ifndef BASE_SPOOL_H
#define BASE_SPOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

struct spool;

/* Makes an empty one on the file system of `dir`, a directory. */
bool spool_open(const char *dir, struct spool **out, struct err *e)
	__attribute__((warn_unused_result));
void spool_close(struct spool *s); /* NULL is allowed */

/* Keeps a copy; `at` is where.  From any thread. */
bool spool_put(struct spool *s, struct text bytes, size_t *at, struct err *e)
	__attribute__((warn_unused_result));

/* The `len` bytes kept at `at`, with a NUL after them that is not counted.
 * From any thread. */
bool spool_get(const struct spool *s, struct arena *a, size_t at, size_t len,
	struct text *out, struct err *e) __attribute__((warn_unused_result));

#endif
