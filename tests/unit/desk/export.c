/* tests of desk/export: each format, in files and to a stream. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>

#include "desk/export.h"
#include "view/theme.h"
#include "place.h"

static const char first[] = "[{\"id\":\"a\",\"question\":\"Vad?\",\"value\":"
	"\"=1+1\"},{\"id\":\"c\",\"question\":\"Hur?\",\"value\":\"x\"}]";
static const char second[] = "[{\"id\":\"a\",\"question\":\"Vad?\",\"value\":"
	"\"<b>&\\u202e\"},{\"id\":\"b\",\"question\":\"Vilka?\",\"values\":"
	"[\"x\",\"y\"],\"labels\":[\"X\",\"Y\"]}]";

/* Three cases: two of one form, one of another with a file. */
static void
fill(struct place *p)
{
	place_send_as(p, (struct sending){ .answers = first });
	place_send_as(p, (struct sending){ .answers = second,
		.earlier = "SYN-AAAA-BBBB" });
	place_send_as(p, (struct sending){ .form = "ansokan",
		.file_bytes = "bytes", .file_meta = "{\"name\":\"../a.txt\","
			"\"question\":\"c\",\"type\":\"text/plain\"}" });
	place_pull(p);
}

/* Exports to p->dir/out, or to a stream whose text is given. */
static struct text
export(struct place *p, enum export_format format, size_t from, size_t n,
	bool to_dir, const struct theme *theme)
{
	struct export x = { .store = p->store, .ring = p->ring,
		.format = format, .cases = p->store->cases + from,
		.case_count = n, .separator = ',', .theme = theme };
	char *bytes = arena_alloc(&p->a, 1 << 16);
	struct err e = { 0 };
	size_t len;

	x.dir = to_dir ? fs_join(&p->a, p->dir, "out") : NULL;
	x.stream = tmpfile();
	assert_non_null(x.stream);
	if (!export_run(&x, &e))
		fail_msg("%s", e.text);
	assert_int_equal(x.written, n);
	assert_int_equal(x.refused, 0);
	rewind(x.stream);
	len = fread(bytes, 1, 1 << 16, x.stream);
	(void)fclose(x.stream);
	return (struct text){ bytes, len };
}

static struct text
read_out(struct place *p, const char *name)
{
	struct text t;
	struct err e = { 0 };
	const char *path = fs_join(&p->a, fs_join(&p->a, p->dir, "out"), name);
	struct stat st;

	if (!fs_read(&p->a, path, 1 << 20, &t, &e))
		fail_msg("%s", e.text);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	return t;
}

static void
json_lines_are_one_map_a_case(void **state)
{
	struct place *p = *state;
	struct text rest;
	struct text line;
	size_t n = 0;

	fill(p);
	rest = export(p, EXPORT_JSONL, 0, 3, false, NULL);
	while (text_line(&rest, &line)) {
		struct value *v;
		struct err e = { 0 };

		assert_true(json_parse(&p->a, "line", line, &v, &e));
		assert_true(text_eq(value_get_text(v, "reference"),
			p->store->cases[n++]->reference));
	}
	assert_int_equal(n, 3);
}

static void
files_are_written_beside_json_lines(void **state)
{
	struct place *p = *state;
	struct text path;
	struct value *v;
	struct value *file;
	struct text line;
	struct text rest;
	struct err e = { 0 };

	fill(p);
	(void)export(p, EXPORT_JSONL, 2, 1, true, NULL);
	rest = read_out(p, "cases.jsonl");
	assert_true(text_line(&rest, &line));
	assert_true(json_parse(&p->a, "line", line, &v, &e));
	file = value_get(v, "files")->first->value;
	path = value_get_text(file, "path");
	assert_true(text_starts(path, "files/SYN-"));
	assert_true(text_ends(path, "/1-a.txt"));
	assert_true(text_is(read_out(p, arena_string(&p->a, path)), "bytes"));
}

static void
a_table_has_the_questions_of_all_its_cases(void **state)
{
	struct place *p = *state;
	struct text got;
	const char *want;

	fill(p);
	got = export(p, EXPORT_CSV, 0, 2, false, NULL);
	/* The time is now's. */
	assert_true(text_starts(got, "\xEF\xBB\xBFReferens,Mottaget,Följer "
		"blanketten,Vad?,Vilka?,Hur?,Hör ihop med,Bifogade filer\r\n"));
	want = ",ja,'=1+1,,x,,\r\n";
	assert_true(text_search(got, want) < got.len);
	want = ",ja,<b>&\xEF\xBF\xBD,X | Y,,SYN-AAAA-BBBB,\r\n";
	assert_true(text_search(got, want) < got.len);
}

