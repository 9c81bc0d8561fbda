/* tests of http/postdata. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "http/postdata.h"

#define URLENCODED "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data; boundary=b"

struct post_case {
	const char *type;
	const char *body;
	const char *fields; /* "name=value|" each; NULL: refused */
};

static const struct post_case cases[] = {
	{ URLENCODED, "", "" },
	{ URLENCODED, "a=1", "a=1|" },
	{ URLENCODED, "a=1&b=2&a=3", "a=1|b=2|a=3|" },
	{ URLENCODED, "a", "a=|" },
	{ URLENCODED, "a=", "a=|" },
	{ URLENCODED, "=1&&a=b=c", "a=b=c|" },
	{ URLENCODED, "a+b=c+d%2B", "a b=c d+|" },
	{ URLENCODED, "n%C3%A4=%c3%a5%0D%0A", "n\xc3\xa4=\xc3\xa5\r\n|" },
	{ URLENCODED, "a=100%&b=%4&c=%zz", "a=100%|b=%4|c=%zz|" },
	{ URLENCODED, "a=%26%3D", "a=&=|" },
	{ URLENCODED "; charset=UTF-8", "a=1", "a=1|" },
	{ "Application/X-WWW-Form-URLencoded ; x", "a=1", "a=1|" },

	{ "", "a=1", NULL },
	{ "text/plain", "a=1", NULL },
	{ "application/json", "{}", NULL },
	{ "application/x-www-form-urlencodedx", "a=1", NULL },

	{ MULTIPART, "--b--", "" },
	{ MULTIPART, "--b--\r\n", "" },
	{ MULTIPART, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
		"\r\n1\r\n--b--\r\n", "a=1|" },
	{ MULTIPART, "--b\r\ncontent-disposition:form-data;name=a\r\n"
		"\r\n\r\n--b--\r\n", "a=|" },
	{ MULTIPART, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
		"Content-Type: text/plain\r\n\r\n1\r\n2\r\n--b\r\n"
		"Content-Disposition: form-data; name=\"b\"\r\n\r\n"
		"--b\r\n--bx\r\n\r\n--b--", NULL },
	{ MULTIPART, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
		"Content-Type: text/plain\r\n\r\n1\r\n2\r\n--b\r\n"
		"Content-Disposition: form-data; name=\"b\"\r\n\r\n"
		"-- b\r\n-\r\n--b--", "a=1\r\n2|b=-- b\r\n-|" },
	{ "multipart/form-data; boundary=\"b\"", "--b--", "" },
	{ "Multipart/Form-Data;x=y;Boundary=b", "--b--", "" },
	{ MULTIPART, "--b\r\nContent-Disposition: form-data; name=\"a\\\"b\"\r\n"
		"\r\n1\r\n--b--\r\n", "a\"b=1|" },

	/* Parts that carry a file are skipped. */
	{ MULTIPART, "--b\r\nContent-Disposition: form-data; name=\"f\"; "
		"filename=\"\"\r\nContent-Type: application/octet-stream\r\n"
		"\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
		"\r\n1\r\n--b--\r\n", "a=1|" },
	{ MULTIPART, "--b\r\nContent-Disposition: form-data; name=\"f\"; "
		"filename*=UTF-8''x\r\n\r\n1\r\n--b--\r\n", "" },

	{ "multipart/form-data", "--b--", NULL },
	{ "multipart/form-data; boundary=", "--b--", NULL },
	{ "multipart/form-data; boundary=\"\"", "----", NULL },
	{ "multipart/form-data; boundary=b; boundary=c", "--b--", NULL },
	{ "multipart/form-data; boundary=b x", "--b--", NULL },
	{ "multipart/form-data; boundary=\"b", "--b--", NULL },
	{ MULTIPART, "", NULL },
	{ MULTIPART, "--b", NULL },
	{ MULTIPART, "--b-", NULL },
	{ MULTIPART, "--b--x", NULL },
	{ MULTIPART, "--b--\r\nx", NULL },
	{ MULTIPART, "preamble\r\n--b--", NULL },
	{ MULTIPART, "--c--", NULL },
	{ MULTIPART, "--b\r\n\r\n1\r\n--b--", NULL },
	{ MULTIPART, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
		"\r\n1\r\n", NULL },
	{ MULTIPART, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
		"\r\n1--b--", NULL },
	{ MULTIPART, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n",
		NULL },
	{ MULTIPART, "--b\r\nContent-Disposition: form-data; name=\"a\r\n"
		"\r\n1\r\n--b--", NULL },
	{ MULTIPART, "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--",
		NULL },
	{ MULTIPART, "--b\r\nContent-Disposition: form-data; name=\"\"\r\n"
		"\r\n1\r\n--b--", NULL },
	{ MULTIPART, "--b\r\nContent-Disposition: form-data; name=a; name=b\r\n"
		"\r\n1\r\n--b--", NULL },
	{ MULTIPART, "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n"
		"\r\n1\r\n--b--", NULL },
	{ MULTIPART, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
		"Content-Disposition: form-data; name=\"b\"\r\n"
		"\r\n1\r\n--b--", NULL },
	{ MULTIPART, "--b\r\nno colon\r\nContent-Disposition: form-data; "
		"name=a\r\n\r\n1\r\n--b--", NULL },
	{ MULTIPART, "--b \r\nContent-Disposition: form-data; name=\"a\"\r\n"
		"\r\n1\r\n--b--", NULL },
	{ MULTIPART, "--b\nContent-Disposition: form-data; name=\"a\"\n\n1\n"
		"--b--", NULL },
};

