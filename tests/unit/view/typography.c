/* typography: "_" in the expected texts is an unbreakable space. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

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
	{ "500 kronor", "500_kronor" },
	{ "1 juli 2025", "1_juli 2025" },
	{ "10 km", "10_km" },
	{ "3,5 m² per 2 m", "3,5_m² per 2_m" },
	{ "2 mars", "2_mars" },
	{ "2 st", "2_st" },
	{ "2 starka", NULL },
	{ "2 personer", NULL },
	{ "18 år", NULL },
	{ "7 dagar", NULL },
	{ "5 maja", NULL },
	{ "20 °C", "20_°C" },
	{ "50 %-ig", "50_%-ig" },
	{ "50 öre", "50_öre" },
	{ "s. 12 f.", "s._12_f." },
	{ "Kap. 9 och Nr 4", "Kap._9 och Nr_4" },
	{ "kl 8 och Kl. 8.30", "kl_8 och Kl._8.30" },
	{ "slut. 12 kom", NULL },
	{ "SFS 1993:387, sfs 2", "SFS_1993:387, sfs 2" },
	{ "July 1, 1 July", NULL },
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
	{ "9 §", "9_§" },
	{ "1 July 2025", "1_July 2025" },
	{ "July 1, 2025", NULL },
	{ "10 km, 8 a.m., SEK 500", "10_km, 8_a.m., SEK_500" },
	{ "No. 5, p. 3", "No._5, p._3" },
	{ "it is no. 5 came", NULL },
	{ "1 juli", NULL },
	{ "2 st", NULL },
	{ "5 people", NULL }
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

/* Letters, spaces and commas are passed over many at a time. */
static void
a_mark_is_found_wherever_it_stands(void **state)
{
	static const char *const around[] = { "a", "\xC3\xA5", " a", ", a" };
	static const struct row marks[] = {
		{ "a -- a", "\xE2\x80\x93" }, { "\"", "\xE2\x80\x9D" },
		{ "'", "\xE2\x80\x99" }, { "...", "\xE2\x80\xA6" },
		{ " \xC2\xA7 9", "\xC2\xA0" }, { " 10 kr ", "\xC2\xA0" }
	};
	struct arena a;
	struct buf in, out;

	(void)state;
	arena_init(&a, false);
	buf_init(&in, 1000);
	buf_init(&out, 1000);
	for (size_t i = 0; i < 4 * 40 * (sizeof marks / sizeof *marks); i++) {
		const struct row *mark = &marks[i / 160];

		buf_clear(&in);
		buf_clear(&out);
		for (size_t k = 0; k < i % 40; k++)
			buf_str(&in, around[i / 40 % 4]);
		buf_str(&in, mark->in);
		for (size_t k = i % 40; k < 40; k++)
			buf_str(&in, around[i / 40 % 4]);
		assert_true(typography(buf_view(&in), false, ' ', &out));
		assert_non_null(strstr(arena_string(&a, buf_view(&out)),
			mark->out));
	}
	buf_release(&in);
	buf_release(&out);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(swedish_is_set_as_swedish),
		cmocka_unit_test(english_is_set_as_english),
		cmocka_unit_test(what_stands_before_decides_which_quote_it_is),
		cmocka_unit_test(a_mark_is_found_wherever_it_stands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
