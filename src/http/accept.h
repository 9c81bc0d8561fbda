/*
 * accept: which of the codings at hand a client takes best (RFC 9110
 * 12.5.3).
 *
 * No header, an empty one and one that refuses everything at hand get
 * identity: a page that can be read is better than 406 (12.4.1 allows it).
 */
#ifndef HTTP_ACCEPT_H
#define HTTP_ACCEPT_H

#include <stdbool.h>

#include "base/text.h"

/* Among those a client takes as gladly, the first; identity is the last. */
enum accept_coding { ACCEPT_BR, ACCEPT_GZIP, ACCEPT_IDENTITY, ACCEPT_CODINGS };

/* As it stands in Content-Encoding: "br". */
const char *accept_name(enum accept_coding coding);

/* What the name of a file ends with that lies packed so beside another:
 * ".br"; empty for identity. */
const char *accept_suffix(enum accept_coding coding);
/* Is this the name of such a file? */
bool accept_is_packed(struct text name);

/* `header` is Accept-Encoding's value; identity is always at hand. */
enum accept_coding accept_best(struct text header,
	const bool at_hand[ACCEPT_CODINGS]);

#endif
