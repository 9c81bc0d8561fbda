/*
 * describe: fills site.json in from the site that was built, and signs it.
 *
 * The signature, site.note, is a note (seal/note.h) by the publishing key:
 *
 *     blankett site v1
 *     commit: 3f2a…
 *     date: 2026-11-22
 *     site.json: 9d41…
 *
 * with the plain BLAKE2b-256 of site.json.
 */
#ifndef SITE_DESCRIBE_H
#define SITE_DESCRIBE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "site/site.h"
#include "site/sitejson.h"

enum { DESCRIBE_OUTPUTS_MAX = 2 };

/*
 * Makes the description of these files, of which path, source and hash are
 * given; commit and expiry are filled in and the order becomes that of
 * paths.  Asks whether the work tree is as the commit has it (worktree.h) if
 * nobody has yet.
 */
bool describe(struct site *s, struct arena *a,
	struct sitejson_file *files, size_t count, struct sitejson *out,
	struct err *e) __attribute__((warn_unused_result));

/*
 * describe, as outputs: site.json and, with a publishing key, site.note.
 * Refuses to sign what no commit can be named for.
 */
bool describe_outputs(struct site *s, struct arena *a,
	struct sitejson_file *files, size_t count,
	struct output out[DESCRIBE_OUTPUTS_MAX], size_t *n, struct err *e)
	__attribute__((warn_unused_result));

#endif
