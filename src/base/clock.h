/*
 * clock: time as the program needs it: UTC seconds, dates, Swedish wall time.
 *
 * Wall time is Europe/Stockholm by the rule in force since 1996 (summer time
 * from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday
 * of October; directive 2000/84/EC), computed here so that no TZ variable or
 * missing zoneinfo can date a receipt wrongly.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

/* A day in the Gregorian calendar; year 1 to 9999, month and day from 1. */
struct date {
	int year;
	int month;
	int day;
};

/* Wall time in Sweden. */
struct local_time {
	struct date date;
	int hour;           /* 0 to 23 */
	int minute;         /* 0 to 59 */
	int second;         /* 0 to 59 */
	int offset_minutes; /* east of UTC: 60 or 120 */
};

/* Seconds since 1970-01-01T00:00:00Z. */
int64_t clock_now_s(void);
/* Milliseconds on a clock that never goes backwards; for deadlines. */
int64_t clock_monotonic_ms(void);

struct local_time clock_stockholm(int64_t utc_s);
/* "2026-11-22T14:05:09+01:00" (RFC 3339) so far east of Greenwich, as git's
 * %cI writes it; years from 0 to 9999. */
struct text clock_iso(struct arena *a, int64_t utc_s, int offset_minutes);
/* The same in Sweden. */
struct text clock_rfc3339(struct arena *a, int64_t utc_s);
/* "Sun, 22 Nov 2026 13:05:09 GMT" (RFC 9110 5.6.7). */
struct text clock_http(struct arena *a, int64_t utc_s);
/* "november", "November": a month from 1 to 12. */
const char *clock_month(int month, struct text lang);
/* "22 november 2026" or, for lang "en", "22 November 2026". */
struct text clock_date_words(struct arena *a, struct date d, struct text lang);
/* "22 november 2026 kl. 14.05"; English "22 November 2026 at 14:05". */
struct text clock_time_words(struct arena *a, int64_t utc_s, struct text lang);

/* Is there such a day? */
bool date_exists(struct date d);
/* Exactly YYYY-MM-DD and a day that exists. */
bool date_parse(struct text t, struct date *d)
	__attribute__((warn_unused_result));
/* "2026-11-22". */
struct text date_text(struct arena *a, struct date d);
/* Days since 1970-01-01, negative before. */
int64_t date_to_days(struct date d);
struct date date_from_days(int64_t days);
/* Negative, 0 or positive as a is before, on or after b. */
int date_cmp(struct date a, struct date b);
/* The day in Sweden at this moment. */
struct date date_of(int64_t utc_s);
/*
 * The n-th open day after d: not a Swedish public holiday (lagen 1989:253 om
 * allmänna helgdagar), nor one on which municipal offices are closed as on
 * one: Saturdays, Sundays, midsommarafton, julafton, nyårsafton.
 */
struct date date_add_working_days(struct date d, int n);

#endif
