/* percent: percent-encoding (RFC 3986 2.1) of paths, and undone, also of
 * forms. */
#ifndef HTTP_PERCENT_H
#define HTTP_PERCENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"

/*
 * Decodes t into out, which holds t.len bytes and may be t itself.  A "%"
 * that no two hexadecimal digits follow stands for itself; the result says
 * whether there was none such.
 */
bool percent_decode(struct text t, char *out, size_t *len);

/* A path as it stands in an address: all but "/" and what RFC 3986 3.3 lets a
 * part of a path hold as it is. */
struct text percent_encode(struct arena *a, struct text path);

#endif
