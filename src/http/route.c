/* route: finds the handler for a method and a path in a table. */
#include "http/route.h"

#include <string.h>

#include "base/banned.h"

static bool
pattern_matches(const char *pattern, struct text path)
{
	size_t n = strlen(pattern);

	return n > 0 && pattern[n - 1] == '*' && path.len >= n - 1 &&
		memcmp(path.p, pattern, n - 1) == 0;
}

static bool
stands_exactly(const struct route *row, struct text path)
{
	while (row->path && !text_is(path, row->path))
		row++;
	return row->path != NULL;
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
	bool exact = stands_exactly(r->table, rq->path);
	unsigned methods = 0;

	for (const struct route *row = r->table; row->path; row++) {
		if (exact ? !text_is(rq->path, row->path)
			  : !pattern_matches(row->path, rq->path))
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
