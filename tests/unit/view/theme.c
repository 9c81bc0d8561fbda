/* theme: a folder of files in, what pages are made of out. */
#define _DEFAULT_SOURCE /* mkdtemp */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "seal/hash.h"
#include "view/theme.h"

enum { FILES_MAX = 16 };

struct file {
	const char *path;
	const char *bytes; /* NULL: not there after all */
};

static const struct file whole[] = {
	{ "theme.yaml", "name: test\nversion: 1\n" },
	{ "templates/page.mustache", "{{>components/a/b}}{{>head}}" },
	{ "templates/head.mustache", "<{{words.x}}>" },
	{ "templates/.hidden", "left alone" },
	{ "components/a/b.mustache", "[{{n}}]" },
	{ "text/sv.yaml", "x: hej\ny: då\n" },
	{ "text/en.yaml", "x: hello\n" },
	{ "static/style.css", "a{}" },
	{ "static/big-map.min.js", "" },
	{ "static/plain", "x" }
};

enum { WHOLE = sizeof whole / sizeof *whole };

static void
write_file(struct arena *a, const char *dir, const struct file *f)
{
	const char *path = fs_join(a, dir, f->path);
	const char *slash = strrchr(path, '/');
	struct err e = { 0 };

	if (!f->bytes)
		return;
	assert_true(fs_mkdirs(arena_string(a, (struct text){ path,
		(size_t)(slash - path) }), 0700, &e));
	assert_true(fs_publish(path, 0600, text_of(f->bytes), &e));
}

/* The whole theme with one file instead of, or beside, its own. */
static const char *
make_theme(struct arena *a, const struct file *other)
{
	char name[] = "/tmp/blankett-theme-XXXXXX";
	const char *dir;
	bool replaced = false;

	assert_non_null(mkdtemp(name));
	dir = arena_string(a, text_of(name));
	for (size_t i = 0; i < WHOLE; i++) {
		bool same = other && strcmp(other->path, whole[i].path) == 0;

		write_file(a, dir, same ? other : &whole[i]);
		replaced = replaced || same;
	}
	if (other && !replaced)
		write_file(a, dir, other);
	return dir;
}

static void
remove_tree(struct arena *a, const char *dir)
{
	struct fs_list files;
	struct err e = { 0 };

	if (!fs_list(a, dir, &files, &e))
		return;
	for (size_t i = 0; i < files.count; i++) {
		const char *path = fs_join(a, dir, files.items[i].name.p);

		if (files.items[i].is_dir)
			remove_tree(a, path);
		else
			assert_true(fs_remove(path, &e));
	}
	fs_remove_empty_dir(dir);
}

/* What theme_load says about the theme with this file; "" if nothing. */
static const char *
complaint(struct arena *a, const struct file *other)
{
	const char *dir = make_theme(a, other);
	struct theme *t;
	struct err e = { 0 };
	const char *text = "";

	if (!theme_load(a, dir, &t, &e)) {
		/* The directory's name changes from run to run. */
		assert_memory_equal(e.text, dir, strlen(dir));
		text = arena_string(a, text_of(e.text + strlen(dir)));
	}
	remove_tree(a, dir);
	return text;
}

static void
a_theme_is_read_and_rendered(void **state)
{
	struct value *data;
	struct theme *t;
	struct err e = { 0 };
	struct arena a;
	struct buf out;
	const char *dir;

	(void)state;
	arena_init(&a, false);
	buf_init(&out, 1000);
	dir = make_theme(&a, NULL);
	assert_true(theme_load(&a, dir, &t, &e));
	remove_tree(&a, dir);
	data = value_map(&a);
	value_set(&a, data, "n", value_int(&a, 7));
	value_set(&a, data, "words", value_map(&a));
	value_set_str(&a, value_get(data, "words"), "x", text_of("å&"));
	assert_true(theme_render(t, "page", data, &out, &e));
	assert_true(text_is(buf_view(&out), "[7]<å&amp;>"));
	buf_clear(&out);
	assert_true(theme_render(t, "components/a/b", data, &out, &e));
	assert_true(text_is(buf_view(&out), "[7]"));
	assert_true(theme_has(t, "head"));
	assert_false(theme_has(t, "components/head"));
	assert_false(theme_render(t, "foot", data, &out, &e));
	assert_non_null(strstr(e.text, ": there is no template \"foot\""));
	assert_false(theme_render(t, "page", value_map(&a), &out, &e));
	assert_non_null(strstr(e.text,
		"components/a/b.mustache:1: there is no \"n\" in the data"));
	buf_release(&out);
	arena_release(&a);
}

