/* tests of site/expiry: which address is over on which day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "site/parts.h"

/* Each file as it stands in content/; the site is loaded on 2026-06-15. */
static const struct {
	const char *path, *front;
} files[] = {
	{ "content/index.md", "title: Start" },
	{ "content/index.en.md", "title: Start\nexpire: 2026-07-01" },
	{ "content/stay.md", "title: Stay\naliases: [/taken/, /taken-too]" },
	{ "content/going.md", "title: Going\nexpire: 2026-07-01\n"
		"aliases: [/went/, /gone, /old.html]" },
	{ "content/past.md", "title: Past\nexpire: 2026-06-15\n"
		"aliases: [/taken/, /taken-too/, /stay/, /form/, /own/]" },
	{ "content/past.en.md", "title: Past\nexpire: 2026-06-01" },
	{ "content/coming.md", "title: Coming\npublish: 2026-07-01" },
	{ "content/draft.md", "title: Draft\ndraft: true" },
	{ "content/taken.md", "title: Draft\ndraft: true" },
	{ "content/taken-too.md", "title: Draft\ndraft: true" },
	{ "content/short.md", "title: Short\npublish: 2026-07-01\n"
		"expire: 2026-08-01" },
};

enum { FILES = sizeof files / sizeof *files };

/* From which day; NULL: never. */
static const struct {
	const char *url, *over;
} cases[] = {
	{ "/going/", "2026-07-01" },
	{ "/going", NULL }, /* leads to the page, which says it */
	{ "/went/", "2026-07-01" },
	{ "/gone/", "2026-07-01" },
	{ "/old.html", "2026-07-01" },
	{ "/going/steg.svg", "2026-07-01" },
	{ "/going/steg-12.svg", "2026-07-01" },
	{ "/going/natverk.svg", "2026-07-01" },
	{ "/going/steg-1.svg", NULL }, /* never the name of one */
	{ "/going/karta.svg", NULL },
	{ "/going/steg.pdf", NULL },
	{ "/going/deeper/steg.svg", NULL },
	{ "/went/steg.svg", NULL },
	{ "/en/", "2026-07-01" },
	{ "/en/steg.svg", "2026-07-01" },
	{ "/en/past/", "2026-06-01" },
	{ "/past/", "2026-06-15" },
	{ "/own/", "2026-06-15" },
	{ "/taken/", NULL },
	{ "/taken-too/", NULL },
	{ "/stay/", NULL },
	{ "/form/", NULL },
	{ "/coming/", NULL },
	{ "/short/", NULL },
	{ "/", NULL },
	{ "/steg.svg", NULL },
	{ "", NULL },
	{ "/nothing/", NULL },
	{ "/draft/", NULL },
};

enum { DAY_S = 24 * 60 * 60 };

/* The first second of a day in Sweden, in summer. */
static int64_t
begins_s(const char *day)
{
	struct date d;

	assert_true(date_parse(text_of(day), &d));
	return date_to_days(d) * DAY_S - 2 * 3600;
}

static void
load(struct site *s)
{
	static const struct text form = { "/form/", 6 };
	struct text *urls;
	struct err e = { 0 };

	arena_init(&s->arena, false);
	s->options.today = (struct date){ 2026, 6, 15 };
	s->pages = arena_array(&s->arena, FILES, sizeof *s->pages);
	for (size_t i = 0; i < FILES; i++)
		if (!page_parse(&s->arena, files[i].path,
			arena_printf(&s->arena, "---\n%s\n---\n",
				files[i].front), &s->pages[i], &e))
			fail_msg("%s", e.text);
	s->page_count = FILES;
	assert_true(tree_make(&s->arena, s->pages, FILES, s->options.today,
		false, &s->tree, &e));
	/* What else is built: a form, and the aliases of pages shown. */
	urls = arena_array(&s->arena, 3, sizeof *urls);
	urls[0] = form;
	urls[1] = text_of("/taken-too");
	urls[2] = text_of("/taken/");
	s->targets.urls = urls;
	s->targets.url_count = 3;
	expiry_find(s);
}

static void
an_address_is_over_from_its_day_in_sweden(void **state)
{
	struct site s = { 0 };

	(void)state;
	load(&s);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text url = text_of(cases[i].url);
		int64_t from_s = begins_s(cases[i].over ? cases[i].over
			: "2036-07-01");

		if (site_is_over(&s, url, from_s) != (cases[i].over != NULL))
			fail_msg("%s is%s over", cases[i].url,
				cases[i].over ? " not" : "");
		if (site_is_over(&s, url, from_s - 1))
			fail_msg("%s is over a second early", cases[i].url);
	}
	arena_release(&s.arena);
}

static void
drafts_are_named_unless_something_else_stands_there(void **state)
{
	struct site s = { 0 };
	struct text file, url;
	size_t i = 0;

	(void)state;
	load(&s);
	assert_true(site_draft(&s, &i, &file, &url));
	assert_true(text_is(file, "content/draft.md"));
	assert_true(text_is(url, "/draft/"));
	assert_false(site_draft(&s, &i, &file, &url));
	arena_release(&s.arena);
}

static void
without_expire_dates_nothing_is_over(void **state)
{
	struct site s = { 0 };

	(void)state;
	arena_init(&s.arena, false);
	expiry_find(&s);
	assert_false(site_is_over(&s, text_of("/"), INT64_C(1) << 35));
	arena_release(&s.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_over_from_its_day_in_sweden),
		cmocka_unit_test(
			drafts_are_named_unless_something_else_stands_there),
		cmocka_unit_test(without_expire_dates_nothing_is_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
