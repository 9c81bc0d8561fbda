/*
 * arena: memory that lives and dies with one document or one request.
 *
 * Allocation never fails: when memory is gone the process ends with a line
 * on stderr.  Everything is given back at once by arena_release; an arena
 * opened with `wipe` overwrites every byte it ever handed out first, which
 * is how a request's plaintext leaves memory on every path.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena_block;

struct arena {
	struct arena_block *blocks; /* newest first; NULL when empty */
	bool wipe;                  /* overwrite before giving back */
};

/* An empty arena; nothing is allocated until it is used. */
void arena_init(struct arena *a, bool wipe);
/* Gives back (and, if asked for, overwrites) everything; reusable after. */
void arena_release(struct arena *a);
/* As arena_release, but keeps the newest block for what comes next. */
void arena_clear(struct arena *a);

/* `size` zeroed bytes, aligned for any type; never NULL. */
void *arena_alloc(struct arena *a, size_t size)
	__attribute__((returns_nonnull, malloc));
/* As arena_alloc, but they hold anything: for what is filled at once. */
void *arena_room(struct arena *a, size_t size)
	__attribute__((returns_nonnull, malloc));
/* `count` zeroed elements; ends the process if the product overflows. */
void *arena_array(struct arena *a, size_t count, size_t size)
	__attribute__((returns_nonnull, malloc));

/*
 * A piece of `old` bytes made larger: where it is if it was taken last and
 * there is room, or else as a copy; what is new holds anything.
 */
void *arena_grow(struct arena *a, void *p, size_t old, size_t size)
	__attribute__((returns_nonnull));

/* A copy followed by a NUL byte that len does not count. */
struct text arena_copy(struct arena *a, struct text t);
/* The text as a NUL-terminated string (cut at a NUL inside it). */
const char *arena_string(struct arena *a, struct text t);
/* The texts one after the other; NUL-terminated as arena_copy's. */
struct text arena_join(struct arena *a, const struct text *parts,
	size_t count);
/* Decimal digits, after a "-" if it is negative; likewise. */
struct text arena_int(struct arena *a, int64_t n);
/* printf into the arena; NUL-terminated as arena_copy's. */
struct text arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
