/*
 * dating: what git knows of every page and form, and two files in .blankett/
 * that spare the next build most of it: history (past.h), the dates, and head
 * (head.h), by which it need not even start git.
 */
#ifndef SITE_DATING_H
#define SITE_DATING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "site/parts.h"

/* Opens the source's history, with what is known of it from before. */
bool dating_open(struct site *s, struct arena *a, struct err *e)
	__attribute__((warn_unused_result));

/* Fills s->dates and s->form_dates; what they hold lives on the arena.
 * Outside git it does nothing. */
bool dating_run(struct site *s, struct arena *a, struct err *e)
	__attribute__((warn_unused_result));

/* Keeps what was found for the next build, if that is worth anything.  After
 * worktree_compare. */
bool dating_save(const struct site *s, struct err *e)
	__attribute__((warn_unused_result));

#endif
