/* worktree: is what the site was read from as the commit has it? */
#ifndef SITE_WORKTREE_H
#define SITE_WORKTREE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "site/parts.h"

/*
 * Sets s->compared, s->changed to a file of content/, forms/ or a theme of
 * the site's that is not as the commit has it (empty: there is none; the first
 * there is, unless a page just edited is one), and s->compared_by to what that rests on.  Git is asked unless it has said
 * so of the same files before (head.h).  Takes a while: it may be done while
 * pages are rendered.  Only in a site with a history that is not read from a
 * commit.
 */
bool worktree_compare(struct site *s, struct arena *a, struct err *e)
	__attribute__((warn_unused_result));

#endif
