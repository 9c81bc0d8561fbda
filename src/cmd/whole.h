/*
 * whole: is a built site all there, and all of one build?
 *
 * A copy that has been broken off, and a build that is on its way, leave new
 * pages beside old ones, or beside their own old packed siblings, which is
 * what nearly everyone is sent.  site.json tells, since it lists every file by
 * its hash.  What it does not list is nobody's fault: an operator may lay a
 * file there, and a site without a site.json is taken as it is.
 */
#ifndef CMD_WHOLE_H
#define CMD_WHOLE_H

#include <stdbool.h>

#include "base/err.h"
#include "intake/pages.h"

/* `dir` is where the pages were loaded from, for messages.  The fault is the
 * first file that is missing or another. */
bool whole_check(const struct pages *p, const char *dir, struct err *e)
	__attribute__((warn_unused_result));

#endif
