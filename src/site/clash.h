/*
 * clash: two that want one address, told where an editor can mend it.
 */
#ifndef SITE_CLASH_H
#define SITE_CLASH_H

#include <stdbool.h>

#include "base/err.h"
#include "site/site.h"

/*
 * Says that one of two outputs cannot be: both have one path, or `b` is a
 * file where `a` needs a directory.  If one is a page's alias it is that one,
 * with the line it stands on.  Returns false, as err_set does.
 */
bool clash_tell(struct site *s, const struct output *a, const struct output *b,
	struct err *e);

#endif
