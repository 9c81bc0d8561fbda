/*
 * compare: which of some files differ between two trees.
 *
 * Subtrees with equal ids, and those without any of the files, are never
 * read.
 */
#ifndef SITE_COMPARE_H
#define SITE_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "site/walk.h"

struct compare {
	const struct walk_source *source;
	const struct text *paths; /* sorted by bytes */
	size_t count;
	uint64_t *changed; /* a bit for each path, in 64-bit words */
	char path[WALK_PATH_MAX]; /* where the comparison is */
};

/* Sets the bits of c->changed for the files that differ and clears the
 * others; NULL is the empty tree. */
bool compare_trees(struct compare *c, const struct object_id *before,
	const struct object_id *after, struct err *e)
	__attribute__((warn_unused_result));

bool object_id_eq(const struct object_id *a, const struct object_id *b);

#endif
