/*
 * link_near: what a link that leads nowhere was meant to lead to.
 */
#ifndef SITE_LINK_NEAR_H
#define SITE_LINK_NEAR_H

#include "base/arena.h"
#include "base/text.h"
#include "site/link.h"

/* Of "content/a/b.md": the same name in another folder, or else nearly the
 * same path, as the page would write it; NULL: nothing is near. */
const char *link_near_path(const struct link_page *l, struct arena *a,
	struct text wrong);
/* Of "/a/b/": the nearest address there is, or NULL. */
const char *link_near_url(const struct link_page *l, struct arena *a,
	struct text wrong);

#endif
