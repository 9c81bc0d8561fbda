/* formcheck: what check says of forms beyond each one by itself. */
#ifndef SITE_FORMCHECK_H
#define SITE_FORMCHECK_H

#include "site/parts.h"

/*
 * Two forms whose references begin alike are a fault, which goes to
 * s->faults; what people should be told of a form and are not, and a role
 * that looks like another's, are warnings.
 */
bool formcheck(struct site *s, struct faults *warnings, struct err *e)
	__attribute__((warn_unused_result));

#endif
