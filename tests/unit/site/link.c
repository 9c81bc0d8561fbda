/* link: what is written on a page, and where it leads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "site/link.h"

struct fixture {
	struct arena a;
	struct tree tree;
	struct link_targets targets;
};

static const char *const pages[] = {
	"content/index.md", "content/a.md", "content/a.en.md",
	"content/r/index.md", "content/r/b.md", "content/r/later.md",
	"content/draft.md", "content/a.lattlast.md",
};

enum { PAGES = sizeof pages / sizeof *pages };

static int
setup(void **state)
{
	static struct text files[1];
	static struct text urls[2];
	struct fixture *f = test_calloc(1, sizeof *f);
	struct page *p;
	struct err e;

	arena_init(&f->a, false);
	p = arena_array(&f->a, PAGES, sizeof *p);
	for (size_t i = 0; i < PAGES; i++)
		assert_true(page_parse(&f->a, pages[i], arena_printf(&f->a,
			"---\ntitle: T\n%s---\n",
			i == 5 ? "publish: 2030-01-01\n" :
			i == 6 ? "draft: true\n" : ""), &p[i], &e));
	assert_true(tree_make(&f->a, p, PAGES, (struct date){ 2026, 11, 22 },
		false, &f->tree, &e));
	files[0] = text_of("content/r/karta.png");
	urls[0] = text_of("/e-tjanster/fraga/");
	urls[1] = text_of("/svar/");
	f->targets = (struct link_targets){ &f->tree, files, 1, urls, 2,
		{ 0 } };
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->a);
	test_free(f);
	return 0;
}

static struct link_page
on(struct fixture *f, const char *key, enum page_variant v)
{
	struct tree_page *from = tree_find(&f->tree, text_of(key), v);

	assert_non_null(from);
	return (struct link_page){ .arena = &f->a, .targets = &f->targets,
		.from = from, .variant = v, .path = from->page->path };
}

static void
links_become_addresses(void **state)
{
	static const struct {
		const char *key;
		enum page_variant variant;
		const char *written, *address;
	} rows[] = {
		{ "", PAGE_SWEDISH, "a.md", "/a/" },
		{ "", PAGE_SWEDISH, "./a.md#x", "/a/#x" },
		{ "", PAGE_SWEDISH, "a.en.md", "/en/a/" },
		{ "", PAGE_SWEDISH, "a.md?b=c", "/a/?b=c" },
		{ "", PAGE_SWEDISH, "r/b.md", "/r/b/" },
		{ "", PAGE_SWEDISH, "r/index.md", "/r/" },
		{ "r/b", PAGE_SWEDISH, "../a.md", "/a/" },
		{ "r/b", PAGE_SWEDISH, "index.md", "/r/" },
		{ "r", PAGE_SWEDISH, "b.md", "/r/b/" },
		{ "a", PAGE_ENGLISH, "a.md", "/en/a/" },
		{ "a", PAGE_ENGLISH, "r/b.md", "/r/b/" },
		{ "a", PAGE_EASY, "a.md", "/lattlast/a/" },
		{ "a", PAGE_EASY, "index.md", "/" },
		{ "r/b", PAGE_SWEDISH, "karta.png", "/r/karta.png" },
		{ "", PAGE_SWEDISH, "/r/karta.png", "/r/karta.png" },
		{ "", PAGE_SWEDISH, "/svar/", "/svar/" },
		{ "", PAGE_SWEDISH, "/svar/#kod", "/svar/#kod" },
		{ "", PAGE_SWEDISH, "/en/a/#y", "/en/a/#y" },
		{ "", PAGE_SWEDISH, "#z", "#z" },
		{ "", PAGE_SWEDISH, "https://x.example/a.md",
			"https://x.example/a.md" },
		{ "", PAGE_SWEDISH, "mailto:a@b.example",
			"mailto:a@b.example" },
		/* Not shown today: the page above takes over. */
		{ "", PAGE_SWEDISH, "r/later.md#x", "/r/" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct link_page l = on(f, rows[i].key, rows[i].variant);
		struct text out;
		struct err e = { 0 };

		assert_true(link_resolve(&l, &f->a, text_of(rows[i].written),
			1, &out, &e));
		assert_string_equal(arena_string(&f->a, out), rows[i].address);
	}
}