static void
join(const struct postdata *p, struct buf *out)
{
	for (size_t i = 0; i < p->count; i++) {
		buf_text(out, p->fields[i].name);
		buf_char(out, '=');
		buf_text(out, p->fields[i].value);
		buf_char(out, '|');
	}
}

static void
a_body_gives_its_fields_or_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct postdata p;
		struct err e = { 0 };
		struct arena a;
		struct buf got;
		bool ok;

		arena_init(&a, true);
		buf_init(&got, 10000);
		ok = postdata_parse(&a, text_of(cases[i].type),
			text_of(cases[i].body), &p, &e);
		if (ok)
			join(&p, &got);
		if (ok != (cases[i].fields != NULL) || (ok &&
			!text_eq(buf_view(&got), text_of(cases[i].fields))))
			fail_msg("case %zu: %s: %.*s %s", i, cases[i].body,
				(int)got.len, got.len ? got.p : "", e.text);
		if (!ok)
			assert_int_equal(e.kind, ERR_FORMAT);
		buf_release(&got);
		arena_release(&a);
	}
}

static void
a_nul_byte_is_kept_for_the_form_to_refuse(void **state)
{
	static const char body[] = "--b\r\nContent-Disposition: form-data; "
		"name=\"a\"\r\n\r\nx\0y\r\n--b--";
	struct postdata p;
	struct err e = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, true);
	assert_true(postdata_parse(&a, text_of(URLENCODED),
		text_of("a=x%00y"), &p, &e));
	assert_int_equal(postdata_get(&p, "a").len, 3);
	assert_true(postdata_parse(&a, text_of(MULTIPART),
		(struct text){ body, sizeof body - 1 }, &p, &e));
	assert_int_equal(postdata_get(&p, "a").len, 3);
	assert_int_equal(postdata_get(&p, "b").len, 0);
	arena_release(&a);
}

static void
one_field_too_many_is_a_limit(void **state)
{
	struct postdata p;
	struct err e = { 0 };
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a, true);
	buf_init(&b, 10000);
	for (int i = 0; i < REQUEST_FIELDS_MAX; i++)
		buf_str(&b, "a=1&");
	assert_true(postdata_parse(&a, text_of(URLENCODED), buf_view(&b), &p,
		&e));
	assert_int_equal(p.count, REQUEST_FIELDS_MAX);
	buf_str(&b, "a=1&");
	assert_false(postdata_parse(&a, text_of(URLENCODED), buf_view(&b), &p,
		&e));
	assert_int_equal(e.kind, ERR_LIMIT);
	buf_release(&b);
	arena_release(&a);
}

/* Gives what is left of a body. */
static size_t
read_some(void *context, void *to, size_t max)
{
	struct text *left = context;
	size_t n = left->len < max ? left->len : max;

	if (n)
		memcpy(to, left->p, n);
	*left = text_from(*left, n);
	return n;
}

static const struct {
	const char *type;
	const char *body;
	int missing; /* bytes that never come */
	int status;
} reads[] = {
	{ URLENCODED, "a=1", 0, 0 },
	{ URLENCODED, "a=1", 1, 408 },
	{ URLENCODED, "a=1234567", 0, 413 },
	{ "text/plain", "a=1", 0, 400 },
	{ MULTIPART, "--b--x", 0, 400 },
};

static void
a_body_is_read_or_the_status_says_why_not(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, true);
	for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
		struct text left = text_of(reads[i].body);
		const struct request_source source = { NULL, read_some,
			&left };
		struct request rq = {
			.arena = &a,
			.source = &source,
			.content_type = text_of(reads[i].type),
			.body_left = (int64_t)left.len + reads[i].missing,
			.deadline_ms = clock_monotonic_ms() + 60000,
		};
		struct postdata p;

		assert_int_equal(postdata_read(&rq, 8, &p), reads[i].status);
		if (reads[i].status == 0)
			assert_true(text_is(postdata_get(&p, "a"), "1"));
	}
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_body_gives_its_fields_or_is_refused),
		cmocka_unit_test(a_nul_byte_is_kept_for_the_form_to_refuse),
		cmocka_unit_test(one_field_too_many_is_a_limit),
		cmocka_unit_test(a_body_is_read_or_the_status_says_why_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
