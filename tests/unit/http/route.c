/* tests of http/route. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "http/route.h"

static void
answer_1(void *context, struct request *rq, struct response *rs)
{
	(void)rq;
	(void)rs;
	*(int *)context = 1;
}

static void
answer_2(void *context, struct request *rq, struct response *rs)
{
	(void)rq;
	(void)rs;
	*(int *)context = 2;
}

static void
answer_3(void *context, struct request *rq, struct response *rs)
{
	(void)rq;
	(void)rs;
	*(int *)context = 3;
}

static void
not_found(void *context, struct request *rq, struct response *rs)
{
	(void)rq;
	rs->status = 404;
	*(int *)context = 404;
}

static void
not_allowed(void *context, struct request *rq, struct response *rs)
{
	(void)rq;
	rs->status = 405;
	*(int *)context = 405;
}

static const struct route table[] = {
	{ "/exact", true, true, answer_1 },
	{ "/form/*", false, true, answer_2 },
	{ "/form/*", true, false, answer_3 },
	{ "/post", false, true, answer_2 },
	{ "/form/exact", false, true, answer_1 },
	{ NULL, false, false, NULL }
};

struct route_case {
	enum method method;
	const char *path;
	int want;
	const char *allow;
};

static const struct route_case cases[] = {
	{ METHOD_GET, "/exact", 1, NULL },
	{ METHOD_HEAD, "/exact", 1, NULL },
	{ METHOD_POST, "/exact", 1, NULL },
	{ METHOD_GET, "/exact/", 404, NULL },
	{ METHOD_GET, "/exac", 404, NULL },
	{ METHOD_GET, "/EXACT", 404, NULL },
	{ METHOD_POST, "/form/a", 2, NULL },
	{ METHOD_POST, "/form/exact", 1, NULL },
	{ METHOD_GET, "/form/exact", 405, "POST" },
	{ METHOD_GET, "/form/a", 3, NULL },
	{ METHOD_GET, "/form/", 3, NULL },
	{ METHOD_GET, "/form", 404, NULL },
	{ METHOD_GET, "/post", 405, "POST" },
	{ METHOD_OTHER, "/exact", 405, "GET, HEAD, POST" },
	{ METHOD_OPTIONS, "/form/a", 405, "GET, HEAD, POST" },
	{ METHOD_OTHER, "/nothing", 404, NULL },
};

static void
a_request_meets_its_row_or_is_refused(void **state)
{
	const struct routes routes = { table, not_found, not_allowed };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct request rq = {
			.method = cases[i].method,
			.path = text_of(cases[i].path),
		};
		struct response rs;
		int got = 0;

		response_init(&rs);
		route_dispatch(&routes, &got, &rq, &rs);
		assert_int_equal(got, cases[i].want);
		assert_int_equal(rs.extra_count, cases[i].allow ? 1 : 0);
		if (cases[i].allow) {
			assert_string_equal(rs.extra[0].name, "Allow");
			assert_true(text_is(rs.extra[0].value,
				cases[i].allow));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_meets_its_row_or_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
