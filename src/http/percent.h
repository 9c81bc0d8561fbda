/* percent: percent-encoding (RFC 3986 2.1) undone, for paths and forms. */
#ifndef HTTP_PERCENT_H
#define HTTP_PERCENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/*
 * Decodes t into out, which holds t.len bytes and may be t itself.  A "%"
 * that no two hexadecimal digits follow stands for itself; the result says
 * whether there was none such.
 */
bool percent_decode(struct text t, char *out, size_t *len);

#endif
