/* tests of intake/preview: who waits, and for what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "intake/intake.h"
#include "intake/preview.h"

/* A site of three files, made ready as intake/pages does. */
static const char ready[] = "HTTP/1.1 200 OK\r\n"
	"Content-Type: text/html; charset=utf-8\r\nETag: \"x\"\r\n\r\nbody";

struct fixture {
	struct arena a;
	struct theme *theme;
	struct preview *preview;
	struct intake in;
};

static bool
common(void *context, struct arena *a, struct text lang, struct text url,
	struct value **out, struct err *e)
{
	(void)context;
	(void)lang;
	(void)url;
	(void)e;
	*out = value_map(a);
	return true;
}

static int
start(void **state)
{
	static struct fixture f;
	struct err e = { 0 };
	struct theme_file files[] = {
		{ text_of("theme.yaml"), text_of("name: t\nversion: 1\n") },
		{ text_of("text/sv.yaml"), text_of("a: b\n") },
		{ text_of("script/watch.js"), text_of("watch()") },
		{ text_of("templates/build-error.mustache"), text_of(
			"{{watch}}{{#faults}}<{{text}}>{{/faults}}") },
	};

	memset(&f, 0, sizeof f);
	arena_init(&f.a, false);
	if (!theme_make(&f.a, "themes/t", files, 4, &f.theme, &e))
		return -1;
	f.preview = preview_open();
	f.in.config = (struct intake_config){ .theme = f.theme,
		.common = common, .preview = f.preview };
	f.in.config.build = preview_next(f.preview);
	preview_show(f.preview, f.in.config.build);
	*state = &f;
	return 0;
}

static int
stop(void **state)
{
	struct fixture *f = *state;

	preview_close(f->preview);
	arena_release(&f->a);
	return 0;
}

static void
answer(struct intake *in, struct request *rq, struct response *rs)
{
	(void)in;
	assert_int_equal(rq->if_none_match.len, 0);
	assert_int_equal(rq->accept_encoding.len, 0);
	if (rq->method == METHOD_POST) {
		rs->body = text_of("posted");
		return;
	}
	rs->ready = text_of(ready);
	rs->ready_head = sizeof ready - 1 - 4;
}

static void
ask(struct fixture *f, enum method method, const char *path,
	const char *query, struct response *rs)
{
	struct request rq = { .method = method, .path = text_of(path),
		.query = text_of(query), .if_none_match = text_of("\"x\""),
		.accept_encoding = text_of("br"), .arena = &f->a };

	response_init(rs);
	if (method == METHOD_POST)
		rq.if_none_match = rq.accept_encoding = text_of("");
	preview_handle(&f->in, &rq, rs, answer);
}

static void
a_page_is_fresh_and_says_its_build(void **state)
{
	struct fixture *f = *state;
	struct response rs;

	ask(f, METHOD_GET, "/roller/", "", &rs);
	assert_int_equal(rs.status, 200);
	assert_int_equal(rs.ready.len, 0);
	assert_true(text_is(rs.body, "body"));
	assert_string_equal(rs.content_type, "text/html; charset=utf-8");
	assert_string_equal(rs.cache, "no-store");
	assert_true(rs.scripts);
	assert_string_equal(rs.extra[0].name, "Server-Timing");
	assert_true(text_eq(rs.extra[0].value, arena_printf(&f->a,
		"build;desc=\"%lld\"", (long long)f->in.config.build)));
	/* Pictures are fresh too, but run nothing; assets are as they are. */
	ask(f, METHOD_GET, "/karta.svg", "", &rs);
	assert_string_equal(rs.cache, "no-store");
	assert_false(rs.scripts);
	ask(f, METHOD_GET, "/assets/style.css", "", &rs);
	assert_true(text_is(rs.ready, ready));
	ask(f, METHOD_POST, "/e-tjanster/x/", "", &rs);
	assert_true(text_is(rs.body, "posted"));
	assert_false(rs.scripts);
}

