/* template: the Mustache specification, and what is our own: strictness,
 * safe markup, bounds, and messages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <string.h>

#include "base/json.h"
#include "view/template.h"

#include "mustache_spec.h"

enum { SET_MAX = 8, OUT_MAX = 100000 };

struct set {
	const char *names[SET_MAX];
	struct template *templates[SET_MAX];
	size_t count;
};

static const struct template *
find(void *context, struct text name)
{
	const struct set *set = context;

	for (size_t i = 0; i < set->count; i++)
		if (text_is(name, set->names[i]))
			return set->templates[i];
	return NULL;
}

/* Renders onto the arena: the result, or the fault's line. */
static const char *
rendered(struct arena *a, const char *source, const struct value *data,
	const char *const *partials, bool strict)
{
	struct set set = { 0 };
	const struct template_set by_name = { find, &set, strict };
	struct template *t;
	struct err e = { 0 };
	struct buf out;
	const char *result;
	bool ok;

	buf_init(&out, OUT_MAX);
	for (size_t i = 0; partials && i + 1 < SET_MAX && partials[i];
		i += 2) {
		set.names[set.count] = partials[i];
		assert_true(template_parse(a, partials[i],
			text_of(partials[i + 1]),
			&set.templates[set.count], &e));
		set.count++;
	}
	ok = template_parse(a, "main", text_of(source), &t, &e) &&
		template_render(t, &by_name, data, &out, &e);
	result = arena_string(a, ok ? buf_view(&out) : text_of(e.text));
	buf_release(&out);
	return result;
}

static struct value *
parsed(struct arena *a, const char *json)
{
	struct value *v;
	struct err e = { 0 };

	assert_true(json_parse(a, "data", text_of(json), &v, &e));
	return v;
}

static void
the_mustache_specification_holds(void **state)
{
	int failed = 0;

	(void)state;
	for (size_t m = 0; m < sizeof modules / sizeof *modules; m++) {
		for (size_t i = 0; i < modules[m].count; i++) {
			const struct spec *s = &modules[m].cases[i];
			struct arena a;
			const char *got;

			arena_init(&a, false);
			got = rendered(&a, s->source, parsed(&a, s->data),
				s->partials, false);
			if (strcmp(got, s->expected) != 0) {
				print_error("%s: %s\n--- expected\n%s\n"
					"--- got\n%s\n", modules[m].name,
					s->name, s->expected, got);
				failed++;
			}
			arena_release(&a);
		}
	}
	assert_int_equal(failed, 0);
}

struct row {
	const char *source;
	const char *data;
	const char *expected;
	const char *partials[8];
};

static void
check(const struct row *rows, size_t n, bool strict)
{
	for (size_t i = 0; i < n; i++) {
		struct arena a;

		arena_init(&a, false);
		assert_string_equal(rendered(&a, rows[i].source,
			parsed(&a, rows[i].data), rows[i].partials, strict),
			rows[i].expected);
		arena_release(&a);
	}
}

static void
what_does_not_parse_is_named_with_its_line(void **state)
{
	static const struct row rows[] = {
		{ "a {{b", "{}", "main:1: a tag is not closed: {{", { 0 } },
		{ "\n{{{b}}", "{}", "main:2: a tag is not closed: {{", { 0 } },
		{ "\n\n{{! b", "{}", "main:3: a tag is not closed: {{",
			{ 0 } },
		{ "{{=<% %>=}}\n<%a", "{}", "main:2: a tag is not closed: <%",
			{ 0 } },
		{ "{{}}", "{}", "main:1: a tag has no name", { 0 } },
		{ "{{# }}{{/ }}", "{}", "main:1: a tag has no name", { 0 } },
		{ "{{a b}}", "{}",
			"main:1: a tag's name has a space in it: a b", { 0 } },
		{ "a\n{{#b}}\n\nc", "{}", "main:2: {{#b}} is never closed",
			{ 0 } },
		{ "{{#a}}{{$b}}{{/b}}", "{}",
			"main:1: {{#a}} is never closed", { 0 } },
		{ "a{{/b}}", "{}",
			"main:1: nothing is open to be closed: b", { 0 } },
		{ "{{#a}}\n{{#b}}\n{{/a}}{{/b}}", "{}", "main:3: \"a\" is "
			"closed where \"b\" of line 2 is open", { 0 } },
		{ "{{<*a}}{{/a}}", "{}", "main:1: \"a\" is closed where "
			"\"*a\" of line 1 is open", { 0 } },
		{ "{{=a=}}", "{}", "main:1: delimiters are two words of at "
			"most 8 characters without \"=\"", { 0 } },
		{ "{{=a b c=}}", "{}", "main:1: delimiters are two words of "
			"at most 8 characters without \"=\"", { 0 } },
		{ "{{=123456789 b=}}", "{}", "main:1: delimiters are two "
			"words of at most 8 characters without \"=\"", { 0 } },
		{ "a\xFF{{b}}", "{}", "main: is not UTF-8", { 0 } },
		{ "{{==a b=}}", "{}", "main:1: delimiters are two words of "
			"at most 8 characters without \"=\"", { 0 } }
	};

	(void)state;
	check(rows, sizeof rows / sizeof *rows, false);
}

