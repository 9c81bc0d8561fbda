/* items: plain lists as titles and texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "site/items.h"

static void
a_list_becomes_titles_and_texts(void **state)
{
	static const struct {
		const char *source;
		const char *parts; /* title|body|own, one item after another */
	} rows[] = {
		{ "1. Fr\xC3\xA5ga\n2. Svara\n", "Fr\xC3\xA5ga|;Svara|;" },
		{ "- **A** \xE2\x80\x93 text\n", "A|text;" },
		{ "- **A**: text\n", "A|text;" },
		{ "- **A.** text\n", "A|text;" },
		{ "- **A** - text\n", "A|text;" },
		{ "- **A** text\n  more\n", "A|text\nmore;" },
		{ "\n\n* A\n\n  One.\n\n  - in\n* B\n",
			"A|\n\nOne.\n\n- in;B|;" },
		{ "- [own] **A** x\n+ B\n", "A|x|own;B|;" },
		{ "12) A\n", "A|;" },
		{ "- **A\n", "**A|;" },
		{ "- A **b** c\n", "A **b** c|;" },
		{ "- A\r\n- B", "A|;B|;" },
	};
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct text got = { "", 0 };
		struct item *items;
		struct err e = { 0 };
		size_t n;

		assert_true(items_parse(&a, "content/a.md", 1,
			text_of(rows[i].source), &items, &n, &e));
		for (size_t k = 0; k < n; k++)
			got = arena_printf(&a, "%.*s%.*s|%.*s%s;",
				(int)got.len, got.p, (int)items[k].title.len,
				items[k].title.p, (int)items[k].body.len,
				items[k].body.p, items[k].own ? "|own" : "");
		assert_string_equal(got.p, rows[i].parts);
	}
	arena_release(&a);
}

static void
items_know_their_lines(void **state)
{
	struct item *items;
	struct err e = { 0 };
	struct arena a;
	size_t n;

	(void)state;
	arena_init(&a, false);
	assert_true(items_parse(&a, "content/a.md", 10,
		text_of("\n- A\n\n  a\n- B\n"), &items, &n, &e));
	assert_int_equal(items[0].line, 11);
	assert_int_equal(items[1].line, 14);
	arena_release(&a);
}

static void
what_is_no_list_is_refused(void **state)
{
	static const char *const sources[] = {
		"", "\n\n", "text\n", "-text\n", "1.text\n", "1 text\n",
		"  - inside\n", "12\n", "-", "\n text\n- A\n",
	};
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		struct item *items;
		struct err e = { 0 };
		size_t n;

		assert_false(items_parse(&a, "content/a.md", 3,
			text_of(sources[i]), &items, &n, &e));
		assert_non_null(strstr(e.text, "a list is missing"));
	}
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_becomes_titles_and_texts),
		cmocka_unit_test(items_know_their_lines),
		cmocka_unit_test(what_is_no_list_is_refused),
	};

	return cmocka_run_group_tests_name("site/items", tests, NULL, NULL);
}
