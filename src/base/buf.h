/*
 * buf: bytes being produced, with a ceiling given at birth.
 *
 * Past the ceiling a buf drops what it is given and remembers `full`, so a
 * writer appends without checking and asks once at the end.  Running out of
 * memory ends the process.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct buf {
	char *p;    /* NULL until something is put */
	size_t len; /* bytes held */
	size_t cap; /* bytes allocated */
	size_t max; /* ceiling in bytes */
	bool full;  /* something was dropped */
	bool wipe;  /* overwrite memory before giving it back */
};

void buf_init(struct buf *b, size_t max);
/* As buf_init, for plaintext: memory is overwritten when it is outgrown,
 * cleared or released. */
void buf_init_wipe(struct buf *b, size_t max);
void buf_release(struct buf *b);
/* Empties it and forgets `full`, but keeps its memory. */
void buf_clear(struct buf *b);

void buf_put(struct buf *b, const void *bytes, size_t len);
void buf_text(struct buf *b, struct text t);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Makes room for `more` bytes at once; no promise past the ceiling. */
void buf_reserve(struct buf *b, size_t more);

/* What it holds; valid until the next change. */
struct text buf_view(const struct buf *b);

#endif
