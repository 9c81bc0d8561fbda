/* tests of intake/pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "intake/pages.h"
#include "seal/hash.h"

struct file {
	const char *path;
	const char *bytes;
};

static const struct file files[] = {
	{ "index.html", "start" },
	{ "404.html", "missing" },
	{ "roller/index.html", "roles" },
	{ "roller/index.html.br", "rl-br" },
	{ "roller/index.html.gz", "rl-gz" },
	{ "roller/karta.svg", "<svg/>" },
	{ "assets/style.0123.css", "body{}" },
	{ "assets/style.0123.css.gz", "packed" },
	{ "assets/alone.gz", "of nothing" },
	{ "assets/icon.89ab.svg", "<svg></svg>" },
	{ "assets/list.cdef.pdf", "%PDF" },
	{ "a b/index.html", "odd" },
	{ "empty.txt", "" },
	{ ".gitignore", "hidden" },
	{ ".git/config", "hidden" },
	{ ".well-known/security.txt", "contact" },
};

struct fixture {
	struct arena a;
	char dir[64];
	struct pages *pages;
};

static int
start(void **state)
{
	static struct fixture f;
	struct err e = { 0 };

	if (!seal_start())
		return -1;
	arena_init(&f.a, false);
	(void)snprintf(f.dir, sizeof f.dir, "/tmp/blankett-pages-XXXXXX");
	if (!mkdtemp(f.dir))
		return -1;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		const char *path = fs_join(&f.a, f.dir, files[i].path);
		struct text t = text_of(path);

		while (t.len > 0 && t.p[t.len - 1] != '/')
			t.len--;
		if (!fs_mkdirs(arena_string(&f.a, text_sub(t, 0, t.len - 1)),
				0700, &e) ||
			!fs_publish(path, 0600, text_of(files[i].bytes), &e))
			return -1;
	}
	*state = &f;
	return pages_load(f.dir, &f.pages, &e) ? 0 : -1;
}

static int
stop(void **state)
{
	struct fixture *f = *state;
	struct err e;

	pages_close(f->pages);
	if (!fs_remove_tree(f->dir, &e))
		return -1;
	arena_release(&f->a);
	return 0;
}

static bool
get(struct fixture *f, const char *path, const char *tag,
	struct response *rs)
{
	struct request rq = {
		.path = text_of(path),
		.if_none_match = text_of(tag),
		.arena = &f->a,
	};

	response_init(rs);
	return pages_answer(f->pages, &rq, rs);
}

struct page_case {
	const char *path;
	const char *type;  /* NULL: no such page */
	const char *cache;
	const char *body;
};

static const struct page_case cases[] = {
	{ "/", "text/html; charset=utf-8", "max-age=60", "start" },
	{ "/roller/", "text/html; charset=utf-8", "max-age=60", "roles" },
	{ "/roller/karta.svg", "image/svg+xml", "max-age=60", "<svg/>" },
	{ "/assets/style.0123.css", "text/css; charset=utf-8", "immutable",
		"body{}" },
	{ "/assets/icon.89ab.svg", "image/svg+xml", "immutable",
		"<svg></svg>" },
	{ "/assets/list.cdef.pdf", "application/pdf", "immutable", "%PDF" },
	{ "/404.html", "text/html; charset=utf-8", "max-age=60", "missing" },
	{ "/a b/", "text/html; charset=utf-8", "max-age=60", "odd" },
	{ "/empty.txt", "text/plain; charset=utf-8", "max-age=60", "" },
	{ "/.well-known/security.txt", "text/plain; charset=utf-8",
		"max-age=60", "contact" },
	{ "/.gitignore", NULL, NULL, NULL },
	{ "/.git/config", NULL, NULL, NULL },
	{ "/roller/index.html", NULL, NULL, NULL },
	{ "/roller/index.html.br", NULL, NULL, NULL },
	{ "/roller/index.html.gz", NULL, NULL, NULL },
	{ "/roller/.br", NULL, NULL, NULL },
	{ "/assets/style.0123.css.gz", NULL, NULL, NULL },
	{ "/assets/alone.gz", NULL, NULL, NULL },
	{ "/assets/alone", NULL, NULL, NULL },
	{ "/nothing", NULL, NULL, NULL },
	{ "/roller/karta.svg/", NULL, NULL, NULL },
	{ "/ROLLER/", NULL, NULL, NULL },
	{ "", NULL, NULL, NULL },
};

