/* tests of http/percent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "http/percent.h"

static const struct {
	const char *encoded;
	const char *decoded;
	bool clean;
} decoding[] = {
	{ "", "", true },
	{ "a/b", "a/b", true },
	{ "%61%C3%a5", "a\xc3\xa5", true },
	{ "%2561", "%61", true },
	{ "%", "%", false },
	{ "%4", "%4", false },
	{ "a%g1", "a%g1", false },
	{ "%1g%41", "%1gA", false },
};

static void
percents_are_undone_once_and_odd_ones_stand(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof decoding / sizeof *decoding; i++) {
		char out[64];
		size_t len;

		assert_int_equal(decoding[i].clean,
			percent_decode(text_of(decoding[i].encoded), out,
				&len));
		assert_true(text_is((struct text){ out, len },
			decoding[i].decoded));
	}
}

static const struct {
	const char *path;
	const char *encoded;
} encoding[] = {
	{ "", "" },
	{ "/roller/", "/roller/" },
	{ "/a b%c/", "/a%20b%25c/" },
	{ "/r\xc3\xa5" "d/", "/r%C3%A5d/" },
	{ "/?#[]\"<>\\^`{|}", "/%3F%23%5B%5D%22%3C%3E%5C%5E%60%7B%7C%7D" },
	{ "/-._~!$&'()*+,;=:@", "/-._~!$&'()*+,;=:@" },
};

static void
a_path_is_encoded_and_comes_back(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof encoding / sizeof *encoding; i++) {
		struct text path = text_of(encoding[i].path);
		struct text t = percent_encode(&a, path);
		char back[64];
		size_t len;

		assert_true(text_is(t, encoding[i].encoded));
		assert_true(percent_decode(t, back, &len));
		assert_true(text_eq((struct text){ back, len }, path));
	}
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(percents_are_undone_once_and_odd_ones_stand),
		cmocka_unit_test(a_path_is_encoded_and_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
