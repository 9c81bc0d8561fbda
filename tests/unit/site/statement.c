/* statement: eleven parts, two dates, one link. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "site/statement.h"

static const char whole[] =
	"---\ntitle: T\n---\n"
	"## Vem som ansvarar\nVi.\n"
	"## Vad redogörelsen gäller\nAllt.\n"
	"## Hur tillgänglig webbplatsen är\nDelvis.\n"
	"## Innehåll som inte är tillgängligt\nInget.\n"
	"## Hur vi har bedömt webbplatsen\nSjälva.\n"
	"## Datum för bedömningen\nDen 2026-11-20.\n"
	"## Datum för uppdateringen\n\n### I år\n\n2026-11-21\n"
	"## Rapportera brister\nRing.\n"
	"## Tillsyn\n<https://www.digg.se/tdosanmalan>\n"
	"## Oskäligt betungande anpassning\nNej.\n"
	"## Innehåll som lagen inte gäller\nInget.";

static void
parse(struct arena *a, const char *path, struct text source, struct page *p)
{
	struct err e = { 0 };

	assert_true(page_parse(a, path, source, p, &e));
}

static void
a_whole_statement_holds(void **state)
{
	struct page p;
	struct err e = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	parse(&a, "content/tillganglighet.md", text_of(whole), &p);
	assert_true(statement_is(&p));
	assert_true(statement_check(&p, NULL, &e));
	arena_release(&a);
}

static void
each_line_taken_away_is_missed(void **state)
{
	struct text all = text_of(whole);
	struct text rest = all;
	struct text line;
	struct arena a;
	int n = 0;

	(void)state;
	arena_init(&a, false);
	while (text_line(&rest, &line)) {
		size_t from = (size_t)(line.p - all.p);
		size_t to = rest.p ? (size_t)(rest.p - all.p) : all.len;
		struct page p;
		struct err e = { 0 };

		/* Front matter, blank lines and a heading in a part are not
		 * asked for. */
		if (++n <= 3 || line.len == 0 || text_starts(line, "### "))
			continue;
		parse(&a, "content/tillganglighet.md", arena_printf(&a,
			"%.*s%.*s", (int)from, all.p, (int)(all.len - to),
			all.p + to), &p);
		assert_false(statement_check(&p, NULL, &e));
	}
	arena_release(&a);
}

static void
only_the_page_of_that_name_is_one(void **state)
{
	static const struct {
		const char *path;
		bool is;
	} rows[] = {
		{ "content/tillganglighet.md", true },
		{ "content/tillganglighet.en.md", true },
		{ "content/tillganglighetsredogorelse.md", true },
		{ "content/tillganglighet.lattlast.md", false },
		{ "content/tillganglig.md", false },
		{ "content/om/tillganglighet.md", false },
	};
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct page p;

		parse(&a, rows[i].path, text_of(whole), &p);
		assert_int_equal(statement_is(&p), rows[i].is);
	}
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_statement_holds),
		cmocka_unit_test(each_line_taken_away_is_missed),
		cmocka_unit_test(only_the_page_of_that_name_is_one),
	};

	return cmocka_run_group_tests_name("site/statement", tests, NULL, NULL);
}
