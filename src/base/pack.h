/*
 * pack: numbers and texts in a row of bytes, and back.
 *
 * Numbers are little-endian and of fixed width.  A text is its length (4
 * bytes), its bytes and a NUL, so that what is read back can be used where
 * it lies.  Reading is bounded: what goes past the end, or lacks its NUL,
 * gives zeros and empty texts and is remembered as `bad`, asked once.
 */
#ifndef BASE_PACK_H
#define BASE_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/text.h"

void pack_u8(struct buf *b, uint8_t n);
void pack_u32(struct buf *b, uint32_t n);
void pack_u64(struct buf *b, uint64_t n);
/* At most 4 GB. */
void pack_text(struct buf *b, struct text t);
/* How many, and each of them. */
void pack_texts(struct buf *b, const struct text *items, size_t count);
void pack_stamp(struct buf *b, const struct fs_stamp *s);

/* What an empty text takes, and any stamp. */
enum { PACK_TEXT_LEAST = 5, PACK_STAMP_BYTES = 5 * 8 };

struct unpack {
	struct text rest;
	bool bad;
};

uint8_t unpack_u8(struct unpack *u);
uint32_t unpack_u32(struct unpack *u);
uint64_t unpack_u64(struct unpack *u);
/* Points into what is being read; NUL-terminated. */
struct text unpack_text(struct unpack *u);
/* `len` bytes as they are; NULL when bad. */
const void *unpack_bytes(struct unpack *u, size_t len);
/* The same into a place of that size, which stays as it is when bad. */
void unpack_into(struct unpack *u, void *out, size_t len);
struct fs_stamp unpack_stamp(struct unpack *u);
/* How many things follow that take at least `least` bytes each: a number
 * that there is no room for is bad, so memory is never asked for in vain. */
size_t unpack_count(struct unpack *u, size_t least);

/* The list lies on the arena; NULL if there are none. */
struct text *unpack_texts(struct unpack *u, struct arena *a, size_t *count);

/* All of it was read, and nothing was wrong. */
bool unpack_ended(const struct unpack *u);

#endif
