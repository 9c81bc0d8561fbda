/* page: front matter, file names and addresses, days on which it is shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "site/page.h"

struct fixture {
	struct arena a;
	struct page p;
	struct err e;
};

static int
setup(void **state)
{
	static struct fixture f;

	f = (struct fixture){ 0 };
	arena_init(&f.a, false);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->a);
	return 0;
}

static bool
parse(struct fixture *f, const char *path, const char *source)
{
	f->e = (struct err){ 0 };
	return page_parse(&f->a, path, text_of(source), &f->p, &f->e);
}

static void
a_file_name_gives_key_variant_and_address(void **state)
{
	static const struct {
		const char *path, *key, *url;
		enum page_variant variant;
	} rows[] = {
		{ "content/index.md", "", "/", PAGE_SWEDISH },
		{ "content/roller.md", "roller", "/roller/", PAGE_SWEDISH },
		{ "content/roller.sv.md", "roller", "/roller/", PAGE_SWEDISH },
		{ "content/roller.en.md", "roller", "/en/roller/",
			PAGE_ENGLISH },
		{ "content/roller.lattlast.md", "roller", "/lattlast/roller/",
			PAGE_EASY },
		{ "content/index.en.md", "", "/en/", PAGE_ENGLISH },
		{ "content/rutin/index.md", "rutin", "/rutin/", PAGE_SWEDISH },
		{ "content/rutin/begaran.md", "rutin/begaran",
			"/rutin/begaran/", PAGE_SWEDISH },
		{ "content/rutin/index.en.md", "rutin", "/en/rutin/",
			PAGE_ENGLISH },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_true(parse(f, rows[i].path, "---\ntitle: A\n---\n"));
		assert_true(text_is(f->p.key, rows[i].key));
		assert_true(text_is(f->p.url, rows[i].url));
		assert_int_equal(f->p.variant, rows[i].variant);
	}
}

static void
every_key_is_read(void **state)
{
	struct fixture *f = *state;

	assert_true(parse(f, "content/a.md",
		"---\n"
		"title: Roller\n"
		"description: Vem g\xC3\xB6r vad\n"
		"weight: -5\n"
		"menu: true\n"
		"draft: true\n"
		"publish: 2026-01-02\n"
		"expire: 2027-01-02\n"
		"aliases: [/gammal/, /b.html]\n"
		"form: synpunkt\n"
		"reviewed: 2026-11-16\n"
		"review-every: 1 year\n"
		"reviewer: [En, Tv\xC3\xA5]\n"
		"document:\n"
		"  type: Rutin\n"
		"  approved: 2026-02-03\n"
		"sources: Lagen\n"
		"toc: false\n"
		"---\n"
		"\n"
		"Text\n"));
	assert_true(text_is(f->p.title, "Roller"));
	assert_true(text_is(f->p.description, "Vem g\xC3\xB6r vad"));
	assert_int_equal(f->p.weight, -5);
	assert_true(f->p.menu && f->p.draft && !f->p.toc);
	assert_int_equal(f->p.publish.year, 2026);
	assert_int_equal(f->p.expire.year, 2027);
	assert_int_equal(f->p.alias_count, 2);
	assert_true(text_is(f->p.aliases[1], "/b.html"));
	assert_true(text_is(f->p.form, "synpunkt"));
	assert_int_equal(f->p.form_line, 10);
	assert_int_equal(f->p.review_months, 12);
	assert_int_equal(f->p.reviewer_count, 2);
	assert_true(text_is(value_get_text(f->p.document, "type"), "Rutin"));
	assert_int_equal(f->p.source_count, 1);
	assert_int_equal(f->p.source_lines[0], 17);
	assert_int_equal(f->p.body_line, 20);
	assert_true(text_is(f->p.body, "\nText\n"));
}

static void
what_is_not_given_has_its_default(void **state)
{
	struct fixture *f = *state;

	assert_true(parse(f, "content/a.md",
		"\xEF\xBB\xBF---\r\ntitle: A\r\nform:\r\n---\r\nText"));
	assert_int_equal(f->p.weight, PAGE_WEIGHT);
	assert_false(f->p.weight_given);
	assert_true(f->p.toc);
	assert_false(f->p.menu);
	assert_int_equal(f->p.form.len, 0);
	assert_null(f->p.document);
	assert_int_equal(f->p.body_line, 5);
	assert_true(text_is(f->p.body, "Text"));
	/* Blanks that nobody sees. */
	assert_true(parse(f, "content/a.md", "--- \ntitle: A\n---\t \nB"));
	assert_true(text_is(f->p.body, "B"));
}