static void
words_that_a_language_lacks_are_swedish(void **state)
{
	struct theme *t;
	struct err e = { 0 };
	struct arena a;
	const char *dir;

	(void)state;
	arena_init(&a, false);
	dir = make_theme(&a, NULL);
	assert_true(theme_load(&a, dir, &t, &e));
	remove_tree(&a, dir);
	assert_true(text_is(value_get_text(theme_text(t, text_of("sv")),
		"x"), "hej"));
	assert_true(text_is(value_get_text(theme_text(t, text_of("en")),
		"x"), "hello"));
	assert_true(text_is(value_get_text(theme_text(t, text_of("en")),
		"y"), "då"));
	assert_ptr_equal(theme_text(t, text_of("fi")),
		theme_text(t, text_of("sv")));
	arena_release(&a);
}

static void
an_asset_is_named_by_its_content(void **state)
{
	/* b2sum -l 256, the first 16 digits. */
	static const char *const urls[][2] = {
		{ "big_map_min_js",
			"/assets/big-map.min.0e5751c026e543b2.js" },
		{ "plain", "/assets/plain.d161d71145abeec5" },
		{ "style_css", "/assets/style.ceea1d8c18417616.css" }
	};
	const struct asset *assets;
	struct theme *t;
	struct err e = { 0 };
	struct arena a;
	const char *dir;
	size_t n;

	(void)state;
	arena_init(&a, false);
	dir = make_theme(&a, NULL);
	assert_true(theme_load(&a, dir, &t, &e));
	remove_tree(&a, dir);
	assets = theme_assets(t, &n);
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(arena_string(&a, assets[i].url),
			urls[i][1]);
		assert_true(text_eq(assets[i].url, value_get_text(
			theme_asset_urls(t), urls[i][0])));
	}
	assert_true(text_is(assets[2].name, "style.css"));
	/* printf 'a{}' | openssl dgst -sha256 -binary | base64 */
	assert_true(text_is(assets[2].integrity,
		"sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk="));
	assert_true(text_eq(assets[2].integrity, value_get_text(
		theme_asset_integrity(t), "style_css")));
	assert_true(text_is(assets[2].bytes, "a{}"));
	arena_release(&a);
}

static void
what_is_wrong_is_named_with_its_file(void **state)
{
	static const struct {
		struct file file;
		const char *text; /* behind the theme's directory */
	} rows[] = {
		{ { "theme.yaml", "name: x\n" },
			"/theme.yaml: \"version\" is missing" },
		{ { "theme.yaml", "name: x\nversion: 1\nnam: y\n" },
			"/theme.yaml:3: unknown key \"nam\" (did you mean "
			"\"name\"?)" },
		{ { "theme.yaml", "name: x\nversion: 1\ncolour: y\n" },
			"/theme.yaml:3: unknown key \"colour\"" },
		{ { "templates/page.mustache", "a\n{{#b}}" },
			"/templates/page.mustache:2: {{#b}} is never closed" },
		{ { "templates/page.mustache", "\n{{#b}}{{>gone}}{{/b}}" },
			"/templates/page.mustache:2: there is no template "
			"\"gone\"" },
		{ { "templates/page.mustache",
			"{{<head}}{{$a}}{{<gone}}{{/gone}}{{/a}}{{/head}}" },
			"/templates/page.mustache:1: there is no template "
			"\"gone\"" },
		{ { "templates/page.html", "a" }, "/templates/page.html: "
			"only files named *.mustache stand here" },
		{ { "templates/components/a/b.mustache", "a" },
			": two templates are named \"components/a/b\"" },
		{ { "text/en.yaml", "x: a\nz: b\nxx: c\n" },
			"/text/en.yaml:2: unknown key \"z\", which sv.yaml "
			"lacks" },
		{ { "text/sv.yaml", "greeting: a\n" },
			"/text/en.yaml:1: unknown key \"x\", which sv.yaml "
			"lacks" },
		{ { "text/en.yaml", "x:\n  - a\n" },
			"/text/en.yaml:1: \"x\" is not a text" },
		{ { "text/en.txt", "x" },
			"/text/en.txt: only files named *.yaml stand here" },
		{ { "static/A.css", "x" }, "/static/A.css: the name of an "
			"asset is a-z, 0-9, \".\", \"-\" and \"_\"" },
		{ { "static/style-css", "x" }, "/static/style.css: another "
			"asset is also known as \"style_css\"" },
		{ { "static/a/b", "x" },
			"/static/a/b: assets stand in no folder" },
		{ { "components/a/b/c/d/e/f.mustache", "x" },
			"/components/a/b/c/d: too deep" },
		{ { "templates/.page.mustache.swp", "x" }, "" }
	};
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(complaint(&a, &rows[i].file),
			rows[i].text);
	arena_release(&a);
}