static void
each_form_has_a_table_of_its_own(void **state)
{
	struct place *p = *state;
	struct export x;
	struct text t;
	struct err e = { 0 };

	fill(p);
	(void)export(p, EXPORT_CSV, 0, 3, true, NULL);
	t = read_out(p, "ansokan.csv");
	assert_true(text_search(t, "files/SYN-") < t.len);
	t = read_out(p, "synpunkt.csv");
	assert_true(text_search(t, "Vilka?") < t.len);
	x = (struct export){ .store = p->store, .ring = p->ring,
		.format = EXPORT_CSV, .cases = p->store->cases,
		.case_count = 3, .separator = ',', .stream = stdout };
	assert_false(export_run(&x, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text, "choose one with --form"));
}

static void
html_is_the_themes_and_escaped(void **state)
{
	static const struct theme_file files[] = {
		{ { "theme.yaml", 10 }, { "name: t\nversion: 1\n", 0 } },
		{ { "text/sv.yaml", 12 }, { "a: Ord\n", 0 } },
		{ { "templates/export.mustache", 25 }, { "{{lang}} {{title}} "
			"{{words.a}}\n{{#cases}}{{form_title}}|{{valid}}|"
			"{{received.iso}}|{{mode_text}}|{{#earlier}}{{earlier}"
			"}{{/earlier}}|{{#answers}}{{#title}}{{title}}"
			"{{/title}}{{#rows}}{{label}}={{value}};{{/rows}}"
			"{{/answers}}|{{#has_files}}{{#files}}{{name}} "
			"{{bytes}} {{path}}{{/files}}{{/has_files}}\n"
			"{{/cases}}", 0 } },
	};
	struct place *p = *state;
	struct theme *theme;
	struct theme_file *copy = arena_array(&p->a, 3, sizeof *copy);
	struct text got;
	struct err e = { 0 };

	memcpy(copy, files, sizeof files);
	for (size_t i = 0; i < 3; i++)
		copy[i].bytes = text_of(files[i].bytes.p);
	if (!theme_make(&p->a, "t", copy, 3, &theme, &e))
		fail_msg("%s", e.text);
	fill(p);
	got = export(p, EXPORT_HTML, 0, 3, false, theme);
	assert_true(text_starts(got, "sv Ärenden Ord\n"));
	assert_true(text_search(got, "|Vad?=&lt;b&gt;&amp;\xEF\xBF\xBD;"
		"Vilka?=X<br>\nY;|") < got.len);
	assert_true(text_search(got, "|SYN-AAAA-BBBB|") < got.len);
	assert_true(text_search(got, "|../a.txt 5 \n") < got.len);
	(void)export(p, EXPORT_HTML, 0, 3, true, theme);
	got = read_out(p, "cases.html");
	assert_true(text_search(got, "../a.txt 5 files/SYN-") < got.len);
}

static void
the_standard_theme_draws_an_export(void **state)
{
	struct place *p = *state;
	struct theme *theme;
	struct text got;
	struct err e = { 0 };

	if (!theme_load(&p->a, "themes/standard", &theme, &e))
		fail_msg("%s", e.text);
	fill(p);
	got = export(p, EXPORT_HTML, 0, 3, false, theme);
	assert_true(text_starts(got, "<!doctype html>"));
	assert_true(text_search(got, "&lt;b&gt;&amp;") < got.len);
}

static void
what_does_not_open_is_counted_and_the_rest_written(void **state)
{
	static const enum export_format formats[] = { EXPORT_JSONL,
		EXPORT_CSV };
	struct place *p = *state;

	place_send(p);
	place_send_as(p, (struct sending){ .to_strangers = true });
	place_send(p);
	place_pull(p);
	for (size_t i = 0; i < 2; i++) {
		struct export x = { .store = p->store, .ring = p->ring,
			.format = formats[i], .cases = p->store->cases,
			.case_count = 3, .separator = ',',
			.dir = fs_join(&p->a, p->dir, "out") };
		struct err e = { 0 };

		assert_true(export_run(&x, &e));
		assert_int_equal(x.written, 2);
		assert_int_equal(x.refused, 1);
		assert_non_null(strstr(x.fault.text, "not sealed to any key"));
	}
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
		TEST(json_lines_are_one_map_a_case),
		TEST(files_are_written_beside_json_lines),
		TEST(a_table_has_the_questions_of_all_its_cases),
		TEST(each_form_has_a_table_of_its_own),
		TEST(html_is_the_themes_and_escaped),
		TEST(the_standard_theme_draws_an_export),
		TEST(what_does_not_open_is_counted_and_the_rest_written),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, place_begin, place_end);
}
