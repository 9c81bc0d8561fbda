/* rate: content/rates.yaml: amounts, each with the days it is valid. */
#include "site/rate.h"

#include "base/number.h"
#include "base/yaml.h"
#include "site/config.h"
#include "site/frame.h"
#include "site/keys.h"
#include "base/banned.h"

static const struct key period_keys[] = {
	{ "from", KEY_DATE },
	{ "until", KEY_DATE },
	{ "amount", KEY_LINE },
	{ "unit", KEY_LINE },
	{ "source", KEY_LINE },
	{ "en", KEY_MAP },
	{ NULL, KEY_LINE }
};

static const struct key english_keys[] = {
	{ "unit", KEY_LINE },
	{ "source", KEY_LINE },
	{ NULL, KEY_LINE }
};

/* After every day there is, where there is no last one. */
static const struct date never = { 10000, 1, 1 };

static struct date
first_day(const struct value *period)
{
	return keys_date(period, "from");
}

static struct date
last_day(const struct value *period)
{
	struct date d = keys_date(period, "until");

	return d.year ? d : never;
}

/* ---- reading ------------------------------------------------------------ */

static bool
check_period(const struct value *period, int line, struct err *e)
{
	static const char *const required[] = { "from", "amount", "unit",
		"source" };
	const struct value *en = value_get(period, "en");
	struct number n;

	if (period->kind != VALUE_MAP)
		return err_set(e, ERR_FORMAT, CONFIG_RATES ":%d: a period is "
			"lines of \"key: value\"", line);
	if (!keys_check(CONFIG_RATES, period, period_keys, e) ||
		(en && en->kind == VALUE_MAP &&
			!keys_check(CONFIG_RATES, en, english_keys, e)))
		return false;
	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		if (keys_text(period, required[i]).len == 0)
			return err_set(e, ERR_FORMAT, CONFIG_RATES ":%d: "
				"\"%s\" is missing", line, required[i]);
	if (!number_parse(keys_text(period, "amount"), &n))
		return err_set(e, ERR_FORMAT, CONFIG_RATES ":%d: \"amount\" "
			"must be a number like 1234 or 1234,50",
			keys_where(period, "amount", line));
	if (date_cmp(last_day(period), first_day(period)) < 0)
		return err_set(e, ERR_FORMAT, CONFIG_RATES ":%d: \"until\" is "
			"before \"from\"", keys_where(period, "until", line));
	return true;
}

/* Does the period share a day with one before it? */
static bool
check_overlap(const struct value *list, const struct value_item *period,
	struct text key, struct err *e)
{
	for (const struct value_item *i = list->first; i != period;
		i = i->next) {
		if (date_cmp(last_day(i->value), first_day(period->value)) < 0 ||
			date_cmp(last_day(period->value), first_day(i->value))
				< 0)
			continue;
		return err_set(e, ERR_FORMAT, CONFIG_RATES ":%d: \"%.*s\" has "
			"two amounts for the same day; the other stands on "
			"line %d", period->value->line, (int)key.len, key.p,
			i->value->line);
	}
	return true;
}

static bool
check_periods(const struct value_item *rate, struct err *e)
{
	const struct value *list = rate->value;

	if (list->kind != VALUE_LIST || !list->first)
		return err_set(e, ERR_FORMAT, CONFIG_RATES ":%d: \"%.*s\" must "
			"be followed by a list of periods: \"- from: "
			"2026-01-01\"", rate->line, (int)rate->key.len,
			rate->key.p);
	if (list->count > RATE_PERIODS_MAX)
		return err_set(e, ERR_LIMIT, CONFIG_RATES ":%d: \"%.*s\" has "
			"more than %d periods", rate->line,
			(int)rate->key.len, rate->key.p, RATE_PERIODS_MAX);
	for (const struct value_item *i = list->first; i; i = i->next)
		if (!check_period(i->value, i->value->line, e) ||
			!check_overlap(list, i, rate->key, e))
			return false;
	return true;
}

