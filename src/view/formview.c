/* formview: a form, with or without answers, as the data templates read. */
#include "view/formview.h"

#include "view/formid.h"
#include "view/html.h"
#include "base/banned.h"

/* How each type looks: adding a type means adding its row. */
static const struct {
	bool group;    /* a fieldset with a legend */
	bool personal; /* may name or point out a person */
	const char *width;
} looks[FIELD_KIND_COUNT] = {
	[FIELD_TEXT] = { false, false, "full" },
	[FIELD_LONG_TEXT] = { false, false, "full" },
	[FIELD_EMAIL] = { false, true, "full" },
	[FIELD_PHONE] = { false, true, "medium" },
	[FIELD_PERSONNUMMER] = { false, true, "medium" },
	[FIELD_POSTCODE] = { false, true, "short" },
	[FIELD_DATE] = { true, false, "short" },
	[FIELD_NUMBER] = { false, false, "short" },
	[FIELD_YES_NO] = { true, false, "full" },
	[FIELD_CHOICE] = { true, false, "full" },
	[FIELD_CHOICES] = { true, false, "full" },
	[FIELD_FILE] = { false, false, "full" },
	[FIELD_ADDRESS] = { true, true, "full" },
};

/* A one-line text is as wide as its longest answer, about. */
enum { SHORT_MAX = 12, MEDIUM_MAX = 40 };

/* Rows of a long text by its ceiling; the first that fits. */
static const struct {
	int64_t max;
	int rows;
} heights[] = {
	{ 300, 3 },
	{ 1000, 5 },
	{ 3000, 8 },
	{ INT64_MAX, 12 },
};

struct maker {
	struct arena *arena;
	const struct form *form;
	const struct submission *submission; /* or NULL */
	struct markdown_options options;
	struct err *e;
};

/* The text, or null if it is empty. */
static void
put(struct maker *m, struct value *map, const char *key, struct text t)
{
	(void)value_set(m->arena, map, key,
		t.len ? value_text(m->arena, t) : value_null(m->arena));
}

/* The number, or null if it is 0. */
static void
put_number(struct maker *m, struct value *map, const char *key, int64_t n)
{
	(void)value_set(m->arena, map, key,
		n ? value_int(m->arena, n) : value_null(m->arena));
}

/* `level` is what "####", the first heading of a form's texts, becomes. */
static bool
put_markdown(struct maker *m, struct value *map, const char *key,
	struct text source, int line, int level)
{
	struct html html = { { 0 } };

	m->options.line = line;
	m->options.heading_shift = level - 4;
	if (source.len && !markdown_render(m->arena, source, &m->options,
			&html, m->e))
		return false;
	(void)value_set(m->arena, map, key, source.len
		? value_html(m->arena, html.markup) : value_null(m->arena));
	return true;
}

static bool
is_checked(const struct answer *answer, struct text value)
{
	if (!answer)
		return false;
	for (size_t i = 0; i < answer->value_count; i++)
		if (text_eq(answer->values[i], value))
			return true;
	return !answer->question->type->many && text_eq(answer->raw[0], value);
}

static struct value *
options(struct maker *m, const struct question *q,
	const struct answer *answer)
{
	struct arena *a = m->arena;
	struct value *list = value_list(a);

	for (size_t i = 0; i < q->option_count; i++) {
		struct value *o = value_push(a, list, value_map(a));

		value_set_str(a, o, "value", q->options[i].value);
		value_set_str(a, o, "label", q->options[i].label);
		value_set_str(a, o, "id", formid_option(a, q, i));
		value_set_bool(a, o, "checked",
			is_checked(answer, q->options[i].value));
	}
	return list;
}

