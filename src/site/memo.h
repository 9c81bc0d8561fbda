/*
 * memo: what a build knew of each page and each output, kept in .blankett/
 * so that the next one makes only what has changed (site/keep.h).
 *
 *     "blankett memo 1\n"
 *     program    text: the program that wrote it
 *     globals    32 bytes: the hash of what every page depends on
 *     dates      32 bytes: the hash of what git knew of all files
 *     head       20 bytes: the commit; zeros outside git
 *     pages      count, then each: path, stamp, front matter (page_pack),
 *                shown 0 or 1; and if shown
 *                    what git knew of it, 32 bytes; ids of its headings;
 *                    links to headings: page, line, id, as written;
 *                    paths of its large diagrams
 *     outputs    count, then each: path, hash, stamp; and of .br and .gz a
 *                byte, 1 if it is listed, then its mark and stamp
 *     hash       32 bytes, of all before
 *
 * Numbers and texts are as base/pack.h has them; pages and outputs are
 * sorted by path, none twice.  It is only ever a shortcut: where a byte is
 * wrong it counts as missing.
 */
#ifndef SITE_MEMO_H
#define SITE_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/text.h"
#include "seal/hash.h"
#include "site/compress.h"
#include "site/history.h"

enum { MEMO_MAX = 512 * 1024 * 1024 };

/* A link to a heading. */
struct memo_anchor {
	uint32_t to;  /* index of the page in the tree */
	uint32_t line;
	struct text id;
	struct text written;
};

struct memo_page {
	struct text path;
	struct fs_stamp stamp;
	struct text front; /* packed */
	bool shown;        /* the rest is empty if not */
	struct hash history;
	struct text *ids;
	size_t id_count;
	struct memo_anchor *anchors;
	size_t anchor_count;
	struct text *sheets; /* below the output directory */
	size_t sheet_count;
};

/* A .br or .gz beside an output (site/sibling.h). */
struct memo_sibling {
	bool listed; /* it is looked after, whether it is there or not */
	struct hash mark;
	struct fs_stamp stamp; /* zeros: it is not to be there */
};

struct memo_output {
	struct text path; /* below the output directory */
	struct hash hash;
	struct fs_stamp stamp;
	struct memo_sibling siblings[COMPRESS_CODINGS];
};

struct memo {
	struct text program;
	struct hash globals;
	struct hash dates;
	struct object_id head;
	struct memo_page *pages;
	size_t page_count;
	struct memo_output *outputs;
	size_t output_count;
};

/* Texts point into `bytes`.  False: this is none, whole and unharmed. */
bool memo_parse(struct arena *a, struct text bytes, struct memo *out)
	__attribute__((warn_unused_result));
/* All before the outputs; then the outputs, after which it is whole. */
void memo_put_pages(struct buf *b, const struct memo *m);
void memo_put_outputs(struct buf *b, const struct memo *m);

/* NULL if there is none of that path. */
const struct memo_page *memo_page(const struct memo *m, struct text path);
const struct memo_output *memo_output(const struct memo *m,
	struct text path);
/* The same, looking first after the last that was found, *near; for paths
 * that come more or less in order.  Begin with 0. */
const struct memo_output *memo_output_near(const struct memo *m,
	struct text path, size_t *near);

#endif
