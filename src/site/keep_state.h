/* keep_state: what keep*.c know of the build before, and of this one. */
#ifndef SITE_KEEP_STATE_H
#define SITE_KEEP_STATE_H

#include "base/buf.h"
#include "site/keep.h"

struct keep {
	const char *out_dir;
	struct text program;
	int64_t clock_ns;    /* before anything was read */
	struct memo before;  /* of nothing if there is none */
	size_t before_bytes; /* of its file */
	struct hash globals; /* of this build */
	struct hash dates;
	bool usable;    /* what all pages depend on is as it was */
	bool *intact;   /* by index in before.outputs */
	struct hash *histories; /* by index in the tree */
	bool *wanted;   /* likewise: this body is to be made */
	struct buf memo; /* of this build; empty until it is begun */
};

/* Where a page shown comes from. */
const struct site_origin *keep_origin(const struct site *s,
	const struct tree_page *t);
/* The commit; zeros outside git. */
struct object_id keep_head(const struct site *s);
/* The directory of what is kept. */
const char *keep_place(const struct site *s, struct arena *a);

#endif
