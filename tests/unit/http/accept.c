/* accept: Accept-Encoding and what is sent for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "http/accept.h"

struct header_case {
	const char *header;
	enum accept_coding all;  /* of br, gzip and identity */
	enum accept_coding gzip; /* of gzip and identity */
};

static const struct header_case cases[] = {
	{ NULL, ACCEPT_IDENTITY, ACCEPT_IDENTITY },
	{ "", ACCEPT_IDENTITY, ACCEPT_IDENTITY },
	{ "gzip, deflate, br, zstd", ACCEPT_BR, ACCEPT_GZIP },
	{ "gzip, deflate", ACCEPT_GZIP, ACCEPT_GZIP },
	{ "GZip", ACCEPT_GZIP, ACCEPT_GZIP },
	{ "x-gzip", ACCEPT_GZIP, ACCEPT_GZIP },
	{ "br", ACCEPT_BR, ACCEPT_IDENTITY },
	{ "*", ACCEPT_BR, ACCEPT_GZIP },
	{ "br;q=0.5, gzip", ACCEPT_GZIP, ACCEPT_GZIP },
	{ "br;q=0.501,gzip;q=0.5", ACCEPT_BR, ACCEPT_GZIP },
	{ "br;q=0, *", ACCEPT_GZIP, ACCEPT_GZIP },
	{ "br;q=0, gzip;q=0", ACCEPT_IDENTITY, ACCEPT_IDENTITY },
	{ "gzip;q=0.000", ACCEPT_IDENTITY, ACCEPT_IDENTITY },
	{ "*;q=0", ACCEPT_IDENTITY, ACCEPT_IDENTITY },
	{ "*;q=0, br;q=0.001", ACCEPT_BR, ACCEPT_IDENTITY },
	{ "identity", ACCEPT_IDENTITY, ACCEPT_IDENTITY },
	{ "identity;q=1, br;q=0.9, *;q=0", ACCEPT_IDENTITY,
		ACCEPT_IDENTITY },
	{ "identity;q=0.5, gzip;q=0.2", ACCEPT_IDENTITY, ACCEPT_IDENTITY },
	{ "identity;q=0, gzip;q=0.2", ACCEPT_GZIP, ACCEPT_GZIP },
	{ "identity;q=0", ACCEPT_IDENTITY, ACCEPT_IDENTITY },
	{ " ,, br ; Q=1.000 ,", ACCEPT_BR, ACCEPT_IDENTITY },
	/* What cannot be understood is as if it were not there. */
	{ "br;q=, gzip", ACCEPT_GZIP, ACCEPT_GZIP },
	{ "br;q=1.001, gzip", ACCEPT_GZIP, ACCEPT_GZIP },
	{ "br;q=0.0001, gzip;q=0.1", ACCEPT_GZIP, ACCEPT_GZIP },
	{ "br;q=2", ACCEPT_IDENTITY, ACCEPT_IDENTITY },
	{ "br;q=-1", ACCEPT_IDENTITY, ACCEPT_IDENTITY },
	{ "br;q=x", ACCEPT_IDENTITY, ACCEPT_IDENTITY },
	{ "brotli, gzippo, b, ;q=1", ACCEPT_IDENTITY, ACCEPT_IDENTITY },
};

static void
the_best_of_what_is_at_hand_is_chosen(void **state)
{
	static const bool all[ACCEPT_CODINGS] = { true, true, true };
	static const bool gzip[ACCEPT_CODINGS] = { [ACCEPT_GZIP] = true };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text header = text_of(cases[i].header);

		if (accept_best(header, all) != cases[i].all ||
			accept_best(header, gzip) != cases[i].gzip)
			fail_msg("\"%s\"", cases[i].header);
	}
}

static void
a_packed_file_is_known_by_its_name(void **state)
{
	(void)state;
	assert_string_equal(accept_suffix(ACCEPT_BR), ".br");
	assert_string_equal(accept_suffix(ACCEPT_GZIP), ".gz");
	assert_string_equal(accept_suffix(ACCEPT_IDENTITY), "");
	assert_true(accept_is_packed(text_of("index.html.br")));
	assert_true(accept_is_packed(text_of(".gz")));
	assert_false(accept_is_packed(text_of("index.html")));
	assert_false(accept_is_packed(text_of("gz")));
	assert_false(accept_is_packed(text_of("")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_of_what_is_at_hand_is_chosen),
		cmocka_unit_test(a_packed_file_is_known_by_its_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