static void
faults_stand_on_every_page_until_they_are_gone(void **state)
{
	struct fixture *f = *state;
	struct value *faults = value_list(&f->a);
	struct response rs;
	struct err e = { 0 };

	value_set_str(&f->a, value_push(&f->a, faults, value_map(&f->a)),
		"text", text_of("a < b"));
	assert_true(preview_fail(f->preview, preview_next(f->preview), &f->in,
		faults, &e));
	ask(f, METHOD_GET, "/roller/", "", &rs);
	assert_int_equal(rs.status, 500);
	assert_true(text_is(rs.body, "true<a &lt; b>"));
	assert_true(rs.scripts);
	ask(f, METHOD_GET, "/nothing/", "", &rs);
	assert_int_equal(rs.status, 500);
	ask(f, METHOD_GET, "/assets/style.css", "", &rs);
	assert_int_equal(rs.status, 200);
	ask(f, METHOD_POST, "/e-tjanster/x/", "", &rs);
	assert_int_equal(rs.status, 200);
	preview_show(f->preview, preview_next(f->preview));
	ask(f, METHOD_GET, "/roller/", "", &rs);
	assert_int_equal(rs.status, 200);
}

static void
who_knows_another_build_is_answered_at_once(void **state)
{
	static const char *const queries[] = { "", "0", "7", "undefined",
		"99999999999999999999", "-1" };
	struct fixture *f = *state;
	struct response rs;

	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		ask(f, METHOD_GET, "/_watch", queries[i], &rs);
		assert_int_equal(rs.status, 200);
		assert_true(text_eq(rs.body, arena_printf(&f->a, "%lld\n",
			(long long)f->in.config.build)));
	}
	ask(f, METHOD_GET, "/_watch.js", "", &rs);
	assert_true(text_is(rs.body, "watch()"));
	ask(f, METHOD_POST, "/_watch", "", &rs);
	assert_true(text_is(rs.body, "posted"));
}

struct waiting {
	struct fixture *f;
	struct arena a;
	struct response rs;
};

static void *
wait_long(void *context)
{
	struct waiting *w = context;
	struct request rq = { .method = METHOD_GET, .path = text_of("/_watch"),
		.arena = &w->a };

	rq.query = arena_printf(&w->a, "%lld",
		(long long)w->f->in.config.build);
	response_init(&w->rs);
	preview_handle(&w->f->in, &rq, &w->rs, answer);
	return NULL;
}

/* All of them come back long before their time is out; how many with what. */
static void
wait_all(struct fixture *f, void (*then)(struct fixture *), size_t statuses[2])
{
	enum { MANY = PREVIEW_WAITERS_MAX + 1 };
	static struct waiting w[MANY];
	int64_t begun_ms = clock_monotonic_ms();
	pthread_t threads[MANY];

	for (size_t i = 0; i < MANY; i++) {
		w[i] = (struct waiting){ .f = f };
		arena_init(&w[i].a, false);
		assert_int_equal(pthread_create(&threads[i], NULL, wait_long,
			&w[i]), 0);
	}
	then(f);
	for (size_t i = 0; i < MANY; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		statuses[w[i].rs.status == 200 ? 0 : 1]++;
		arena_release(&w[i].a);
	}
	assert_true(clock_monotonic_ms() - begun_ms < PREVIEW_WAIT_MS / 2);
}

static void
show_next(struct fixture *f)
{
	preview_show(f->preview, preview_next(f->preview));
}

static void
stop_all(struct fixture *f)
{
	preview_stop(f->preview);
}

static void
a_new_build_and_the_end_answer_all_who_wait(void **state)
{
	struct fixture *f = *state;
	size_t statuses[2] = { 0 };

	wait_all(f, show_next, statuses);
	f->in.config.build++;
	wait_all(f, stop_all, statuses);
	/* One too many at a time is sent away. */
	assert_true(statuses[1] <= 2);
	assert_int_equal(statuses[0] + statuses[1],
		2 * (PREVIEW_WAITERS_MAX + 1));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_page_is_fresh_and_says_its_build),
		TEST(faults_stand_on_every_page_until_they_are_gone),
		TEST(who_knows_another_build_is_answered_at_once),
		TEST(a_new_build_and_the_end_answer_all_who_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
