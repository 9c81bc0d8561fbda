/* tests of http/response. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "http/response.h"

enum { HEAD_MAX = 8192 };

static void
make(const struct response *rs, size_t len, char *out)
{
	struct buf b;

	buf_init(&b, HEAD_MAX);
	response_head(&b, rs, len);
	assert_false(b.full);
	assert_true(b.len < HEAD_MAX);
	memcpy(out, b.p, b.len);
	out[b.len] = '\0';
	buf_release(&b);
}

/* Lines of every page, and how they begin. */
static const char *const always[] = {
	"\r\nContent-Security-Policy: default-src 'none'; style-src 'self'; ",
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
	"require-trusted-types-for 'script'; trusted-types 'none'\r\n",
	"\r\nX-Content-Type-Options: nosniff\r\n",
	"\r\nReferrer-Policy: no-referrer\r\n",
	"\r\nPermissions-Policy: camera=(), ",
	"\r\nCross-Origin-Opener-Policy: same-origin\r\n",
	"\r\nCross-Origin-Resource-Policy: same-origin\r\n",
	"\r\nX-Frame-Options: DENY\r\n",
	"\r\nCache-Control: no-store\r\n",
};

static void
every_status_carries_the_strict_headers(void **state)
{
	static const int statuses[] = { 200, 304, 400, 404, 422, 503 };
	char head[HEAD_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		struct response rs;
		char line[64];

		response_init(&rs);
		rs.status = statuses[i];
		make(&rs, 0, head);
		(void)snprintf(line, sizeof line, "HTTP/1.1 %d ", statuses[i]);
		assert_ptr_equal(strstr(head, line), head);
		for (size_t k = 0; k < sizeof always / sizeof *always; k++)
			assert_non_null(strstr(head, always[k]));
		assert_null(strstr(head, "unsafe"));
		assert_null(strstr(head, "Server"));
		assert_string_equal(head + strlen(head) - 4, "\r\n\r\n");
	}
}

/* What the head of each kind says, one letter a header. */
static void
what_is_no_page_gets_what_is_heeded_there(void **state)
{
	static const struct {
		enum response_as as;
		const char *names;
	} cases[] = {
		{ RESPONSE_PAGE, "CXRPOSF" },
		{ RESPONSE_PICTURE, "CXS" },
		{ RESPONSE_PART, "XS" },
	};
	static const struct {
		char letter;
		const char *begins;
	} lines[] = {
		{ 'C', "\r\nContent-Security-Policy: " },
		{ 'X', "\r\nX-Content-Type-Options: " },
		{ 'R', "\r\nReferrer-Policy: " },
		{ 'P', "\r\nPermissions-Policy: " },
		{ 'O', "\r\nCross-Origin-Opener-Policy: " },
		{ 'S', "\r\nCross-Origin-Resource-Policy: same-origin" },
		{ 'F', "\r\nX-Frame-Options: " },
	};
	char head[HEAD_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct response rs;

		response_init(&rs);
		rs.as = cases[i].as;
		make(&rs, 0, head);
		/* A picture may not even load a style sheet. */
		assert_int_equal(strstr(head, "style-src") != NULL,
			cases[i].as == RESPONSE_PAGE);
		for (size_t k = 0; k < sizeof lines / sizeof *lines; k++)
			assert_int_equal(strstr(head, lines[k].begins) != NULL,
				strchr(cases[i].names, lines[k].letter) !=
					NULL);
	}
}

static void
a_body_has_type_and_length(void **state)
{
	struct response rs;
	char head[HEAD_MAX];

	(void)state;
	response_init(&rs);
	rs.content_type = "text/html; charset=utf-8";
	rs.cache = "no-cache";
	response_add(&rs, "ETag", text_of("\"x\""));
	make(&rs, 1234, head);
	assert_non_null(strstr(head,
		"\r\nContent-Type: text/html; charset=utf-8\r\n"));
	assert_non_null(strstr(head, "\r\nContent-Length: 1234\r\n"));
	assert_non_null(strstr(head, "\r\nCache-Control: no-cache\r\n"));
	assert_non_null(strstr(head, "\r\nETag: \"x\"\r\n"));
}

static void
not_modified_has_neither(void **state)
{
	struct response rs;
	char head[HEAD_MAX];

	(void)state;
	response_init(&rs);
	rs.status = 304;
	rs.content_type = "text/html";
	make(&rs, 0, head);
	assert_null(strstr(head, "Content-Length"));
	assert_null(strstr(head, "Content-Type:"));
}

static void
a_header_with_a_line_break_is_dropped(void **state)
{
	static const struct text evil[] = {
		{ "/a\r\nSet-Cookie: x=1", 19 },
		{ "/a\nX: y", 7 },
		{ "/a\rX: y", 7 },
		{ "/a\0b", 4 },
	};
	char head[HEAD_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof evil / sizeof *evil; i++) {
		struct response rs;

		response_init(&rs);
		response_add(&rs, "Location", evil[i]);
		make(&rs, 0, head);
		assert_null(strstr(head, "Location"));
	}
}

static void
headers_past_the_ceiling_are_dropped(void **state)
{
	struct response rs;

	(void)state;
	response_init(&rs);
	for (int i = 0; i < RESPONSE_HEADERS_MAX + 3; i++)
		response_add(&rs, "X", text_of("y"));
	assert_int_equal(rs.extra_count, RESPONSE_HEADERS_MAX);
}

static void
scripts_run_only_where_they_are_let(void **state)
{
	char out[HEAD_MAX];
	struct response rs;

	(void)state;
	response_init(&rs);
	make(&rs, 0, out);
	assert_null(strstr(out, "script-src"));
	rs.scripts = true;
	make(&rs, 0, out);
	assert_non_null(strstr(out, "trusted-types 'none'; "
		"script-src 'self'\r\n"));
	assert_null(strstr(out, "unsafe"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_status_carries_the_strict_headers),
		cmocka_unit_test(what_is_no_page_gets_what_is_heeded_there),
		cmocka_unit_test(a_body_has_type_and_length),
		cmocka_unit_test(not_modified_has_neither),
		cmocka_unit_test(a_header_with_a_line_break_is_dropped),
		cmocka_unit_test(headers_past_the_ceiling_are_dropped),
		cmocka_unit_test(scripts_run_only_where_they_are_let),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
