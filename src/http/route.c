/* route: finds the handler for a method and a path in a table. */
#include "http/route.h"

#include <string.h>

#include "base/banned.h"

static bool
path_matches(const char *pattern, struct text path)
{
	size_t n = strlen(pattern);

	if (n > 0 && pattern[n - 1] == '*')
		return path.len >= n - 1 &&
			memcmp(path.p, pattern, n - 1) == 0;
	return text_is(path, pattern);
}

static bool
method_matches(const struct route *r, enum method m)
{
	if (m == METHOD_GET || m == METHOD_HEAD)
		return r->get;
	return m == METHOD_POST && r->post;
}

void
route_dispatch(const struct routes *r, void *context, struct request *rq,
	struct response *rs)
{
	/* Indexed by get + 2 * post. */
	static const char *const allow[] = {
		NULL, "GET, HEAD", "POST", "GET, HEAD, POST"
	};
	unsigned methods = 0;

	for (const struct route *row = r->table; row->path; row++) {
		if (!path_matches(row->path, rq->path))
			continue;
		if (method_matches(row, rq->method)) {
			row->handle(context, rq, rs);
			return;
		}
		methods |= (row->get ? 1u : 0u) | (row->post ? 2u : 0u);
	}
	if (methods == 0) {
		r->not_found(context, rq, rs);
		return;
	}
	r->not_allowed(context, rq, rs);
	if (rs->status == 405)
		response_add(rs, "Allow", text_of(allow[methods]));
}
