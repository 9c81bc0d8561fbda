/*
 * past: what git knew of the site's files at an earlier build, kept so that
 * the next one walks only the commits since then.
 *
 *     blankett history v1
 *     head 3f2a…
 *     root site/
 *     commit 0b1c… 1700000000 60 Rättar numret
 *     file 2 2 1690000000 120 0 7 content/roller.md
 *     hash 9d41…
 *
 * A commit's line is its id, time, zone in minutes and subject; commits are
 * numbered in that order, from 0.  A file's is how many commits changed it
 * and how many are listed, the time and zone of the first, the numbers of
 * those listed, and its path.  The last line is the hash of all before it.
 * It is only ever a shortcut: where a byte is wrong it counts as missing.
 */
#ifndef SITE_PAST_H
#define SITE_PAST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "site/history.h"

enum { PAST_MAX = 256 * 1024 * 1024 };

struct past {
	struct object_id head;
	struct text prefix;        /* history_prefix */
	const struct text *paths;  /* sorted by bytes */
	const struct history_dates *files;
	size_t count;
};

/* False: this is none, whole and unharmed. */
bool past_parse(struct arena *a, struct text bytes, struct past *out)
	__attribute__((warn_unused_result));
void past_put(struct buf *b, const struct past *p);

/* NULL if the file was not asked for then. */
const struct history_dates *past_find(const struct past *p, struct text path);

#endif
