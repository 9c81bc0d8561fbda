/*
 * page_pack: a page without its text, packed for the next build.
 *
 * Everything in struct page but body and body_line.  Adding a field there?
 * Also add it here: the test compares a page that has every key.
 */
#ifndef SITE_PAGE_PACK_H
#define SITE_PAGE_PACK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "site/page.h"

/* Appends p as page_parse left it. */
void page_pack(struct buf *b, const struct page *p);

/* Texts point into `packed`; the rest lives on the arena; the body has no
 * address.  False if the bytes are not a page's. */
bool page_unpack(struct arena *a, struct text packed, struct page *out)
	__attribute__((warn_unused_result));

#endif
