/*
 * finder: the search of a site, made ready beside everything else, so that
 * nobody waits for it but who searches.
 */
#ifndef CMD_FINDER_H
#define CMD_FINDER_H

#include <stdbool.h>

#include "base/err.h"
#include "site/search.h"
#include "site/site.h"

struct finder;

/*
 * The site is borrowed, and nothing may change it from now on.  It is read on
 * a thread of its own, `early` from now, else when somebody first searches: a
 * site that is being written is replaced too often to be read every time.
 */
bool finder_open(struct site *s, bool early, struct finder **out,
	struct err *e) __attribute__((warn_unused_result));
/* Waits until it has been read, if that has begun.  NULL is allowed. */
void finder_close(struct finder *f);

/* The search, waited for at most wait_ms; NULL if it is not ready then, or
 * never will be.  From any thread. */
const struct search *finder_get(struct finder *f, int wait_ms);

#endif