static void
a_fault_is_told_with_file_and_line(void **state)
{
	static const struct {
		const char *path, *source, *message;
	} rows[] = {
		{ "content/roller.md", "---\n\n\ntitel: A\n---\n",
			"content/roller.md:4: unknown key \"titel\" "
			"(did you mean \"title\"?)" },
		{ "content/a.md", "---\ntitle: A\nf\xC3\xA4rg: r\n---\n",
			"content/a.md:3: unknown key \"f\xC3\xA4rg\"; there are "
			"title, description, weight, menu, draft, publish, "
			"expire, aliases, form, reviewed, review-every, "
			"reviewer, document, sources, toc" },
		{ "content/a.md", "Text\n",
			"content/a.md:1: must begin with a line \"---\", then "
			"\"title: ...\", then \"---\"" },
		{ "content/a.md", "---\ntitle: A\n",
			"content/a.md:1: the line \"---\" that ends the front "
			"matter is missing" },
		{ "content/a.md", "---\ntitle: A\n ---\n",
			"content/a.md:1: the line \"---\" that ends the front "
			"matter is missing" },
		{ "content/a.md", "---\n---\n",
			"content/a.md:1: \"title\" is missing" },
		{ "content/a.md", "---\nmenu: true\ntitle:\n---\n",
			"content/a.md:3: \"title\" is missing" },
		{ "content/a.md", "---\ntitle: [A]\n---\n",
			"content/a.md:2: \"title\" must be one line of text" },
		{ "content/a.md", "---\ntitle: A\nweight: tung\n---\n",
			"content/a.md:3: \"weight\" must be a whole number" },
		{ "content/a.md", "---\ntitle: A\nmenu: ja\n---\n",
			"content/a.md:3: \"menu\" must be true or false" },
		{ "content/a.md", "---\ntitle: A\nreviewed: 2026-02-30\n---\n",
			"content/a.md:3: \"reviewed\" must be a date that "
			"exists, like 2026-11-22" },
		{ "content/a.md", "---\ntitle: A\nreview-every: 12\n---\n",
			"content/a.md:3: \"review-every\" must be a time like "
			"\"12 months\" or \"1 year\"" },
		{ "content/a.md", "---\ntitle: A\nreview-every: 1 year\n---\n",
			"content/a.md:3: \"review-every\" needs \"reviewed\"" },
		{ "content/a.md", "---\ntitle: A\ndocument: Rutin\n---\n",
			"content/a.md:3: \"document\" must be followed by "
			"indented lines of \"key: value\"" },
		{ "content/a.md",
			"---\ntitle: A\ndocument:\n  aproved: 2026-01-01\n---\n",
			"content/a.md:4: unknown key \"aproved\" "
			"(did you mean \"approved\"?)" },
		{ "content/a.md", "---\ntitle: A\naliases: gammal\n---\n",
			"content/a.md:3: alias \"gammal\" must be a path like "
			"\"/gammal/sida/\"" },
		{ "content/a.md", "---\ntitle: A\naliases: /../x/\n---\n",
			"content/a.md:3: alias \"/../x/\" must be a path like "
			"\"/gammal/sida/\"" },
		{ "content/a.md", "---\ntitle: A\naliases: //x/\n---\n",
			"content/a.md:3: alias \"//x/\" must be a path like "
			"\"/gammal/sida/\"" },
		{ "content/a.md", "---\ntitle: A\nform: Syn Punkt\n---\n",
			"content/a.md:3: \"form\" must be a form's id: a-z, "
			"0-9 and \"-\"" },
		{ "content/a.md", "---\ntitle: A\npublish: 2026-02-01\n"
			"expire: 2026-02-01\n---\n",
			"content/a.md:4: \"expire\" must be later than "
			"\"publish\"" },
		{ "content/a.md", "---\ntitle: A\n---\n\xFF\n",
			"content/a.md:4: is not UTF-8" },
		{ "content/a.md", "---\ntitle: A\n---\nb\r\n\x1B[31m\r\n",
			"content/a.md:5: holds the invisible character "
			"U+001B" },
		{ "content/a.md", "---\ntitle: A\u202E\n---\n",
			"content/a.md:2: holds the invisible character "
			"U+202E" },
		{ "content/a.md", "---\rtitle: A\r---\r",
			"content/a.md:1: holds the invisible character "
			"U+000D" },
		{ "content/b.md/a.md", "---\ntitle: A\n---\n",
			"content/b.md/a.md: a page's file name has only a-z, "
			"0-9, \"-\" and \"_\"" },
		{ "content/a.de.md", "---\ntitle: A\n---\n",
			"content/a.de.md: unknown variant \"de\"; there are "
			"sv, en, lattlast" },
		{ "content/a.lattlst.md", "---\ntitle: A\n---\n",
			"content/a.lattlst.md: unknown variant \"lattlst\" "
			"(did you mean \"lattlast\"?)" },
		{ "content/S\xC3\xA5.md", "---\ntitle: A\n---\n",
			"content/S\xC3\xA5.md: a page's file name has only "
			"a-z, 0-9, \"-\" and \"_\"" },
		{ "content/.md", "---\ntitle: A\n---\n",
			"content/.md: its name is empty or longer than 200 "
			"bytes" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_false(parse(f, rows[i].path, rows[i].source));
		assert_string_equal(f->e.text, rows[i].message);
	}
}

static void
a_page_is_shown_from_publish_until_the_day_before_expire(void **state)
{
	struct fixture *f = *state;

	assert_true(parse(f, "content/a.md", "---\ntitle: A\n"
		"publish: 2026-02-01\nexpire: 2026-03-01\n---\n"));
	assert_false(page_is_public(&f->p, (struct date){ 2026, 1, 31 }));
	assert_true(page_is_public(&f->p, (struct date){ 2026, 2, 1 }));
	assert_true(page_is_public(&f->p, (struct date){ 2026, 2, 28 }));
	assert_false(page_is_public(&f->p, (struct date){ 2026, 3, 1 }));
}

static void
a_review_is_overdue_the_day_after_it_was_due(void **state)
{
	struct fixture *f = *state;

	assert_true(parse(f, "content/a.md", "---\ntitle: A\n"
		"reviewed: 2025-08-31\nreview-every: 18 months\n---\n"));
	assert_false(page_is_overdue(&f->p, (struct date){ 2027, 2, 28 }));
	assert_true(page_is_overdue(&f->p, (struct date){ 2027, 3, 1 }));
	assert_true(parse(f, "content/a.md", "---\ntitle: A\n"
		"reviewed: 2025-12-01\nreview-every: 12 months\n---\n"));
	assert_false(page_is_overdue(&f->p, (struct date){ 2026, 12, 1 }));
	assert_true(page_is_overdue(&f->p, (struct date){ 2026, 12, 2 }));
	assert_true(parse(f, "content/a.md", "---\ntitle: A\n"
		"reviewed: 2000-12-01\n---\n"));
	assert_false(page_is_overdue(&f->p, (struct date){ 2026, 12, 2 }));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_name_gives_key_variant_and_address),
		cmocka_unit_test(every_key_is_read),
		cmocka_unit_test(what_is_not_given_has_its_default),
		cmocka_unit_test(a_fault_is_told_with_file_and_line),
		cmocka_unit_test(
			a_page_is_shown_from_publish_until_the_day_before_expire),
		cmocka_unit_test(a_review_is_overdue_the_day_after_it_was_due),
	};

	return cmocka_run_group_tests_name("site/page", tests, setup, teardown);
}
