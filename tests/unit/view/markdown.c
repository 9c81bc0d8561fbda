/* markdown: Markdown in, markup or one line of fault out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "view/markdown.h"

struct row {
	const char *in;
	const char *out;
};

#define BOX "<section class=\"table\" tabindex=\"0\" "

static const struct row pages[] = {
	{ "", "" },
	{ "Hej.", "<p>Hej.</p>\n" },
	{ "\xEF\xBB\xBFHej.", "<p>Hej.</p>\n" },
	{ "1 \\< 2 & 3", "<p>1 &lt; 2 &amp; 3</p>\n" },
	{ "&aring;&#10;&nbsp;`&rlm;`", "<p>å\n\xC2\xA0<code>&amp;rlm;"
		"</code></p>\n" },
	{ "- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n" },
	{ "## Så *gör* du `nu`",
		"<h2 id=\"sa-gor-du-nu\">Så <em>gör</em> du "
		"<code>nu</code></h2>\n" },
	{ "## A\n\n## A\n\ntext", "<h2 id=\"a\">A</h2>\n"
		"<h2 id=\"a-2\">A</h2>\n<p>text</p>\n" },
	{ "> ### A\n> b", "<blockquote>\n<h3 id=\"a\">A</h3>\n<p>b</p>\n"
		"</blockquote>\n" },
	{ "A\n---", "<h2 id=\"a\">A</h2>\n" },
	/* Typography, but not in code. */
	{ "*\"Hej\"* -- 9 §...", "<p><em>”Hej”</em> – 9\xC2\xA0§…</p>\n" },
	{ "`\"a\" -- b`", "<p><code>&quot;a&quot; -- b</code></p>\n" },
	{ "    \"a\" -- b",
		"<pre><code>&quot;a&quot; -- b\n</code></pre>\n" },
	{ "enligt 9\n§ lagen", "<p>enligt 9\xC2\xA0§ lagen</p>\n" },
	{ "den 9\nmaj", "<p>den 9\xC2\xA0maj</p>\n" },
	{ "de 9\nbarnen", "<p>de 9\nbarnen</p>\n" },
	/* Links. */
	{ "[a](/b \"c\")", "<p><a href=\"/b\" title=\"c\">a</a></p>\n" },
	{ "<https://example.se>", "<p><a href=\"https://example.se\">"
		"https://example.se</a></p>\n" },
	{ "<https://a.se/b--c...d?e=&amp;f> ...", "<p><a href=\""
		"https://a.se/b--c...d?e=&amp;f\">https://a.se/b--c...d?e="
		"&amp;f</a> …</p>\n" },
	{ "<a--b@c.se> [a--b](/c)", "<p><a href=\"mailto:a--b@c.se\">"
		"a--b@c.se</a> <a href=\"/c\">a–b</a></p>\n" },
	{ "[a](tel:+46300)", "<p><a href=\"tel:+46300\">a</a></p>\n" },
	{ "[a](MAILTO:b@example.se)",
		"<p><a href=\"MAILTO:b@example.se\">a</a></p>\n" },
	{ "[a](./b:c)", "<p><a href=\"./b:c\">a</a></p>\n" },
	{ "[a](#b:c)", "<p><a href=\"#b:c\">a</a></p>\n" },
	{ "![](/b.png)", "<p><img src=\"/b.png\" alt=\"\" /></p>\n" },
	{ "[![a](/b.png)](/c)", "<p><a href=\"/c\">"
		"<img src=\"/b.png\" alt=\"a\" /></a></p>\n" },
	/* Tables. */
	{ "| a | b |\n|---|--:|\n| c | *d* |\n",
		BOX "aria-label=\"a, b\">\n<table>\n<thead>\n<tr>\n"
		"<th scope=\"col\">a</th>\n"
		"<th scope=\"col\" class=\"right\">b</th>\n"
		"</tr>\n</thead>\n<tbody>\n<tr>\n<td>c</td>\n"
		"<td class=\"right\"><em>d</em></td>\n</tr>\n</tbody>\n"
		"</table>\n</section>\n" },
	{ "## \"K\"\n\n|a|\n|-|\n\n|b|\n|-|\n",
		"<h2 id=\"k\">”K”</h2>\n"
		BOX "aria-label=\"”K”\">\n<table>\n<thead>\n<tr>\n"
		"<th scope=\"col\">a</th>\n</tr>\n</thead>\n</table>\n</section>\n"
		BOX "aria-label=\"”K” (2)\">\n<table>\n<thead>\n<tr>\n"
		"<th scope=\"col\">b</th>\n</tr>\n</thead>\n</table>\n"
		"</section>\n" },
	{ "| | b |\n|--|--|\n|x|\n",
		BOX "aria-label=\"b\">\n<table>\n<thead>\n<tr>\n<td></td>\n"
		"<th scope=\"col\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
		"<td>x</td>\n<td></td>\n</tr>\n</tbody>\n</table>\n</section>\n" },
	{ "||\n|-|\n", "<div class=\"table\" tabindex=\"0\">\n<table>\n"
		"<thead>\n<tr>\n<td></td>\n</tr>\n</thead>\n</table>\n"
		"</div>\n" },
	{ "| a |\n|---|\n| - b |\n| # c |\n| \"[d][e]\" \\| `f\\|g` |\n"
		"\n[e]: /h",
		BOX "aria-label=\"a\">\n<table>\n<thead>\n<tr>\n"
		"<th scope=\"col\">a</th>\n</tr>\n</thead>\n<tbody>\n"
		"<tr>\n<td>- b</td>\n</tr>\n<tr>\n<td># c</td>\n</tr>\n"
		"<tr>\n<td>”<a href=\"/h\">d</a>” | <code>f|g</code></td>\n"
		"</tr>\n</tbody>\n</table>\n</section>\n" },
	{ "> - x\n>\n>   |a|\r\n>   |-|\r\n>   |b|\n",
		"<blockquote>\n<ul>\n<li>\n<p>x</p>\n"
		BOX "aria-label=\"a\">\n<table>\n<thead>\n<tr>\n"
		"<th scope=\"col\">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
		"<td>b</td>\n</tr>\n</tbody>\n</table>\n</section>\n</li>\n</ul>\n"
		"</blockquote>\n" },
	/* Cells that cmark need not read, among others. */
	{ "| 9 § > 8 | *b*, c |\n|---|:--|\n| 50 kr -- d | e... |\n| *f* | |\n",
		BOX "aria-label=\"9\xC2\xA0§ &gt; 8, b, c\">\n<table>\n<thead>\n"
		"<tr>\n<th scope=\"col\">9\xC2\xA0§ &gt; 8</th>\n"
		"<th scope=\"col\" class=\"left\"><em>b</em>, c</th>\n</tr>\n"
		"</thead>\n<tbody>\n<tr>\n<td>50\xC2\xA0kr – d</td>\n"
		"<td class=\"left\">e…</td>\n</tr>\n<tr>\n"
		"<td><em>f</em></td>\n<td class=\"left\"></td>\n</tr>\n</tbody>\n"
		"</table>\n</section>\n" },
	{ "    |a|\n    |-|", "<pre><code>|a|\n|-|\n</code></pre>\n" },
	{ "a | b\nc | d", "<p>a | b\nc | d</p>\n" }
};