static struct value *
parts(struct maker *m, const struct question *q, const struct answer *answer)
{
	struct arena *a = m->arena;
	struct value *map;

	if (!q->type->parts)
		return value_null(a);
	map = value_map(a);
	for (size_t i = 0; q->type->parts[i]; i++) {
		struct value *part = value_set(a, map, q->type->parts[i],
			value_map(a));

		value_set_str(a, part, "name", formid_part(a, q, i));
		value_set_str(a, part, "id", formid_part(a, q, i));
		value_set_str(a, part, "value",
			answer ? answer->raw[i] : (struct text){ 0 });
		value_set_bool(a, part, "error",
			formid_part_is_wrong(answer, i));
	}
	return map;
}

static struct value *
condition(struct maker *m, const struct condition *c)
{
	struct value *map;
	const struct question *on;

	if (c->question < 0)
		return value_null(m->arena);
	map = value_map(m->arena);
	on = &m->form->questions[c->question];
	value_set_str(m->arena, map, "label", on->label);
	for (size_t i = 0; i < on->option_count; i++)
		if (text_eq(on->options[i].value, c->value))
			value_set_str(m->arena, map, "answer",
				on->options[i].label);
	return map;
}

static const char *
width(const struct question *q)
{
	if (q->type->kind != FIELD_TEXT || q->max > MEDIUM_MAX)
		return looks[q->type->kind].width;
	return q->max > SHORT_MAX ? "medium" : "short";
}

static int
rows(const struct question *q)
{
	size_t i = 0;

	if (q->type->kind != FIELD_LONG_TEXT)
		return 0;
	while (q->max > heights[i].max)
		i++;
	return heights[i].rows;
}

/* The ids of what explains the field, in the order they stand. */
static struct text
describedby(struct maker *m, const struct question *q, bool error)
{
	const struct {
		const char *suffix;
		bool there;
	} guides[] = {
		{ "hint", q->hint.len > 0 },
		{ "help", q->help.len > 0 },
		{ "error", error },
	};
	struct text ids = { 0 };
	struct buf b;

	buf_init(&b, (size_t)4 * FORM_ID_MAX);
	for (size_t i = 0; i < sizeof guides / sizeof guides[0]; i++)
		if (guides[i].there)
			buf_printf(&b, "%s%.*s-%s", b.len ? " " : "",
				(int)q->id.len, q->id.p, guides[i].suffix);
	if (b.len)
		ids = arena_copy(m->arena, buf_view(&b));
	buf_release(&b);
	return ids;
}

static void
put_look(struct maker *m, struct value *map, const struct question *q)
{
	struct arena *a = m->arena;
	bool characters = q->type->kind == FIELD_TEXT ||
		q->type->kind == FIELD_LONG_TEXT;

	value_set_str(a, map, "field", text_of(q->type->name));
	value_set_str(a, map, "component",
		arena_printf(a, "components/field/%s", q->type->name));
	value_set_str(a, map, "paper",
		arena_printf(a, "components/paper/%s", q->type->name));
	value_set_bool(a, map, "group", looks[q->type->kind].group);
	value_set_str(a, map, "width", text_of(width(q)));
	put_number(m, map, "max", characters ? q->max : 0);
	put_number(m, map, "rows", rows(q));
}

static void
put_answer(struct maker *m, struct value *map, const struct question *q,
	const struct answer *answer)
{
	struct arena *a = m->arena;
	bool error = answer && answer->fault;
	bool one = !q->type->parts && !q->type->many;

	value_set_str(a, map, "value",
		answer && one ? answer->raw[0] : (struct text){ 0 });
	(void)value_set(a, map, "parts", parts(m, q, answer));
	(void)value_set(a, map, "options", options(m, q, answer));
	put(m, map, "error", error ? message_text(a, answer->fault, q,
		m->form->lang, m->submission->today) : (struct text){ 0 });
	value_set_str(a, map, "target", formid_target(a, q, answer));
	put(m, map, "describedby", describedby(m, q, error));
}