static bool
has(struct text t, const char *needle)
{
	return text_search(t, needle) < t.len;
}

static void
each_file_answers_its_path_and_nothing_else_does(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct response rs;
		bool found = get(f, cases[i].path, "", &rs);
		struct text head;

		if (found && rs.status == 301)
			found = false;
		if (found != (cases[i].type != NULL))
			fail_msg("%s", cases[i].path);
		if (!found)
			continue;
		head = text_sub(rs.ready, 0, rs.ready_head);
		assert_true(has(head, cases[i].type));
		assert_true(has(head, cases[i].cache));
		/* An asset is never asked for again. */
		assert_int_equal(has(head, "\r\nETag: \""),
			!has(head, "immutable"));
		/* No browser shows a style sheet as a document. */
		assert_int_equal(has(head, "\r\nContent-Security-Policy: "),
			!has(head, "text/css"));
		assert_int_equal(has(head, "\r\nX-Frame-Options: "),
			!has(head, "immutable") || has(head, "/pdf"));
		assert_true(has(head, "\r\nX-Content-Type-Options: "));
		assert_true(text_ends(head, "\r\n\r\n"));
		assert_true(text_is(text_from(rs.ready, rs.ready_head),
			cases[i].body) || cases[i].body[0] == '\0');
	}
}

struct coding_case {
	const char *path;
	const char *accept;
	const char *body;
	const char *coding; /* Content-Encoding, or NULL */
	bool varies;
};

static const struct coding_case codings[] = {
	{ "/roller/", "", "roles", NULL, true },
	{ "/roller/", "gzip, deflate, br", "rl-br", "br", true },
	{ "/roller/", "gzip", "rl-gz", "gzip", true },
	{ "/roller/", "br;q=0.1, gzip;q=0.2", "rl-gz", "gzip", true },
	{ "/roller/", "br;q=0, gzip;q=0", "roles", NULL, true },
	{ "/assets/style.0123.css", "gzip, br", "packed", "gzip", true },
	{ "/assets/style.0123.css", "br", "body{}", NULL, true },
	{ "/", "gzip, br", "start", NULL, false },
};

/* Answers a path in a coding; the tag of what came is on the arena, and what
 * has none is asked for with "*". */
static const char *
get_in(struct fixture *f, const char *path, const char *accept,
	const char *tag, struct response *rs)
{
	struct request rq = { .path = text_of(path), .arena = &f->a,
		.accept_encoding = text_of(accept),
		.if_none_match = text_of(tag) };
	struct text etag;

	response_init(rs);
	assert_true(pages_answer(f->pages, &rq, rs));
	if (!has(rs->ready, "ETag: "))
		return "*";
	etag = text_from(rs->ready, text_search(rs->ready, "ETag: ") + 6);
	return arena_string(&f->a, text_sub(etag, 0, text_find(etag, '\r')));
}

