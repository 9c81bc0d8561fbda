/* tree: which pages are shown, and how they belong together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "site/tree.h"

struct source {
	const char *path;
	const char *front; /* lines after the title */
};

static const struct date today = { 2026, 11, 22 };

static bool
make(struct arena *a, const struct source *sources, size_t n, bool drafts,
	struct tree *t, struct err *e)
{
	struct page *pages = arena_array(a, n, sizeof *pages);

	for (size_t i = 0; i < n; i++)
		if (!page_parse(a, sources[i].path, arena_printf(a,
			"---\ntitle: %s\n%s---\n", sources[i].path + 8,
			sources[i].front), &pages[i], e))
			return false;
	return tree_make(a, pages, n, today, drafts, t, e);
}

static const struct source site[] = {
	{ "content/index.md", "" },
	{ "content/index.en.md", "" },
	{ "content/b.md", "menu: true\nweight: 20\n" },
	{ "content/b.en.md", "" },
	{ "content/a.md", "menu: true\nweight: 20\n" },
	{ "content/a.en.md", "weight: 30\nmenu: false\n" },
	{ "content/d.md", "menu: true\nweight: 10\n" },
	{ "content/d/x/y.md", "" },
	{ "content/d/w.en.md", "" },
	{ "content/later.md", "publish: 2026-11-23\n" },
	{ "content/gone.md", "expire: 2026-11-22\n" },
	{ "content/draft.md", "draft: true\n" },
};

enum { SITE = sizeof site / sizeof *site };

static struct tree_page *
at(const struct tree *t, const char *key, enum page_variant v)
{
	return tree_find(t, text_of(key), v);
}

static void
siblings_stand_in_order_of_weight_then_title(void **state)
{
	struct tree t;
	struct err e = { 0 };
	struct arena a;
	struct tree_page *home;

	(void)state;
	arena_init(&a, false);
	assert_true(make(&a, site, SITE, false, &t, &e));
	home = at(&t, "", PAGE_SWEDISH);
	assert_int_equal(home->child_count, 3);
	assert_true(text_is(home->children[0]->page->key, "d"));
	assert_true(text_is(home->children[1]->page->key, "a"));
	assert_true(text_is(home->children[2]->page->key, "b"));
	assert_int_equal(t.menu_count[PAGE_SWEDISH], 3);
	assert_true(text_is(t.menu[PAGE_SWEDISH][0]->page->key, "d"));
	arena_release(&a);
}

static void
a_translation_has_what_it_leaves_out_from_the_swedish_page(void **state)
{
	struct tree t;
	struct err e = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	assert_true(make(&a, site, SITE, false, &t, &e));
	/* a.en.md says no to the menu; b.en.md says nothing. */
	assert_int_equal(t.menu_count[PAGE_ENGLISH], 1);
	assert_true(text_is(t.menu[PAGE_ENGLISH][0]->page->url, "/en/b/"));
	assert_int_equal(at(&t, "b", PAGE_ENGLISH)->page->weight, 20);
	assert_int_equal(at(&t, "a", PAGE_ENGLISH)->page->weight, 30);
	assert_int_equal(t.menu_count[PAGE_EASY], 0);
	arena_release(&a);
}

static void
a_parent_is_the_nearest_page_above_in_the_same_variant(void **state)
{
	struct tree t;
	struct err e = { 0 };
	struct arena a;
	struct tree_page *p;

	(void)state;
	arena_init(&a, false);
	assert_true(make(&a, site, SITE, false, &t, &e));
	p = at(&t, "d/x/y", PAGE_SWEDISH);
	assert_ptr_equal(p->parent, at(&t, "d", PAGE_SWEDISH));
	p = at(&t, "d/w", PAGE_ENGLISH);
	assert_ptr_equal(p->parent, at(&t, "", PAGE_ENGLISH));
	assert_null(at(&t, "", PAGE_SWEDISH)->parent);
	arena_release(&a);
}

