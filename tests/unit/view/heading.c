/* heading: slugs, and ids that never meet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "view/heading.h"

static void
letters_are_folded_to_ascii(void **state)
{
	static const struct {
		const char *in;
		const char *out;
	} rows[] = {
		{ "Så gör du", "sa-gor-du" },
		{ "ÅÄÖ åäö", "aao-aao" },
		{ "  Hej,  du!  ", "hej-du" },
		{ "9 § SoL", "9-sol" },
		{ "Café & crème brûlée", "cafe-creme-brulee" },
		{ "Straße, Æble, Þór", "strasse-aeble-thor" },
		{ "3 × 4 ÷ 2", "3-4-2" },
		{ "", "avsnitt" },
		{ "???", "avsnitt" },
		{ "العربية", "avsnitt" },
		{ "a\xFF" "b", "a-b" },
		{ "abcdefghij abcdefghij abcdefghij abcdefghij abcdefghij "
			"abcdefghij abcdefghij",
			"abcdefghij-abcdefghij-abcdefghij-abcdefghij-"
			"abcdefghij-abcdef" }
	};
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(arena_string(&a,
			slug(&a, text_of(rows[i].in))), rows[i].out);
	arena_release(&a);
}

static void
no_two_headings_share_an_id(void **state)
{
	static const char *const rows[][2] = {
		{ "Mat", "mat" },
		{ "Mat", "mat-2" },
		{ "Mat 2", "mat-2-2" },
		{ "mat", "mat-3" },
		{ "Mat 7", "mat-7" },
		{ "MAT!", "mat-8" },
		{ "Mat x", "mat-x" },
		{ "Matte", "matte" }
	};
	struct markdown_ids ids = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct heading *h = heading_add(&a, &ids, 2,
			text_of(rows[i][0]));

		assert_non_null(h);
		assert_string_equal(arena_string(&a, h->id), rows[i][1]);
	}
	assert_int_equal(ids.count, sizeof rows / sizeof *rows);
	arena_release(&a);
}

static void
numbered_ids_say_nothing_of_the_titles(void **state)
{
	static const char *const titles[] = { "Mat", "Mat", "a1" };
	static const char *const want[] = { "a1", "a2", "a3" };
	struct markdown_ids ids = { .numbered = true };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		struct heading *h = heading_add(&a, &ids, 2,
			text_of(titles[i]));

		assert_non_null(h);
		assert_string_equal(arena_string(&a, h->id), want[i]);
	}
	arena_release(&a);
}

static void
there_is_an_end_to_headings(void **state)
{
	struct markdown_ids ids = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < HEADINGS_MAX; i++)
		assert_non_null(heading_add(&a, &ids, 2, text_of("a")));
	assert_null(heading_add(&a, &ids, 2, text_of("a")));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_folded_to_ascii),
		cmocka_unit_test(no_two_headings_share_an_id),
		cmocka_unit_test(numbered_ids_say_nothing_of_the_titles),
		cmocka_unit_test(there_is_an_end_to_headings)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
