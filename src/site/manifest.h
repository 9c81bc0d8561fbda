/*
 * manifest: which files of an output directory the build before made.
 *
 *     blankett manifest v1
 *     3f2a…  roller/index.html
 *
 * It lies outside the output, in the site's .blankett/: one for each
 * directory that was built to.  Only files named there are ever removed.
 */
#ifndef SITE_MANIFEST_H
#define SITE_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/hash.h"

enum { MANIFEST_MAX = 64 * 1024 * 1024 };

struct manifest_entry {
	struct text path; /* below the output directory */
	struct hash hash; /* of its bytes; of a sibling, its mark */
};

struct manifest {
	struct manifest_entry *entries; /* by path */
	size_t count;
	bool found; /* there was one */
};

/* Where the manifest for `out_dir` lies, or what else is kept for it under
 * another `name` than "manifest". */
const char *manifest_path(struct arena *a, const char *root,
	const char *out_dir, const char *name);

bool manifest_read(struct arena *a, const char *path, struct manifest *out,
	struct err *e) __attribute__((warn_unused_result));

bool manifest_write(struct arena *a, const char *path,
	const struct manifest_entry *entries, size_t count, struct err *e)
	__attribute__((warn_unused_result));

/* NULL if the path is not in it. */
const struct manifest_entry *manifest_find(const struct manifest *m,
	struct text path);

#endif
