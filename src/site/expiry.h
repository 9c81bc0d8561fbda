/*
 * expiry: which addresses an older build may have that are not to be shown.
 *
 * A page with an expire date takes its aliases and the large versions of its
 * diagrams with it; a draft should never have been there.  site.h has what
 * others ask: site_is_over, site_draft.
 */
#ifndef SITE_EXPIRY_H
#define SITE_EXPIRY_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/text.h"

struct site;

/* One address, as it is served: "/gammal/", not "/gammal". */
struct expiry {
	struct text url;
	struct date day; /* from which it is not shown */
	bool is_page;    /* has diagrams beside it */
};

/* Fills in s->expiries, by address: of the pages shown on the site's day, and
 * of those that expired before it, unless something else stands there now. */
void expiry_find(struct site *s);

#endif