static void
a_missing_file_is_named(void **state)
{
	static const char *const paths[] = { "theme.yaml", "text/sv.yaml" };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		const struct file gone = { paths[i], NULL };

		assert_memory_equal(complaint(&a, &gone) + 1, paths[i],
			strlen(paths[i]));
	}
	arena_release(&a);
}

/* "themes/mine" laid on "themes/standard", with this file in it too. */
static bool
make_layers(struct arena *a, const char *path, const char *bytes,
	struct theme **t, struct err *e)
{
	struct theme_file mine[] = {
		{ text_of("templates/head.mustache"), text_of("({{words.x}})") },
		{ text_of("templates/own.mustache"), text_of("{{>head}}") },
		{ text_of("text/sv.yaml"), text_of("y: nu\nordet: nytt\n") },
		{ text_of("text/en.yaml"), text_of("ordet: new\n") },
		{ text_of("static/style.css"), text_of("b{}") },
		{ text_of(path), text_of(bytes) }
	};
	struct theme_file standard[WHOLE];
	struct theme_layer layers[] = {
		{ "themes/mine", mine, path ? 6 : 5 },
		{ "themes/standard", standard, 0 }
	};

	for (size_t i = 0; i < WHOLE; i++)
		if (!strstr(whole[i].path, "/."))
			standard[layers[1].count++] = (struct theme_file){
				text_of(whole[i].path),
				text_of(whole[i].bytes) };
	*e = (struct err){ 0 };
	return theme_make_layers(a, layers, 2, t, e);
}

static void
a_layer_goes_before_the_one_below_it(void **state)
{
	const struct asset *assets;
	struct value *data;
	struct theme *t;
	struct err e;
	struct arena a;
	struct buf out;
	size_t n;

	(void)state;
	arena_init(&a, false);
	buf_init(&out, 1000);
	assert_true(make_layers(&a, NULL, NULL, &t, &e));
	data = value_map(&a);
	value_set(&a, data, "n", value_int(&a, 7));
	*value_set(&a, data, "words", value_map(&a)) =
		*theme_text(t, text_of("en"));
	assert_true(theme_render(t, "page", data, &out, &e));
	assert_true(text_is(buf_view(&out), "[7](hello)"));
	assert_true(theme_has(t, "own"));
	assert_true(text_is(value_get_text(theme_text(t, text_of("sv")),
		"x"), "hej"));
	assert_true(text_is(value_get_text(theme_text(t, text_of("sv")),
		"y"), "nu"));
	assert_true(text_is(value_get_text(theme_text(t, text_of("en")),
		"y"), "nu"));
	assert_true(text_is(value_get_text(theme_text(t, text_of("en")),
		"ordet"), "new"));
	assets = theme_assets(t, &n);
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++) {
		bool own = text_is(assets[i].name, "style.css");

		assert_true(text_is(assets[i].bytes, "b{}") == own);
		assert_true(text_starts(assets[i].path, own
			? "themes/mine/static/" : "themes/standard/static/"));
	}
	assert_false(theme_render(t, "page", value_map(&a), &out, &e));
	assert_string_equal(e.text, "themes/standard/components/a/b.mustache:1: "
		"there is no \"n\" in the data");
	assert_false(theme_render(t, "own", value_map(&a), &out, &e));
	assert_string_equal(e.text, "themes/mine/templates/head.mustache:1: "
		"there is no \"words.x\" in the data");
	assert_false(theme_render(t, "gone", value_map(&a), &out, &e));
	assert_string_equal(e.text, "themes/mine, themes/standard: there is no "
		"template \"gone\"");
	buf_release(&out);
	arena_release(&a);
}