/* The source begins on line 10 of its file. */
static const struct row faults[] = {
	{ "a <b>c</b>", "x.md:10: raw HTML is not allowed (a \"<\" that is "
		"meant as text is written \"\\<\")" },
	{ "a\n\n<!-- b -->", "x.md:12: raw HTML is not allowed (a \"<\" that "
		"is meant as text is written \"\\<\")" },
	{ "a\nb\n<i>c</i>", "x.md:12: raw HTML is not allowed (a \"<\" that "
		"is meant as text is written \"\\<\")" },
	{ "|a|\n|-|\n|b|\n|<i>|", "x.md:13: raw HTML is not allowed (a \"<\" "
		"that is meant as text is written \"\\<\")" },
	{ "[a](javascript:b)", "x.md:10: a link may not lead to "
		"\"javascript:b\" (only http, https, mailto, tel, sms or a "
		"page here)" },
	{ "\n[a](JavaScript&#58;b)", "x.md:11: a link may not lead to "
		"\"JavaScript:b\" (only http, https, mailto, tel, sms or a "
		"page here)" },
	{ "![a](data:image/png,b)", "x.md:10: a link may not lead to "
		"\"data:image/png,b\" (only http, https, mailto, tel, sms or "
		"a page here)" },
	{ "[a]\n\n[a]: vbscript:b", "x.md:10: a link may not lead to "
		"\"vbscript:b\" (only http, https, mailto, tel, sms or a page "
		"here)" },
	{ "[a](<java&#10;script:b>)", "x.md:10: a link may not lead to "
		"\"java\\nscript:b\" (only http, https, mailto, tel, sms or a "
		"page here)" },
	{ "- a\n\n  :::notice X", "x.md:12: \":::\" begins a line at the "
		"margin, not in a list or a quote" },
	{ "> a\n> :::notice X", "x.md:11: \":::\" begins a line at the "
		"margin, not in a list or a quote" },
	{ "[](/a)", "x.md:10: a link has no text to read or click on" },
	{ "[ ](/a)", "x.md:10: a link has no text to read or click on" },
	{ "[![](/a.png)](/b)",
		"x.md:10: a link has no text to read or click on" },
	{ "a\nb &#x202e;c", "x.md:11: an entity (\"&...;\") stands for the "
		"invisible character U+202E" },
	{ "|a|\n|-|\n|&rlm;|", "x.md:12: an entity (\"&...;\") stands for "
		"the invisible character U+200F" },
	{ "[a](/b \"&#8296;\")", "x.md:10: an entity (\"&...;\") stands for "
		"the invisible character U+2068" },
	{ "[a](/b&#x85;)", "x.md:10: an entity (\"&...;\") stands for the "
		"invisible character U+0085" },
	{ "[a]()", "x.md:10: a link or picture has no address" },
	{ "# A", "x.md:10: \"#\" is the page's title; headings in the text "
		"begin with \"##\"" },
	{ "|a|b|\n|-|", "x.md:10: the table's row has 2 cells, its line of "
		"dashes 1" },
	{ "|a|b|\n|-|-|\n|c|d|\n|e|f|g|", "x.md:13: the table's row has 3 "
		"cells, its line of dashes 2" },
	{ "|a|\n|-|\nb", "x.md:12: a table's row has no \"|\" (or an empty "
		"line is missing after the table)" },
	{ "b\n|a|\n|-|", "x.md:12: a table needs an empty line before its "
		"headings" },
	{ "|-|\n|a|", "x.md:10: a table begins with a row of headings" }
};

