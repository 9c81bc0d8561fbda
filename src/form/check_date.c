/* check_date: a day in three parts, the month as a number or a name. */
#include "form/check.h"

#include <strings.h>

#include "form/form.h"
#include "base/banned.h"

enum { DAY, MONTH, YEAR, MONTH_NAME_MIN = 3 };

/* Is t the name of the month or the beginning of it, three letters or more? */
static bool
names_month(struct text t, int month, const char *lang)
{
	struct text name = text_of(clock_month(month, text_of(lang)));

	return t.len >= MONTH_NAME_MIN && t.len <= name.len &&
		strncasecmp(t.p, name.p, t.len) == 0;
}

static bool
read_month(struct text t, int *out)
{
	int64_t n;

	if (t.len <= 2 && text_to_int(t, 1, 12, &n)) {
		*out = (int)n;
		return true;
	}
	if (text_ends(t, "."))
		t.len--;
	for (int month = 1; month <= 12; month++) {
		if (!names_month(t, month, "sv") &&
			!names_month(t, month, "en"))
			continue;
		*out = month;
		return true;
	}
	return false;
}

/* The parts as numbers; otherwise a fault and the parts to mend. */
static bool
read_parts(const struct text *parts, struct date *d, struct field_result *out)
{
	int64_t day = 0, year = 0;

	for (unsigned i = 0; i < FIELD_PARTS_MAX; i++)
		if (!parts[i].len)
			out->fault_parts |= 1u << i;
	if (out->fault_parts) {
		out->fault = MESSAGE_MISSING_PART;
		return false;
	}
	if (parts[DAY].len > 2 || !text_to_int(parts[DAY], 1, 31, &day))
		out->fault_parts |= 1u << DAY;
	if (!read_month(parts[MONTH], &d->month))
		out->fault_parts |= 1u << MONTH;
	/* Two digits are not enough to know the century. */
	if (parts[YEAR].len != 4 || !text_to_int(parts[YEAR], 1, 9999, &year))
		out->fault_parts |= 1u << YEAR;
	if (out->fault_parts)
		out->fault = MESSAGE_DATE;
	d->day = (int)day;
	d->year = (int)year;
	return !out->fault_parts;
}

void
check_date(struct arena *a, const struct field_input *in,
	struct field_result *out)
{
	const struct question *q = in->question;
	int64_t least = q->min == FIELD_UNSET ? -q->type->ceiling : q->min;
	struct date d = { 0 };
	int64_t away;

	if (!read_parts(in->parts, &d, out))
		return;
	if (!date_exists(d)) {
		out->fault = MESSAGE_DATE_EXISTS;
		return;
	}
	away = date_to_days(d) - date_to_days(in->today);
	if (away < least || away > q->max) {
		out->fault = away < least ? MESSAGE_DATE_EARLY
			: MESSAGE_DATE_LATE;
		return;
	}
	out->value = date_text(a, d);
	out->shown = clock_date_words(a, d, in->lang);
}
