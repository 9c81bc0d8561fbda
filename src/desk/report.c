/* report: lists and counts of what is in a store. */
#include "desk/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/banned.h"

enum { DAY_S = 24 * 60 * 60, COLUMNS_MAX = 64, GAP = 2 };

/* ---- one case -------------------------------------------------------- */

struct text
report_name(struct arena *a, const struct store_case *c)
{
	if (c->reference.len)
		return c->reference;
	return hex_encode(a, c->subid, SUBID_BYTES);
}

struct text
report_minute(struct arena *a, int64_t utc_s)
{
	struct local_time t = clock_stockholm(utc_s);

	return arena_printf(a, "%s %02d:%02d", date_text(a, t.date).p, t.hour,
		t.minute);
}

const char *
report_status(const struct store_case *c)
{
	if (c->purged_s)
		return "purged";
	if (!c->stored)
		return "missing";
	if (!c->looked)
		return "unread";
	if (!c->opens)
		return "refused";
	return c->done_s ? "done" : "new";
}

bool
report_due(const struct store_case *c, struct date *due)
{
	if (c->answer_days == 0)
		return false;
	*due = date_add_working_days(date_of(c->received_s),
		(int)c->answer_days);
	return true;
}

static bool
passes(const struct store_case *c, const struct report_filter *f)
{
	if (c->purged_s && !f->purged)
		return false;
	if (f->only_new && (c->done_s || c->purged_s))
		return false;
	return !f->form || text_is(c->form, f->form);
}

static int64_t
age_days(const struct store_case *c, int64_t now_s)
{
	return date_to_days(date_of(now_s)) -
		date_to_days(date_of(c->received_s));
}

/* ---- tables ---------------------------------------------------------- */

/* Rows of equally many cells, to be written with aligned columns. */
struct table {
	struct arena *a;
	struct text *cells;
	size_t count;
	size_t cap;
	size_t columns;
	size_t numbers_from; /* columns from here on are right-aligned */
};

static void
add_cell(struct table *t, struct text cell)
{
	if (t->count == t->cap) {
		size_t cap = t->cap ? t->cap * 2 : 256;
		struct text *cells = arena_array(t->a, cap, sizeof *cells);

		if (t->count)
			memcpy(cells, t->cells, t->count * sizeof *cells);
		t->cells = cells;
		t->cap = cap;
	}
	t->cells[t->count++] = cell;
}

static void
spaces(struct buf *out, size_t n)
{
	while (n--)
		buf_char(out, ' ');
}

static void
put_cell(struct buf *out, struct text cell, size_t width, bool right,
	bool last)
{
	size_t pad = width - utf8_count(cell);

	if (right)
		spaces(out, pad);
	buf_text(out, cell);
	if (!right && !last)
		spaces(out, pad);
	if (!last)
		spaces(out, GAP);
}

/* The first row is the heading; `colour` marks the first column. */
static void
put_table(const struct table *t, bool colour, struct buf *out)
{
	size_t widths[COLUMNS_MAX] = { 0 };

	for (size_t i = 0; i < t->count; i++) {
		size_t n = utf8_count(t->cells[i]);
		size_t k = i % t->columns;

		widths[k] = n > widths[k] ? n : widths[k];
	}
	for (size_t i = 0; i < t->count; i++) {
		size_t k = i % t->columns;
		bool last = k + 1 == t->columns;
		bool mark = colour && k == 0 && i > 0;

		if (mark)
			buf_str(out, "\033[36m");
		put_cell(out, t->cells[i], widths[k], k >= t->numbers_from,
			last);
		if (mark)
			buf_str(out, "\033[0m");
		if (last)
			buf_char(out, '\n');
	}
}

/* ---- the list -------------------------------------------------------- */

static struct text
age_words(struct arena *a, int64_t days)
{
	return days == 0 ? text_of("i dag")
		: arena_printf(a, "%lld dag%s", (long long)days,
			days == 1 ? "" : "ar");
}

/* "2026-12-07, om 3 dagar", "2026-12-07, försenat 1 dag". */
static struct text
due_words(struct arena *a, const struct store_case *c, int64_t now_s)
{
	struct date due;
	int64_t left;

	if (!report_due(c, &due))
		return text_of("");
	if (c->done_s)
		return date_text(a, due);
	left = date_to_days(due) - date_to_days(date_of(now_s));
	if (left == 0)
		return arena_printf(a, "%s, i dag", date_text(a, due).p);
	return arena_printf(a, "%s, %s %lld dag%s", date_text(a, due).p,
		left < 0 ? "försenat" : "om",
		(long long)(left < 0 ? -left : left),
		left == 1 || left == -1 ? "" : "ar");
}

static struct text
status_words(struct arena *a, const struct store_case *c)
{
	/* What scripts read, and what kundcenter reads. */
	static const char *const words[][2] = {
		{ "purged", "gallrat" }, { "missing", "saknas" },
		{ "unread", "oläst" }, { "refused", "går inte att öppna" },
		{ "done", "klart" }, { "new", "nytt" },
	};
	const char *status = report_status(c);
	size_t i = 0;

	while (strcmp(words[i][0], status) != 0)
		i++;
	return c->looked && c->opens && !c->valid
		? arena_printf(a, "%s, följer inte blanketten", words[i][1])
		: text_of(words[i][1]);
}