static void
what_is_wrong_in_a_layer_is_named_with_its_own_file(void **state)
{
	static const struct file rows[][2] = {
		{ { "templates/x.mustache", "{{>gone}}" },
			{ "themes/mine/templates/x.mustache:1: there is no "
				"template \"gone\"", NULL } },
		{ { "templates/x.mustache", "{{#a}}" },
			{ "themes/mine/templates/x.mustache:1: {{#a}} is "
				"never closed", NULL } },
		{ { "text/fi.yaml", "z: 1\n" },
			{ "themes/mine/text/fi.yaml:1: unknown key \"z\", "
				"which sv.yaml lacks", NULL } },
		{ { "theme.yaml", "nam: 1\n" },
			{ "themes/mine/theme.yaml:1: unknown key \"nam\" (did "
				"you mean \"name\"?)", NULL } },
		{ { "static/a/b.css", "" },
			{ "themes/mine/static/a/b.css: assets stand in no "
				"folder", NULL } },
		{ { "static/style-css", "" },
			{ "themes/mine/static/style-css: another asset is also "
				"known as \"style_css\"", NULL } }
	};
	struct theme *t;
	struct arena a;
	struct err e;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_false(make_layers(&a, rows[i][0].path,
			rows[i][0].bytes, &t, &e));
		assert_string_equal(e.text, rows[i][1].path);
	}
	arena_release(&a);
}

static void
what_does_nothing_in_a_theme_is_told(void **state)
{
	static const struct file rows[][2] = {
		{ { "templates/x.mustache", "x" },
			{ "themes/mine/templates/x.mustache: nothing uses it",
				NULL } },
		{ { "templates/pag.mustache", "x" },
			{ "themes/mine/templates/pag.mustache: nothing uses it "
				"(did you mean \"page\"?)", NULL } },
		{ { "components/tips.mustache", "x" },
			{ "themes/mine/components/tips.mustache: nothing uses "
				"it; the directive \":::tips\" would be "
				"components/directives/tips.mustache", NULL } },
		{ { "components/directives/tips.mustache", "x" },
			{ NULL, NULL } },
		{ { "components/a/b.mustache", "x" }, { NULL, NULL } },
		{ { "template/page.mustache", "x" },
			{ "themes/mine/template/page.mustache: nothing uses it "
				"(did you mean the folder \"templates\"?)",
				NULL } },
		{ { "drawings/x.svg", "x" },
			{ "themes/mine/drawings/x.svg: nothing uses it; a theme"
				" has no such folder", NULL } },
		{ { "page.mustache", "x" },
			{ "themes/mine/page.mustache: nothing uses it; templates"
				" stand in templates/ and components/", NULL } },
		{ { "LICENSE", "x" }, { NULL, NULL } },
		{ { "text/fi.yaml", "x: a\ny: b\n" },
			{ "themes/mine/text/fi.yaml: lacks \"ordet\", which "
				"text/sv.yaml has; it is in Swedish on those "
				"pages", NULL } }
	};
	const char *const *doubts;
	struct theme *t;
	struct arena a;
	struct err e;
	size_t n;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *want = rows[i][1].path;

		assert_true(make_layers(&a, rows[i][0].path,
			rows[i][0].bytes, &t, &e));
		/* templates/own.mustache is there in each, for others. */
		doubts = theme_doubts(t, &n);
		assert_int_equal(n, want ? 2 : 1);
		if (want && strcmp(doubts[0], want) != 0)
			assert_string_equal(doubts[1], want);
	}
	arena_release(&a);
}

