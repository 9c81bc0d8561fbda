/*
 * report: what is not wrong but worth knowing: how pages read, which variants
 * are missing or older than what they translate, and where links lead.
 */
#ifndef SITE_REPORT_H
#define SITE_REPORT_H

#include "site/fault.h"
#include "site/parts.h"

/*
 * Warns of every translated page and form whose source has been committed
 * after it, but of no page whose `reviewed` is today or a later day than that
 * commit's: somebody has read it, and it holds.
 */
void report_outdated(const struct site *s, struct faults *warnings);

#endif