static void
forms_received_elsewhere_are_led_to(void **state)
{
	static const struct {
		const char *written, *address;
	} rows[] = {
		{ "/svar/", "https://e.example/svar/" },
		{ "/svar/#kod", "https://e.example/svar/#kod" },
		{ "/e-tjanster/fraga/", "https://e.example/e-tjanster/fraga/" },
		{ "a.md", "/a/" },
		{ "/r/karta.png", "/r/karta.png" },
	};
	struct fixture *f = *state;
	struct text elsewhere = text_of("https://e.example");
	struct text out;
	struct err e = { 0 };

	f->targets.intake_url = elsewhere;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct link_page l = on(f, "", PAGE_SWEDISH);
		struct link_page form = { .targets = &f->targets,
			.path = text_of("forms/fraga.md") };

		assert_true(link_resolve(&l, &f->a, text_of(rows[i].written),
			1, &out, &e));
		assert_string_equal(arena_string(&f->a, out), rows[i].address);
		if (rows[i].written[0] != '/')
			continue;
		assert_true(link_resolve(&form, &f->a,
			text_of(rows[i].written), 1, &out, &e));
		assert_string_equal(arena_string(&f->a, out), rows[i].written);
	}
	assert_true(text_is(link_address(&f->a, elsewhere,
		text_of("/en/svar/")), "https://e.example/en/svar/"));
	assert_true(text_is(link_address(&f->a, elsewhere,
		text_of("/en/svarstider/")), "/en/svarstider/"));
	f->targets.intake_url.len = 0;
}

