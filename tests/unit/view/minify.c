/* minify: what nobody sees goes, what anybody sees stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"
#include "view/minify.h"
#include "view/template.h"

struct row {
	const char *from, *to; /* NULL: as it was */
};

static const struct row css[] = {
	{ "", "" },
	{ " a { color : red ; } ", "a{color :red}" },
	{ "a{}\n\n/* c */\nb{}", "a{}b{}" },
	{ "a b{}", NULL },
	{ "a  >  b , c{}", "a>b,c{}" },
	{ "a :hover{} a:hover{}", "a :hover{}a:hover{}" },
	{ "a:not( .b ){}", "a:not(.b){}" },
	{ "@media screen and (min-width: 2px) {a {b: c;}}",
		"@media screen and (min-width:2px){a{b:c}}" },
	{ "a{width: calc( 1px  +  2px - (3px * 4) )}",
		"a{width:calc(1px + 2px - (3px * 4))}" },
	{ "a{margin: 1px -2px;}", "a{margin:1px -2px}" },
	{ "a{content: \"  {;/* x */\\\"  \" attr(b)}",
		"a{content:\"  {;/* x */\\\"  \" attr(b)}" },
	{ "a{content: 'b'   'c'}", "a{content:'b' 'c'}" },
	{ "a{background: url( x y ) red}", "a{background:url( x y ) red}" },
	{ "a{background: URL(a;b) , url( \"c d\" )}",
		"a{background:URL(a;b),url(\"c d\")}" },
	{ "a{--x: ; --y: {b: c}}", "a{--x: ;--y:{b:c}}" },
	{ "a{--x: }", NULL },
	{ "a{color: red !important}", "a{color:red !important}" },
	{ "a/**/b{}", NULL },
	{ "a /**/ b{}", "a b{}" },
	{ "a/* x */ b{}", "a b{}" },
	{ "a{b:1px/**/2px}", NULL },
	{ "/*! licence */ a{}", "/*! licence */ a{}" },
	{ ".\\31  .b{} .\\31 .b{} .\\;{}", ".\\31  .b{}.\\31 .b{}.\\;{}" },
	{ "a{b:\\;}", NULL },
	{ "@charset \"utf-8\"; a{}", "@charset \"utf-8\";a{}" },
	/* What is broken is left to the browser as it stands. */
	{ "a { b : \"c }", NULL },
	{ "a { } /* b", NULL },
	{ "a { } /*/", NULL },
	{ "a { b: c\\", "a{b:c\\" },
};

static const struct row html[] = {
	{ "", "" },
	{ "<p>  a  b\t\tc\n\n  d </p>\n\n\n<p>",
		"<p> a b c\nd </p>\n<p>" },
	{ "\r\n\r\na", "\na" },
	{ "<b>a</b> <i>b</i>", NULL },
	{ "<b>a</b><i>b</i>", NULL },
	{ "a<!-- b -->c", "ac" },
	{ "a <!-- b --> c", "a c" },
	{ "a\n<!-- b -->\n\nc", "a\nc" },
	{ "a <!-- <p>  x --> <p>", "a <p>" },
	{ "<!--[if IE]>  x  <![endif]-->", NULL },
	{ "<!--#include  x -->", NULL },
	{ "<!--   not   closed", NULL },
	{ "<p  class='a  b'\n  title=\"c  > d\"  >  e", "<p  class='a  b'\n  "
		"title=\"c  > d\"  > e" },
	{ "a  <  b  &  c", "a < b & c" },
	{ "<pre>  a\n\n  b <!-- c --></pre>  d", "<pre>  a\n\n  b <!-- c -->"
		"</pre> d" },
	{ "<TextArea>  a  </tExtarea>  b", "<TextArea>  a  </tExtarea> b" },
	{ "<script>  a  <  b </script>  <style>  c  </style>  ",
		"<script>  a  <  b </script> <style>  c  </style> " },
	{ "<prefix>  a  </prefix>", "<prefix> a </prefix>" },
	{ "<pre a='>'>  b</pre>  ", "<pre a='>'>  b</pre> " },
	{ "<!doctype html>\n\n<html>", "<!doctype html>\n<html>" },
	{ "a\xC2\xA0 \xC2\xA0 b", NULL },
};

static void
compare(struct text got, const struct row *r)
{
	const char *want = r->to ? r->to : r->from;

	if (!text_is(got, want))
		fail_msg("\"%s\" became \"%.*s\", not \"%s\"", r->from,
			(int)got.len, got.p ? got.p : "", want);
}

static void
a_style_sheet_says_the_same_in_fewer_bytes(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof css / sizeof *css; i++)
		compare(minify_css(&a, text_of(css[i].from)), &css[i]);
	arena_release(&a);
}

static void
a_sheet_made_small_stays_as_it_is(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof css / sizeof *css; i++) {
		struct text once = minify_css(&a, text_of(css[i].from));

		assert_true(text_eq(minify_css(&a, once), once));
	}
	arena_release(&a);
}

static void
markup_keeps_every_space_that_is_seen(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof html / sizeof *html; i++) {
		struct minify_html m = { 0 };

		compare(minify_html(&a, &m, text_of(html[i].from)), &html[i]);
	}
	arena_release(&a);
}

/* Through templates: what stands between tags of Mustache's. */
static const struct row templates[] = {
	{ "<p>  {{x}}  </p>\n\n\n", "<p> v </p>\n" },
	{ "<a title=\"  {{x}}  \"  >  b", "<a title=\"  v  \"  > b" },
	{ "<pre>\n  {{x}}  \n\n</pre>  ", "<pre>\n  v  \n\n</pre> " },
	{ "<p {{#x}}  a=\"  b\"{{/x}}>  c", "<p   a=\"  b\"> c" },
	{ "<!--  {{x}}  -->  a", "<!--  v  --> a" },
	{ "<{{x}}  a='  '>  b", "<v  a='  '> b" },
	{ "<p>\n    {{#x}}\n    <b>\n    {{/x}}", "<p>\n <b>\n" },
	/* Plain text is no markup. */
	{ "User-agent: *\n\n\nAllow:  {{x}}\n", "User-agent: *\n\n\nAllow:  v\n" },
};

static void
templates_are_made_small_around_their_data(void **state)
{
	struct template_set set = { 0 };
	struct arena a;
	struct buf out;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, false);
	buf_init(&out, 1024);
	for (size_t i = 0; i < sizeof templates / sizeof *templates; i++) {
		struct value *data = value_map(&a);
		struct template *t;

		value_set_str(&a, data, "x", text_of("v"));
		assert_true(template_parse(&a, "t", text_of(templates[i].from),
			&t, &e));
		template_minify(&a, t);
		buf_clear(&out);
		assert_true(template_render(t, &set, data, &out, &e));
		compare(buf_view(&out), &templates[i]);
	}
	buf_release(&out);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_style_sheet_says_the_same_in_fewer_bytes),
		cmocka_unit_test(a_sheet_made_small_stays_as_it_is),
		cmocka_unit_test(markup_keeps_every_space_that_is_seen),
		cmocka_unit_test(templates_are_made_small_around_their_data),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
