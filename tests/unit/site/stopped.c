/* stopped: what a policy stops is told, once, with its line; the rest is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "site/stopped.h"
#include "base/banned.h"

/* What each fault says before ": browsers", one a line. */
static struct text
told(struct arena *a, const char *path, const char *source)
{
	struct faults f = { .arena = a };
	struct text all = text_of("");

	stopped_in(text_of(path), text_of(source), &f);
	for (size_t i = 0; i < f.count; i++) {
		struct text line = text_from(f.lines[i], strlen(path) + 1);

		line.len = text_search(line, ": browsers leave it out; ");
		all = arena_printf(a, "%.*s%.*s\n", (int)all.len, all.p,
			(int)line.len, line.p);
	}
	return all;
}

struct row {
	const char *source;
	const char *told;
};

static void
expect(const char *path, const struct row *rows, size_t count)
{
	struct arena a;

	arena_init(&a, false);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(told(&a, path, rows[i].source).p,
			rows[i].told);
	arena_release(&a);
}

static void
a_template_is_told_of_what_does_nothing(void **state)
{
	static const struct row rows[] = {
		{ "<script>x()</script>", "1: <script>\n" },
		{ "a\n<SCRIPT\nsrc='/x.js'>", "2: <SCRIPT>\n" },
		{ "<script type=\"module\" src=x>", "1: <script>\n" },
		{ "<style>a{}</style>", "1: <style>\n" },
		{ "<iframe src=https://a></iframe>", "1: <iframe>\n" },
		{ "\n\n<a\nonclick=\"x()\">", "3: onclick=\"...\"\n" },
		{ "<p style='a'>\n<p class=x STYLE=b>",
			"1: style=\"...\"\n2: STYLE=\"...\"\n" },
		{ "<p{{#a}} style=\"x\"{{/a}}>", "1: style=\"...\"\n" },
		{ "<a href=\" javascript:x\">", "1: \" javascript:x\"\n" },
		{ "<img alt=\"\" src=\"//a/b.png\">", "1: \"//a/b.png\"\n" },
		{ "<img src=DATA:x>", "1: \"DATA:x\"\n" },
		{ "<link rel=stylesheet href=\"https://a/b\">",
			"1: \"https://a/b\"\n" },
		{ "<link href=http://a rel=\"preconnect\">",
			"1: \"http://a\"\n" },
		/* Cut short. */
		{ "<p style", "1: style=\"...\"\n" },
		{ "<p style=\"", "1: style=\"...\"\n" },
		{ "<script <style>", "1: <script>\n1: <style>\n" },
	};

	(void)state;
	expect("themes/a/templates/b.mustache", rows,
		sizeof rows / sizeof *rows);
}

static void
a_template_is_not_told_of_what_works(void **state)
{
	static const struct row rows[] = {
		{ "", "" },
		{ "<", "" },
		{ "a < b style=x onclick=y", "" },
		{ "<script type=\"application/ld+json\">{{x}}</script>", "" },
		{ "<script src=\"/_watch.js\"></script>", "" },
		{ "{{! <script> }}<!-- <style>\n<p style=x> -->", "" },
		{ "{{! <script>", "" },
		{ "<p title='style=\"x\" onclick=\"y\"' data-style=x on=y>", "" },
		{ "<link rel=\"alternate\" href=\"https://a/b\">", "" },
		{ "<a href=\"https://a/b\"><img src=\"{{src}}\">", "" },
		{ "<link rel=\"stylesheet\" href=\"{{asset.own_css}}\">", "" },
		{ "{{>file-head}}<style>a{}</style><script>", "" },
	};
	struct arena a;

	(void)state;
	expect("themes/a/components/b.mustache", rows,
		sizeof rows / sizeof *rows);
	arena_init(&a, false);
	assert_string_equal(told(&a, "themes/a/templates/file-head.mustache",
		"<style>").p, "");
	assert_string_equal(told(&a, "themes/a/static/a.svg", "<style>").p, "");
	arena_release(&a);
}

static void
a_style_sheet_is_told_of_what_is_not_fetched(void **state)
{
	static const struct row rows[] = {
		{ "@import \"x.css\";", "1: @import\n" },
		{ "\n@IMPORT url(https://a/b);\na{b:url( 'http://c/d' )}",
			"2: @import\n3: url(http://c/d)\n" },
		{ "@font-face{src:url(/a.woff2)}", "1: @font-face\n" },
		{ "a{b:url(data:x)}", "1: url(data:x)\n" },
		{ "a{b:url(//x", "1: url(//x)\n" },
		{ "/* @import \"x\"; url(https://a) */", "" },
		{ "a{b:url(/karta.png);c:url(#d);d:url('e.png')}", "" },
		{ "url(", "" },
		{ "/*", "" },
	};

	(void)state;
	expect("themes/a/static/b.css", rows, sizeof rows / sizeof *rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_template_is_told_of_what_does_nothing),
		cmocka_unit_test(a_template_is_not_told_of_what_works),
		cmocka_unit_test(a_style_sheet_is_told_of_what_is_not_fetched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
