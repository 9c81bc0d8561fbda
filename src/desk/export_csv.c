/* export_csv: one table a form. */
#include <string.h>

#include "desk/csv.h"
#include "desk/export.h"
#include "desk/report.h"
#include "base/banned.h"

enum { COLUMNS_MAX = 1000 };

static const char between[] = " | ";

/* The columns every table has; the first ones before the answers. */
static const char *const heads[] = { "Referens", "Mottaget",
	"Följer blanketten" };
static const char *const tails[] = { "Hör ihop med", "Bifogade filer" };

/* A question that some case answered. */
struct column {
	struct text id;
	struct text label; /* as it was shown the last time */
};

/* One form's table. */
struct table {
	struct export *x;
	struct text form;
	struct arena a; /* ids and labels */
	struct column columns[COLUMNS_MAX];
	size_t count;
};

static size_t
find_column(const struct table *t, struct text id)
{
	size_t i = 0;

	while (i < t->count && !text_eq(t->columns[i].id, id))
		i++;
	return i;
}

/*
 * Makes room for a case's questions in the order they were asked: one not
 * seen before goes after the one it followed in this case.
 */
static void
add_columns(struct table *t, const struct casefile *file)
{
	size_t at = 0;

	for (const struct value_item *i = file->answers->first; i;
		i = i->next) {
		struct text id = value_get_text(i->value, "id");
		struct text label = value_get_text(i->value, "question");
		size_t found = find_column(t, id);

		if (found == t->count) {
			if (t->count == COLUMNS_MAX)
				return;
			memmove(&t->columns[at + 1], &t->columns[at],
				(t->count - at) * sizeof *t->columns);
			t->columns[at].id = arena_copy(&t->a, id);
			t->count++;
			found = at;
		}
		t->columns[found].label = arena_copy(&t->a, label);
		at = found + 1;
	}
}

static void
put_heading(const struct table *t, struct csv *csv)
{
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		csv_cell(csv, text_of(heads[i]));
	for (size_t i = 0; i < t->count; i++)
		csv_cell(csv, t->columns[i].label);
	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
		csv_cell(csv, text_of(tails[i]));
	csv_end_line(csv);
}

static struct text
file_names(struct arena *a, const struct casefile *file,
	const struct text *paths)
{
	struct buf b;
	struct text t;

	buf_init_wipe(&b, EXPORT_MAX);
	for (size_t i = 0; i < file->file_count; i++) {
		if (i)
			buf_str(&b, between);
		buf_text(&b, paths ? paths[i] : file->files[i].name);
	}
	t = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return t;
}

static struct text
answer_of(struct arena *a, const struct casefile *file, struct text id)
{
	for (const struct value_item *i = file->answers->first; i;
		i = i->next)
		if (text_eq(value_get_text(i->value, "id"), id))
			return casefile_answer_text(a, i->value, between);
	return text_of("");
}

static void
put_row(const struct table *t, const struct store_case *c, struct arena *a,
	const struct casefile *file, const struct text *paths,
	struct csv *csv)
{
	csv_cell(csv, report_name(a, c));
	csv_cell(csv, report_minute(a, c->received_s));
	csv_cell(csv, text_of(file->valid ? "ja" : "nej"));
	for (size_t i = 0; i < t->count; i++)
		csv_cell(csv, answer_of(a, file, t->columns[i].id));
	csv_cell(csv, file->earlier);
	csv_cell(csv, file_names(a, file, paths));
	csv_end_line(csv);
}

/* Goes over the form's cases: first for the columns, csv being NULL, then
 * for the rows. */
static bool
each_case(struct table *t, struct csv *csv, struct err *e)
{
	bool ok = true;

	for (size_t i = 0; ok && i < t->x->case_count; i++) {
		const struct store_case *c = t->x->cases[i];
		struct casefile file;
		struct text *paths;
		struct arena a;
		bool opened;

		if (!text_eq(c->form, t->form))
			continue;
		arena_init(&a, true);
		ok = export_open(t->x, c, &a, &file, &opened, e);
		if (ok && opened && !csv) {
			add_columns(t, &file);
		} else if (ok && opened) {
			ok = export_files(t->x, c, &a, &file, &paths, e);
			if (ok)
				put_row(t, c, &a, &file, paths, csv);
			t->x->written += ok;
		}
		arena_release(&a);
	}
	return ok;
}

static bool
put_table(struct table *t, struct err *e)
{
	size_t refused = t->x->refused;
	struct buf b;
	struct csv csv;
	bool ok;

	arena_init(&t->a, true);
	t->count = 0;
	buf_init_wipe(&b, EXPORT_MAX);
	csv_begin(&csv, &b, t->x->separator);
	ok = each_case(t, NULL, e);
	/* Counted when they are written, not when they are looked at. */
	t->x->refused = refused;
	if (ok) {
		put_heading(t, &csv);
		ok = each_case(t, &csv, e) && export_put(t->x,
			arena_printf(&t->a, "%.*s.csv", (int)t->form.len,
				t->form.p).p, &b, e);
	}
	buf_release(&b);
	arena_release(&t->a);
	return ok;
}

/* Is case i the first of its form? */
static bool
is_first(const struct export *x, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (text_eq(x->cases[k]->form, x->cases[i]->form))
			return false;
	return true;
}

static size_t
count_forms(const struct export *x)
{
	size_t n = 0;

	for (size_t i = 0; i < x->case_count; i++)
		n += is_first(x, i);
	return n;
}

bool
export_csv(struct export *x, struct err *e)
{
	struct arena a;
	struct table *t;
	bool ok = true;

	if (!x->dir && count_forms(x) > 1)
		return err_set(e, ERR_USAGE, "these are cases of several forms;"
			" choose one with --form, or a table each with --out");
	arena_init(&a, false);
	t = arena_alloc(&a, sizeof *t);
	t->x = x;
	for (size_t i = 0; ok && i < x->case_count; i++) {
		if (!is_first(x, i))
			continue;
		t->form = x->cases[i]->form;
		ok = put_table(t, e);
	}
	arena_release(&a);
	return ok;
}
