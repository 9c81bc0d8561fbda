/* tests of form/form: form files read, refused and compared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/fs.h"
#include "form/form.h"

static const char valid[] = "tests/golden/forms/valid";
static const char broken[] = "tests/golden/forms/broken";

static struct text
file(struct arena *a, const char *dir, const char *name, const char *suffix)
{
	struct err e = { 0 };
	struct text t = { 0 };
	const char *path = arena_printf(a, "%s/%s%s", dir, name, suffix).p;

	if (!fs_read(a, path, 1 << 20, &t, &e))
		fail_msg("%s", e.text);
	return t;
}

/* Calls `one` with the name, without suffix, of each .md in a directory. */
static size_t
each_form(const char *dir, void (*one)(struct arena *a, const char *name))
{
	struct arena a;
	struct fs_list list;
	struct err e = { 0 };
	size_t n = 0;

	arena_init(&a, false);
	if (!fs_list(&a, dir, &list, &e))
		fail_msg("%s", e.text);
	for (size_t i = 0; i < list.count; i++) {
		struct text name = list.items[i].name;

		if (!text_ends(name, ".md"))
			continue;
		one(&a, arena_string(&a, text_sub(name, 0, name.len - 3)));
		n++;
	}
	arena_release(&a);
	return n;
}

static void
expect_error(struct arena *a, const char *name)
{
	struct form f;
	struct err e = { 0 };
	struct text wanted = text_trim(file(a, broken, name, ".error"));

	if (form_parse(a, arena_printf(a, "forms/%s.md", name).p,
			file(a, broken, name, ".md"), &f, &e))
		fail_msg("%s was accepted", name);
	assert_int_equal(e.kind, ERR_FORMAT);
	assert_string_equal(e.text, arena_string(a, wanted));
}

static void
broken_forms_are_refused_with_their_line(void **state)
{
	(void)state;
	assert_true(each_form(broken, expect_error) > 100);
}

static void
expect_canonical(struct arena *a, const char *name)
{
	struct form f;
	struct err e = { 0 };
	struct buf b;

	if (!form_parse(a, arena_printf(a, "forms/%s.md", name).p,
			file(a, valid, name, ".md"), &f, &e))
		fail_msg("%s", e.text);
	buf_init(&b, 1 << 20);
	form_canonical(&f, &b);
	assert_string_equal(arena_string(a, buf_view(&b)), arena_string(a,
		text_trim(file(a, valid, name, ".json"))));
	buf_release(&b);
}

static void
valid_forms_have_these_canonical_bytes(void **state)
{
	(void)state;
	assert_true(each_form(valid, expect_canonical) > 10);
}

static const char front[] =
	"---\ntitle: T\nto: kundcenter\nprefix: AB\n---\n";

static struct form
parse(struct arena *a, const char *path, const char *body)
{
	struct form f;
	struct err e = { 0 };

	if (!form_parse(a, path, arena_printf(a, "%s%s", front, body), &f, &e))
		fail_msg("%s", e.text);
	return f;
}

static void
every_part_knows_its_line(void **state)
{
	struct arena a;
	struct form f;

	(void)state;
	arena_init(&a, false);
	f = parse(&a, "dir/forms/x-1.en.md",
		"\nIntro\n\n### a: A?\ntype: choice\n- x: X\n- y: Y\n\n\n"
		"Help\nmore\n\n## S\n\nSection\n### b: B?\nshow-if: a = y\n"
		"type: text\n");
	assert_true(text_is(f.id, "x-1"));
	assert_true(text_is(f.lang, "en"));
	assert_true(text_is(f.path, "dir/forms/x-1.en.md"));
	assert_true(f.open);
	assert_true(text_is(f.intro, "Intro"));
	assert_int_equal(f.intro_line, 7);
	assert_int_equal(f.section_count, 2);
	assert_int_equal(f.question_count, 2);
	assert_int_equal(f.sections[0].title.len, 0);
	assert_int_equal(f.sections[0].count, 1);
	assert_true(text_is(f.sections[1].title, "S"));
	assert_int_equal(f.sections[1].line, 18);
	assert_true(text_is(f.sections[1].intro, "Section"));
	assert_int_equal(f.sections[1].intro_line, 20);
	assert_int_equal(f.sections[1].first, 1);
	assert_int_equal(f.questions[0].line, 9);
	assert_int_equal(f.questions[0].options[1].line, 12);
	assert_true(text_is(f.questions[0].help, "Help\nmore"));
	assert_int_equal(f.questions[0].help_line, 15);
	assert_int_equal(f.questions[0].show_if.question, -1);
	assert_int_equal(f.questions[1].section, 1);
	assert_int_equal(f.questions[1].line, 21);
	assert_int_equal(f.questions[1].show_if.question, 0);
	assert_int_equal(f.questions[1].show_if.line, 22);
	assert_true(text_is(f.questions[1].show_if.value, "y"));
	assert_int_equal(form_question(&f, text_of("b")), 1);
	assert_int_equal(form_question(&f, text_of("c")), -1);
	arena_release(&a);
}

