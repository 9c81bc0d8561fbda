/* footnote: definitions taken out, references numbered, faults told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "view/footnote.h"
#include "view/markdown.h"

struct row {
	const char *in;
	const char *out;
};

#define REF(n, id) "<sup><a href=\"#_fn-" n "\" id=\"_ref-" id \
	"\" aria-label=\"Not " n "\">" n "</a></sup>"

static const struct row pages[] = {
	{ "a[^1]\n\n[^1]: b", "<p>a" REF("1", "1") "</p>\n" },
	/* Numbered by reference, not by name or definition. */
	{ "[^2]: b\n[^x-1]: c\n\na[^x-1] b[^2].",
		"<p>a" REF("1", "1") " b" REF("2", "2") ".</p>\n" },
	{ "a[^1] b[^1]\n\n[^1]: c", "<p>a" REF("1", "1") " b"
		REF("1", "1-2") "</p>\n" },
	/* What cmark takes for one link, or for a picture. */
	{ "a[^1][^2]\n\n[^1]: b\n[^2]: c", "<p>a" REF("1", "1")
		REF("2", "2") "</p>\n" },
	{ "a[^1][^2][^1]\n\n[^1]: b\n[^2]: c", "<p>a" REF("1", "1")
		REF("2", "2") REF("1", "1-2") "</p>\n" },
	{ "a![^1]\n\n[^1]: b", "<p>a!" REF("1", "1") "</p>\n" },
	/* Code is left alone. */
	{ "`[^1]` [^1]\n\n[^1]: b", "<p><code>[^1]</code> " REF("1", "1")
		"</p>\n" },
	{ "[^1]\n\n```\n[^2]: b\n```\n\n[^1]: c", "<p>" REF("1", "1")
		"</p>\n<pre><code>[^2]: b\n</code></pre>\n" },
	{ "[^1]\n\n[^1]: b\n\ntext\n\n    [^2]: c", "<p>" REF("1", "1")
		"</p>\n<p>text</p>\n<pre><code>[^2]: c\n</code></pre>\n" },
	/* In a heading, which keeps its id; in a table. */
	{ "## A[^1]\n\n[^1]: b", "<h2 id=\"a\">A" REF("1", "1")
		"</h2>\n" },
	{ "|a|\n|-|\n|b[^1]|\n\n[^1]: c",
		"<section class=\"table\" tabindex=\"0\" aria-label=\"a\">\n"
		"<table>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n</tr>\n"
		"</thead>\n<tbody>\n<tr>\n<td>b" REF("1", "1") "</td>\n"
		"</tr>\n</tbody>\n</table>\n</section>\n" },
	{ "\"a\"[^1]\n\n[^1]: b", "<p>”a”" REF("1", "1") "</p>\n" },
	/* No footnotes at all. */
	{ "[b](/c)[^1] [d](/e)\n\n[^1]: f", "<p><a href=\"/c\">b</a>"
		REF("1", "1") " <a href=\"/e\">d</a></p>\n" },
	{ "x[^", "<p>x[^</p>\n" },
	{ "x [^ a] y", "<p>x [^ a] y</p>\n" }
};

/* The source begins on line 10 of its file. */
static const struct row faults[] = {
	{ "a[^1]", "x.md:10: there is no footnote \"1\"" },
	{ "a\n[b[^1]](/c)\n\n[^1]: d", "x.md:11: a link's text has no "
		"footnotes; refer to them after the link" },
	{ "[b [^1] c](/d)\n\n[^1]: d", "x.md:10: a link's text has no "
		"footnotes; refer to them after the link" },
	{ "a\n\nb[^lg]\n\n[^lag]: c", "x.md:12: there is no footnote \"lg\" "
		"(did you mean \"lag\"?)" },
	{ "a \\[^1]", "x.md:10: there is no footnote \"1\"" },
	{ "a[^x][^1]\n\n[^1]: b", "x.md:10: there is no footnote \"x\"" },
	{ "[^1]: a\n\n[^1]: b", "x.md:12: footnote \"1\" stands on line 10 "
		"already" },
	{ "[^1]:\n", "x.md:10: footnote \"1\" has no text" },
	{ "[^A]: b", "x.md:10: a footnote's name is a-z, 0-9 and single "
		"\"-\", like [^1] or [^lag-2]" },
	{ "[^a--b]: c", "x.md:10: a footnote's name is a-z, 0-9 and single "
		"\"-\", like [^1] or [^lag-2]" },
	{ "[^]: c", "x.md:10: a footnote's name is a-z, 0-9 and single "
		"\"-\", like [^1] or [^lag-2]" },
	{ "[^1]: a\nb", "x.md:11: a footnote ends with an empty line; a line "
		"that goes on with it is indented" },
	{ "[^1]: a\n\n    b", "x.md:12: a footnote is one paragraph" },
	{ "[^1]: a[^2]\n[^2]: b", "x.md:10: a footnote does not refer to "
		"footnotes" },
	{ "[a][^1]\n\n[^1]: b", "x.md:10: \"[a]\" stands directly before a "
		"footnote; put a space between them" },
	{ "![a [^1]](b.png)\n\n[^1]: c", "x.md:10: a picture's description "
		"has no footnotes" },
	{ "a[^1]\n\n[^1]: b\n\n<i>", "x.md:14: raw HTML is not allowed (a "
		"\"<\" that is meant as text is written \"\\<\")" }
};

