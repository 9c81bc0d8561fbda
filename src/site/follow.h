/*
 * follow: faults that only follow from another one.
 *
 * In a check, a form that cannot be read is left out, and then everything
 * that leads to it is at fault too: pages, links, its translations.  None of
 * that is wrong once the form is mended, so only the form's own fault is told.
 */
#ifndef SITE_FOLLOW_H
#define SITE_FOLLOW_H

#include <stdbool.h>

#include "base/err.h"
#include "site/parts.h"

/* Takes such lines out of s->faults. */
bool follow_drop(struct site *s, struct err *e)
	__attribute__((warn_unused_result));

#endif
