/*
 * head: which commit git's HEAD was, and by what one sees that it still is,
 * kept in .blankett/ so that the next build need not start git to be told the
 * same again.
 *
 *     "blankett head 1\n"
 *     root       text: the site's directory, from the file system's root
 *     commit     20 bytes
 *     prefix     text: where root lies in the work tree: "", "site/"
 *     files      count, then each: path, stamp
 *     compared   32 bytes: the hash of the files that were compared with
 *                the commit, and of their stamps
 *     changed    text: one of them that was not as the commit has it
 *     hash       32 bytes, of all before
 *
 * Numbers and texts are as base/pack.h has them.  The files are those that
 * git reads to find HEAD, and those that would make it look elsewhere, which
 * are not there: their stamp is zeros.  It is only ever a shortcut: where a
 * byte is wrong it counts as missing.
 */
#ifndef SITE_HEAD_H
#define SITE_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/text.h"
#include "seal/hash.h"
#include "site/history.h"

enum { HEAD_MAX = 64 * 1024 };

struct head_file {
	struct text path; /* from the file system's root */
	struct fs_stamp stamp;
};

struct head {
	struct text root;
	struct object_id commit;
	struct text prefix;
	struct head_file *files;
	size_t count;
	struct hash compared;
	struct text changed; /* empty: none */
};

/* Texts point into `bytes`.  False: this is none, whole and unharmed. */
bool head_parse(struct arena *a, struct text bytes, struct head *out)
	__attribute__((warn_unused_result));
void head_put(struct buf *b, const struct head *h);

/* Is HEAD, for the site in this directory, the commit it was? */
bool head_stands(const struct head *h, const char *root)
	__attribute__((warn_unused_result));

#endif