static void
in_strict_mode_what_is_missing_is_an_error(void **state)
{
	static const struct row rows[] = {
		{ "a\n{{b}}", "{}", "main:2: there is no \"b\" in the data",
			{ 0 } },
		{ "{{#b}}{{/b}}", "{}",
			"main:1: there is no \"b\" in the data", { 0 } },
		{ "{{^b}}{{/b}}", "{}",
			"main:1: there is no \"b\" in the data", { 0 } },
		{ "{{a.b}}", "{\"a\":{}}",
			"main:1: there is no \"a.b\" in the data", { 0 } },
		{ "{{a.b}}", "{\"a\":\"c\"}",
			"main:1: there is no \"a.b\" in the data", { 0 } },
		{ "{{#a}}{{.b}}{{/a}}", "{\"a\":{},\"b\":1}",
			"main:1: there is no \".b\" in the data", { 0 } },
		{ "{{#a}}{{b}}{{/a}}", "{\"a\":[{\"b\":1},{}]}",
			"main:1: there is no \"b\" in the data", { 0 } },
		{ "{{>b}}", "{}", "main:1: there is no template \"b\"",
			{ 0 } },
		{ "{{<b}}{{/b}}", "{}", "main:1: there is no template \"b\"",
			{ 0 } },
		{ "{{>*b}}", "{}", "main:1: there is no \"b\" in the data",
			{ 0 } },
		{ "{{>*b}}", "{\"b\":null}",
			"main:1: \"b\" is not the name of a template", { 0 } },
		{ "{{>*b}}", "{\"b\":\"c\"}",
			"main:1: there is no template \"c\"", { 0 } },
		{ "{{{b}}}", "{\"b\":\"c\"}", "main:1: \"b\" is text, not "
			"HTML: it must be escaped, {{like this}}", { 0 } },
		{ "{{&b}}", "{\"b\":\"c\"}", "main:1: \"b\" is text, not "
			"HTML: it must be escaped, {{like this}}", { 0 } },
		{ "{{b}}", "{\"b\":[1]}", "main:1: \"b\" is a list or a "
			"map, which cannot be written", { 0 } },
		{ "{{b}}", "{\"b\":{}}", "main:1: \"b\" is a list or a "
			"map, which cannot be written", { 0 } },
		/* The line is that of the file that has it. */
		{ "\n\n{{>p}}", "{}", "p:2: there is no \"b\" in the data",
			{ "p", "\n{{b}}" } },
		{ "\n\n{{<p}}\n{{$a}}{{b}}{{/a}}{{/p}}", "{}",
			"main:4: there is no \"b\" in the data",
			{ "p", "\n{{$a}}{{/a}}" } },
		{ "{{<p}}{{/p}}", "{}", "p:2: there is no \"b\" in the data",
			{ "p", "\n{{$a}}{{b}}{{/a}}" } }
	};

	(void)state;
	check(rows, sizeof rows / sizeof *rows, true);
}

static void
in_strict_mode_what_is_null_or_false_is_no_error(void **state)
{
	static const struct row rows[] = {
		{ "[{{b}}{{{b}}}]", "{\"b\":null}", "[]", { 0 } },
		{ "[{{b.c.d}}]", "{\"b\":null}", "[]", { 0 } },
		{ "[{{#b.c}}x{{/b.c}}{{^b.c}}y{{/b.c}}]", "{\"b\":null}",
			"[y]", { 0 } },
		{ "[{{#b}}x{{/b}}{{^b}}y{{/b}}]", "{\"b\":false}", "[y]",
			{ 0 } },
		{ "[{{#b}}x{{/b}}{{^b}}y{{/b}}]", "{\"b\":[]}", "[y]",
			{ 0 } },
		{ "[{{#b}}x{{/b}}]", "{\"b\":\"\"}", "[x]", { 0 } },
		{ "[{{#b}}x{{/b}}]", "{\"b\":0}", "[x]", { 0 } },
		{ "{{a}} {{b}}", "{\"a\":true,\"b\":false}", "true false",
			{ 0 } },
		{ "{{{a}}}", "{\"a\":12}", "12", { 0 } }
	};

	(void)state;
	check(rows, sizeof rows / sizeof *rows, true);
}

