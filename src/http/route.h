/*
 * route: which handler answers which method and path: one table, readable
 * as the attack surface of the server.
 */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include <stdbool.h>

#include "http/request.h"
#include "http/response.h"

struct route {
	/* "/exact" or, ending in "*", every path that begins so. */
	const char *path;
	bool get;  /* GET and HEAD */
	bool post;
	void (*handle)(void *context, struct request *rq, struct response *rs);
};

/*
 * Runs the first route whose path matches.  A known path with another
 * method is answered 405 with Allow, through `not_allowed`; no match calls
 * `not_found`.  The table ends with a NULL path.
 */
struct routes {
	const struct route *table;
	void (*not_found)(void *context, struct request *rq,
		struct response *rs);
	void (*not_allowed)(void *context, struct request *rq,
		struct response *rs);
};

void route_dispatch(const struct routes *r, void *context, struct request *rq,
	struct response *rs);

#endif
