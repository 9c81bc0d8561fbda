/*
 * statement: does the accessibility statement have all its parts?
 *
 * Directive (EU) 2016/2102, article 7, with the model statement of decision
 * (EU) 2018/1523, as Swedish law (2018:1937) takes them up: eleven parts,
 * each under a heading of its own (the table in statement.c).  The page is
 * content/tillganglighet*.md, its English too; easy-read is a summary and
 * need not have them.
 */
#ifndef SITE_STATEMENT_H
#define SITE_STATEMENT_H

#include <stdbool.h>

#include "base/err.h"
#include "site/fault.h"
#include "site/page.h"

bool statement_is(const struct page *p);

/* Names what is missing: the first, or with `faults` every one. */
bool statement_check(const struct page *p, struct faults *faults,
	struct err *e) __attribute__((warn_unused_result));

#endif