static const char *
rendered(struct arena *a, const char *in, int line, struct footnotes *notes)
{
	struct markdown_ids ids = { 0 };
	const struct markdown_options o = {
		.path = "x.md", .line = line, .ids = &ids, .notes = notes
	};
	struct text source = text_of(in);
	struct err e = { 0 };
	struct html h;

	*notes = (struct footnotes){ .word = text_of("Not") };
	if (footnotes_read(a, "x.md", line, &source, notes, &e) &&
		markdown_render(a, source, &o, &h, &e))
		return arena_string(a, h.markup);
	return arena_string(a, text_of(e.text));
}

/* Each source, which begins on that line, becomes what it should. */
static void
hold(const struct row *rows, size_t count, int line)
{
	struct footnotes notes;
	struct arena a;

	arena_init(&a, false);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(rendered(&a, rows[i].in, line, &notes),
			rows[i].out);
	arena_release(&a);
}

static void
references_are_numbered_where_they_stand(void **state)
{
	(void)state;
	hold(pages, sizeof pages / sizeof *pages, 1);
}

static void
faults_are_named_with_their_line(void **state)
{
	(void)state;
	hold(faults, sizeof faults / sizeof *faults, 10);
}

static void
the_texts_are_kept_in_the_order_of_reference(void **state)
{
	struct footnotes notes;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	(void)rendered(&a, "a[^b]\n\n[^a]: *A*\n[^b]: B,\n  som\n\tgår på\n",
		5, &notes);
	assert_int_equal(notes.count, 2);
	assert_int_equal(notes.shown_count, 1);
	assert_true(text_is(notes.shown[0]->text, "B, som går på"));
	assert_int_equal(notes.shown[0]->line, 8);
	assert_true(text_is(notes.items[0].text, "*A*"));
	assert_int_equal(notes.items[0].number, 0);
	arena_release(&a);
}

static void
a_label_may_refer_to_a_footnote(void **state)
{
	struct footnotes notes = { .word = text_of("Not") };
	struct markdown_options o = { .path = "x.md", .line = 3,
		.notes = &notes };
	struct text source = text_of("[^1]: a\n");
	struct err e = { 0 };
	struct arena a;
	struct html h;

	(void)state;
	arena_init(&a, false);
	assert_true(footnotes_read(&a, "x.md", 1, &source, &notes, &e));
	assert_true(markdown_inline(&a, text_of("b[^1]"), &o, &h, &e));
	assert_true(text_is(h.markup, "b" REF("1", "1")));
	assert_false(markdown_inline(&a, text_of("b[^2]"), &o, &h, &e));
	assert_string_equal(e.text, "x.md:3: there is no footnote \"2\"");
	arena_release(&a);
}

static void
what_looks_like_a_place_among_them_is_a_link(void **state)
{
	struct footnotes notes = { .word = text_of("Not") };
	struct markdown_options o = { .path = "x.md", .line = 1,
		.notes = &notes };
	struct text source = text_of("[^1]: a\n");
	struct err e = { 0 };
	struct arena a;
	struct html h;

	(void)state;
	arena_init(&a, false);
	assert_true(footnotes_read(&a, "x.md", 1, &source, &notes, &e));
	assert_true(markdown_render(&a, text_of("[b](\xEE\x80\x80""1)"), &o,
		&h, &e));
	assert_int_equal(notes.shown_count, 0);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_are_numbered_where_they_stand),
		cmocka_unit_test(faults_are_named_with_their_line),
		cmocka_unit_test(the_texts_are_kept_in_the_order_of_reference),
		cmocka_unit_test(a_label_may_refer_to_a_footnote),
		cmocka_unit_test(what_looks_like_a_place_among_them_is_a_link)
	};

	return cmocka_run_group_tests_name("view/footnote", tests, NULL, NULL);
}
