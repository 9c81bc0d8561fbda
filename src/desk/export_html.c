/* export_html: one file to read and print, by the theme. */
#include "base/clock.h"
#include "base/utf8.h"
#include "base/value.h"
#include "desk/export.h"
#include "desk/report.h"
#include "desk/show.h"
#include "view/html.h"
#include "base/banned.h"

static const char title[] = "Ärenden";

static struct value *
moment(struct arena *a, int64_t utc_s)
{
	struct value *v = value_map(a);

	value_set_str(a, v, "iso", clock_rfc3339(a, utc_s));
	value_set_str(a, v, "text",
		clock_time_words(a, utc_s, text_of("sv")));
	return v;
}

/* Text from outside: what is hostile is shown, not obeyed. */
static void
set_text(struct arena *a, struct value *map, const char *key, struct text t)
{
	value_set_str(a, map, key, utf8_visible(a, t));
}

/* One section without a title: the envelope does not hold the form's. */
static struct value *
answers_of(struct arena *a, const struct casefile *file)
{
	struct value *sections = value_list(a);
	struct value *section = value_map(a);
	struct value *rows = value_list(a);

	for (const struct value_item *i = file->answers->first; i;
		i = i->next) {
		struct value *row = value_map(a);
		struct text t = utf8_visible(a,
			casefile_answer_text(a, i->value, "\n"));

		set_text(a, row, "id", value_get_text(i->value, "id"));
		set_text(a, row, "label",
			value_get_text(i->value, "question"));
		(void)value_set(a, row, "value",
			value_html(a, html_lines(a, t).markup));
		value_set_bool(a, row, "answered", true);
		(void)value_set(a, row, "change", value_null(a));
		(void)value_push(a, rows, row);
	}
	(void)value_set(a, section, "title", value_null(a));
	(void)value_set(a, section, "rows", rows);
	(void)value_push(a, sections, section);
	return sections;
}

static struct value *
files_of(struct arena *a, const struct casefile *file,
	const struct text *paths)
{
	struct value *list = value_list(a);

	for (size_t i = 0; i < file->file_count; i++) {
		const struct casefile_file *f = &file->files[i];
		struct value *v = value_map(a);

		set_text(a, v, "name", f->name);
		set_text(a, v, "type", f->type);
		(void)value_set(a, v, "bytes",
			value_int(a, (int64_t)f->bytes.len));
		set_text(a, v, "path", paths ? paths[i] : text_of(""));
		(void)value_push(a, list, v);
	}
	return list;
}

static struct value *
case_of(struct arena *a, const struct store_case *c,
	const struct casefile *file, const struct text *paths)
{
	struct value *v = value_map(a);

	value_set_str(a, v, "reference", report_name(a, c));
	set_text(a, v, "form_title", file->title);
	(void)value_set(a, v, "received", moment(a, c->received_s));
	value_set_str(a, v, "mode_text", text_of(show_mode(file->head.mode)));
	value_set_bool(a, v, "valid", file->valid);
	(void)value_set(a, v, "earlier", file->earlier.len
		? value_text(a, utf8_visible(a, file->earlier))
		: value_null(a));
	(void)value_set(a, v, "answers", answers_of(a, file));
	(void)value_set(a, v, "files", files_of(a, file, paths));
	value_set_bool(a, v, "has_files", file->file_count > 0);
	return v;
}

/* What goes into the data is copied: attachments are not kept in memory. */
static bool
add_case(struct export *x, const struct store_case *c, struct arena *a,
	struct value *cases, struct err *e)
{
	struct arena one;
	struct casefile file;
	struct text *paths;
	bool opened;
	bool ok;

	arena_init(&one, true);
	ok = export_open(x, c, &one, &file, &opened, e);
	if (ok && opened) {
		ok = export_files(x, c, &one, &file, &paths, e);
		if (ok)
			(void)value_push(a, cases, case_of(a, c, &file, paths));
		x->written += ok;
	}
	arena_release(&one);
	return ok;
}

static struct value *
data_of(struct export *x, struct arena *a, struct value *cases)
{
	struct text sv = text_of("sv");
	struct value *data = value_map(a);
	struct value *words = value_map(a);

	/* Shared and read-only, and only read here. */
	*words = *theme_text(x->theme, sv);
	(void)value_set(a, data, "words", words);
	value_set_str(a, data, "lang", sv);
	value_set_str(a, data, "title", text_of(title));
	(void)value_set(a, data, "made", moment(a, clock_now_s()));
	(void)value_set(a, data, "cases", cases);
	return data;
}

bool
export_html(struct export *x, struct err *e)
{
	struct arena a;
	struct value *cases;
	struct buf b;
	bool ok = true;

	arena_init(&a, true);
	buf_init_wipe(&b, EXPORT_MAX);
	cases = value_list(&a);
	for (size_t i = 0; ok && i < x->case_count; i++)
		ok = add_case(x, x->cases[i], &a, cases, e);
	ok = ok && theme_render(x->theme, "export", data_of(x, &a, cases), &b,
		e) && export_put(x, "cases.html", &b, e);
	buf_release(&b);
	arena_release(&a);
	return ok;
}
