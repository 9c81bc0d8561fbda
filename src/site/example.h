/* example: what `blankett new` wrote, and somebody is to write. */
#ifndef SITE_EXAMPLE_H
#define SITE_EXAMPLE_H

#include "site/parts.h"

/*
 * For a build: fails if an example is left on a page, unless it is a draft.
 * An open form with one is refused by form_parse.
 */
bool example_refuse(const struct site *s, struct arena *a,
	const struct page *p, struct err *e)
	 __attribute__((warn_unused_result));

/*
 * For a check: each example left on a page that is no draft, shown today or
 * not, and in an open form is a fault, which goes to s->faults.  A closed
 * form with examples is warned of.
 */
bool example_check(struct site *s, struct faults *warnings, struct err *e)
	__attribute__((warn_unused_result));

#endif
