/*
 * check_personnummer: personnummer and samordningsnummer.
 *
 * 18 § folkbokföringslagen (1991:481): six digits of birth, three of serial
 * number, one check digit; "-" before the serial number becomes "+" the year
 * the person turns 100.  18 a §: a samordningsnummer has 60 added to the day.
 * Ten digits therefore name one century together with their sign; with twelve
 * the sign adds nothing and is not looked at.
 */
#include "base/utf8.h"
#include "form/check.h"
#include "form/clean.h"
#include "base/banned.h"

enum {
	SHORT = 10,
	LONG = 12,
	COORDINATION = 60, /* added to the day of a samordningsnummer */
	AGE_MAX = 150      /* older than anyone: a slip of the century */
};

/* What was typed, without its separators. */
struct typed {
	char digits[LONG]; /* '0' to '9', or 'A' for any letter */
	size_t count;
	bool plus;
	bool strange; /* something else was there, or too much */
};

static struct typed
take(struct text t)
{
	struct typed n = { 0 };
	uint32_t c;

	while (utf8_next(&t, &c)) {
		bool digit = c >= '0' && c <= '9';
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

		if (c == '+')
			n.plus = true;
		else if ((digit || letter) && n.count < LONG)
			n.digits[n.count++] = (char)(digit ? c : 'A');
		else if (!clean_is_space(c) && !clean_is_dash(c))
			n.strange = true;
	}
	return n;
}

/*
 * A temporary or reserve number that care gives out: letters among the last
 * four, or twelve digits that begin with 99.
 */
static bool
is_reserve(const struct typed *n)
{
	size_t letters = 0;

	if (n->count != SHORT && n->count != LONG)
		return false;
	for (size_t i = 0; i < n->count; i++) {
		if (n->digits[i] != 'A')
			continue;
		if (i + 4 < n->count)
			return false;
		letters++;
	}
	return letters > 0 || (n->count == LONG && n->digits[0] == '9' &&
		n->digits[1] == '9');
}

static int
number(const char *digits, size_t len)
{
	int n = 0;

	for (size_t i = 0; i < len; i++)
		n = n * 10 + (digits[i] - '0');
	return n;
}

/* The Luhn sum over ten digits, never the century. */
static bool
check_digit_holds(const char *ten)
{
	int sum = 0;

	for (size_t i = 0; i < SHORT; i++) {
		int d = (ten[i] - '0') * (i % 2 == 0 ? 2 : 1);

		sum += d / 10 + d % 10;
	}
	return sum % 10 == 0;
}

/* The year of two digits: this year or one of the 99 before it, and with a
 * "+" a hundred years earlier. */
static int
full_year(int two, bool plus, int this_year)
{
	int year = this_year - this_year % 100 + two;

	if (year > this_year)
		year -= 100;
	return plus ? year - 100 : year;
}

static bool
is_born(struct date d, struct date today)
{
	return date_exists(d) && date_cmp(d, today) <= 0 &&
		d.year >= today.year - AGE_MAX;
}

void
check_personnummer(struct arena *a, const struct field_input *in,
	struct field_result *out)
{
	struct typed n = take(in->parts[0]);
	const char *ten = n.digits + (n.count == LONG ? 2 : 0);
	struct date born;
	int day;

	if (!n.strange && is_reserve(&n)) {
		out->fault = MESSAGE_PERSONNUMMER_RESERVE;
		return;
	}
	for (size_t i = 0; i < n.count; i++)
		n.strange = n.strange || n.digits[i] == 'A';
	if (n.strange || (n.count != SHORT && n.count != LONG)) {
		out->fault = MESSAGE_PERSONNUMMER;
		return;
	}
	born.year = n.count == LONG ? number(n.digits, 4)
		: full_year(number(ten, 2), n.plus, in->today.year);
	born.month = number(ten + 2, 2);
	day = number(ten + 4, 2);
	born.day = day > COORDINATION ? day - COORDINATION : day;
	if (!is_born(born, in->today)) {
		out->fault = MESSAGE_PERSONNUMMER_DATE;
		return;
	}
	if (number(ten + 6, 3) == 0 || !check_digit_holds(ten)) {
		out->fault = MESSAGE_PERSONNUMMER_CHECK;
		return;
	}
	out->value = arena_printf(a, "%04d%02d%02d-%.4s", born.year,
		born.month, day, ten + 6);
	out->shown = arena_printf(a, text_is(in->lang, "en")
		? "%s (born %s)" : "%s (född %s)", out->value.p,
		clock_date_words(a, born, in->lang).p);
}
