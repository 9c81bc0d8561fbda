/*
 * rate: content/rates.yaml: amounts, each with the days it is valid.
 *
 *     KEY:
 *       - from: 2026-01-01     first day; required
 *         until: 2026-12-31    last day; nothing: until further notice
 *         amount: 1234,50      required; see base/number.h
 *         unit: kr i månaden   required; stands after the amount
 *         source: Beslut ...   required; who decided it
 *         en:                  the same of unit and source in English
 *
 * Two periods of one key may not share a day.  A page that names a key none
 * of whose periods holds the build's day is a fault, so that an amount that
 * has run out is never published.
 */
#ifndef SITE_RATE_H
#define SITE_RATE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "base/value.h"
#include "site/fault.h"
#include "site/source.h"

enum {
	RATE_PERIODS_MAX = 366, /* of one key */
	RATE_WARN_DAYS = 60     /* before an amount runs out */
};

#define CONFIG_RATES "content/rates.yaml"

/* Reads and checks the file: KEY → list of periods; NULL without a file. */
bool rate_load(struct source *s, const struct value **out, struct err *e)
	__attribute__((warn_unused_result));

/* The period of a key that holds the day; NULL if none does. */
const struct value *rate_at(const struct value *rates, struct text key,
	struct date day);
/* Why none does, where, and since when. */
struct text rate_gap(struct arena *a, const struct value *rates,
	struct text key, struct date day);

/* The data of components/rate (themes/DATA.md) for a period. */
struct value *rate_data(struct arena *a, const struct value *period,
	struct text key, struct text lang);

/* Warns of keys whose amount runs out within RATE_WARN_DAYS and has no
 * successor. */
void rate_warn(const struct value *rates, struct date today,
	struct faults *warnings);

#endif