static const struct row labels[] = {
	{ "", "" },
	{ "Hej *du*", "Hej <em>du</em>" },
	{ "  # a\n\n- b ", "# a  - b" },
	{ "_a_", "<em>a</em>" },
	{ "\"a\"", "”a”" },
	{ "1. a", "1. a" },
	{ "[a]: /b", "[a]: /b" },
	{ "[a](/b)", "<a href=\"/b\">a</a>" },
	{ "a <b", "a &lt;b" }
};

static const char *
rendered(struct arena *a, const char *in, int line,
	bool (*render)(struct arena *, struct text,
		const struct markdown_options *, struct html *, struct err *))
{
	struct markdown_ids ids = { 0 };
	const struct markdown_options o = {
		.path = "x.md", .line = line, .ids = &ids
	};
	struct err e = { 0 };
	struct html h;

	if (render(a, text_of(in), &o, &h, &e))
		return arena_string(a, h.markup);
	return arena_string(a, text_of(e.text));
}

static void
pages_become_markup(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		assert_string_equal(rendered(&a, pages[i].in, 1,
			markdown_render), pages[i].out);
	arena_release(&a);
}

static void
faults_are_named_with_their_line(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		assert_string_equal(rendered(&a, faults[i].in, 10,
			markdown_render), faults[i].out);
	arena_release(&a);
}

