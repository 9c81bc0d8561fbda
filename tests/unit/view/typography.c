/* typography: "_" in the expected texts is an unbreakable space. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "view/typography.h"

struct row {
	const char *in;
	const char *out; /* NULL: nothing to do */
};

static const struct row swedish[] = {
	{ "", NULL },
	{ "Hej på dig. Ja, du!", NULL },
	{ "\"hej\"", "”hej”" },
	{ "(\"hej\")", "(”hej”)" },
	{ "'hej'", "’hej’" },
	{ "it's", "it’s" },
	{ "\"\"", NULL },
	{ "a -- b", "a – b" },
	{ "a---b", "a—b" },
	{ "-", NULL },
	{ "a - b", NULL },
	{ "----", NULL },
	{ "och så...", "och så…" },
	{ "..", NULL },
	{ "....", NULL },
	{ "9 § och 10 §", "9_§ och 10_§" },
	{ "9 a §", "9_a_§" },
	{ "9 a och b", NULL },
	{ "§ 9", "§_9" },
	{ "§§ 9 och 10", "§§_9 och 10" },
	{ "9 §§", "9_§§" },
	{ "2 kap. 3 §", "2_kap._3_§" },
	{ "kap. 2", "kap._2" },
	{ "landskap. 2", NULL },
	{ "434 81 Kungsbacka", "434_81 Kungsbacka" },
	{ "0300-83 40 00", "0300-83_40_00" },
	{ "500 kr", "500_kr" },
	{ "500 kronor", NULL },
	{ "500 kr.", "500_kr." },
	{ "50 %", "50_%" },
	{ "10 000 kr", "10_000_kr" },
	{ "kl. 8", "kl._8" },
	{ "nr 4", "nr_4" },
	{ "enr 4", NULL },
	{ "4 ", NULL },
	{ " 4", NULL },
	{ "lagens § är", NULL }
};

static const struct row english[] = {
	{ "\"so\"", "“so”" },
	{ "say \"so\", he", "say “so”, he" },
	{ "(\"so\")", "(“so”)" },
	{ "'so' it's", "‘so’ it’s" },
	{ "\"'so'\"", "“‘so’”" },
	{ "9 §", "9_§" }
};

static void
check(const struct row *rows, size_t n, bool is_english)
{
	struct arena a;
	struct buf out, spaced;

	arena_init(&a, false);
	for (size_t i = 0; i < n; i++) {
		buf_init(&out, 1000);
		buf_init(&spaced, 1000);
		if (!rows[i].out) {
			assert_false(typography(text_of(rows[i].in),
				is_english, ' ', &out));
			assert_int_equal(out.len, 0);
			continue;
		}
		assert_true(typography(text_of(rows[i].in), is_english, ' ',
			&out));
		for (const char *s = rows[i].out; *s; s++)
			buf_put(&spaced, *s == '_' ? "\xC2\xA0" : s,
				*s == '_' ? 2 : 1);
		assert_string_equal(arena_string(&a, buf_view(&out)),
			arena_string(&a, buf_view(&spaced)));
		buf_release(&out);
		buf_release(&spaced);
	}
	arena_release(&a);
}

static void
swedish_is_set_as_swedish(void **state)
{
	(void)state;
	check(swedish, sizeof swedish / sizeof *swedish, false);
}

static void
english_is_set_as_english(void **state)
{
	(void)state;
	check(english, sizeof english / sizeof *english, true);
}

static void
what_stands_before_decides_which_quote_it_is(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 100);
	assert_true(typography(text_of("\""), true, 'a', &out));
	assert_memory_equal(out.p, "”", out.len);
	buf_clear(&out);
	assert_true(typography(text_of("\""), true, '(', &out));
	assert_memory_equal(out.p, "“", out.len);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(swedish_is_set_as_swedish),
		cmocka_unit_test(english_is_set_as_english),
		cmocka_unit_test(what_stands_before_decides_which_quote_it_is)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
