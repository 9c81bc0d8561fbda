/* diagram_text: widths, lines and markup read as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "site/diagram_text.h"

static const struct diagram_type ten = { 10, 12, false, false };

static const char *
cut(struct arena *a, const char *t, const struct diagram_type *type,
	int width)
{
	struct diagram_lines lines = diagram_text_lines(a, text_of(t), type,
		width);
	const char *all = "";

	for (size_t i = 0; i < lines.count; i++)
		all = arena_printf(a, "%s%s%.*s", all, i ? "|" : "",
			(int)lines.items[i].len, lines.items[i].p).p;
	return all;
}

static void
lines_end_at_white_space_before_the_edge(void **state)
{
	/* A digit is 6.4 wide here, a space 3.2, a hyphen 3.6. */
	static const struct {
		const char *text;
		int width;
		const char *lines;
	} rows[] = {
		{ "", 100, "" },
		{ "  \n ", 100, "" },
		{ "111", 20, "111" },
		{ "111 222", 42, "111 222" },
		{ "111 222", 41, "111|222" },
		{ " 111\n222 \t 333 ", 45, "111\n222|333" },
		{ "1 2 3 4", 17, "1 2|3 4" },
		{ "111\xC2\xA0" "222 333", 45, "111\xC2\xA0" "222|333" },
		{ "11111111", 20, "11-|11-|11-|11" },
		{ "111-222", 24, "111-|222" },
		{ "1-2222222", 24, "1-|222-|222-|2" },
		{ "1 22222222", 20, "1|22-|22-|22-|22" },
		{ "111", 1, "1-|1-|1" },
		{ "\xC3\xA5\xC3\xA4\xC3\xB6", 1,
			"\xC3\xA5-|\xC3\xA4-|\xC3\xB6" },
	};
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(cut(&a, rows[i].text, &ten,
			rows[i].width), rows[i].lines);
	arena_release(&a);
}

static void
even_lines_are_no_more_but_closer_in_length(void **state)
{
	struct diagram_type even = ten;
	struct arena a;

	(void)state;
	even.even = true;
	arena_init(&a, false);
	assert_string_equal(cut(&a, "11 22 33 44", &ten, 60),
		"11 22 33|44");
	assert_string_equal(cut(&a, "11 22 33 44", &even, 60),
		"11 22|33 44");
	/* No word is cut for the sake of it. */
	assert_string_equal(cut(&a, "1111111 2", &even, 50), "1111111|2");
	arena_release(&a);
}

static void
widths_grow_with_size_and_weight(void **state)
{
	static const struct diagram_type bold = { 10, 12, true, false };
	static const struct diagram_type twenty = { 20, 24, false, false };
	struct text t = text_of("Bist\xC3\xA5ndshandl\xC3\xA4ggare");

	(void)state;
	assert_int_equal(diagram_text_width(text_of("1111"), &ten), 26);
	assert_true(diagram_text_width(t, &bold) > diagram_text_width(t,
		&ten));
	assert_in_range(diagram_text_width(t, &twenty),
		2 * diagram_text_width(t, &ten) - 2,
		2 * diagram_text_width(t, &ten));
	/* Soft hyphens, joiners and marks take no room. */
	assert_int_equal(diagram_text_width(text_of("\xC2\xAD\xE2\x80\x8D"
		"\xCC\x88"), &ten), 0);
	assert_int_equal(diagram_text_width(text_of("\xF0\x9F\x98\x80"),
		&ten), 10);
	assert_int_equal(diagram_text_width(text_of(""), &ten), 0);
}

static void
markup_is_read_as_a_reader_hears_it(void **state)
{
	static const struct {
		const char *markup, *text;
	} rows[] = {
		{ "", "" },
		{ "<p>A <em>b</em>\nc</p>\n<p>d</p>", "A b c d" },
		{ "a &amp; b &lt;c&gt; &quot;d&quot; &#39;", "a & b <c> \"d\" '" },
		{ "<a href=\"/x\">l\xC3\xA4nk</a>.", "l\xC3\xA4nk." },
		{ "&amp;lt;", "&lt;" },
		{ "a & b", "a & b" },
		{ "a <", "a" },
	};
	struct arena a;
	struct buf b;
	struct text t;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(diagram_text_plain(&a,
			text_of(rows[i].markup)).p, rows[i].text);
	buf_init(&b, 10000);
	buf_char(&b, 'x');
	for (int i = 0; i < 2000; i++)
		buf_str(&b, "\xC3\xA5");
	t = diagram_text_plain(&a, buf_view(&b));
	assert_true(t.len <= DIAGRAM_TEXT_MAX + 4);
	assert_true(text_ends(t, "\xC3\xA5\xE2\x80\xA6"));
	buf_release(&b);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_at_white_space_before_the_edge),
		cmocka_unit_test(even_lines_are_no_more_but_closer_in_length),
		cmocka_unit_test(widths_grow_with_size_and_weight),
		cmocka_unit_test(markup_is_read_as_a_reader_hears_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
