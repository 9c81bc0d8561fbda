/* config: site.yaml, contacts.yaml and law.yaml. */
#define _DEFAULT_SOURCE /* mkdtemp */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "site/config.h"

struct fixture {
	struct arena a;
	struct source s;
	struct config c;
	struct err e;
	char dir[40];
};

static int
setup(void **state)
{
	struct fixture *f = test_calloc(1, sizeof *f);

	memcpy(f->dir, "/tmp/config-XXXXXX", sizeof "/tmp/config-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	arena_init(&f->a, false);
	assert_true(fs_mkdirs(fs_join(&f->a, f->dir, "content"), 0777, &f->e));
	assert_true(source_open(&f->a, f->dir, NULL, &f->s, &f->e));
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	static const char *const names[] = { CONFIG_SITE, CONFIG_CONTACTS,
		CONFIG_LAW };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_true(fs_remove(fs_join(&f->a, f->dir, names[i]),
			&f->e));
	fs_remove_empty_dir(fs_join(&f->a, f->dir, "content"));
	fs_remove_empty_dir(f->dir);
	source_close(&f->s);
	arena_release(&f->a);
	test_free(f);
	return 0;
}

static void
put(struct fixture *f, const char *name, const char *text)
{
	assert_true(fs_publish(fs_join(&f->a, f->dir, name), 0644,
		text_of(text), &f->e));
}

static void
english_goes_before_swedish_on_english_pages(void **state)
{
	struct fixture *f = *state;

	put(f, CONFIG_SITE, "name: Sidan\norganisation: Kommunen\n"
		"phone: 031-390 06 01\nvisit-address: |\n  A\n  B\n"
		"footer: [a, b]\nen:\n  name: The site\n");
	put(f, CONFIG_CONTACTS, "jour:\n  name: Jouren\n  phone: '112'\n"
		"  en:\n    name: Emergencies\n");
	assert_true(config_load(&f->s, NULL, &f->c, &f->e));
	assert_true(text_is(value_get_text(f->c.lang[0].site, "name"),
		"Sidan"));
	assert_true(text_is(value_get_text(f->c.lang[1].site, "name"),
		"The site"));
	assert_true(text_is(value_get_text(f->c.lang[1].site, "organisation"),
		"Kommunen"));
	assert_true(text_is(value_get_text(f->c.lang[0].site, "tel"),
		"+46313900601"));
	assert_true(text_is(value_get_text(f->c.lang[0].site,
		"visit_address"), "A\nB\n"));
	/* What is not given is there all the same, as null. */
	assert_int_equal(value_get(f->c.lang[0].site, "imy")->kind,
		VALUE_NULL);
	assert_int_equal(f->c.footer_count, 2);
	assert_int_equal(f->c.theme_count, 1);
	assert_true(text_is(f->c.themes[0], "standard"));
	assert_true(text_is(f->c.report_form, "sidfel"));
	assert_int_equal(f->c.report_line, 0);
	assert_true(text_is(value_get_text(config_contact(&f->c, 1,
		text_of("jour")), "name"), "Emergencies"));
	assert_true(text_is(value_get_text(config_contact(&f->c, 0,
		text_of("jour")), "tel"), "112"));
	assert_null(config_contact(&f->c, 0, text_of("jourx")));
	assert_null(config_law(&f->a, &f->c, 0, text_of("lss")));
}

static void
phone_numbers_are_dialled_from_anywhere(void **state)
{
	static const struct {
		const char *phone, *tel;
	} rows[] = {
		{ "031-390 06 01", "+46313900601" },
		{ "+46 31 390 06 01", "+46313900601" },
		{ "0046-31 390 06 01", "+46313900601" },
		{ "112", "112" },
		{ "(031) 390 06 01", "+46313900601" },
		{ "0", "+46" },
		{ "", "" },
		{ "ring oss", "" },
	};
	struct fixture *f = *state;

	put(f, CONFIG_SITE, "name: S\norganisation: K\n");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_true(text_is(config_tel(&f->a, text_of(rows[i].phone)),
			rows[i].tel));
}

static void
an_address_has_no_slash_at_its_end(void **state)
{
	struct fixture *f = *state;

	put(f, CONFIG_SITE, "name: S\norganisation: K\n"
		"base-url: https://a.example/\n");
	assert_true(config_load(&f->s, NULL, &f->c, &f->e));
	assert_true(text_is(f->c.base_url, "https://a.example"));
	assert_true(config_load(&f->s, "http://127.0.0.1:80/", &f->c, &f->e));
	assert_true(text_is(f->c.base_url, "http://127.0.0.1:80"));
	assert_false(config_load(&f->s, "a.example", &f->c, &f->e));
	assert_int_equal(f->e.kind, ERR_USAGE);
}

static void
a_fault_is_told_with_file_and_line(void **state)
{
	static const struct {
		const char *path, *text, *message;
	} rows[] = {
		{ CONFIG_SITE, "name: S\n",
			"content/site.yaml:1: \"organisation\" is missing" },
		{ CONFIG_SITE, "name: S\norganisation: K\nfon: 1\n",
			"content/site.yaml:3: unknown key \"fon\"" },
		{ CONFIG_SITE, "name: S\norganisation: K\nen:\n  nam: T\n",
			"content/site.yaml:4: unknown key \"nam\" (did you "
			"mean \"name\"?)" },
		{ CONFIG_SITE, "name: S\norganisation: K\n"
			"base-url: https://a.example/b\n",
			"content/site.yaml:3: \"base-url\" must be like "
			"\"https://www.exempel.se\", without a path" },
		{ CONFIG_SITE, "name: S\norganisation: K\ntheme: ../x\n",
			"content/site.yaml:3: \"theme\" must be the name of "
			"a directory in themes/, or a list of them" },
		{ CONFIG_CONTACTS, "a: b\n",
			"content/contacts.yaml:1: \"a\" must be followed by "
			"indented lines of \"key: value\"" },
		{ CONFIG_CONTACTS, "a:\n  phone: b\n",
			"content/contacts.yaml:1: \"name\" is missing" },
		{ CONFIG_LAW, "a:\n  title: b\n",
			"content/law.yaml:1: \"reference\" is missing" },
		{ CONFIG_LAW, "a:\n  title: b\n  reference: c\n  stale: ja\n",
			"content/law.yaml:4: \"stale\" must be true or "
			"false" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		put(f, CONFIG_SITE, "name: S\norganisation: K\n");
		put(f, CONFIG_CONTACTS, "");
		put(f, CONFIG_LAW, "");
		put(f, rows[i].path, rows[i].text);
		assert_false(config_load(&f->s, NULL, &f->c, &f->e));
		assert_string_equal(f->e.text, rows[i].message);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			english_goes_before_swedish_on_english_pages, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			phone_numbers_are_dialled_from_anywhere, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			an_address_has_no_slash_at_its_end, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_fault_is_told_with_file_and_line, setup, teardown),
	};

	return cmocka_run_group_tests_name("site/config", tests, NULL, NULL);
}