static void
file_names_give_id_and_language(void **state)
{
	static const struct {
		const char *path;
		const char *error; /* NULL: accepted */
	} rows[] = {
		{ "forms/synpunkt.md", NULL },
		{ "synpunkt.md", NULL },
		{ "a/b.c/synpunkt.en.md", NULL },
		{ "forms/synpunkt", "forms/synpunkt: a form file is named"
			" ID.md or ID.LANG.md" },
		{ "forms/.md", "forms/.md: a form's id is a-z, 0-9 and \"-\","
			" beginning with a letter, at most 40 bytes" },
		{ "forms/Synpunkt.md", "forms/Synpunkt.md: a form's id is a-z,"
			" 0-9 and \"-\", beginning with a letter, at most 40"
			" bytes" },
		{ "forms/synpunkt.fi.md", "forms/synpunkt.fi.md: no texts in"
			" the language \"fi\" (a translation is ID.en.md)" },
		{ "forms/synpunkt.sv.md", "forms/synpunkt.sv.md: no texts in"
			" the language \"sv\" (a translation is ID.en.md)" },
		{ "forms/synpunkt.en.bak.md", "forms/synpunkt.en.bak.md: no"
			" texts in the language \"en.bak\" (a translation is"
			" ID.en.md)" },
		{ "forms/synpunkt..md", "forms/synpunkt..md: no texts in the"
			" language \"\" (a translation is ID.en.md)" },
	};
	struct arena a;
	struct text source;

	(void)state;
	arena_init(&a, false);
	source = arena_printf(&a, "%s### a: A?\ntype: text\n", front);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct form f;
		struct err e = { 0 };
		bool ok = form_parse(&a, rows[i].path, source, &f, &e);

		assert_int_equal(ok, rows[i].error == NULL);
		if (!ok)
			assert_string_equal(e.text, rows[i].error);
	}
	arena_release(&a);
}

static void
a_form_file_that_is_too_large_is_refused(void **state)
{
	struct arena a;
	struct buf b;
	struct form f;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, false);
	buf_init(&b, FORM_FILE_MAX + 1);
	buf_str(&b, front);
	buf_str(&b, "### a: A?\ntype: text\n\n");
	while (b.len < FORM_FILE_MAX)
		buf_char(&b, 'x');
	assert_true(form_parse(&a, "forms/x.md", buf_view(&b), &f, &e));
	buf_char(&b, 'x');
	assert_false(form_parse(&a, "forms/x.md", buf_view(&b), &f, &e));
	assert_int_equal(e.kind, ERR_LIMIT);
	assert_string_equal(e.text, "forms/x.md: larger than 262144 bytes");
	buf_release(&b);
	arena_release(&a);
}

/* Every beginning of a form is a form or a clear error, never a crash. */
static void
every_truncation_is_answered(void **state)
{
	struct arena a;
	struct text whole;

	(void)state;
	arena_init(&a, false);
	whole = file(&a, valid, "all-types", ".md");
	for (size_t n = 0; n < whole.len; n++) {
		struct arena scratch;
		struct form f;
		struct err e = { 0 };

		arena_init(&scratch, false);
		if (!form_parse(&scratch, "forms/x.md",
				text_sub(whole, 0, n), &f, &e))
			assert_true(strncmp(e.text, "forms/x.md:", 11) == 0);
		else
			assert_true(f.question_count > 0);
		arena_release(&scratch);
	}
	arena_release(&a);
}

static struct text
canonical(struct arena *a, const struct form *f)
{
	struct buf b;
	struct text t;

	buf_init(&b, 1 << 20);
	form_canonical(f, &b);
	t = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return t;
}

static void
closing_and_moving_a_form_keep_its_version(void **state)
{
	struct arena a;
	struct form f, g;

	(void)state;
	arena_init(&a, false);
	f = parse(&a, "forms/x.md", "### a: A?\ntype: text\n");
	g = parse(&a, "other/x.md", "\n\n### a: A?\ntype: text\n\n\n");
	g.open = false;
	assert_true(text_eq(canonical(&a, &f), canonical(&a, &g)));
	g = parse(&a, "forms/x.md", "### a: A?\ntype: text\noptional\n");
	assert_false(text_eq(canonical(&a, &f), canonical(&a, &g)));
	g = parse(&a, "forms/x.md", "### a: B?\ntype: text\n");
	assert_false(text_eq(canonical(&a, &f), canonical(&a, &g)));
	arena_release(&a);
}

static const char original[] =
	"## S\n\n### a: A?\ntype: choice\n- x: X\n- y: Y\n\n"
	"### b: B?\ntype: text\nmax: 10\nshow-if: a = x\n\n"
	"## T\n\n### c: C?\ntype: yes-no\noptional\nrequired-if: a = y\n";

