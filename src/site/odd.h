/* odd: what is no fault on a page, but seldom meant. */
#ifndef SITE_ODD_H
#define SITE_ODD_H

#include "site/parts.h"

/*
 * Adds warnings of rendered pages: a heading that skips a level, two pages
 * side by side with one title, a review in days to come, a version that
 * outlives its Swedish page, an easy-read page without the page that it makes
 * easy; of these and of forms: what was meant as a link and is none.
 */
void odd_warn(struct site *s, struct faults *warnings);

#endif
