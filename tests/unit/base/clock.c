/* tests of base/clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"

static void
days_and_dates_are_inverses(void **state)
{
	struct date first = { 1, 1, 1 };
	struct date last = { 9999, 12, 31 };
	int64_t end = date_to_days(last);

	(void)state;
	assert_int_equal(date_to_days((struct date){ 1970, 1, 1 }), 0);
	assert_int_equal(date_to_days((struct date){ 2000, 3, 1 }), 11017);
	for (int64_t d = date_to_days(first); d <= end; d += 13) {
		struct date got = date_from_days(d);

		assert_true(date_exists(got));
		assert_int_equal(date_to_days(got), d);
	}
}

static void
only_real_iso_dates_are_read(void **state)
{
	static const struct {
		const char *in;
		int ok;
	} cases[] = {
		{ "2026-11-22", 1 }, { "2024-02-29", 1 }, { "2000-02-29", 1 },
		{ "2026-02-29", 0 }, { "1900-02-29", 0 }, { "2026-13-01", 0 },
		{ "2026-00-01", 0 }, { "2026-11-31", 0 }, { "2026-1-01", 0 },
		{ "20261122", 0 }, { "2026-11-22 ", 0 }, { "", 0 },
		{ "0000-01-01", 0 }, { "2026/11/22", 0 }, { "-026-11-22", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct date d;

		assert_int_equal(date_parse(text_of(cases[i].in), &d),
			cases[i].ok);
	}
}

static void
wall_time_follows_swedish_summer_time(void **state)
{
	static const struct {
		int64_t utc;
		const char *out;
	} cases[] = {
		{ 0, "1970-01-01T01:00:00+01:00" },
		/* 2026: 29 March and 25 October, 01:00 UTC. */
		{ 1774745999, "2026-03-29T01:59:59+01:00" },
		{ 1774746000, "2026-03-29T03:00:00+02:00" },
		{ 1792889999, "2026-10-25T02:59:59+02:00" },
		{ 1792890000, "2026-10-25T02:00:00+01:00" },
		/* New Year's night: the year changes an hour before UTC's. */
		{ 1798758000, "2027-01-01T00:00:00+01:00" },
	};
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_string_equal(clock_rfc3339(&a, cases[i].utc).p,
			cases[i].out);
	assert_string_equal(clock_iso(&a, 1774746000, -570).p,
		"2026-03-28T15:30:00-09:30");
	assert_string_equal(clock_iso(&a, 0, 0).p, "1970-01-01T00:00:00+00:00");
	assert_string_equal(clock_iso(&a, -1, 0).p,
		"1969-12-31T23:59:59+00:00");
	assert_string_equal(clock_http(&a, 1774746000).p,
		"Sun, 29 Mar 2026 01:00:00 GMT");
	assert_string_equal(clock_time_words(&a, 1774746000, text_of("sv")).p,
		"29 mars 2026 kl. 03.00");
	assert_string_equal(clock_time_words(&a, 1774746000, text_of("en")).p,
		"29 March 2026 at 03:00");
	arena_release(&a);
}

static void
working_days_skip_weekends_and_swedish_holidays(void **state)
{
	static const struct {
		const char *from;
		int n;
		const char *to;
	} cases[] = {
		{ "2026-11-22", 1, "2026-11-23" },
		{ "2026-11-20", 1, "2026-11-23" },
		{ "2026-11-20", 10, "2026-12-04" },
		{ "2026-12-23", 1, "2026-12-28" },
		{ "2026-12-30", 1, "2027-01-04" },
		{ "2027-01-05", 1, "2027-01-07" },
		{ "2026-04-02", 1, "2026-04-07" },  /* Easter 5 April */
		{ "2026-05-13", 1, "2026-05-15" },  /* Kristi himmelsfärd */
		{ "2026-06-18", 1, "2026-06-22" },  /* midsommar */
		{ "2025-06-05", 1, "2025-06-09" },  /* nationaldagen, Friday */
		{ "2024-03-28", 1, "2024-04-02" },  /* Easter 31 March */
		{ "2026-11-22", 0, "2026-11-22" },
	};
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct date d;

		assert_true(date_parse(text_of(cases[i].from), &d));
		assert_string_equal(date_text(&a,
			date_add_working_days(d, cases[i].n)).p, cases[i].to);
	}
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_and_dates_are_inverses),
		cmocka_unit_test(only_real_iso_dates_are_read),
		cmocka_unit_test(wall_time_follows_swedish_summer_time),
		cmocka_unit_test(working_days_skip_weekends_and_swedish_holidays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