static void
translations_differ_in_texts_only(void **state)
{
	static const struct {
		const char *body;
		const char *differences;
	} rows[] = {
		{ "Intro.\n\n## Other\n\nText.\n\n### a: Which?\ntype: choice\n"
			"hint: h\n- x: One\n- y: Two\n\nHelp.\n\n"
			"### b: What?\ntype: text\nmax: 10\nshow-if: a = x\n"
			"error-missing: Say it.\n\n"
			"## More\n### c: So?\ntype: yes-no\noptional\n"
			"required-if: a = y\n- ja: Yes\n- nej: No\n", "" },
		{ "## S\n\n### a: A?\ntype: choice\n- x: X\n- z: Y\n\n"
			"### b: B?\ntype: text\nmax: 11\n\n"
			"### c: C?\ntype: yes-no\n",
			"forms/x.en.md:8: \"options\" of \"a\" differs from"
			" forms/x.md:8\n"
			"forms/x.en.md:13: \"max\" of \"b\" differs from"
			" forms/x.md:13\n"
			"forms/x.en.md:13: \"show-if\" of \"b\" differs from"
			" forms/x.md:13\n"
			"forms/x.en.md:17: \"optional\" of \"c\" differs from"
			" forms/x.md:20\n"
			"forms/x.en.md:17: \"required-if\" of \"c\" differs"
			" from forms/x.md:20\n"
			"forms/x.en.md:17: \"section\" of \"c\" differs from"
			" forms/x.md:20\n" },
		{ "## S\n\n### b: B?\ntype: text\nmax: 10\n\n"
			"### a: A?\ntype: choice\n- x: X\n- y: Y\n\n"
			"### d: D?\ntype: email\n",
			"forms/x.en.md: the question \"c\" of forms/x.md:20 is"
			" missing\n"
			"forms/x.en.md:8: \"show-if\" of \"b\" differs from"
			" forms/x.md:13\n"
			"forms/x.en.md:12: the question \"a\" stands elsewhere"
			" in forms/x.md\n"
			"forms/x.en.md:17: the question \"d\" is not in"
			" forms/x.md\n" },
		{ "## S\n\n### a: A?\ntype: choice\n- x: X\n- y: Y\n"
			"- z: Z\n\n"
			"### b: B?\ntype: text\nmax: 10\nshow-if: a = x\n\n"
			"## T\n\n### c: C?\ntype: yes-no\noptional\n"
			"required-if: a = y\n",
			"forms/x.en.md:8: \"options\" of \"a\" differs from"
			" forms/x.md:8\n" },
		{ "## S\n\n### a: A?\ntype: choices\n- x: X\n- y: Y\n\n"
			"### b: B?\ntype: text\nmax: 10\nshow-if: a = y\n\n"
			"## T\n\n### c: C?\ntype: yes-no\noptional\n"
			"required-if: a = y\n",
			"forms/x.en.md:8: \"type\" of \"a\" differs from"
			" forms/x.md:8\n"
			"forms/x.en.md:13: \"show-if\" of \"b\" differs from"
			" forms/x.md:13\n" },
	};
	struct arena a;
	struct form f;

	(void)state;
	arena_init(&a, false);
	f = parse(&a, "forms/x.md", original);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct form g = parse(&a, "forms/x.en.md", rows[i].body);
		struct buf b;
		bool same;

		buf_init(&b, 1 << 16);
		same = form_matches(&f, &g, &b);
		assert_string_equal(arena_string(&a, buf_view(&b)),
			rows[i].differences);
		assert_int_equal(same, rows[i].differences[0] == '\0');
		buf_release(&b);
	}
	arena_release(&a);
}

static void
front_matter_of_a_translation_is_compared(void **state)
{
	struct arena a;
	struct form f, g;
	struct buf b;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, false);
	f = parse(&a, "forms/x.md", "### a: A?\ntype: text\n");
	assert_true(form_parse(&a, "forms/x.en.md", text_of(
		"---\ntitle: X\nto: other\nprefix: CD\nopen: false\n"
		"retain: 5 days\nanswer-within: 1 working day\n---\n"
		"### a: A?\ntype: text\n"), &g, &e));
	buf_init(&b, 4096);
	assert_false(form_matches(&f, &g, &b));
	assert_string_equal(arena_string(&a, buf_view(&b)),
		"forms/x.en.md: \"to\" differs from forms/x.md\n"
		"forms/x.en.md: \"prefix\" differs from forms/x.md\n"
		"forms/x.en.md: \"answer-within\" differs from forms/x.md\n"
		"forms/x.en.md: \"retain\" differs from forms/x.md\n"
		"forms/x.en.md: \"open\" differs from forms/x.md\n");
	buf_release(&b);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(broken_forms_are_refused_with_their_line),
		cmocka_unit_test(valid_forms_have_these_canonical_bytes),
		cmocka_unit_test(every_part_knows_its_line),
		cmocka_unit_test(file_names_give_id_and_language),
		cmocka_unit_test(a_form_file_that_is_too_large_is_refused),
		cmocka_unit_test(every_truncation_is_answered),
		cmocka_unit_test(closing_and_moving_a_form_keep_its_version),
		cmocka_unit_test(translations_differ_in_texts_only),
		cmocka_unit_test(front_matter_of_a_translation_is_compared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
