/* drafts: tells which pages are left out since they are drafts. */
#ifndef CMD_DRAFTS_H
#define CMD_DRAFTS_H

#include "site/site.h"

/* One line on standard output, "2 drafts left out: content/a.md, ...", or
 * nothing if the site has none, or was read with them. */
void drafts_print(const struct site *s, const struct site_options *o);

#endif