void
report_list(struct store *s, const struct report_filter *f, int64_t now_s,
	bool colour, struct buf *out)
{
	static const char *const heads[] = { "ÄRENDE", "KOM IN", "BLANKETT",
		"LÄGE", "ÅLDER", "SVARA SENAST" };
	struct arena a;
	struct table t = { .a = &a, .columns = 6, .numbers_from = 6 };

	arena_init(&a, false);
	for (size_t i = 0; i < 6; i++)
		add_cell(&t, text_of(heads[i]));
	for (size_t i = 0; i < s->case_count; i++) {
		const struct store_case *c = s->cases[i];

		if (!passes(c, f))
			continue;
		add_cell(&t, report_name(&a, c));
		add_cell(&t, report_minute(&a, c->received_s));
		add_cell(&t, c->form);
		add_cell(&t, status_words(&a, c));
		add_cell(&t, age_words(&a, age_days(c, now_s)));
		add_cell(&t, due_words(&a, c, now_s));
	}
	put_table(&t, colour, out);
	arena_release(&a);
}

struct value *
report_list_value(struct arena *a, struct store *s,
	const struct report_filter *f, int64_t now_s)
{
	struct value *list = value_list(a);

	for (size_t i = 0; i < s->case_count; i++) {
		const struct store_case *c = s->cases[i];
		struct value *v;
		struct date due;

		if (!passes(c, f))
			continue;
		v = value_map(a);
		value_set_str(a, v, "reference", c->reference);
		value_set_str(a, v, "subid",
			hex_encode(a, c->subid, SUBID_BYTES));
		value_set_str(a, v, "received",
			clock_rfc3339(a, c->received_s));
		value_set_str(a, v, "form", c->form);
		value_set_str(a, v, "status", text_of(report_status(c)));
		value_set_bool(a, v, "valid", c->valid);
		(void)value_set(a, v, "age_days",
			value_int(a, age_days(c, now_s)));
		(void)value_set(a, v, "answer_by", report_due(c, &due)
			? value_text(a, date_text(a, due)) : value_null(a));
		(void)value_push(a, list, v);
	}
	return list;
}

/* ---- counts ---------------------------------------------------------- */

static int64_t
count_of(const struct value *map, struct text key)
{
	const struct value *v = value_find(map, key);
	int64_t n;

	return v && text_to_int(v->text, 0, INT64_MAX, &n) ? n : 0;
}

static void
count_one(struct arena *a, struct value *map, struct text key)
{
	(void)value_set_text(a, map, key,
		value_int(a, count_of(map, key) + 1));
}

static struct value *
form_of(struct arena *a, struct value *forms, struct text id)
{
	struct value *v;

	for (struct value_item *i = forms->first; i; i = i->next)
		if (text_eq(value_get_text(i->value, "form"), id))
			return i->value;
	v = value_map(a);
	value_set_str(a, v, "form", id);
	(void)value_set(a, v, "months", value_map(a));
	return value_push(a, forms, v);
}

struct value *
report_stats_value(struct arena *a, struct store *s)
{
	struct value *stats = value_map(a);
	struct value *forms = value_list(a);
	int64_t done = 0;

	(void)value_set(a, stats, "forms", forms);
	for (size_t i = 0; i < s->case_count; i++) {
		const struct store_case *c = s->cases[i];
		struct text id = c->form.len ? c->form : text_of("unknown");
		struct value *form = form_of(a, forms, id);
		struct date d = date_of(c->received_s);

		count_one(a, value_get(form, "months"),
			arena_printf(a, "%04d-%02d", d.year, d.month));
		count_one(a, form, text_of("total"));
		done += c->done_s != 0;
	}
	(void)value_set(a, stats, "total",
		value_int(a, (int64_t)s->case_count));
	(void)value_set(a, stats, "done", value_int(a, done));
	return stats;
}

static int
by_text(const void *x, const void *y)
{
	const struct text *a = x;
	const struct text *b = y;

	return text_cmp(*a, *b);
}

/* The latest months there are, in order. */
static size_t
months_of(const struct value *forms, struct text *months, size_t max)
{
	size_t n = 0;

	for (const struct value_item *f = forms->first; f; f = f->next) {
		const struct value *map = value_get(f->value, "months");

		for (const struct value_item *m = map->first; m; m = m->next) {
			size_t k = 0;

			while (k < n && !text_eq(months[k], m->key))
				k++;
			if (k < n)
				continue;
			if (n < max) {
				months[n++] = m->key;
			} else {
				/* The oldest gives way to a later one. */
				qsort(months, n, sizeof *months, by_text);
				if (text_cmp(months[0], m->key) < 0)
					months[0] = m->key;
			}
		}
	}
	if (n)
		qsort(months, n, sizeof *months, by_text);
	return n;
}

static struct text
number_text(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

void
report_stats(const struct value *stats, struct buf *out)
{
	enum { MONTHS = 12 };
	const struct value *forms = value_get(stats, "forms");
	struct text months[MONTHS];
	size_t n = months_of(forms, months, MONTHS);
	struct arena a;
	struct table t = { .a = &a, .columns = n + 2, .numbers_from = 1 };

	arena_init(&a, false);
	add_cell(&t, text_of("BLANKETT"));
	for (size_t i = 0; i < n; i++)
		add_cell(&t, months[i]);
	add_cell(&t, text_of("TOTALT"));
	for (const struct value_item *f = forms->first; f; f = f->next) {
		add_cell(&t, value_get_text(f->value, "form"));
		for (size_t i = 0; i < n; i++)
			add_cell(&t, number_text(&a, count_of(
				value_get(f->value, "months"), months[i])));
		add_cell(&t, value_get_text(f->value, "total"));
	}
	put_table(&t, false, out);
	arena_release(&a);
}
