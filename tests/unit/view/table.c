/* table: delimiter rows, and rows cut into cells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "view/table.h"

static void
a_delimiter_row_is_dashes_colons_and_pipes(void **state)
{
	static const struct {
		const char *line;
		const char *align; /* "" : no delimiter row */
	} rows[] = {
		{ "|---|", "-" },
		{ "|---|---|", "--" },
		{ "--- | ---", "--" },
		{ " | :-- | :-: | --: | - | ", "lcr-" },
		{ ":-|-:", "lr" },
		{ "|-", "-" },
		{ "-|", "-" },
		{ "---", "" },
		{ "", "" },
		{ "|", "" },
		{ "||", "" },
		{ "|:|", "" },
		{ "|::|", "" },
		{ "|- -|", "" },
		{ "|--|x|", "" },
		{ "|--||", "" }
	};
	enum table_align align[TABLE_COLUMNS_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct text want = text_of(rows[i].align);

		assert_int_equal(table_delimiter(text_of(rows[i].line), align),
			want.len);
		for (size_t k = 0; k < want.len; k++)
			assert_int_equal("-lcr"[align[k]], want.p[k]);
	}
}

static void
more_columns_than_the_most_are_counted(void **state)
{
	enum table_align align[TABLE_COLUMNS_MAX];
	char line[2 * (TABLE_COLUMNS_MAX + 1)];

	(void)state;
	for (size_t i = 0; i < sizeof line; i++)
		line[i] = i % 2 ? '|' : '-';
	assert_int_equal(table_delimiter((struct text){ line, sizeof line },
		align), TABLE_COLUMNS_MAX + 1);
	assert_int_equal(table_delimiter(
		(struct text){ line, sizeof line - 2 }, align),
		TABLE_COLUMNS_MAX);
}

static void
rows_are_cut_at_pipes_that_are_not_escaped(void **state)
{
	static const struct {
		const char *line;
		size_t n;
		const char *cells; /* joined with "/" */
	} rows[] = {
		{ "| a | b |", 2, "a/b" },
		{ "a|b", 2, "a/b" },
		{ "|a|b", 2, "a/b" },
		{ "a|b|", 2, "a/b" },
		{ "|a||b|", 3, "a//b" },
		{ "||", 1, "" },
		{ "|", 0, "" },
		{ "", 0, "" },
		{ "no pipe", 0, "no pipe" },
		{ "| a \\| b | c |", 2, "a | b/c" },
		{ "| \\\\| b |", 2, "\\\\/b" },
		{ "| \\* \\| |", 1, "\\* |" },
		{ "| `a\\|b` |", 1, "`a|b`" },
		{ "a \\| b", 0, "" },
		{ "| a \\", 1, "a \\" }
	};
	struct text cells[4];
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct text want = text_of(rows[i].cells), cell;
		size_t n = table_row(&a, text_of(rows[i].line), cells, 4);

		assert_int_equal(n, rows[i].n);
		for (size_t k = 0; k < n; k++) {
			assert_true(text_split(&want, '/', &cell));
			assert_true(text_eq(cells[k], cell));
		}
	}
	arena_release(&a);
}

static void
no_more_cells_are_written_than_asked_for(void **state)
{
	struct text cells[2] = { { NULL, 0 }, { "kept", 4 } };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	assert_int_equal(table_row(&a, text_of("|a|b|c|"), cells, 1), 3);
	assert_true(text_is(cells[0], "a"));
	assert_true(text_is(cells[1], "kept"));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_delimiter_row_is_dashes_colons_and_pipes),
		cmocka_unit_test(more_columns_than_the_most_are_counted),
		cmocka_unit_test(rows_are_cut_at_pipes_that_are_not_escaped),
		cmocka_unit_test(no_more_cells_are_written_than_asked_for)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
