/* tests of desk/fetch: addresses, and answers of all kinds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "desk/fetch.h"
#include "http/httpd.h"
#include "http/signed.h"
#include "seal/hash.h"

enum { BODY_MAX = 1000 };

struct place {
	struct httpd *httpd;
	int port;
	struct sign_key *key;
	struct fetch *f;
};

static bool
is_signed(const struct place *p, struct request *rq, const char *method,
	struct text body)
{
	struct text target = rq->query.len ? arena_printf(rq->arena,
		"%.*s?%.*s", (int)rq->path.len, rq->path.p,
		(int)rq->query.len, rq->query.p) : rq->path;
	struct signed_header h;
	struct err e;

	return signed_parse(request_header(rq, "Authorization"), &h, &e) &&
		signed_holds(rq->arena, &h, sign_key_public(p->key), method,
			target, body);
}

static void
answer(void *context, struct request *rq, struct response *rs)
{
	struct place *p = context;
	bool post = rq->method == METHOD_POST;
	struct text body = text_of("");
	struct err e;

	rs->content_type = "application/json";
	if (post && !request_body(rq, BODY_MAX, &body, &e))
		rs->status = 500;
	else if (text_is(rq->path, "/open"))
		rs->body = request_header(rq, "Authorization");
	else if (text_is(rq->path, "/page"))
		rs->body = text_of("0123456789");
	else if (text_is(rq->path, "/pages"))
		rs->body = text_of("0123456789a");
	else if (text_is(rq->path, "/away"))
		rs->status = 302;
	else if (!is_signed(p, rq, post ? "POST" : "GET", body))
		rs->status = 401;
	else if (text_is(rq->path, "/echo"))
		rs->body = post ? body : rq->query;
	else if (text_is(rq->path, "/large"))
		rs->body = (struct text){ arena_alloc(rq->arena, BODY_MAX + 1),
			BODY_MAX + 1 };
	else if (text_is(rq->path, "/last"))
		response_add(rs, "Blankett-Last", rq->query);
	else if (text_is(rq->path, "/moved"))
		rs->status = 302;
	else
		rs->status = 503;
	if (rs->status == 302)
		response_add(rs, "Location", text_of("/echo"));
	if (rs->status == 503)
		rs->body = text_of("{\"error\":\"out of \\u001b[31mpaper\"}");
}

static void
refuse(void *context, int status, struct arena *a, struct response *rs)
{
	(void)context;
	(void)a;
	rs->status = status;
}

static int
begin(void **state)
{
	struct place *p = calloc(1, sizeof *p);
	struct httpd_config c = { .host = "127.0.0.1", .threads = 2,
		.handle = answer, .refuse = refuse, .context = p };
	struct arena a;
	struct err e;
	bool ok;

	*state = p;
	p->key = sign_key_new();
	arena_init(&a, false);
	ok = httpd_start(&c, &p->httpd, &p->port, &e) &&
		fetch_open(arena_printf(&a, "http://127.0.0.1:%d/",
			p->port).p, p->key, &p->f, &e);
	arena_release(&a);
	return ok ? 0 : -1;
}

static int
end(void **state)
{
	struct place *p = *state;

	fetch_close(p->f);
	httpd_stop(p->httpd, 1000);
	sign_key_close(p->key);
	free(p);
	return 0;
}

static const struct {
	const char *url;
	bool right;
} urls[] = {
	{ "https://e-tjanster.example.se", true },
	{ "https://e-tjanster.example.se/", true },
	{ "http://127.0.0.1:8080", true },
	{ "http://[::1]:8080", true },
	{ "", false },
	{ "example.se", false },
	{ "ftp://example.se", false },
	{ "file:///etc/passwd", false },
	{ "https://", false },
	{ "https:///", false },
	{ "https://example.se/path", false },
	{ "https://example.se//", false },
	{ "https://example.se?x", false },
	{ "https://example.se#x", false },
	{ "https://user@example.se", false },
	{ "https://example.se\r\nX: y", false },
	{ "https://exa mple.se", false },
};

static void
only_an_origin_is_an_address(void **state)
{
	struct place *p = *state;

	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		struct fetch *f = NULL;
		struct err e = { 0 };

		assert_int_equal(fetch_open(urls[i].url, p->key, &f, &e),
			urls[i].right);
		if (urls[i].right)
			assert_false(text_ends(fetch_server(f), "/"));
		else
			assert_int_equal(e.kind, ERR_USAGE);
		fetch_close(f);
	}
}

static void
requests_are_signed_with_target_and_body(void **state)
{
	struct place *p = *state;
	struct buf b;
	struct err e = { 0 };

	buf_init(&b, BODY_MAX);
	assert_true(fetch_get(p->f, "/echo?after=12", &b, NULL, &e));
	assert_true(text_is(buf_view(&b), "after=12"));
	buf_clear(&b);
	assert_true(fetch_post(p->f, "/echo", (struct text){ "a\0b", 3 }, &b,
		&e));
	assert_int_equal(b.len, 3);
	buf_clear(&b);
	/* A GET after a POST is a GET. */
	assert_true(fetch_get(p->f, "/echo?x", &b, NULL, &e));
	assert_true(text_is(buf_view(&b), "x"));
	buf_release(&b);
}