static void
indentation_follows_the_output(void **state)
{
	static const struct row rows[] = {
		/* Empty lines stay empty. */
		{ "  {{>p}}", "{}", "  a\n\n  b\r\n\r\n  c",
			{ "p", "a\n\nb\r\n\r\nc" } },
		/* Each turn of a list begins its own line. */
		{ "  {{>p}}", "{\"a\":[1,2]}", "  1\n  2\n  end",
			{ "p", "{{#a}}{{.}}\n{{/a}}end" } },
		/* What a partial includes alone on a line adds up. */
		{ " {{>p}}\n", "{}", " a\n   b\n c\n", { "p",
			"a\n  {{>q}}\nc\n", "q", "b\n" } },
		/* What it includes in a line does not. */
		{ "  {{>p}}", "{}", "  <b\nc>", { "p", "<{{>q}}>", "q",
			"b\nc" } },
		{ "{{#a}}{{/a}}  {{^a}} {{/a}}\nb", "{\"a\":1}", "b",
			{ 0 } },
		{ "{{#a}} b {{/a}}\n", "{\"a\":1}", " b \n", { 0 } },
		{ "{{#a}}{{>p}}{{/a}}\n", "{\"a\":1}", "b\n",
			{ "p", "b" } }
	};

	(void)state;
	check(rows, sizeof rows / sizeof *rows, false);
}

static void
blocks_are_given_from_the_outside_in(void **state)
{
	static const struct row rows[] = {
		/* A block inside what is given belongs to the giver. */
		{ "{{<p}}{{$a}}x{{$a}}y{{/a}}{{/a}}{{/p}}", "{}", "[xy]",
			{ "p", "[{{$a}}{{/a}}]" } },
		{ "{{<p}}{{$b}}B{{/b}}{{/p}}", "{}", "[<B>]",
			{ "p", "{{<q}}{{$a}}<{{$b}}{{/b}}>{{/a}}{{/q}}",
			"q", "[{{$a}}{{/a}}]" } },
		/* Partials are parents that are given nothing. */
		{ "{{<p}}{{$a}}A{{/a}}{{/p}}", "{}", "[A]",
			{ "p", "{{>q}}", "q", "[{{$a}}{{/a}}]" } },
		/* An empty block is given too. */
		{ "{{<p}}{{$a}}{{/a}}{{/p}}", "{}", "[]",
			{ "p", "[{{$a}}default{{/a}}]" } },
		/* A block alone on its line ends it, unless it is empty. */
		{ "{{<p}}{{$a}}x{{/a}}{{/p}}", "{}", "1\n x\n2\n",
			{ "p", "1\n {{$a}}{{/a}}\n2\n" } },
		{ "{{<p}}{{/p}}", "{}", "1\n2\n",
			{ "p", "1\n {{$a}}{{/a}}\n2\n" } },
		/* With nothing in it, its own place is what counts. */
		{ "{{<p}}{{$a}}x{{/a}}{{/p}}", "{}", "1\n    x\n2\n",
			{ "p", "1\n    {{$a}}\n  {{/a}}\n2\n" } },
		{ "{{<p}}\n{{$a}}\n  x\n    y\n\n  z\n{{/a}}\n{{/p}}\n",
			"{}", "<\n\tx\n\t  y\n\n\tz\n>\n",
			{ "p", "<\n\t{{$a}}\n\t{{/a}}\n>\n" } },
		{ "{{<p}}{{$a}}x{{/a}}{{/p}}", "{}", "1\r\n x\r\n2",
			{ "p", "1\r\n {{$a}}{{/a}}\r\n2" } },
		{ "{{<p}}{{$a}}{{>q}}{{/a}}{{/p}}", "{\"b\":1}", "[1]",
			{ "p", "[{{$a}}{{/a}}]", "q", "{{b}}" } }
	};

	(void)state;
	check(rows, sizeof rows / sizeof *rows, true);
}

static void
only_html_is_written_unescaped(void **state)
{
	struct value *data;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	data = value_map(&a);
	value_set(&a, data, "h", value_html(&a, text_of("<b>")));
	value_set_str(&a, data, "t", text_of("<b>'\"&"));
	assert_string_equal(rendered(&a, "{{h}}{{{h}}}{{&h}}{{t}}", data,
		NULL, true), "<b><b><b>&lt;b&gt;&#39;&quot;&amp;");
	assert_string_equal(rendered(&a, "{{{t}}}", data, NULL, false),
		"<b>'\"&");
	arena_release(&a);
}

