/* tests of base/json: what is written for people to look at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"

/* A text, and how it stands in JSON that is shown. */
static const struct {
	const char *text;
	const char *shown;
} cases[] = {
	{ "hej", "\"hej\"" },
	{ "\xC3\xA5\xE2\x82\xAC\xF0\x9F\x98\x80",
		"\"\xC3\xA5\xE2\x82\xAC\xF0\x9F\x98\x80\"" },
	{ "a\tb\nc", "\"a\\tb\\nc\"" },
	{ "\x1b[2J", "\"\\u001b[2J\"" },
	{ "\x7f", "\"\\u007f\"" },
	{ "\xC2\x9B", "\"\\u009b\"" },
	{ "\xE2\x80\xAE", "\"\\u202e\"" },
	{ "\xE2\x81\xA9", "\"\\u2069\"" },
	{ "\xD8\x9C", "\"\\u061c\"" },
};

static void
what_is_shown_obeys_nothing_and_says_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct value *v;
		struct arena a;
		struct buf b;
		struct err e = { 0 };

		arena_init(&a, false);
		buf_init(&b, 1024);
		json_put_shown(&b, value_str(&a, cases[i].text));
		assert_true(text_is(buf_view(&b), cases[i].shown));
		assert_true(json_parse(&a, "x", buf_view(&b), &v, &e));
		assert_true(text_is(v->text, cases[i].text));
		buf_release(&b);
		arena_release(&a);
	}
}

static void
in_html_nothing_ends_the_script(void **state)
{
	static const struct {
		const char *text, *html;
	} rows[] = {
		{ "", "\"\"" },
		{ "a\xC3\xA5", "\"a\xC3\xA5\"" },
		{ "</script>", "\"\\u003c/script\\u003e\"" },
		{ "<!--&", "\"\\u003c!--\\u0026\"" },
		{ "\"<", "\"\\\"\\u003c\"" },
		{ "a\xE2\x80\xA8\xE2\x80\xA9""b",
			"\"a\\u2028\\u2029b\"" },
		{ "\xE2\x80\xA6\xE2\x80", "\"\xE2\x80\xA6\xE2\x80\"" },
		{ "\xE2", "\"\xE2\"" },
	};
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a, false);
	buf_init(&b, 256);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_clear(&b);
		json_put_html(&b, value_str(&a, rows[i].text));
		assert_true(text_is(buf_view(&b), rows[i].html));
	}
	buf_clear(&b);
	b.max = 8;
	json_put_html(&b, value_str(&a, "<<"));
	assert_true(b.full);
	buf_release(&b);
	arena_release(&a);
}

static void
more_than_there_is_room_for_is_remembered(void **state)
{
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a, false);
	buf_init(&b, 8);
	json_put_shown(&b, value_str(&a, "0123456789"));
	assert_true(b.full);
	buf_clear(&b);
	/* Escapes are longer than what they stand for. */
	json_put_shown(&b, value_str(&a, "\xC2\x9B\xC2\x9B"));
	assert_true(b.full);
	buf_release(&b);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_is_shown_obeys_nothing_and_says_the_same),
		cmocka_unit_test(in_html_nothing_ends_the_script),
		cmocka_unit_test(more_than_there_is_room_for_is_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
