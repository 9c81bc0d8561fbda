/* tests of cmd/pin: one line of site.yaml changes, every other byte stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cmd/pin.h"

#define B64 "AQIDBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

struct pin_case {
	const char *before;
	const char *after;
};

static const struct pin_case cases[] = {
	{ "", "organisation-key: " B64 "\n" },
	{ "name: x\n", "name: x\norganisation-key: " B64 "\n" },
	{ "name: x", "name: x\norganisation-key: " B64 "\n" },
	{ "name: x\r\n", "name: x\r\norganisation-key: " B64 "\r\n" },
	{ "organisation-key:\nname: x\n",
		"organisation-key: " B64 "\nname: x\n" },
	{ "a: b\norganisation-key: old\nc: d\n",
		"a: b\norganisation-key: " B64 "\nc: d\n" },
	{ "a: b\norganisation-key: old", "a: b\norganisation-key: " B64 },
	{ "a: b\r\norganisation-key: old\r\nc: d\r\n",
		"a: b\r\norganisation-key: " B64 "\r\nc: d\r\n" },
	{ "organisation-key: old # the pin\n",
		"organisation-key: " B64 " # the pin\n" },
	/* Not the line: deeper, longer, a comment. */
	{ "x:\n  organisation-key: old\n",
		"x:\n  organisation-key: old\norganisation-key: " B64 "\n" },
	{ "# organisation-key: old\n",
		"# organisation-key: old\norganisation-key: " B64 "\n" },
	{ "publishing-key: a\n",
		"publishing-key: a\norganisation-key: " B64 "\n" },
	{ "organisation-keys: a\n",
		"organisation-keys: a\norganisation-key: " B64 "\n" },
};

static void
only_the_pin_changes(void **state)
{
	static const unsigned char pk[PUBLIC_KEY_BYTES] = { 1, 2, 3, 4 };
	struct verify_key key;
	struct arena a;

	(void)state;
	verify_key_set(&key, pk);
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			pin_put(&a, text_of(cases[i].before),
				PIN_ORGANISATION, &key).p,
			cases[i].after);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_pin_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