static void
variants_know_each_other(void **state)
{
	struct tree t;
	struct err e = { 0 };
	struct arena a;
	struct tree_page *p;

	(void)state;
	arena_init(&a, false);
	assert_true(make(&a, site, SITE, false, &t, &e));
	p = at(&t, "a", PAGE_SWEDISH);
	assert_ptr_equal(p->variants[PAGE_ENGLISH], at(&t, "a", PAGE_ENGLISH));
	assert_null(p->variants[PAGE_EASY]);
	assert_ptr_equal(tree_best(&t, text_of("a"), PAGE_EASY), p);
	assert_null(tree_best(&t, text_of("d/w"), PAGE_EASY));
	arena_release(&a);
}

static void
pages_not_for_today_are_hidden(void **state)
{
	struct tree t;
	struct err e = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	assert_true(make(&a, site, SITE, false, &t, &e));
	assert_int_equal(t.hidden_count, 3);
	assert_true(text_is(t.hidden[0]->path, "content/draft.md"));
	assert_null(at(&t, "later", PAGE_SWEDISH));
	assert_true(make(&a, site, SITE, true, &t, &e));
	assert_int_equal(t.hidden_count, 2);
	assert_non_null(at(&t, "draft", PAGE_SWEDISH));
	arena_release(&a);
}

static void
an_address_finds_its_page(void **state)
{
	static const struct {
		const char *url, *path;
	} rows[] = {
		{ "/", "content/index.md" },
		{ "/en/", "content/index.en.md" },
		{ "/a/", "content/a.md" },
		{ "/en/a/", "content/a.en.md" },
		{ "/d/x/y/", "content/d/x/y.md" },
		{ "/a", NULL }, { "a/", NULL }, { "", NULL }, { "/d/x/", NULL },
		{ "/lattlast/", NULL }, { "/later/", NULL }, { "/ena/", NULL },
	};
	struct tree t;
	struct err e = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	assert_true(make(&a, site, SITE, false, &t, &e));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct tree_page *p = tree_at(&t, text_of(rows[i].url));

		assert_int_equal(p != NULL, rows[i].path != NULL);
		if (p)
			assert_true(text_is(p->page->path, rows[i].path));
	}
	arena_release(&a);
}

static void
two_files_for_one_page_and_no_start_page_are_faults(void **state)
{
	static const struct source twice[] = {
		{ "content/index.md", "" }, { "content/a.md", "" },
		{ "content/a/index.md", "" },
	};
	static const struct source draft[] = {
		{ "content/index.md", "draft: true\n" },
		{ "content/a.md", "" },
	};
	static const struct source past[] = {
		{ "content/index.md", "expire: 2020-01-01\n" },
	};
	static const struct source headless[] = { { "content/a.md", "" } };
	struct tree t;
	struct err e = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	assert_false(make(&a, twice, 3, false, &t, &e));
	assert_string_equal(e.text, "content/a.md and content/a/index.md are "
		"the same page, /a/");
	assert_false(make(&a, headless, 1, false, &t, &e));
	assert_string_equal(e.text,
		"content/index.md: is missing: the start page, and no site "
		"is without one");
	assert_false(make(&a, draft, 2, false, &t, &e));
	assert_string_equal(e.text, "content/index.md:1: the start page is a "
		"draft, and no site is without one");
	assert_true(make(&a, draft, 2, true, &t, &e));
	assert_false(make(&a, past, 1, false, &t, &e));
	assert_string_equal(e.text, "content/index.md:1: the start page is "
		"not shown today, and no site is without one");
	assert_false(make(&a, headless, 0, false, &t, &e));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(siblings_stand_in_order_of_weight_then_title),
		cmocka_unit_test(
			a_translation_has_what_it_leaves_out_from_the_swedish_page),
		cmocka_unit_test(
			a_parent_is_the_nearest_page_above_in_the_same_variant),
		cmocka_unit_test(variants_know_each_other),
		cmocka_unit_test(pages_not_for_today_are_hidden),
		cmocka_unit_test(an_address_finds_its_page),
		cmocka_unit_test(
			two_files_for_one_page_and_no_start_page_are_faults),
	};

	return cmocka_run_group_tests_name("site/tree", tests, NULL, NULL);
}