static void
templates_of_a_folder_are_listed_with_their_files(void **state)
{
	static const struct theme_file mine[] = {
		{ { "components/f/b.mustache", 23 }, { "x", 1 } },
		{ { "components/f/c.mustache", 23 }, { "x", 1 } }
	};
	static const struct theme_file standard[] = {
		{ { "theme.yaml", 10 }, { "name: a\nversion: 1\n", 19 } },
		{ { "text/sv.yaml", 12 }, { "lampa: a\n", 9 } },
		{ { "components/f/a.mustache", 23 }, { "y", 1 } },
		{ { "components/f/b.mustache", 23 }, { "y", 1 } },
		{ { "components/fel.mustache", 23 }, { "y", 1 } }
	};
	static const struct theme_layer layers[] = {
		{ "themes/mine", mine, 2 }, { "themes/standard", standard, 5 }
	};
	const char *const *names;
	struct theme *t;
	struct arena a;
	struct err e = { 0 };
	size_t count;

	(void)state;
	arena_init(&a, false);
	assert_true(theme_make_layers(&a, layers, 2, &t, &e));
	names = theme_names(t, &a, "components/f/", &count);
	assert_int_equal(count, 3);
	assert_string_equal(names[0], "a");
	assert_string_equal(names[1], "b");
	assert_string_equal(names[2], "c");
	(void)theme_names(t, &a, "components/g/", &count);
	assert_int_equal(count, 0);
	assert_string_equal(theme_path(t, "components/f/a"),
		"themes/standard/components/f/a.mustache");
	assert_string_equal(theme_path(t, "components/f/b"),
		"themes/mine/components/f/b.mustache");
	arena_release(&a);
}

static void
a_faulty_file_that_is_replaced_does_no_harm(void **state)
{
	static const struct theme_file mine[] = {
		{ { "templates/a.mustache", 20 }, { "x", 1 } }
	};
	static const struct theme_file standard[] = {
		{ { "theme.yaml", 10 }, { "name: a\nversion: 1\n", 19 } },
		{ { "text/sv.yaml", 12 }, { "lampa: a\n", 9 } },
		{ { "templates/a.mustache", 20 }, { "{{#", 3 } }
	};
	struct theme_layer layers[] = {
		{ "themes/mine", mine, 1 }, { "themes/standard", standard, 3 }
	};
	static const struct theme_file near[] = {
		{ { "text/sv.yaml", 12 }, { "lampor: a\n", 10 } }
	};
	struct theme *t;
	struct arena a;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, false);
	assert_true(theme_make_layers(&a, layers, 2, &t, &e));
	layers[0].files = near;
	layers[1].count = 2;
	assert_false(theme_make_layers(&a, layers, 2, &t, &e));
	assert_string_equal(e.text, "themes/mine/text/sv.yaml:1: unknown key "
		"\"lampor\" (did you mean \"lampa\"?)");
	layers[1].count = 1;
	assert_false(theme_make_layers(&a, layers, 2, &t, &e));
	assert_string_equal(e.text,
		"themes/standard/text/sv.yaml: there is no "
		"such file; the last theme is to be whole");
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_theme_is_read_and_rendered),
		cmocka_unit_test(words_that_a_language_lacks_are_swedish),
		cmocka_unit_test(an_asset_is_named_by_its_content),
		cmocka_unit_test(what_is_wrong_is_named_with_its_file),
		cmocka_unit_test(a_missing_file_is_named),
		cmocka_unit_test(a_layer_goes_before_the_one_below_it),
		cmocka_unit_test(
			what_is_wrong_in_a_layer_is_named_with_its_own_file),
		cmocka_unit_test(what_does_nothing_in_a_theme_is_told),
		cmocka_unit_test(
			templates_of_a_folder_are_listed_with_their_files),
		cmocka_unit_test(a_faulty_file_that_is_replaced_does_no_harm)
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
