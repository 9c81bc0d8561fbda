/*
 * sibling: the ready-made .br and .gz beside an output, for web servers that
 * send them as they are (nginx: gzip_static, brotli_static; blankett serve).
 *
 * A sibling is made when its output or the compressor has changed and when
 * it is not what the build before left, and at no other time.  Its line in
 * the manifest holds a mark: the hash of the output's hash, the compressor
 * and the sibling's own bytes.  A sibling that would not be smaller is
 * listed, marked as one of no bytes, and does not exist.
 */
#ifndef SITE_SIBLING_H
#define SITE_SIBLING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "site/compress.h"
#include "site/manifest.h"
#include "site/memo.h"
#include "site/site.h"

enum { SIBLING_MIN = 512 /* bytes; less goes in one packet anyhow */ };

/* Does this output get siblings: is it text, and long enough? */
bool sibling_is_for(const struct output *o);
/* Is this the name of a sibling? */
bool sibling_is(struct text path);
struct text sibling_path(struct arena *a, struct text path,
	enum compress_coding coding);

/*
 * Removes what the build before left beside an output that is about to be
 * another: a build that is broken off must not leave a page of today beside
 * one of yesterday packed, which is what visitors would be sent.
 */
bool sibling_remove(struct arena *scratch, const char *dir,
	const struct output *o, const struct manifest *before, struct err *e)
	__attribute__((warn_unused_result));

/* Is what the build before left for this output, in the directory `dir`, as
 * it should be?  Then sets its mark and stamp.  `about` is compress_about's. */
bool sibling_is_kept(struct arena *scratch, const char *dir,
	struct text about, const struct output *o, enum compress_coding coding,
	const struct manifest *before, struct memo_sibling *out)
	__attribute__((warn_unused_result));

/* What a sibling is to hold, on the arena, and its mark; empty: there is to
 * be none. */
struct text sibling_make(struct arena *a, struct text about,
	const struct output *o, enum compress_coding coding,
	struct memo_sibling *out);

#endif
