/* clock: time as the program needs it: UTC seconds, dates, wall time. */
#include "base/clock.h"

#include <time.h>

#include "base/banned.h"

enum { DAY_S = 24 * 60 * 60 };

int64_t
clock_now_s(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_REALTIME, &ts);
	return ts.tv_sec;
}

int64_t
clock_monotonic_ms(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

bool
date_exists(struct date d)
{
	return d.year >= 1 && d.year <= 9999 && d.month >= 1 &&
		d.month <= 12 && d.day >= 1 &&
		d.day <= month_days(d.year, d.month);
}

bool
date_parse(struct text t, struct date *d)
{
	int64_t y, m, day;

	if (t.len != 10 || t.p[4] != '-' || t.p[7] != '-')
		return false;
	if (!text_to_int(text_sub(t, 0, 4), 1, 9999, &y) ||
		!text_to_int(text_sub(t, 5, 2), 1, 12, &m) ||
		!text_to_int(text_sub(t, 8, 2), 1, 31, &day))
		return false;
	*d = (struct date){ (int)y, (int)m, (int)day };
	return date_exists(*d);
}

/* n with `width` digits and what stands behind them; where it ends. */
static char *
put_number(char *at, int n, int width, char behind)
{
	for (int i = width; i-- > 0; n /= 10)
		at[i] = (char)('0' + (n > 0 ? n % 10 : 0));
	at[width] = behind;
	return at + width + 1;
}

static char *
put_date(char *at, struct date d, char behind)
{
	at = put_number(at, d.year, 4, '-');
	at = put_number(at, d.month, 2, '-');
	return put_number(at, d.day, 2, behind);
}

struct text
date_text(struct arena *a, struct date d)
{
	char text[sizeof "9999-12-31"];

	(void)put_date(text, d, '\0');
	return arena_copy(a, text_of(text));
}

/*
 * Days of the proleptic Gregorian calendar with years that begin in March,
 * so that the leap day is the last of its year.
 */
int64_t
date_to_days(struct date d)
{
	int64_t y = d.month <= 2 ? d.year - 1 : d.year;
	int64_t m = d.month <= 2 ? d.month + 9 : d.month - 3;

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 +
		d.day - 1 - 719468;
}

struct date
date_from_days(int64_t days)
{
	/* Days since the 1st of March of the year 0, and its years. */
	int64_t since = days + 719468;
	int64_t year = since * 400 / 146097 + 2;
	int64_t day = -1;
	int64_t month;

	/* It is too high by one, or by two. */
	while (day < 0) {
		year--;
		day = since - (365 * year + year / 4 - year / 100 + year / 400);
	}
	month = (5 * day + 2) / 153;
	return (struct date){ (int)(year + (month >= 10)),
		(int)(month < 10 ? month + 3 : month - 9),
		(int)(day - (153 * month + 2) / 5) + 1 };
}

int
date_cmp(struct date a, struct date b)
{
	int64_t x = date_to_days(a);
	int64_t y = date_to_days(b);

	return (x > y) - (x < y);
}

/* 0 Monday to 6 Sunday; 1970-01-01 was a Thursday. */
static int
weekday(int64_t days)
{
	int64_t w = (days + 3) % 7;

	return (int)(w < 0 ? w + 7 : w);
}

/* UTC second at which summer time begins (March) or ends (October). */
static int64_t
switch_s(int year, int month)
{
	int64_t last = date_to_days((struct date){ year, month, 31 });

	last -= (weekday(last) + 1) % 7;
	return last * DAY_S + 60 * 60;
}

static int64_t
floor_days(int64_t s)
{
	return s >= 0 ? s / DAY_S : -((-s + DAY_S - 1) / DAY_S);
}

struct local_time
clock_stockholm(int64_t utc_s)
{
	int year = date_from_days(floor_days(utc_s)).year;
	bool summer = utc_s >= switch_s(year, 3) && utc_s < switch_s(year, 10);
	int offset = summer ? 120 : 60;
	int64_t local = utc_s + (int64_t)offset * 60;
	int64_t days = floor_days(local);
	int s = (int)(local - days * DAY_S);

	return (struct local_time){ date_from_days(days), s / 3600,
		s / 60 % 60, s % 60, offset };
}

struct date
date_of(int64_t utc_s)
{
	return clock_stockholm(utc_s).date;
}

struct text
clock_iso(struct arena *a, int64_t utc_s, int offset_minutes)
{
	char text[sizeof "9999-12-31T23:59:59+12:00"];
	int64_t local = utc_s + (int64_t)offset_minutes * 60;
	int64_t days = floor_days(local);
	int s = (int)(local - days * DAY_S);
	int zone = offset_minutes < 0 ? -offset_minutes : offset_minutes;
	char *at = put_date(text, date_from_days(days), 'T');

	at = put_number(at, s / 3600, 2, ':');
	at = put_number(at, s / 60 % 60, 2, ':');
	at = put_number(at, s % 60, 2, offset_minutes < 0 ? '-' : '+');
	at = put_number(at, zone / 60, 2, ':');
	(void)put_number(at, zone % 60, 2, '\0');
	return arena_copy(a, text_of(text));
}

struct text
clock_rfc3339(struct arena *a, int64_t utc_s)
{
	return clock_iso(a, utc_s, clock_stockholm(utc_s).offset_minutes);
}

struct text
clock_http(struct arena *a, int64_t utc_s)
{
	static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
		"May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t days = floor_days(utc_s);
	struct date d = date_from_days(days);
	int s = (int)(utc_s - days * DAY_S);

	return arena_printf(a, "%s, %02d %s %04d %02d:%02d:%02d GMT",
		weekdays[weekday(days)], d.day, months[d.month - 1], d.year,
		s / 3600, s / 60 % 60, s % 60);
}

static const char *const month_names[][12] = {
	{ "januari", "februari", "mars", "april", "maj", "juni", "juli",
		"augusti", "september", "oktober", "november", "december" },
	{ "January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December" },
};

const char *
clock_month(int month, struct text lang)
{
	return month_names[text_is(lang, "en")][month - 1];
}

struct text
clock_date_words(struct arena *a, struct date d, struct text lang)
{
	return arena_join(a, (struct text[]){ arena_int(a, d.day),
		text_of(" "), text_of(clock_month(d.month, lang)),
		text_of(" "), arena_int(a, d.year) }, 5);
}

struct text
clock_time_words(struct arena *a, int64_t utc_s, struct text lang)
{
	struct local_time t = clock_stockholm(utc_s);
	struct text day = clock_date_words(a, t.date, lang);

	/* Swedish writes a full stop between hour and minute. */
	return arena_printf(a,
		text_is(lang, "en") ? "%s at %02d:%02d" : "%s kl. %02d.%02d",
		day.p, t.hour, t.minute);
}

/* Easter Sunday by the Gregorian rule (Meeus, Jones and Butcher). */
static int64_t
easter(int year)
{
	int a = year % 19;
	int b = year / 100;
	int c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return date_to_days((struct date){ year, n / 31, n % 31 + 1 });
}

static bool
is_closed(struct date d)
{
	/* Same day every year; the second column is the day of the month. */
	static const struct {
		int month;
		int day;
	} fixed[] = {
		{ 1, 1 },   /* nyårsdagen */
		{ 1, 6 },   /* trettondedag jul */
		{ 5, 1 },   /* första maj */
		{ 6, 6 },   /* nationaldagen */
		{ 12, 24 }, /* julafton */
		{ 12, 25 }, /* juldagen */
		{ 12, 26 }, /* annandag jul */
		{ 12, 31 }, /* nyårsafton */
	};
	int64_t days = date_to_days(d);
	int64_t from_easter = days - easter(d.year);

	if (weekday(days) >= 5)
		return true;
	for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
		if (fixed[i].month == d.month && fixed[i].day == d.day)
			return true;
	/* Långfredagen, annandag påsk, Kristi himmelsfärdsdag. */
	if (from_easter == -2 || from_easter == 1 || from_easter == 39)
		return true;
	/* Midsommarafton: the Friday from 19 to 25 June. */
	return d.month == 6 && d.day >= 19 && d.day <= 25 &&
		weekday(days) == 4;
}

struct date
date_add_working_days(struct date d, int n)
{
	int64_t days = date_to_days(d);

	while (n > 0) {
		days++;
		if (!is_closed(date_from_days(days)))
			n--;
	}
	return date_from_days(days);
}