static void
an_answer_is_bounded(void **state)
{
	struct place *p = *state;
	struct buf b;
	struct err e = { 0 };

	buf_init(&b, BODY_MAX);
	assert_false(fetch_get(p->f, "/large", &b, NULL, &e));
	assert_int_equal(e.kind, ERR_LIMIT);
	buf_release(&b);
}

static const struct {
	const char *target;
	bool right;
} lasts[] = {
	{ "/last?7", true },
	{ "/last?", false },
	{ "/last?-7", false },
	{ "/last?7x", false },
	{ "/last?9223372036854775808", false },
	{ "/echo?7", false },
};

static void
the_last_entry_is_a_number(void **state)
{
	struct place *p = *state;

	for (size_t i = 0; i < sizeof lasts / sizeof *lasts; i++) {
		uint64_t last = 0;
		struct buf b;
		struct err e = { 0 };

		buf_init(&b, BODY_MAX);
		assert_int_equal(fetch_get(p->f, lasts[i].target, &b, &last,
			&e), lasts[i].right);
		assert_int_equal(last, lasts[i].right ? 7 : 0);
		buf_release(&b);
	}
}

static void
a_refusal_is_told_in_the_servers_words_made_visible(void **state)
{
	struct place *p = *state;
	struct sign_key *own = p->key;
	struct buf b;
	struct err e = { 0 };

	buf_init(&b, BODY_MAX);
	assert_false(fetch_get(p->f, "/no", &b, NULL, &e));
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_non_null(strstr(e.text,
		"/no: answered 503: out of \xEF\xBF\xBD[31mpaper"));
	/* A redirect is no answer, and is not followed. */
	assert_false(fetch_get(p->f, "/moved", &b, NULL, &e));
	assert_non_null(strstr(e.text, "answered 302"));
	p->key = sign_key_new();
	assert_false(fetch_get(p->f, "/echo", &b, NULL, &e));
	assert_int_equal(e.kind, ERR_CRYPTO);
	assert_non_null(strstr(e.text, "answered 401"));
	sign_key_close(p->key);
	p->key = own;
	buf_release(&b);
}

static const struct {
	const char *target;
	int status;
	size_t len;
	bool full;
} pages[] = {
	{ "/large", 401, 0, false },
	{ "/open", 200, 0, false },
	{ "/page", 200, 10, false },
	{ "/pages", 200, 0, true },
	{ "/pages", 200, 0, true },
	{ "/page", 200, 10, false },
	{ "/away", 302, 0, false },
};

static void
a_page_is_taken_as_it_is_and_no_further_than_asked(void **state)
{
	struct place *p = *state;
	struct fetch *f;
	struct err e = { 0 };

	assert_true(fetch_open(fetch_server(p->f).p, NULL, &f, &e));
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct buf b;
		int status;

		buf_init(&b, 10);
		assert_true(fetch_page(f, pages[i].target, NULL, &b, &status,
			&e));
		assert_int_equal(status, pages[i].status);
		assert_int_equal(b.len, pages[i].len);
		assert_int_equal(b.full, pages[i].full);
		assert_int_equal(fetch_leads_to(f).len > 0, status == 302);
		buf_release(&b);
	}
	assert_true(text_ends(fetch_leads_to(f), "/echo"));
	fetch_close(f);
}

static void
a_server_that_is_not_there_is_named(void **state)
{
	struct place *p = *state;
	struct fetch *f;
	struct buf b;
	struct err e = { 0 };

	buf_init(&b, BODY_MAX);
	assert_true(fetch_open("http://127.0.0.1:1", p->key, &f, &e));
	assert_false(fetch_get(f, "/", &b, NULL, &e));
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_non_null(strstr(e.text, "http://127.0.0.1:1: "));
	fetch_close(f);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_an_origin_is_an_address),
		cmocka_unit_test(requests_are_signed_with_target_and_body),
		cmocka_unit_test(an_answer_is_bounded),
		cmocka_unit_test(the_last_entry_is_a_number),
		cmocka_unit_test(
			a_refusal_is_told_in_the_servers_words_made_visible),
		cmocka_unit_test(
			a_page_is_taken_as_it_is_and_no_further_than_asked),
		cmocka_unit_test(a_server_that_is_not_there_is_named),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, begin, end);
}
