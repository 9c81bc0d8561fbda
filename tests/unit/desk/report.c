/* tests of desk/report: lists and counts, to the letter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "desk/report.h"

/* 22 November 2026, a Sunday, at 14.05 in Sweden. */
static const int64_t now = 1795352709;

enum { DAY_S = 24 * 60 * 60, CASES = 6 };

/* A store in memory with a case of every kind. */
struct fixture {
	struct store_case all[CASES];
	struct store_case *cases[CASES];
	struct store s;
	struct arena a;
};

static int
setup(void **state)
{
	static const struct store_case cases[CASES] = {
		{ .subid = { 1 }, .received_s = 1795352709, .stored = true,
			.looked = true, .opens = true, .valid = true,
			.form = { "synpunkt", 8 },
			.reference = { "SYN-AAAA-AAAA", 13 },
			.answer_days = 10 },
		{ .subid = { 2 }, .received_s = 1795352709 - 20 * DAY_S,
			.stored = true, .looked = true, .opens = true,
			.valid = true, .form = { "ansokan", 7 },
			.reference = { "ANS-BBBB-BBBB", 13 },
			.answer_days = 10 },
		{ .subid = { 3 }, .received_s = 1795352709 - DAY_S,
			.stored = true, .looked = true, .opens = true,
			.form = { "synpunkt", 8 } },
		{ .subid = { 4 }, .received_s = 1795352709 - DAY_S,
			.stored = true, .looked = true },
		{ .subid = { 5 }, .received_s = 1795352709 - 40 * DAY_S,
			.stored = true, .looked = true, .opens = true,
			.valid = true, .form = { "synpunkt", 8 },
			.reference = { "SYN-CCCC-CCCC", 13 },
			.answer_days = 10, .done_s = 1795352709 - DAY_S },
		{ .subid = { 6 }, .received_s = 1795352709 - 400 * DAY_S,
			.looked = true, .opens = true, .valid = true,
			.form = { "synpunkt", 8 },
			.reference = { "SYN-DDDD-DDDD", 13 }, .done_s = 1,
			.purged_s = 2 },
	};
	struct fixture *f = calloc(1, sizeof *f);

	arena_init(&f->a, false);
	memcpy(f->all, cases, sizeof cases);
	for (size_t i = 0; i < CASES; i++)
		f->cases[i] = &f->all[i];
	f->s = (struct store){ .cases = f->cases, .case_count = CASES };
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->a);
	free(f);
	return 0;
}

static void
assert_list(struct fixture *f, struct report_filter filter, bool colour,
	const char *want)
{
	struct buf b;

	buf_init(&b, 1 << 16);
	report_list(&f->s, &filter, now, colour, &b);
	buf_char(&b, '\0');
	assert_string_equal(b.p, want);
	buf_release(&b);
}

static void
the_list_is_aligned_and_says_no_more_than_it_may(void **state)
{
	assert_list(*state, (struct report_filter){ 0 }, false,
"ÄRENDE                            KOM IN            BLAN"
"KETT  LÄGE                          ÅLDER     SVARA SENAST\n"
"SYN-AAAA-AAAA                     2026-11-22 14:05  synp"
"unkt  nytt                          i dag     2026-12-04, om 12 dagar\n"
"ANS-BBBB-BBBB                     2026-11-02 14:05  anso"
"kan   nytt                          20 dagar  2026-11-16, försenat 6 dagar\n"
"03000000000000000000000000000000  2026-11-21 14:05  synp"
"unkt  nytt, följer inte blanketten  1 dag     \n"
"04000000000000000000000000000000  2026-11-21 14:05      "
"      går inte att öppna            1 dag     \n"
"SYN-CCCC-CCCC                     2026-10-13 15:05  synp"
"unkt  klart                         40 dagar  2026-10-27\n");
}

