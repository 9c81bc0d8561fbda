/*
 * postdata: fields of a posted form, from a bounded body.
 *
 * application/x-www-form-urlencoded by the WHATWG URL standard section 5.1;
 * multipart/form-data by RFC 7578 (a part with a filename is skipped: no
 * file is taken in, and an empty field for one is no fault).  Names and values
 * are decoded bytes on the arena.
 */
#ifndef HTTP_POSTDATA_H
#define HTTP_POSTDATA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "form/submission.h"
#include "http/request.h"

struct postdata {
	struct sent *fields;
	size_t count; /* at most REQUEST_FIELDS_MAX */
};

/*
 * Parses a body by its Content-Type.  ERR_FORMAT: malformed or another
 * type; ERR_LIMIT: more than REQUEST_FIELDS_MAX fields.
 */
bool postdata_parse(struct arena *a, struct text content_type,
	struct text body, struct postdata *out, struct err *e)
	__attribute__((warn_unused_result));

/*
 * Reads the body of a request, of at most `max` bytes, and parses it.
 * Returns 0, or the status to refuse the request with: 400, 408 or 413.
 */
int postdata_read(struct request *rq, size_t max, struct postdata *out)
	__attribute__((warn_unused_result));

/* The first field of that name; empty text if there is none. */
struct text postdata_get(const struct postdata *p, const char *name);

#endif
