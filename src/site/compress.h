/*
 * compress: text packed with Brotli (RFC 7932) or gzip (RFC 1952).
 *
 * The same bytes come out of the same bytes: nothing of time, name or
 * machine stands in them.
 *
 * Two efforts.  Measured on the shipped pages: Brotli 5 leaves 28.3 % at
 * 21 MB/s, 9 leaves 28.1 % at 1.3 MB/s, 11 leaves 25.5 % at 0.5 MB/s; gzip 6
 * leaves 30.3 % at 33 MB/s, as does 9 at 29 MB/s.  So pages, of which there
 * are many, are packed by 5 and 6; what every page loads, and the booklet, by
 * 11 and 9.
 */
#ifndef SITE_COMPRESS_H
#define SITE_COMPRESS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/accept.h"

/* What the server can send, by the same numbers. */
enum compress_coding {
	COMPRESS_BR = ACCEPT_BR,
	COMPRESS_GZ = ACCEPT_GZIP,
	COMPRESS_CODINGS
};

/* Packs `bytes`, hard if `best`; false if that would not be smaller. */
bool compress_pack(struct arena *a, enum compress_coding coding, bool best,
	struct text bytes, struct text *out)
	__attribute__((warn_unused_result));

/* Is `packed` these bytes, packed by whoever?  Brotli is unpacked to know it;
 * gzip says it of itself, in its checksum and length. */
bool compress_holds(enum compress_coding coding, struct text packed,
	struct text bytes) __attribute__((warn_unused_result));

/* The libraries and levels as one line: other bytes may come of another. */
struct text compress_about(struct arena *a);

#endif
