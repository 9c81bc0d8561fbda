/* answerview: what was answered and what is wrong with it, for templates. */
#include "base/utf8.h"
#include "view/formid.h"
#include "view/formview.h"
#include "view/html.h"
#include "base/banned.h"

static struct value *
messages(struct arena *a, const struct submission *s, bool warnings)
{
	struct value *list = value_list(a);

	for (size_t i = 0; i < s->form->question_count; i++) {
		const struct answer *answer = &s->answers[i];
		enum message m = warnings ? answer->warning : answer->fault;
		struct value *map;

		if (!m)
			continue;
		map = value_push(a, list, value_map(a));
		value_set_str(a, map, "id",
			formid_target(a, answer->question, answer));
		value_set_str(a, map, "text", message_text(a, m,
			answer->question, s->form->lang, s->today));
	}
	return list;
}

struct value *
formview_errors(struct arena *a, const struct submission *s)
{
	return messages(a, s, false);
}

struct value *
formview_warnings(struct arena *a, const struct submission *s)
{
	return messages(a, s, true);
}

/* The labels of what was ticked, a line each. */
static struct text
ticked(struct arena *a, const struct answer *answer)
{
	struct text t;
	struct buf b;

	buf_init_wipe(&b, (size_t)FORM_OPTIONS_MAX * (FORM_LABEL_MAX + 1));
	for (size_t i = 0; i < answer->value_count; i++) {
		if (i)
			buf_char(&b, '\n');
		buf_text(&b, answer->labels[i]);
	}
	t = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return t;
}

/* What was answered, for people to read. */
static struct html
answer_html(struct arena *a, const struct answer *answer)
{
	struct text t = answer->question->type->many ? ticked(a, answer)
		: answer->shown_as;

	return html_lines(a, utf8_visible(a, t));
}

static void
put_row(struct arena *a, struct value *list, const struct answer *answer,
	struct text not_answered)
{
	struct value *row = value_push(a, list, value_map(a));
	struct html html = answer->answered ? answer_html(a, answer)
		: html_text(a, not_answered);

	value_set_str(a, row, "id", answer->question->id);
	value_set_str(a, row, "label", answer->question->label);
	(void)value_set(a, row, "value", value_html(a, html.markup));
	value_set_bool(a, row, "answered", answer->answered);
	/* An address with this fragment leads to something that is there. */
	value_set_str(a, row, "change",
		formid_target(a, answer->question, answer));
}

struct value *
formview_answers(struct arena *a, const struct submission *s,
	struct text not_answered)
{
	struct value *list = value_list(a);

	for (size_t i = 0; i < s->form->section_count; i++) {
		const struct section *section = &s->form->sections[i];
		struct value *rows_list = value_list(a);
		struct value *map;

		for (size_t k = section->first;
			k < section->first + section->count; k++)
			if (s->answers[k].shown)
				put_row(a, rows_list, &s->answers[k],
					not_answered);
		if (rows_list->count == 0)
			continue;
		map = value_push(a, list, value_map(a));
		(void)value_set(a, map, "title", section->title.len
			? value_text(a, section->title) : value_null(a));
		(void)value_set(a, map, "rows", rows_list);
	}
	return list;
}

static void
put_field(struct arena *a, struct value *list, struct text name,
	struct text value)
{
	struct value *map;

	if (!value.len)
		return;
	map = value_push(a, list, value_map(a));
	value_set_str(a, map, "name", name);
	value_set_str(a, map, "value", value);
}

/*
 * As typed, so that a change begins where the person left off; but ten digits
 * of a personnummer mean another century after New Year, so the twelve that
 * were shown go on.
 */
static struct text
field_text(const struct answer *answer)
{
	if (answer->question->type->kind == FIELD_PERSONNUMMER &&
		answer->value.len)
		return answer->value;
	return answer->raw[0];
}

struct value *
formview_hidden(struct arena *a, const struct submission *s)
{
	struct value *list = value_list(a);

	for (size_t i = 0; i < s->form->question_count; i++) {
		const struct answer *answer = &s->answers[i];
		const struct question *q = answer->question;

		if (!answer->shown)
			continue;
		for (size_t k = 0; k < answer->value_count; k++)
			put_field(a, list, q->id, answer->values[k]);
		for (size_t k = 0; q->type->parts && q->type->parts[k]; k++)
			put_field(a, list, formid_part(a, q, k),
				answer->raw[k]);
		if (!q->type->parts)
			put_field(a, list, q->id, field_text(answer));
	}
	return list;
}
