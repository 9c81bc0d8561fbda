/* html: each escaper against the characters of its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "view/html.h"

struct pair {
	const char *in;
	const char *out;
};

static void
check(const struct pair *pairs, size_t n,
	struct text (*make)(struct arena *a, struct text t))
{
	struct arena a;

	arena_init(&a, false);
	for (size_t i = 0; i < n; i++) {
		struct text t = make(&a, text_of(pairs[i].in));

		assert_string_equal(arena_string(&a, t), pairs[i].out);
	}
	arena_release(&a);
}

static struct text
escaped(struct arena *a, struct text t)
{
	return html_text(a, t).markup;
}

static struct text
broken(struct arena *a, struct text t)
{
	return html_lines(a, t).markup;
}

static void
text_is_safe_in_content_and_attributes(void **state)
{
	static const struct pair pairs[] = {
		{ "", "" },
		{ "hej", "hej" },
		{ "<b>", "&lt;b&gt;" },
		{ "\"a\" & 'b'", "&quot;a&quot; &amp; &#39;b&#39;" },
		{ "&amp;", "&amp;amp;" },
		{ "&", "&amp;" },
		{ "å<ö", "å&lt;ö" }
	};

	(void)state;
	check(pairs, sizeof pairs / sizeof *pairs, escaped);
}

static void
line_breaks_are_kept(void **state)
{
	static const struct pair pairs[] = {
		{ "", "" },
		{ "a\nb", "a<br>\nb" },
		{ "a\n\n<b>", "a<br>\n<br>\n&lt;b&gt;" },
		{ "\n", "<br>\n" }
	};

	(void)state;
	check(pairs, sizeof pairs / sizeof *pairs, broken);
}

static void
only_unreserved_characters_stand_in_an_address(void **state)
{
	static const struct pair pairs[] = {
		{ "", "" },
		{ "aZ09-._~", "aZ09-._~" },
		{ "a b/c?d#e&f=g%h", "a%20b%2Fc%3Fd%23e%26f%3Dg%25h" },
		{ "å\"<", "%C3%A5%22%3C" }
	};

	(void)state;
	check(pairs, sizeof pairs / sizeof *pairs, url_part);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_safe_in_content_and_attributes),
		cmocka_unit_test(line_breaks_are_kept),
		cmocka_unit_test(only_unreserved_characters_stand_in_an_address)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
