/*
 * nginx: what a web server has to be told when the pages of information lie
 * on it and forms are received elsewhere (site.yaml's intake-url).
 *
 * The file is for the inside of a `server` block.  It sends the headers that
 * blankett serve sends, with the intake's origin in the policy; lets assets
 * be kept for ever, since their names hold their hash; sends what lies
 * packed beside a page; and sends whoever comes for a form to the intake,
 * with what they posted (307).
 */
#ifndef SITE_NGINX_H
#define SITE_NGINX_H

#include "base/buf.h"
#include "base/text.h"

/* Appends the file; `intake_url` is an origin that config.c has checked. */
void nginx_put(struct buf *out, struct text intake_url);

#endif
