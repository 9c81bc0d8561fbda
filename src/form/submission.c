/* submission: answers checked against a form. */
#include "form/submission.h"

#include "form/clean.h"
#include "base/banned.h"

/* What came under one name. */
struct found {
	struct text first;
	size_t count;
};

struct request {
	const struct sent *sent;
	size_t count;
};

static struct found
find(const struct request *r, struct text name)
{
	struct found f = { 0 };

	for (size_t i = 0; i < r->count; i++) {
		if (!text_eq(r->sent[i].name, name))
			continue;
		if (f.count++ == 0)
			f.first = r->sent[i].value;
	}
	return f;
}

static size_t
part_count(const struct field_type *t)
{
	size_t n = 0;

	while (t->parts && t->parts[n])
		n++;
	return n ? n : 1;
}

static struct text
part_name(struct arena *a, const struct question *q, size_t part)
{
	if (!q->type->parts)
		return q->id;
	return arena_printf(a, "%.*s-%s", (int)q->id.len, q->id.p,
		q->type->parts[part]);
}

/* Does the condition hold?  One about a hidden question never does. */
static bool
holds(const struct submission *s, const struct condition *c)
{
	const struct answer *on = &s->answers[c->question];

	if (!on->shown)
		return false;
	for (size_t i = 0; i < on->value_count; i++)
		if (text_eq(on->values[i], c->value))
			return true;
	return text_eq(on->value, c->value);
}

/* Fills raw; the first thing that is wrong with what was sent stays. */
static void
read_raw(struct arena *a, const struct request *r, struct answer *out)
{
	const struct question *q = out->question;
	bool one_line = q->type->kind != FIELD_LONG_TEXT;

	for (size_t i = 0; i < part_count(q->type); i++) {
		struct found f = find(r, part_name(a, q, i));
		bool clean = clean_text(a, f.first, one_line, &out->raw[i]);

		out->answered = out->answered || out->raw[i].len || !clean;
		if (out->fault || (clean && f.count <= 1))
			continue;
		out->fault = clean ? MESSAGE_REPEATED : MESSAGE_NOT_TEXT;
		out->answered = true;
		if (q->type->parts)
			out->fault_parts = 1u << i;
	}
}

static const struct option *
find_option(const struct question *q, struct text value)
{
	for (size_t i = 0; i < q->option_count; i++)
		if (text_eq(q->options[i].value, value))
			return &q->options[i];
	return NULL;
}

/* Any number of ticks: kept in the form's order, each once. */
static void
read_ticks(struct arena *a, const struct request *r, struct answer *out)
{
	const struct question *q = out->question;
	bool *ticked = arena_array(a, q->option_count, sizeof *ticked);

	for (size_t i = 0; i < r->count; i++) {
		const struct option *o;
		struct text value;

		if (!text_eq(r->sent[i].name, q->id))
			continue;
		if (!clean_text(a, r->sent[i].value, true, &value))
			out->fault = MESSAGE_NOT_TEXT;
		o = find_option(q, value);
		out->answered = out->answered || value.len || out->fault;
		if (o)
			ticked[o - q->options] = true;
		else if (value.len && !out->fault)
			out->fault = MESSAGE_NOT_AN_OPTION;
	}
	out->values = arena_array(a, q->option_count, sizeof *out->values);
	out->labels = arena_array(a, q->option_count, sizeof *out->labels);
	for (size_t i = 0; i < q->option_count; i++) {
		if (!ticked[i])
			continue;
		out->values[out->value_count] = q->options[i].value;
		out->labels[out->value_count++] = q->options[i].label;
	}
	if (!out->fault && (int64_t)out->value_count > q->max)
		out->fault = MESSAGE_TOO_MANY;
}

static void
check_option(struct answer *out)
{
	const struct option *o = find_option(out->question, out->raw[0]);

	if (!o) {
		out->fault = MESSAGE_NOT_AN_OPTION;
		return;
	}
	out->value = o->value;
	out->shown_as = o->label;
}

