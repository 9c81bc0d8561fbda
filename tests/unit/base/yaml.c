/* tests of base/yaml, base/json and base/value. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/json.h"
#include "base/yaml.h"

static void
check(const char *in, const char *expected)
{
	struct arena a;
	struct buf b;
	struct value *v = NULL;
	struct err e = { 0 };

	arena_init(&a, false);
	buf_init(&b, 10000);
	if (yaml_parse(&a, "f.yaml", 1, text_of(in), &v, &e))
		json_put(&b, v);
	else
		buf_str(&b, e.text);
	buf_char(&b, '\0');
	assert_string_equal(b.p, expected);
	buf_release(&b);
	arena_release(&a);
}

static void
yaml_words_stay_words(void **state)
{
	static const char *const cases[][2] = {
		{ "", "{}" },
		{ "# only a comment\n", "{}" },
		{ "a: b\n", "{\"a\":\"b\"}" },
		{ "a: no\nb: on\nc: 012\n",
			"{\"a\":\"no\",\"b\":\"on\",\"c\":\"012\"}" },
		{ "a: true\nb: 'true'\n", "{\"a\":true,\"b\":\"true\"}" },
		{ "a:\n", "{\"a\":null}" },
		{ "a: ''\n", "{\"a\":\"\"}" },
		{ "a: [x, y]\nb:\n  - z\n",
			"{\"a\":[\"x\",\"y\"],\"b\":[\"z\"]}" },
		{ "a: {b: {c: d}}\n", "{\"a\":{\"b\":{\"c\":\"d\"}}}" },
		{ "å: ö\n", "{\"å\":\"ö\"}" },
		{ "a: 2026-11-22\n", "{\"a\":\"2026-11-22\"}" },
		{ "\xEF\xBB\xBF" "a: b\r\nc: d\r\n",
			"{\"a\":\"b\",\"c\":\"d\"}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		check(cases[i][0], cases[i][1]);
}

static void
yaml_faults_name_their_line(void **state)
{
	static const char *const cases[][2] = {
		{ "a: b\na: c\n", "f.yaml:2: \"a\" is given twice" },
		{ "a: &x b\n", "f.yaml:1: anchors are not used here" },
		{ "a: b\nc: *x\n", "f.yaml:2: aliases are not used here" },
		{ "a: !!str b\n", "f.yaml:1: tags are not used here" },
		{ "- a\n", "f.yaml:1: must hold lines of \"key: value\"" },
		{ "a\n", "f.yaml:1: must hold lines of \"key: value\"" },
		{ "a: b\n---\nc: d\n", "f.yaml:2: a second document begins here" },
		{ "[x]: b\n", "f.yaml:1: a key must be a word" },
		{ "a: [[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]\n",
			"f.yaml:1: nested too deeply" },
		{ "a: \xFF\n", "f.yaml: is not UTF-8" },
		{ "a: b\nc: \"x\\e[31m\"\n",
			"f.yaml:2: holds the invisible character U+001B" },
		{ "a: \"\\u202e\"\n",
			"f.yaml:1: holds the invisible character U+202E" },
		{ "\"a\\0\": b\n",
			"f.yaml:1: holds the invisible character U+0000" },
		{ "a: b\nc: d: e\n", "f.yaml:2: a text with \": \" in it "
			"stands in quotes (title: \"a: b\"), and a key begins "
			"its line" },
		{ "a: b\n\tc: d\n", "f.yaml:2: a tab stands at the beginning of "
			"the line; there are to be blanks, or nothing" },
		{ "a: @x\n", "f.yaml:1: a text that begins like this stands in "
			"quotes" },
		{ "a: b\nc: \"d\ne: f\n", "f.yaml:2: the quotes around a text "
			"begin here and do not end" },
		{ "a: [b\nc: d\n", "f.yaml:1: a list that begins with \"[\" "
			"here does not end with \"]\"" },
		{ "a: b\nc\nd: e\n", "f.yaml:2: here is no \"key: value\"" },
		{ "a: - b\n", "f.yaml:1: \"- \" begins a line of its own, below "
			"its key" },
		{ "a:\n  b: c\n d: e\n", "f.yaml:3: the line begins further in "
			"or out than the one above it" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		check(cases[i][0], cases[i][1]);
}

static void
yaml_of_very_many_keys_is_refused(void **state)
{
	struct arena a;
	struct value *v;
	struct err e = { 0 };
	struct buf b;

	(void)state;
	arena_init(&a, false);
	buf_init(&b, 1000000);
	for (int i = 0; i < YAML_KEYS_MAX; i++)
		buf_text(&b, arena_printf(&a, "k%d: x\n", i));
	assert_true(yaml_parse(&a, "f", 1, buf_view(&b), &v, &e));
	buf_str(&b, "last: x\n");
	assert_false(yaml_parse(&a, "f", 1, buf_view(&b), &v, &e));
	assert_string_equal(e.text, "f:4097: too many keys");
	buf_release(&b);
	arena_release(&a);
}

static void
yaml_values_know_their_line_in_the_file(void **state)
{
	struct arena a;
	struct value *v;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, false);
	assert_true(yaml_parse(&a, "f", 5, text_of("a: b\n\nc: d\n"), &v, &e));
	assert_int_equal(v->first->line, 5);
	assert_int_equal(v->last->line, 7);
	assert_int_equal(value_get(v, "c")->line, 7);
	arena_release(&a);
}

static void
yaml_syntax_faults_name_file_and_line(void **state)
{
	struct arena a;
	struct value *v;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, false);
	assert_false(yaml_parse(&a, "f", 1, text_of("a: b\nc: [\n"), &v, &e));
	assert_non_null(strstr(e.text, "f:"));
	assert_int_equal(e.kind, ERR_FORMAT);
	arena_release(&a);
}

static void
json_is_canonical_on_the_way_out(void **state)
{
	static const char *const cases[][2] = {
		{ "{\"b\":1,\"a\":[true,null,\"x\"]}",
			"{\"a\":[true,null,\"x\"],\"b\":1}" },
		{ "\"\\u00e5\\n\\u0001\\\"\\\\\\/\"",
			"\"å\\n\\u0001\\\"\\\\/\"" },
		{ " [ ] ", "[]" }, { "{}", "{}" }, { "-12", "-12" },
		{ "0.5", "0.5" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena a;
		struct buf b;
		struct value *v;
		struct err e = { 0 };

		arena_init(&a, false);
		buf_init(&b, 1000);
		assert_true(json_parse(&a, "f", text_of(cases[i][0]), &v, &e));
		json_put_canonical(&b, v);
		buf_char(&b, '\0');
		assert_string_equal(b.p, cases[i][1]);
		buf_release(&b);
		arena_release(&a);
	}
}

static void
json_refuses_what_is_not_one_value(void **state)
{
	static const char *const cases[] = { "", "{", "[1,]", "{} {}",
		"{\"a\":1,\"a\":2}", "\"\\u0000\"", "\"\xFF\"", "nul", "'a'" };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena a;
		struct value *v;
		struct err e = { 0 };

		arena_init(&a, false);
		assert_false(json_parse(&a, "f", text_of(cases[i]), &v, &e));
		assert_int_equal(e.kind, ERR_FORMAT);
		arena_release(&a);
	}
}

static void
json_nested_too_deeply_is_refused(void **state)
{
	char deep[201];
	struct arena a;
	struct value *v;
	struct err e = { 0 };

	(void)state;
	memset(deep, '[', 100);
	memset(deep + 100, ']', 100);
	deep[200] = '\0';
	arena_init(&a, false);
	assert_false(json_parse(&a, "f", text_of(deep), &v, &e));
	arena_release(&a);
}

static void
setting_a_key_again_replaces_it(void **state)
{
	struct arena a;
	struct value *m;

	(void)state;
	arena_init(&a, false);
	m = value_map(&a);
	value_set_str(&a, m, "x", text_of("1"));
	value_set_str(&a, m, "x", text_of("2"));
	assert_int_equal(m->count, 1);
	assert_true(text_is(value_get_text(m, "x"), "2"));
	assert_null(value_get(m, "y"));
	assert_null(value_get(NULL, "y"));
	assert_true(value_is_empty(value_list(&a)));
	assert_false(value_is_empty(m));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(yaml_words_stay_words),
		cmocka_unit_test(yaml_faults_name_their_line),
		cmocka_unit_test(yaml_of_very_many_keys_is_refused),
		cmocka_unit_test(yaml_values_know_their_line_in_the_file),
		cmocka_unit_test(yaml_syntax_faults_name_file_and_line),
		cmocka_unit_test(json_is_canonical_on_the_way_out),
		cmocka_unit_test(json_refuses_what_is_not_one_value),
		cmocka_unit_test(json_nested_too_deeply_is_refused),
		cmocka_unit_test(setting_a_key_again_replaces_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
