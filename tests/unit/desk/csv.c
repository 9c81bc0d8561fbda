/* tests of desk/csv: RFC 4180, and nothing that a spreadsheet runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/csv.h"

static const struct {
	const char *cell;
	const char *written;
} cells[] = {
	{ "", "" },
	{ "hej", "hej" },
	{ "åäö", "åäö" },
	{ " hej ", " hej " },
	/* RFC 4180 2.6 and 2.7. */
	{ "a,b", "\"a,b\"" },
	{ "a\nb", "\"a\nb\"" },
	{ "say \"hi\"", "\"say \"\"hi\"\"\"" },
	{ "\"", "\"\"\"\"" },
	/* So that a file read with the other separator has whole cells. */
	{ "a;b", "\"a;b\"" },
	{ "a\tb", "\"a\tb\"" },
	/* What a spreadsheet would run. */
	{ "=1+1", "'=1+1" },
	{ "+46 70 174 06 05", "'+46 70 174 06 05" },
	{ "-", "'-" },
	{ "@SUM(A1)", "'@SUM(A1)" },
	{ "\t=1", "\"'\t=1\"" },
	{ "\r=1", "'\xEF\xBF\xBD=1" },
	{ "=cmd|' /C calc'!A0,", "\"'=cmd|' /C calc'!A0,\"" },
	{ "070-174 06 05", "070-174 06 05" },
	{ "a=b", "a=b" },
	/* What a terminal or a reader would obey. */
	{ "a\x1b[31m", "a\xEF\xBF\xBD[31m" },
	{ "a\xE2\x80\xAE" "b", "a\xEF\xBF\xBD" "b" },
	{ "a\xFF" "b", "a\xEF\xBF\xBD" "b" },
};

static void
each_cell_is_written_as_it_must_be(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		struct csv csv;
		struct buf b;

		buf_init(&b, 1024);
		csv = (struct csv){ .out = &b, .separator = ',' };
		csv_cell(&csv, text_of(cells[i].cell));
		buf_char(&b, '\0');
		assert_string_equal(b.p, cells[i].written);
		buf_release(&b);
	}
}

static void
a_file_has_a_mark_separators_and_crlf(void **state)
{
	struct csv csv;
	struct buf b;

	(void)state;
	buf_init(&b, 1024);
	csv_begin(&csv, &b, ';');
	csv_cell(&csv, text_of("a"));
	csv_cell(&csv, text_of(""));
	csv_cell(&csv, text_of("b"));
	csv_end_line(&csv);
	csv_cell(&csv, text_of("c"));
	csv_end_line(&csv);
	assert_true(text_is(buf_view(&b),
		"\xEF\xBB\xBF" "a;;b\r\nc\r\n"));
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_cell_is_written_as_it_must_be),
		cmocka_unit_test(a_file_has_a_mark_separators_and_crlf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