static void
each_client_gets_the_coding_it_takes(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof codings / sizeof *codings; i++) {
		const struct coding_case *c = &codings[i];
		const char *line = arena_printf(&f->a,
			"\r\nContent-Encoding: %s\r\n", c->coding ? c->coding
			: "").p;
		struct response rs;
		struct text head;
		const char *tag = get_in(f, c->path, c->accept, "", &rs);

		head = text_sub(rs.ready, 0, rs.ready_head);
		if (!text_is(text_from(rs.ready, rs.ready_head), c->body) ||
			has(head, c->coding ? line : "Content-Encoding") !=
				(c->coding != NULL) ||
			has(head, "\r\nVary: Accept-Encoding\r\n") !=
				c->varies)
			fail_msg("%s for \"%s\"", c->path, c->accept);
		(void)get_in(f, c->path, c->accept, tag, &rs);
		if (text_starts(text_of(c->path), "/assets/")) {
			assert_int_equal(rs.status, 200);
			continue;
		}
		assert_int_equal(rs.status, 304);
		assert_int_equal(has(rs.ready, "\r\nVary: "), c->varies);
		assert_false(has(rs.ready, "Content-Encoding"));
	}
}

static void
a_tag_of_one_coding_is_none_of_another(void **state)
{
	struct fixture *f = *state;
	struct response rs;
	const char *plain = get_in(f, "/roller/", "", "", &rs);
	const char *br = get_in(f, "/roller/", "br", "", &rs);
	const char *gzip = get_in(f, "/roller/", "gzip", "", &rs);

	assert_string_not_equal(plain, br);
	assert_string_not_equal(plain, gzip);
	assert_string_not_equal(br, gzip);
	(void)get_in(f, "/roller/", "br", gzip, &rs);
	assert_int_equal(rs.status, 200);
	(void)get_in(f, "/roller/", "", br, &rs);
	assert_int_equal(rs.status, 200);
}

static void
a_client_that_has_the_page_gets_304(void **state)
{
	struct fixture *f = *state;
	struct response rs;
	struct text tag;
	const char *etag, *list, *weak;

	assert_true(get(f, "/", "", &rs));
	tag = text_from(rs.ready, text_search(rs.ready, "ETag: ") + 6);
	tag = text_sub(tag, 0, text_find(tag, '\r'));
	etag = arena_string(&f->a, tag);
	list = arena_printf(&f->a, "\"x\", %s", etag).p;
	weak = arena_printf(&f->a, "W/%s", etag).p;
	assert_true(get(f, "/", etag, &rs));
	assert_int_equal(rs.status, 304);
	assert_int_equal(rs.ready_head, rs.ready.len);
	assert_true(has(rs.ready, etag));
	assert_true(get(f, "/", list, &rs));
	assert_int_equal(rs.status, 304);
	assert_true(get(f, "/", weak, &rs));
	assert_int_equal(rs.status, 304);
	assert_true(get(f, "/", "*", &rs));
	assert_int_equal(rs.status, 304);
	assert_true(get(f, "/", "\"another\"", &rs));
	assert_int_equal(rs.status, 200);
}

static void
a_directory_without_its_slash_is_redirected(void **state)
{
	struct response rs;

	assert_true(get(*state, "/roller", "", &rs));
	assert_int_equal(rs.status, 301);
	assert_string_equal(rs.extra[0].name, "Location");
	assert_true(text_is(rs.extra[0].value, "/roller/"));
	assert_true(get(*state, "/a b", "", &rs));
	assert_true(text_is(rs.extra[0].value, "/a%20b/"));
	assert_false(get(*state, "/assets", "", &rs));
}

static const struct pages_file made[] = {
	{ { "roller/index.html", 17 }, { "new", 3 } },
	{ { "index.html", 10 }, { "begin", 5 } },
	{ { "assets/style.4567.css", 21 }, { "p{}", 3 } },
};

static void
a_site_is_made_in_memory_too(void **state)
{
	struct fixture *f = *state;
	struct pages *built = f->pages;
	struct response rs;
	struct err e = { 0 };

	assert_true(pages_make(made, 3, &f->pages, &e));
	assert_int_equal(pages_count(f->pages), 3);
	assert_true(get(f, "/roller/", "", &rs));
	assert_true(text_is(text_from(rs.ready, rs.ready_head), "new"));
	assert_true(get(f, "/roller", "", &rs));
	assert_int_equal(rs.status, 301);
	assert_false(get(f, "/404.html", "", &rs));
	pages_close(f->pages);
	f->pages = built;
}

