/* tests of http/request. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/clock.h"
#include "http/request.h"

enum { FIELDS_MAX = 8 };

struct head_case {
	const char *method;
	const char *target;
	const char *version;
	/* "name: value" lines, each ended by "\n". */
	const char *fields;
	int status;
};

static const struct head_case cases[] = {
	{ "GET", "/", "1.1", "Host: a\n", 0 },
	{ "GET", "/", "1.0", "Host: a\n", 0 },
	{ "GET", "/", "1.2", "Host: a\n", 505 },
	{ "GET", "/", "2", "Host: a\n", 505 },
	{ "PURGE", "/", "1.1", "Host: a\n", 0 },
	{ "G T", "/", "1.1", "Host: a\n", 400 },
	{ "", "/", "1.1", "Host: a\n", 400 },

	/* RFC 9112 3.2: exactly one Host. */
	{ "GET", "/", "1.1", "", 400 },
	{ "GET", "/", "1.0", "", 400 },
	{ "GET", "/", "1.1", "Host: a\nHost: a\n", 400 },
	{ "GET", "/", "1.1", "Host: a\nhost: b\n", 400 },
	{ "GET", "/", "1.1", "Host: \n", 400 },
	{ "GET", "/", "1.1", "Host: a/b\n", 400 },
	{ "GET", "/", "1.1", "Host: u@a\n", 400 },
	{ "GET", "/", "1.1", "Host: a b\n", 400 },
	{ "GET", "/", "1.1", "Host: [::1]:80\n", 0 },

	/* Only origin-form targets. */
	{ "GET", "", "1.1", "Host: a\n", 400 },
	{ "GET", "a", "1.1", "Host: a\n", 400 },
	{ "OPTIONS", "*", "1.1", "Host: a\n", 400 },
	{ "GET", "http://a/", "1.1", "Host: a\n", 400 },
	{ "GET", "/a b", "1.1", "Host: a\n", 400 },
	{ "GET", "/a#b", "1.1", "Host: a\n", 400 },
	{ "GET", "/\xc3\xa5", "1.1", "Host: a\n", 400 },
	{ "GET", "/?a\x7f", "1.1", "Host: a\n", 400 },

	/* RFC 9112 6.3: one length, in digits. */
	{ "POST", "/", "1.1", "Host: a\nContent-Length: 5\n", 0 },
	{ "POST", "/", "1.1", "Host: a\nContent-Length: 0\n", 0 },
	{ "POST", "/", "1.1", "Host: a\n", 411 },
	{ "POST", "/", "1.1",
		"Host: a\nContent-Length: 5\nContent-Length: 5\n", 400 },
	{ "POST", "/", "1.1",
		"Host: a\nContent-Length: 5\ncontent-length: 6\n", 400 },
	{ "POST", "/", "1.1", "Host: a\nContent-Length: 5, 5\n", 400 },
	{ "POST", "/", "1.1", "Host: a\nContent-Length: +5\n", 400 },
	{ "POST", "/", "1.1", "Host: a\nContent-Length: -5\n", 400 },
	{ "POST", "/", "1.1", "Host: a\nContent-Length: 5x\n", 400 },
	{ "POST", "/", "1.1", "Host: a\nContent-Length: 0x5\n", 400 },
	{ "POST", "/", "1.1", "Host: a\nContent-Length: \n", 400 },
	{ "POST", "/", "1.1",
		"Host: a\nContent-Length: 99999999999999999999\n", 400 },
	{ "POST", "/", "1.1",
		"Host: a\nContent-Length: 5\nTransfer-Encoding: chunked\n",
		400 },
	{ "POST", "/", "1.1",
		"Host: a\nTransfer-Encoding: chunked\nContent-Length: 5\n",
		400 },
	{ "POST", "/", "1.1", "Host: a\nTransfer-Encoding: chunked\n", 411 },
	{ "POST", "/", "1.1", "Host: a\nTransfer-Encoding: gzip, chunked\n",
		411 },
	{ "POST", "/", "1.1", "Host: a\nTransfer-Encoding: gzip\n", 501 },
	{ "GET", "/", "1.1", "Host: a\nTransfer-Encoding: chunked\n", 411 },

	{ "POST", "/", "1.1",
		"Host: a\nContent-Length: 1\nExpect: 100-Continue\n", 0 },
	{ "POST", "/", "1.1",
		"Host: a\nContent-Length: 1\nExpect: 200-ok\n", 417 },

	{ "GET", "/", "1.1", "Host: a\nBad name: x\n", 400 },
	{ "GET", "/", "1.1", "Host: a\nX: \x01\n", 400 },
	{ "GET", "/", "1.1", "Host: a\nX: a\rb\n", 400 },
	{ "GET", "/", "1.1", "Host: a\nX: a\tb \xc3\xa5\n", 0 },
};