bool
rate_load(struct source *s, const struct value **out, struct err *e)
{
	struct value *all;
	struct text t;

	*out = NULL;
	if (!source_has(s, CONFIG_RATES))
		return true;
	if (!source_plain(s, s->arena, CONFIG_RATES, e) ||
		!source_read(s, CONFIG_RATES, CONFIG_FILE_MAX, &t, e) ||
		!yaml_parse(s->arena, CONFIG_RATES, 1, t, &all, e))
		return false;
	for (const struct value_item *i = all->first; i; i = i->next)
		if (!check_periods(i, e))
			return false;
	*out = all;
	return true;
}

/* ---- on a day ----------------------------------------------------------- */

static const struct value *
holding(const struct value *list, struct date day)
{
	for (const struct value_item *i = list ? list->first : NULL; i;
		i = i->next)
		if (date_cmp(first_day(i->value), day) <= 0 &&
			date_cmp(day, last_day(i->value)) <= 0)
			return i->value;
	return NULL;
}

const struct value *
rate_at(const struct value *rates, struct text key, struct date day)
{
	return holding(value_find(rates, key), day);
}

/* Where none has ended, all are yet to begin: the earliest is told. */
struct text
rate_gap(struct arena *a, const struct value *rates, struct text key,
	struct date day)
{
	const struct value *list = value_find(rates, key);
	const struct value *last = NULL;
	const struct value *next = list->first->value;

	for (const struct value_item *i = list->first; i; i = i->next) {
		const struct value *p = i->value;

		if (date_cmp(first_day(p), first_day(next)) < 0)
			next = p;
		if (date_cmp(last_day(p), day) < 0 && (!last ||
			date_cmp(last_day(p), last_day(last)) > 0))
			last = p;
	}
	if (last)
		return arena_printf(a, "no amount on %s: that of "
			CONFIG_RATES ":%d ended on %s", date_text(a, day).p,
			last->line, date_text(a, last_day(last)).p);
	return arena_printf(a, "no amount on %s: that of " CONFIG_RATES
		":%d begins on %s", date_text(a, day).p, next->line,
		date_text(a, first_day(next)).p);
}

static void
put_text(struct arena *a, struct value *data, const struct value *period,
	const char *key, struct text lang)
{
	struct text t = keys_text(value_get(period, "en"), key);

	if (!text_is(lang, "en") || t.len == 0)
		t = keys_text(period, key);
	value_set_str(a, data, key, t);
}

struct value *
rate_data(struct arena *a, const struct value *period, struct text key,
	struct text lang)
{
	struct value *data = value_map(a);
	struct number n = { 0 };

	/* rate_load has read it before. */
	(void)!number_parse(keys_text(period, "amount"), &n);
	value_set_str(a, data, "key", key);
	value_set_str(a, data, "amount", number_words(a, n, lang));
	value_set_str(a, data, "number", number_plain(a, n));
	put_text(a, data, period, "unit", lang);
	put_text(a, data, period, "source", lang);
	(void)value_set(a, data, "from",
		frame_date(a, first_day(period), lang));
	(void)value_set(a, data, "until",
		frame_date(a, keys_date(period, "until"), lang));
	return data;
}

void
rate_warn(const struct value *rates, struct date today,
	struct faults *warnings)
{
	int64_t day = date_to_days(today);

	for (const struct value_item *i = rates ? rates->first : NULL; i;
		i = i->next) {
		const struct value *now = holding(i->value, today);
		struct date end = now ? keys_date(now, "until")
			: (struct date){ 0 };
		int64_t after = date_to_days(end) + 1;

		if (!end.year || after > day + RATE_WARN_DAYS ||
			holding(i->value, date_from_days(after)))
			continue;
		fault_add(warnings, arena_printf(warnings->arena, CONFIG_RATES
			":%d: \"%.*s\" has no amount after %s; a page that "
			"shows it cannot be built then", now->line,
			(int)i->key.len, i->key.p,
			date_text(warnings->arena, end).p));
	}
}