static void
what_leads_nowhere_is_told(void **state)
{
	static const struct {
		const char *written, *message;
	} rows[] = {
		{ "b.md", "there is no such file (did you mean "
			"\"r/b.md\"?)" },
		{ "nowhere.md", "there is no such file" },
		{ "xyz.md", "there is no such file" },
		{ "draft.en.md", "there is no such file" },
		{ "aa.md", "there is no such file (did you mean "
			"\"a.md\"?)" },
		{ "r/kart.png", "there is no such file (did you mean "
			"\"r/karta.png\"?)" },
		{ "content/a.md", "there is no such file (did you mean "
			"\"a.md\"?)" },
		{ "b", "there is no such file (did you mean \"r/b.md\"?)" },
		{ "a.html", "there is no such file (did you mean "
			"\"a.md\"?)" },
		{ "www.a.example/b", "there is no such file (did you mean "
			"\"https://www.a.example/b\"?)" },
		{ "a@b.example", "there is no such file (did you mean "
			"\"mailto:a@b.example\"?)" },
		{ "../content/site.yaml", "there is no such file" },
		{ "../../../etc/passwd", "there is no such file" },
		{ "/svr/", "there is no such address on the site (did you "
			"mean \"/svar/\"?)" },
		{ "/svar", "there is no such address on the site (did you "
			"mean \"/svar/\"?)" },
		{ "draft.md", "that page is a draft" },
		{ "//x.example/", "write the whole address, with https:" },
		{ "a.md#så-går-det", "a heading's name has only a-z, 0-9 and "
			"\"-\" (did you mean \"a.md#sa-gar-det\"?)" },
		{ "/en/a/#How it goes?", "a heading's name has only a-z, 0-9 "
			"and \"-\" (did you mean \"/en/a/#how-it-goes\"?)" },
		{ "#Här", "a heading's name has only a-z, 0-9 and \"-\" "
			"(did you mean \"#har\"?)" },
		{ "#h%C3%A4r", "a heading's name has only a-z, 0-9 and "
			"\"-\"" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct link_page l = on(f, "", PAGE_SWEDISH);
		struct text out;
		struct err e = { 0 };

		assert_false(link_resolve(&l, &f->a, text_of(rows[i].written),
			7, &out, &e));
		assert_string_equal(e.text, arena_printf(&f->a,
			"content/index.md:7: link to \"%s\": %s",
			rows[i].written, rows[i].message).p);
	}
}

static void
pictures_are_files_here(void **state)
{
	static const struct {
		const char *written;
		const char *address; /* or what is wrong, after the name */
		bool ok;
	} rows[] = {
		{ "r/karta.png", "/r/karta.png", true },
		{ "/r/karta.png?v=1#x", "/r/karta.png?v=1#x", true },
		{ "https://x.example/a.png", " is elsewhere; put the file in "
			"content/, since pages load nothing from other places",
			false },
		{ "//x.example/a.png", " is elsewhere; put the file in "
			"content/, since pages load nothing from other places",
			false },
		{ "a.md", " is no picture (.png, .jpg, .gif, .webp, .avif, "
			".svg)", false },
		{ "/svar/", " is no picture (.png, .jpg, .gif, .webp, .avif, "
			".svg)", false },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct link_page l = on(f, "", PAGE_SWEDISH);
		struct text out;
		struct err e = { 0 };

		assert_int_equal(link_picture(&l, &f->a,
			text_of(rows[i].written), 7, &out, &e), rows[i].ok);
		assert_string_equal(rows[i].ok ? arena_string(&f->a, out)
			: e.text, rows[i].ok ? rows[i].address
			: arena_printf(&f->a, "content/index.md:7: picture "
				"\"%s\"%s", rows[i].written,
				rows[i].address).p);
	}
}

static void
what_is_meant_is_named_as_it_is_written_there(void **state)
{
	struct fixture *f = *state;
	struct link_page l = on(f, "r/b", PAGE_SWEDISH);
	struct text out;
	struct err e = { 0 };

	assert_false(link_resolve(&l, &f->a, text_of("a.md"), 7, &out, &e));
	assert_string_equal(e.text, "content/r/b.md:7: link to \"a.md\": "
		"there is no such file (did you mean \"../a.md\"?)");
}

static void
headings_that_links_name_are_kept_for_later(void **state)
{
	struct fixture *f = *state;
	struct link_page l = on(f, "", PAGE_SWEDISH);
	struct text out;
	struct err e = { 0 };

	assert_true(link_resolve(&l, &f->a, text_of("a.md#x"), 3, &out, &e));
	assert_true(link_resolve(&l, &f->a, text_of("/en/a/#y"), 4, &out, &e));
	assert_true(link_resolve(&l, &f->a, text_of("#z"), 5, &out, &e));
	assert_true(link_resolve(&l, &f->a, text_of("r/b.md"), 6, &out, &e));
	assert_true(link_resolve(&l, &f->a, text_of("/svar/#q"), 7, &out, &e));
	assert_int_equal(l.anchor_count, 3);
	assert_true(text_is(l.anchors[0].to->page->path, "content/a.md"));
	assert_true(text_is(l.anchors[0].id, "x"));
	assert_true(text_is(l.anchors[1].to->page->path, "content/a.en.md"));
	assert_ptr_equal(l.anchors[2].to, l.from);
	assert_int_equal(l.anchors[2].line, 5);
}

static void
with_faults_kept_the_link_stays_and_work_goes_on(void **state)
{
	struct fixture *f = *state;
	struct link_page l = on(f, "", PAGE_SWEDISH);
	struct faults faults = { .arena = &f->a };
	struct faults warnings = { .arena = &f->a };
	struct text out;
	struct err e = { 0 };

	l.faults = &faults;
	l.warnings = &warnings;
	assert_true(link_resolve(&l, &f->a, text_of("b.md"), 3, &out, &e));
	assert_true(text_is(out, "b.md"));
	assert_true(link_resolve(&l, &f->a, text_of("r/later.md"), 4, &out,
		&e));
	assert_int_equal(faults.count, 1);
	assert_int_equal(warnings.count, 1);
	assert_true(text_is(warnings.lines[0], "content/index.md:4: link to "
		"\"r/later.md\": content/r/later.md is not shown today, only "
		"from 2030-01-01"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(links_become_addresses, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			forms_received_elsewhere_are_led_to, setup, teardown),
		cmocka_unit_test_setup_teardown(what_leads_nowhere_is_told,
			setup, teardown),
		cmocka_unit_test_setup_teardown(pictures_are_files_here,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_is_meant_is_named_as_it_is_written_there, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			headings_that_links_name_are_kept_for_later, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			with_faults_kept_the_link_stays_and_work_goes_on,
			setup, teardown),
	};

	return cmocka_run_group_tests_name("site/link", tests, NULL, NULL);
}