static void
a_label_has_no_blocks(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		assert_string_equal(rendered(&a, labels[i].in, 1,
			markdown_inline), labels[i].out);
	assert_string_equal(rendered(&a, "<b>", 7, markdown_inline),
		"x.md:7: raw HTML is not allowed (a \"<\" that is meant as "
		"text is written \"\\<\")");
	arena_release(&a);
}

struct seen {
	int lines[4];
	size_t count;
};

static bool
relink(void *context, struct arena *a, struct text url, int line,
	struct text *out, struct err *e)
{
	struct seen *seen = context;

	if (text_is(url, "gone.md"))
		return err_set(e, ERR_FORMAT, "x.md:%d: no page gone.md",
			line);
	seen->lines[seen->count++] = line;
	*out = arena_printf(a, "/to/%.*s", (int)url.len, url.p);
	return true;
}

static void
every_link_and_picture_goes_through_the_callback(void **state)
{
	struct seen seen = { 0 };
	struct markdown_options o = {
		.path = "x.md", .line = 5, .link = relink, .context = &seen
	};
	struct err e = { 0 };
	struct html h;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	assert_true(markdown_render(&a, text_of("[a](b)\n\n![c](d)\n\n"
		"|e|\n|-|\n|[f][g]|\n\n[g]: g"), &o, &h, &e));
	assert_int_equal(seen.count, 3);
	assert_int_equal(seen.lines[0], 5);
	assert_int_equal(seen.lines[1], 7);
	assert_int_equal(seen.lines[2], 11);
	assert_true(text_search(h.markup, "<a href=\"/to/b\">") <
		h.markup.len);
	assert_true(text_search(h.markup, "<img src=\"/to/d\"") <
		h.markup.len);
	assert_true(text_search(h.markup, "<a href=\"/to/g\">") <
		h.markup.len);
	o.link = NULL;
	o.picture = relink;
	assert_true(markdown_render(&a, text_of("[a](b) ![c](d)"), &o, &h,
		&e));
	assert_int_equal(seen.count, 4);
	o.link = relink;
	assert_false(markdown_render(&a, text_of("\n[a](gone.md)"), &o, &h,
		&e));
	assert_string_equal(e.text, "x.md:6: no page gone.md");
	arena_release(&a);
}

static void
headings_are_listed_in_order_over_several_fragments(void **state)
{
	struct markdown_ids ids = { 0 };
	struct markdown_options o = {
		.path = "x.md", .line = 1, .ids = &ids
	};
	struct err e = { 0 };
	struct html h;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	assert_true(markdown_render(&a, text_of("## \"A\" *b*\n### C"), &o,
		&h, &e));
	o.heading_shift = 1;
	assert_true(markdown_render(&a, text_of("## C"), &o, &h, &e));
	assert_true(text_is(h.markup, "<h3 id=\"c-2\">C</h3>\n"));
	assert_int_equal(ids.count, 3);
	assert_true(text_is(ids.items[0].title, "”A” b"));
	assert_true(text_is(ids.items[0].id, "a-b"));
	assert_int_equal(ids.items[0].level, 2);
	assert_int_equal(ids.items[1].level, 3);
	assert_true(text_is(ids.items[2].id, "c-2"));
	o.ids = NULL;
	assert_true(markdown_render(&a, text_of("## C"), &o, &h, &e));
	assert_true(text_is(h.markup, "<h3>C</h3>\n"));
	arena_release(&a);
}

static void
english_gets_english_quotes(void **state)
{
	const struct markdown_options o = {
		.path = "x.md", .line = 1, .english = true
	};
	struct err e = { 0 };
	struct html h;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	assert_true(markdown_render(&a, text_of("\"*A* b\""), &o, &h, &e));
	assert_true(text_is(h.markup, "<p>“<em>A</em> b”</p>\n"));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_become_markup),
		cmocka_unit_test(faults_are_named_with_their_line),
		cmocka_unit_test(a_label_has_no_blocks),
		cmocka_unit_test(
			every_link_and_picture_goes_through_the_callback),
		cmocka_unit_test(
			headings_are_listed_in_order_over_several_fragments),
		cmocka_unit_test(english_gets_english_quotes)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
