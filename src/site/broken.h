/* broken: the rest of what is wrong with pages that could not be read. */
#ifndef SITE_BROKEN_H
#define SITE_BROKEN_H

#include "site/parts.h"

/*
 * Of a site loaded with keep_going, which left out each page with a fault
 * before its body after that one fault: adds its others, those of its body
 * too, to s->faults.  Whether its links lead to headings is not asked.
 */
bool broken_check(struct site *s, struct err *e)
	__attribute__((warn_unused_result));

#endif