static bool
put_question(struct maker *m, struct value *list, size_t index)
{
	const struct question *q = &m->form->questions[index];
	struct value *map = value_push(m->arena, list, value_map(m->arena));

	value_set_str(m->arena, map, "id", q->id);
	value_set_str(m->arena, map, "name", q->id);
	value_set_str(m->arena, map, "label", q->label);
	put(m, map, "hint", q->hint);
	put(m, map, "used_for", q->used_for);
	put(m, map, "autocomplete", q->autocomplete);
	put(m, map, "accept", q->accept);
	value_set_bool(m->arena, map, "optional", q->optional);
	(void)value_set(m->arena, map, "condition",
		condition(m, &q->show_if));
	(void)value_set(m->arena, map, "required_if",
		condition(m, &q->required_if));
	put_look(m, map, q);
	put_answer(m, map, q,
		m->submission ? &m->submission->answers[index] : NULL);
	return put_markdown(m, map, "help", q->help, q->help_line, 3);
}

static bool
put_section(struct maker *m, struct value *list, size_t index)
{
	const struct section *s = &m->form->sections[index];
	struct value *map = value_push(m->arena, list, value_map(m->arena));
	struct value *questions = value_list(m->arena);

	put(m, map, "title", s->title);
	/* With "_", so that no question has the same id. */
	value_set_str(m->arena, map, "id",
		arena_printf(m->arena, "section_%zu", index + 1));
	(void)value_set(m->arena, map, "questions", questions);
	if (!put_markdown(m, map, "intro", s->intro, s->intro_line, 3))
		return false;
	for (size_t i = s->first; i < s->first + s->count; i++)
		if (!put_question(m, questions, i))
			return false;
	return true;
}

/* Autofill is for what the browser knows about its owner. */
static bool
asks_personal(const struct form *f)
{
	for (size_t i = 0; i < f->question_count; i++) {
		const struct question *q = &f->questions[i];

		if (looks[q->type->kind].personal)
			return true;
		if (q->autocomplete.len && !text_is(q->autocomplete, "off"))
			return true;
	}
	return false;
}

struct text
formview_url(struct arena *a, const struct form *f)
{
	if (text_is(f->lang, "sv"))
		return arena_printf(a, "/e-tjanster/%.*s/", (int)f->id.len,
			f->id.p);
	return arena_printf(a, "/%.*s/e-tjanster/%.*s/", (int)f->lang.len,
		f->lang.p, (int)f->id.len, f->id.p);
}

static void
put_form(struct maker *m, struct value *map)
{
	const struct form *f = m->form;
	struct text url = formview_url(m->arena, f);

	value_set_str(m->arena, map, "id", f->id);
	value_set_str(m->arena, map, "title", f->title);
	value_set_str(m->arena, map, "description", f->description);
	value_set_str(m->arena, map, "url", url);
	value_set_str(m->arena, map, "paper_url",
		arena_printf(m->arena, "%sblankett/", url.p));
	value_set_str(m->arena, map, "to", f->to);
	put(m, map, "controller", f->controller);
	put(m, map, "legal_basis", f->legal_basis);
	put(m, map, "audience", f->audience);
	put_number(m, map, "retain_days", f->retain_days);
	put_number(m, map, "answer_days", f->answer_within_days);
	value_set_bool(m->arena, map, "asks_personal", asks_personal(f));
}

bool
formview(struct arena *a, const struct form *f, const struct submission *s,
	const struct markdown_options *o, struct value **out, struct err *e)
{
	struct maker m = { .arena = a, .form = f, .submission = s, .e = e };
	struct value *sections = value_list(a);

	if (o)
		m.options = *o;
	m.options.path = arena_string(a, f->path);
	m.options.english = text_is(f->lang, "en");
	m.options.ids = NULL;
	*out = value_map(a);
	put_form(&m, *out);
	(void)value_set(a, *out, "sections", sections);
	if (!put_markdown(&m, *out, "intro", f->intro, f->intro_line, 2))
		return false;
	for (size_t i = 0; i < f->section_count; i++)
		if (!put_section(&m, sections, i))
			return false;
	return true;
}
