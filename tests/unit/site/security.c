/* security: what site.yaml says becomes security.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/yaml.h"
#include "site/security.h"

static bool
read_yaml(struct arena *a, const char *yaml, struct security *out,
	struct err *e)
{
	struct value *map;

	*e = (struct err){ 0 };
	assert_true(yaml_parse(a, "site.yaml", 1, text_of(yaml), &map, e));
	return security_read(a, map, out, e);
}

static void
a_contact_becomes_a_uri(void **state)
{
	static const struct {
		const char *yaml, *uri;
	} rows[] = {
		{ "security-contact: a@b.example\n", "mailto:a@b.example" },
		{ "security-contact: mailto:a@b.example\n",
			"mailto:a@b.example" },
		{ "security-contact: https://b.example/hal\n",
			"https://b.example/hal" },
		{ "security-contact: tel:+46313900610\n", "tel:+46313900610" },
		{ "security-contact: [https://b.example/, a@b.example]\n",
			"https://b.example/" },
	};
	struct security s;
	struct arena a;
	struct err e;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *yaml = arena_printf(&a, "%ssecurity-expires: "
			"2027-01-31\n", rows[i].yaml).p;

		assert_true(read_yaml(&a, yaml, &s, &e));
		assert_true(text_is(s.contacts[0], rows[i].uri));
	}
	assert_int_equal(s.contact_count, 2);
	assert_true(read_yaml(&a, "name: x\n", &s, &e));
	assert_int_equal(s.contact_count, 0);
	arena_release(&a);
}

static void
what_would_not_be_valid_is_told(void **state)
{
	static const struct {
		const char *yaml, *fault;
	} rows[] = {
		{ "security-contact: a@b.example\n", "content/site.yaml:1: "
			"\"security-contact\" needs \"security-expires\" too" },
		{ "name: x\nsecurity-contact: b.example\n",
			"content/site.yaml:2: \"security-contact\" must be" },
		{ "security-contact: http://b.example\n", "must be an e-mail" },
		{ "security-contact: a@b c\n", "must be an e-mail" },
		{ "security-contact: 'mailto:'\n", "must be an e-mail" },
		{ "security-policy: http://b.example\n",
			"\"security-policy\" must begin with https://" },
	};
	struct security s;
	struct arena a;
	struct err e;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_false(read_yaml(&a, rows[i].yaml, &s, &e));
		assert_non_null(strstr(e.text, rows[i].fault));
	}
	arena_release(&a);
}

static void
a_day_that_comes_near_is_warned_of(void **state)
{
	static const struct {
		struct date today;
		const char *warning; /* NULL: none */
	} rows[] = {
		{ { 2026, 12, 31 }, NULL },
		{ { 2027, 1, 1 }, "content/site.yaml:2: security-expires: "
			"security.txt is valid only to 2027-01-31" },
		{ { 2027, 1, 31 }, "valid only to 2027-01-31" },
		{ { 2027, 2, 1 }, "has not been valid since 2027-01-31" },
	};
	struct security s;
	struct arena a;
	struct err e;

	(void)state;
	arena_init(&a, false);
	assert_true(read_yaml(&a, "security-contact: a@b.example\n"
		"security-expires: 2027-01-31\n", &s, &e));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct text t = security_warning(&a, &s, rows[i].today);

		if (rows[i].warning)
			assert_true(text_search(t, rows[i].warning) < t.len);
		else
			assert_int_equal(t.len, 0);
	}
	s = (struct security){ 0 };
	assert_int_equal(security_warning(&a, &s, rows[3].today).len, 0);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_contact_becomes_a_uri),
		cmocka_unit_test(what_would_not_be_valid_is_told),
		cmocka_unit_test(a_day_that_comes_near_is_warned_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