static void
check_field(struct arena *a, const struct submission *s, struct answer *out)
{
	struct field_input in = { out->question, out->raw, s->today,
		s->form->lang };
	struct field_result result = { 0 };

	out->question->type->check(a, &in, &result);
	out->fault = result.fault;
	out->fault_parts = result.fault_parts;
	if (result.fault)
		return;
	out->value = result.value;
	out->shown_as = result.shown;
	out->warning = result.warning;
	for (size_t i = 0; i < FIELD_PARTS_MAX; i++)
		out->parts[i] = result.parts[i];
}

static void
check_answer(struct arena *a, const struct submission *s,
	const struct request *r, struct answer *out)
{
	const struct question *q = out->question;

	if (q->type->kind == FIELD_FILE)
		return;
	if (q->type->many)
		read_ticks(a, r, out);
	else
		read_raw(a, r, out);
	if (!out->shown) {
		out->answered = false;
		out->fault = MESSAGE_NONE;
		out->fault_parts = 0;
		return;
	}
	if (!out->answered && out->required)
		out->fault = q->type->has_options ? MESSAGE_MISSING_CHOICE
			: MESSAGE_MISSING;
	if (out->fault || !out->answered || q->type->many)
		return;
	if (q->type->has_options)
		check_option(out);
	else
		check_field(a, s, out);
}

void
submission_check(struct arena *a, const struct form *form,
	const struct sent *sent, size_t n, struct date today,
	struct submission *out)
{
	const struct request r = { sent, n };

	*out = (struct submission){ .form = form, .today = today };
	out->answers = arena_array(a, form->question_count,
		sizeof *out->answers);
	for (size_t i = 0; i < form->question_count; i++) {
		const struct question *q = &form->questions[i];
		struct answer *answer = &out->answers[i];

		answer->question = q;
		answer->shown = q->show_if.question < 0 ||
			holds(out, &q->show_if);
		answer->required = answer->shown && (!q->optional ||
			(q->required_if.question >= 0 &&
			holds(out, &q->required_if)));
		check_answer(a, out, &r, answer);
		out->fault_count += answer->fault != MESSAGE_NONE;
		out->warning_count += answer->warning != MESSAGE_NONE;
	}
}

static struct value *
list(struct arena *a, const struct text *items, size_t n)
{
	struct value *v = value_list(a);

	for (size_t i = 0; i < n; i++)
		(void)value_push(a, v, value_text(a, items[i]));
	return v;
}

static struct value *
address(struct arena *a, const struct answer *answer)
{
	struct value *v = value_map(a);
	const char *const *names = answer->question->type->parts;

	for (size_t i = 0; names[i]; i++)
		value_set_str(a, v, names[i], answer->parts[i]);
	return v;
}

static struct value *
answer_value(struct arena *a, const struct answer *answer)
{
	const struct question *q = answer->question;
	struct value *v = value_map(a);

	value_set_str(a, v, "id", q->id);
	value_set_str(a, v, "question", q->label);
	value_set_str(a, v, "type", text_of(q->type->name));
	if (q->type->many) {
		(void)value_set(a, v, "values",
			list(a, answer->values, answer->value_count));
		(void)value_set(a, v, "labels",
			list(a, answer->labels, answer->value_count));
		return v;
	}
	if (q->type->kind == FIELD_ADDRESS)
		(void)value_set(a, v, "value", address(a, answer));
	else
		value_set_str(a, v, "value", answer->value);
	if (q->type->has_options)
		value_set_str(a, v, "label", answer->shown_as);
	return v;
}

struct value *
submission_value(struct arena *a, const struct submission *s,
	struct text form_hash_hex, struct text reference)
{
	const struct form *f = s->form;
	struct value *v = value_map(a);
	struct value *answers = value_list(a);

	value_set_str(a, v, "form", f->id);
	value_set_str(a, v, "title", f->title);
	value_set_str(a, v, "lang", f->lang);
	value_set_str(a, v, "form_hash", form_hash_hex);
	value_set_str(a, v, "reference", reference);
	for (size_t i = 0; i < f->question_count; i++) {
		const struct answer *answer = &s->answers[i];

		if (answer->shown && answer->answered && !answer->fault)
			(void)value_push(a, answers, answer_value(a, answer));
	}
	(void)value_set(a, v, "answers", answers);
	return v;
}