static void
rendering_comes_to_an_end(void **state)
{
	static const struct row rows[] = {
		{ "{{>a}}", "{}", "a: templates nest deeper than 64 (does one "
			"include itself?)", { "a", "{{>a}}" } },
		{ "{{>a}}", "{}", "b: templates nest deeper than 64 (does one "
			"include itself?)", { "a", "x{{>b}}", "b",
			"{{<a}}{{$c}}{{/c}}{{/a}}" } },
		/* What is given is not given again to what it includes. */
		{ "{{<a}}{{$b}}<{{<a}}{{/a}}>{{/b}}{{/a}}", "{}", "<>",
			{ "a", "{{$b}}{{/b}}" } }
	};

	(void)state;
	check(rows, sizeof rows / sizeof *rows, false);
}

static void
sections_nest_as_deep_as_the_limit(void **state)
{
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a, false);
	buf_init(&b, 10000);
	for (int i = 0; i < TEMPLATE_DEPTH_MAX; i++)
		buf_str(&b, "{{#a}}");
	for (int i = 0; i < TEMPLATE_DEPTH_MAX; i++)
		buf_str(&b, "{{/a}}");
	assert_string_equal(rendered(&a, arena_string(&a, buf_view(&b)),
		parsed(&a, "{\"a\":0}"), NULL, true),
		"main: templates nest deeper than 64 (does one include "
		"itself?)");
	buf_str(&b, "{{#a}}");
	for (int i = 0; i < TEMPLATE_DEPTH_MAX; i++)
		buf_str(&b, "{{#a}}");
	assert_string_equal(rendered(&a, arena_string(&a, buf_view(&b)),
		parsed(&a, "{}"), NULL, true),
		"main:1: sections nest too deep: a");
	buf_release(&b);
	arena_release(&a);
}

static void
templates_that_double_are_stopped(void **state)
{
	static const char *const doubling[] = {
		"{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{^l}}"
		"{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}",
		"{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}long{{/l}}{{/l}}{{/l}}"
		"{{/l}}{{/l}}{{/l}}"
	};
	static const char *const expected[] = {
		"main:1: rendering does not come to an end",
		"main:1: the result is larger than 100000 bytes"
	};
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < 2; i++)
		assert_string_equal(rendered(&a, doubling[i],
			parsed(&a, "{\"l\":[1,2,3,4,5,6,7,8]}"), NULL, true),
			expected[i]);
	arena_release(&a);
}

static void
a_missing_partial_is_found_before_rendering(void **state)
{
	const struct template_set none = { 0 };
	struct template *t;
	struct err e = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	assert_true(template_parse(&a, "main", text_of("{{a}}{{>*b}}"), &t,
		&e));
	assert_true(template_check(t, &none, &e));
	assert_true(template_parse(&a, "main",
		text_of("{{a}}\n{{#b}}{{>c}}{{/b}}"), &t, &e));
	assert_false(template_check(t, &none, &e));
	assert_string_equal(e.text, "main:2: there is no template \"c\"");
	arena_release(&a);
}

/* One template, rendered by several threads at once. */
struct shared {
	const struct template *t;
	const struct value *data;
	bool same;
};

static void *
render_often(void *context)
{
	static const struct template_set none = { 0 };
	struct shared *s = context;

	s->same = true;
	for (int i = 0; i < 200; i++) {
		struct err e = { 0 };
		struct buf out;

		buf_init(&out, 1000);
		s->same = s->same &&
			template_render(s->t, &none, s->data, &out, &e) &&
			text_is(buf_view(&out), "<1&amp;><2&amp;>\n");
		buf_release(&out);
	}
	return NULL;
}

static void
threads_share_a_template(void **state)
{
	pthread_t threads[4];
	struct shared shared[4];
	struct template *t;
	struct err e = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	assert_true(template_parse(&a, "main",
		text_of("{{#a}}<{{.}}>{{/a}}\n"), &t, &e));
	for (size_t i = 0; i < 4; i++) {
		shared[i] = (struct shared){ .t = t,
			.data = parsed(&a, "{\"a\":[\"1&\",\"2&\"]}") };
		assert_int_equal(pthread_create(&threads[i], NULL,
			render_often, &shared[i]), 0);
	}
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_true(shared[i].same);
	}
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_mustache_specification_holds),
		cmocka_unit_test(what_does_not_parse_is_named_with_its_line),
		cmocka_unit_test(in_strict_mode_what_is_missing_is_an_error),
		cmocka_unit_test(
			in_strict_mode_what_is_null_or_false_is_no_error),
		cmocka_unit_test(indentation_follows_the_output),
		cmocka_unit_test(blocks_are_given_from_the_outside_in),
		cmocka_unit_test(only_html_is_written_unescaped),
		cmocka_unit_test(rendering_comes_to_an_end),
		cmocka_unit_test(sections_nest_as_deep_as_the_limit),
		cmocka_unit_test(templates_that_double_are_stopped),
		cmocka_unit_test(a_missing_partial_is_found_before_rendering),
		cmocka_unit_test(threads_share_a_template)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
