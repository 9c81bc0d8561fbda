/* tests of http/media. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "http/media.h"

struct path_case {
	const char *path;
	const char *type;
	enum response_as as;
	bool asset;
};

static const struct path_case cases[] = {
	{ "/", "text/html; charset=utf-8", RESPONSE_PAGE, false },
	{ "/style.css/", "text/html; charset=utf-8", RESPONSE_PAGE, false },
	{ "/404.html", "text/html; charset=utf-8", RESPONSE_PAGE, false },
	{ "/roller/karta.svg", "image/svg+xml", RESPONSE_PAGE, false },
	{ "/roller/karta.png", "image/png", RESPONSE_PAGE, false },
	{ "/assets/a.0.css", "text/css; charset=utf-8", RESPONSE_PART, true },
	{ "/assets/a.0.svg", "image/svg+xml", RESPONSE_PICTURE, true },
	{ "/assets/a.0.jpeg", "image/jpeg", RESPONSE_PART, true },
	{ "/assets/a.0.pdf", "application/pdf", RESPONSE_PAGE, true },
	{ "/assets/a.0.html", "text/html; charset=utf-8", RESPONSE_PAGE, true },
	{ "/assets/a.0.CSS", "application/octet-stream", RESPONSE_PAGE, true },
	{ "/assets", "application/octet-stream", RESPONSE_PAGE, false },
	{ "", "application/octet-stream", RESPONSE_PAGE, false },
};

static void
a_path_tells_what_its_file_is_sent_as(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct path_case *c = &cases[i];
		struct response rs;

		media_describe(text_of(c->path), &rs);
		assert_int_equal(rs.status, 200);
		assert_string_equal(rs.content_type, c->type);
		assert_int_equal(rs.as, c->as);
		assert_int_equal(media_is_asset(text_of(c->path)), c->asset);
		assert_string_equal(rs.cache, c->asset ? media_cache_asset
			: media_cache_page);
	}
}

/* What a browser shows as a document must have every strict header. */
static void
nothing_that_can_hold_a_script_is_a_part(void **state)
{
	static const char *const documents[] = { ".html", ".svg", ".xml",
		".pdf", "" };

	(void)state;
	for (const struct media *m = media_table;; m++) {
		for (size_t i = 0; i < sizeof documents / sizeof *documents;
			i++)
			if (strcmp(m->suffix, documents[i]) == 0)
				assert_int_not_equal(m->as, RESPONSE_PART);
		if (!m->suffix[0])
			break;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_tells_what_its_file_is_sent_as),
		cmocka_unit_test(nothing_that_can_hold_a_script_is_a_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