static size_t
split_fields(const char *lines, struct request_field *fields)
{
	struct text rest = text_of(lines), line;
	size_t n = 0;

	while (text_line(&rest, &line)) {
		size_t colon = text_find(line, ':');

		assert_true(n < FIELDS_MAX);
		fields[n++] = (struct request_field){
			text_sub(line, 0, colon),
			text_from(line, colon + 2) };
	}
	return n;
}

static int
init(struct arena *a, const struct head_case *c, struct request_field *fields,
	struct request *rq)
{
	struct request_head head = {
		.method = text_of(c->method),
		.target = text_of(c->target),
		.version = text_of(c->version),
		.fields = fields,
		.field_count = split_fields(c->fields, fields),
	};

	return request_init(rq, a, &head);
}

static void
a_head_is_taken_or_refused_with_its_status(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct request_field fields[FIELDS_MAX];
		struct request rq;
		struct arena a;
		int status;

		arena_init(&a, false);
		status = init(&a, &cases[i], fields, &rq);
		if (status != cases[i].status)
			fail_msg("case %zu: %s %s %s: %d", i, cases[i].method,
				cases[i].target, cases[i].fields, status);
		arena_release(&a);
	}
}

struct path_case {
	const char *raw;
	const char *path; /* NULL: refused */
};

static const struct path_case paths[] = {
	{ "/", "/" },
	{ "/a/b/", "/a/b/" },
	{ "/s%C3%A5/", "/s\xc3\xa5/" },
	{ "/a%20b", "/a b" },
	{ "/%61", "/a" },
	{ "/a%252e", "/a%2e" }, /* decoded once */
	{ "", NULL },
	{ "a", NULL },
	{ "//a", NULL },
	{ "/a//b", NULL },
	{ "/a/%2Fb", NULL },
	{ "/../a", NULL },
	{ "/a/..", NULL },
	{ "/a/../b", NULL },
	{ "/a/%2e%2E/b", NULL },
	{ "/./a", NULL },
	{ "/a/.", NULL },
	{ "/..a/b..", "/..a/b.." },
	{ "/.env", "/.env" },
	{ "/a%00b", NULL },
	{ "/a%0d%0ab", NULL },
	{ "/a%7f", NULL },
	{ "/a\\b", NULL },
	{ "/a%5cb", NULL },
	{ "/a%", NULL },
	{ "/a%4", NULL },
	{ "/a%4g", NULL },
};

static void
a_path_is_decoded_once_or_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct text path;
		struct arena a;
		bool ok;

		arena_init(&a, false);
		ok = request_path(&a, text_of(paths[i].raw), &path);
		if (ok != (paths[i].path != NULL) ||
			(ok && !text_is(path, paths[i].path)))
			fail_msg("%s", paths[i].raw);
		arena_release(&a);
	}
}

static void
a_request_is_what_its_head_says(void **state)
{
	static const struct head_case c = { "POST", "/a%62/?x=%31", "1.1",
		"Host: a.se\nContent-Length: 7\ncontent-TYPE: text/plain\n"
		"If-None-Match: \"e\"\nX-Y: first\nx-y: second\n"
		"Expect: 100-continue\n", 0 };
	struct request_field fields[FIELDS_MAX];
	struct request rq;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	assert_int_equal(init(&a, &c, fields, &rq), 0);
	assert_int_equal(rq.method, METHOD_POST);
	assert_true(text_is(rq.path, "/ab/"));
	assert_true(text_is(rq.query, "x=%31"));
	assert_true(text_is(rq.host, "a.se"));
	assert_true(text_is(rq.content_type, "text/plain"));
	assert_true(text_is(rq.if_none_match, "\"e\""));
	assert_true(text_is(request_header(&rq, "X-y"), "first"));
	assert_int_equal(request_header(&rq, "X-Z").len, 0);
	assert_int_equal(rq.content_length, 7);
	assert_int_equal(rq.body_left, 7);
	assert_true(rq.keep_alive);
	assert_true(rq.expects_continue);
	arena_release(&a);
}