/* A page read just before a reload asks for its style sheet just after. */
static void
assets_of_the_site_before_are_kept_for_one_turn(void **state)
{
	struct fixture *f = *state;
	struct pages *built = f->pages, *next;
	struct response rs;
	struct err e = { 0 };

	assert_true(pages_make(made, 3, &f->pages, &e));
	pages_keep_assets(f->pages, built);
	assert_true(get(f, "/assets/style.0123.css", "", &rs));
	assert_true(text_is(text_from(rs.ready, rs.ready_head), "body{}"));
	assert_true(get(f, "/assets/style.4567.css", "", &rs));
	assert_true(text_is(text_from(rs.ready, rs.ready_head), "p{}"));
	assert_false(get(f, "/404.html", "", &rs));
	assert_int_equal(pages_count(f->pages), 6);
	assert_true(pages_make(made, 2, &next, &e));
	pages_keep_assets(next, f->pages);
	pages_close(f->pages);
	f->pages = next;
	assert_true(get(f, "/assets/style.4567.css", "", &rs));
	assert_true(text_is(text_from(rs.ready, rs.ready_head), "p{}"));
	assert_false(get(f, "/assets/style.0123.css", "", &rs));
	pages_close(f->pages);
	f->pages = built;
}

static void
what_is_no_built_site_is_refused(void **state)
{
	const struct fixture *f = *state;
	struct pages *p;
	struct err e = { 0 };
	struct arena a;

	arena_init(&a, false);
	assert_false(pages_load("/nonexistent", &p, &e));
	assert_non_null(strstr(e.text, "run `blankett build` first"));
	assert_false(pages_load(fs_join(&a, f->dir, "assets"), &p, &e));
	assert_non_null(strstr(e.text, "has no start page"));
	arena_release(&a);
}

static void
a_file_is_found_by_its_path_with_its_hash(void **state)
{
	static const char *const none[] = { "", "/", "roller", "roller/",
		"/index.html", "roller/karta", "rollerindex.html",
		"roller/index.html.br", "assets/alone.gz", ".gitignore" };
	struct fixture *f = *state;
	struct pages_stored at;

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct text path = text_of(files[i].path);
		struct hash h = hash_bytes(text_of(files[i].bytes));

		if (text_starts(path, ".g") || text_ends(path, ".br") ||
			text_ends(path, ".gz"))
			continue;
		if (!pages_stored(f->pages, path, &at))
			fail_msg("%s is not there", path.p);
		assert_true(hash_eq(&at.hash, &h));
		assert_true(text_is(at.bytes[ACCEPT_IDENTITY],
			files[i].bytes));
	}
	assert_true(pages_stored(f->pages, text_of("roller/index.html"), &at));
	assert_true(text_is(at.bytes[ACCEPT_BR], "rl-br"));
	assert_true(text_is(at.bytes[ACCEPT_GZIP], "rl-gz"));
	assert_true(pages_stored(f->pages, text_of("roller/karta.svg"), &at));
	assert_null(at.bytes[ACCEPT_BR].p);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (pages_stored(f->pages, text_of(none[i]), &at))
			fail_msg("\"%s\" is there", none[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			each_file_answers_its_path_and_nothing_else_does),
		cmocka_unit_test(each_client_gets_the_coding_it_takes),
		cmocka_unit_test(a_tag_of_one_coding_is_none_of_another),
		cmocka_unit_test(a_client_that_has_the_page_gets_304),
		cmocka_unit_test(a_directory_without_its_slash_is_redirected),
		cmocka_unit_test(a_site_is_made_in_memory_too),
		cmocka_unit_test(
			assets_of_the_site_before_are_kept_for_one_turn),
		cmocka_unit_test(a_file_is_found_by_its_path_with_its_hash),
		cmocka_unit_test(what_is_no_built_site_is_refused),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