static void
filters_choose(void **state)
{
	assert_list(*state, (struct report_filter){ .form = "ansokan" }, false,
"ÄRENDE         KOM IN            BLANKETT  LÄGE  ÅLDER     SVARA SENAST\n"
"ANS-BBBB-BBBB  2026-11-02 14:05  ansokan   nytt  20 dagar  2026-11-16,"
" försenat 6 dagar\n");
	assert_list(*state, (struct report_filter){ .form = "none" }, false,
"ÄRENDE  KOM IN  BLANKETT  LÄGE  ÅLDER  SVARA SENAST\n");
	assert_list(*state, (struct report_filter){ .form = "ansokan",
		.only_new = true }, true,
"ÄRENDE         KOM IN            BLANKETT  LÄGE  ÅLDER     SVARA SENAST\n"
"\033[36mANS-BBBB-BBBB  \033[0m2026-11-02 14:05  ansokan   nytt  20 dagar"
"  2026-11-16, försenat 6 dagar\n");
}

static void
every_case_has_one_status(void **state)
{
	struct fixture *f = *state;
	static const char *const words[CASES] = { "new", "new", "new",
		"refused", "done", "purged" };
	struct store_case c = { .stored = true };

	for (size_t i = 0; i < CASES; i++)
		assert_string_equal(report_status(f->cases[i]), words[i]);
	assert_string_equal(report_status(&c), "unread");
	c.stored = false;
	assert_string_equal(report_status(&c), "missing");
}

static void
the_list_is_a_list_of_maps_for_scripts(void **state)
{
	struct fixture *f = *state;
	struct report_filter filter = { .form = "ansokan" };
	struct buf b;

	buf_init(&b, 1 << 16);
	json_put(&b, report_list_value(&f->a, &f->s, &filter, now));
	buf_char(&b, '\0');
	assert_string_equal(b.p, "[{\"reference\":\"ANS-BBBB-BBBB\","
		"\"subid\":\"02000000000000000000000000000000\",\"received\":"
		"\"2026-11-02T14:05:09+01:00\",\"form\":\"ansokan\","
		"\"status\":\"new\",\"valid\":true,\"age_days\":20,"
		"\"answer_by\":\"2026-11-16\"}]");
	buf_release(&b);
}

static void
cases_are_counted_by_form_and_month(void **state)
{
	struct fixture *f = *state;
	struct value *v = report_stats_value(&f->a, &f->s);
	struct buf b;

	buf_init(&b, 1 << 16);
	json_put(&b, v);
	buf_char(&b, '\0');
	assert_string_equal(b.p, "{\"forms\":[{\"form\":\"synpunkt\","
		"\"months\":{\"2026-11\":2,\"2026-10\":1,\"2025-10\":1},"
		"\"total\":4},{\"form\":\"ansokan\",\"months\":{\"2026-11\":1}"
		",\"total\":1},{\"form\":\"unknown\",\"months\":"
		"{\"2026-11\":1},\"total\":1}],\"total\":6,\"done\":2}");
	buf_clear(&b);
	report_stats(v, &b);
	buf_char(&b, '\0');
	assert_string_equal(b.p,
		"BLANKETT  2025-10  2026-10  2026-11  TOTALT\n"
		"synpunkt        1        1        2       4\n"
		"ansokan         0        0        1       1\n"
		"unknown         0        0        1       1\n");
	buf_release(&b);
}

static void
a_table_shows_the_latest_twelve_months(void **state)
{
	struct fixture *f = *state;
	struct value *v;
	struct buf b;

	for (size_t i = 0; i < CASES; i++)
		f->all[i].received_s = now - (int64_t)i * 31 * DAY_S * 5;
	v = report_stats_value(&f->a, &f->s);
	/* Months of a few years more. */
	for (int i = 0; i < 30; i++)
		(void)value_set_text(&f->a, value_get(value_get(v, "forms")
			->first->value, "months"), arena_printf(&f->a,
			"20%02d-01", i), value_int(&f->a, 1));
	buf_init(&b, 1 << 16);
	report_stats(v, &b);
	assert_int_equal(text_find(buf_view(&b), '\n'),
		8 + 12 * 9 + 8);
	assert_true(text_search(buf_view(&b), "2029-01") < b.len);
	assert_true(text_search(buf_view(&b), "2000-01") == b.len);
	buf_release(&b);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_list_is_aligned_and_says_no_more_than_it_may),
		TEST(filters_choose),
		TEST(every_case_has_one_status),
		TEST(the_list_is_a_list_of_maps_for_scripts),
		TEST(cases_are_counted_by_form_and_month),
		TEST(a_table_shows_the_latest_twelve_months),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