static void
close_and_old_clients_end_the_connection(void **state)
{
	static const struct head_case closing[] = {
		{ "GET", "/", "1.1", "Host: a\nConnection: close\n", 0 },
		{ "GET", "/", "1.1", "Host: a\nConnection: x, Close\n", 0 },
		{ "GET", "/", "1.0", "Host: a\nConnection: keep-alive\n", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof closing / sizeof *closing; i++) {
		struct request_field fields[FIELDS_MAX];
		struct request rq;
		struct arena a;

		arena_init(&a, false);
		assert_int_equal(init(&a, &closing[i], fields, &rq), 0);
		assert_false(rq.keep_alive);
		arena_release(&a);
	}
}

static void
a_head_over_the_ceiling_is_431(void **state)
{
	static char value[REQUEST_HEADER_MAX];
	struct request_field fields[2] = {
		{ text_of("Host"), text_of("a") },
		{ text_of("X"), { value, sizeof value } },
	};
	struct request_head head = {
		.method = text_of("GET"),
		.target = text_of("/"),
		.version = text_of("1.1"),
		.fields = fields,
		.field_count = 2,
	};
	struct request rq;
	struct arena a;

	(void)state;
	memset(value, 'x', sizeof value);
	arena_init(&a, false);
	assert_int_equal(request_init(&rq, &a, &head), 431);
	fields[1].value.len = 1000;
	assert_int_equal(request_init(&rq, &a, &head), 0);
	arena_release(&a);
}

/* A body that comes in pieces of at most `piece` bytes. */
struct source {
	const char *bytes;
	size_t left;
	size_t piece;
	int continues;
};

static void
source_go_on(void *context)
{
	((struct source *)context)->continues++;
}

static size_t
source_read(void *context, void *to, size_t max)
{
	struct source *s = context;
	size_t n = s->piece < s->left ? s->piece : s->left;

	if (n > max)
		n = max;
	memcpy(to, s->bytes, n);
	s->bytes += n;
	s->left -= n;
	return n;
}

static bool
read_body(struct source *s, int64_t length, size_t max, int64_t deadline_ms,
	struct text *body, struct arena *a, struct err *e)
{
	struct request_source source = { source_go_on, source_read, s };
	struct request rq = {
		.arena = a,
		.source = &source,
		.content_length = length,
		.body_left = length,
		.expects_continue = true,
		.deadline_ms = clock_monotonic_ms() + deadline_ms,
	};

	return request_body(&rq, max, body, e);
}

static void
a_body_is_read_whole_within_its_ceiling(void **state)
{
	struct source s = { "hello world", 11, 3, 0 };
	struct err e = { 0 };
	struct text body;
	struct arena a;

	(void)state;
	arena_init(&a, true);
	assert_true(read_body(&s, 5, 5, 1000, &body, &a, &e));
	assert_true(text_is(body, "hello"));
	assert_int_equal(s.continues, 1);
	assert_int_equal(s.left, 6); /* the next request's */
	assert_true(read_body(&s, 0, 5, 1000, &body, &a, &e));
	assert_int_equal(body.len, 0);
	assert_true(read_body(&s, -1, 5, 1000, &body, &a, &e));
	arena_release(&a);
}

static void
a_body_that_is_long_short_or_late_is_an_error(void **state)
{
	struct source s = { "hello", 5, 5, 0 };
	struct err e = { 0 };
	struct text body;
	struct arena a;

	(void)state;
	arena_init(&a, true);
	assert_false(read_body(&s, 6, 5, 1000, &body, &a, &e));
	assert_int_equal(e.kind, ERR_LIMIT);
	assert_int_equal(s.left, 5); /* nothing was read */
	assert_int_equal(s.continues, 0);
	assert_false(read_body(&s, 6, 6, 1000, &body, &a, &e));
	assert_int_equal(e.kind, ERR_SYSTEM);
	s = (struct source){ "hello", 5, 5, 0 };
	assert_false(read_body(&s, 5, 6, -1, &body, &a, &e));
	assert_int_equal(e.kind, ERR_SYSTEM);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_head_is_taken_or_refused_with_its_status),
		cmocka_unit_test(a_path_is_decoded_once_or_refused),
		cmocka_unit_test(a_request_is_what_its_head_says),
		cmocka_unit_test(close_and_old_clients_end_the_connection),
		cmocka_unit_test(a_head_over_the_ceiling_is_431),
		cmocka_unit_test(a_body_is_read_whole_within_its_ceiling),
		cmocka_unit_test(a_body_that_is_long_short_or_late_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
