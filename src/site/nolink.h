/* nolink: what somebody meant as a link, and Markdown takes for text. */
#ifndef SITE_NOLINK_H
#define SITE_NOLINK_H

#include "base/text.h"
#include "site/fault.h"

/*
 * Adds a warning for each place in a page's or a form's file that has the
 * signs of a link, and an address, but is none (CommonMark 6.3): with blanks
 * in the address, without a ")", with a blank before "(", or with the two
 * kinds of brackets changed.  Code is left alone.  `path` lives as long as
 * the warnings.
 */
void nolink_warn(struct text path, struct text source,
	struct faults *warnings);

#endif
