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
 * The first route whose path and method match is run; a path that stands in
 * the table itself is not matched by a pattern too.  If some path matched but
 * no method did, `not_allowed` answers, and a 405 gets the Allow header
 * of all routes with that path; no match calls `not_found`.  The table ends
 * with a NULL path.
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
