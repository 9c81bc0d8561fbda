/*
 * media: what a file of the built site is on the web, by its path: its media
 * type, as what it is sent, and for how long it may be kept.
 *
 * One table for blankett serve and for the file that build writes for nginx.
 */
#ifndef HTTP_MEDIA_H
#define HTTP_MEDIA_H

#include <stdbool.h>

#include "base/text.h"
#include "http/response.h"

/* Where files lie whose names hold their hash. */
#define MEDIA_ASSETS "/assets/"

/* Cache-Control of an asset, and of all else. */
extern const char media_cache_asset[];
extern const char media_cache_page[];

struct media {
	const char *suffix;  /* ".css"; the last row's is empty: all others */
	const char *type;
	enum response_as as; /* of an asset; elsewhere all are pages */
};

extern const struct media media_table[];

/* Is the file with this path, "/assets/style.0123.css", an asset? */
bool media_is_asset(struct text path);

/* Makes rs what is sent for a page or file with this path; its bytes are not
 * known yet. */
void media_describe(struct text path, struct response *rs);

#endif
