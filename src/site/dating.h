/*
 * dating: what git knows of every page and form, and the file in .blankett/
 * that spares the next build most of the walk.
 */
#ifndef SITE_DATING_H
#define SITE_DATING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "site/parts.h"

/* Fills s->dates and s->form_dates; what they hold lives on the arena.
 * Outside git it does nothing. */
bool dating_run(struct site *s, struct arena *a, struct err *e)
	__attribute__((warn_unused_result));

/* Keeps what was found for the next build, if that is worth anything. */
bool dating_save(const struct site *s, struct err *e)
	__attribute__((warn_unused_result));

#endif
