/* canonical: a form as bytes to hash, and a form beside its translation. */
#include "base/json.h"
#include "base/value.h"
#include "form/form.h"
#include "base/banned.h"

static void
put_int(struct arena *a, struct value *map, const char *key, int64_t n)
{
	(void)value_set(a, map, key, value_int(a, n));
}

/* A limit that is not given is null, not a number. */
static void
put_min(struct arena *a, struct value *map, int64_t n)
{
	(void)value_set(a, map, "min",
		n == FIELD_UNSET ? value_null(a) : value_int(a, n));
}

static void
put_condition(struct arena *a, struct value *map, const char *key,
	const struct form *f, const struct condition *c)
{
	struct value *v = value_null(a);

	if (c->question >= 0) {
		v = value_map(a);
		value_set_str(a, v, "question", f->questions[c->question].id);
		value_set_str(a, v, "value", c->value);
	}
	(void)value_set(a, map, key, v);
}

static struct value *
options(struct arena *a, const struct question *q)
{
	struct value *v = value_list(a);

	for (size_t i = 0; i < q->option_count; i++) {
		struct value *o = value_push(a, v, value_map(a));

		value_set_str(a, o, "value", q->options[i].value);
		value_set_str(a, o, "label", q->options[i].label);
	}
	return v;
}

static struct value *
question(struct arena *a, const struct form *f, const struct question *q)
{
	struct value *v = value_map(a);

	value_set_str(a, v, "id", q->id);
	value_set_str(a, v, "label", q->label);
	value_set_str(a, v, "type", text_of(q->type->name));
	value_set_bool(a, v, "optional", q->optional);
	put_min(a, v, q->min);
	put_int(a, v, "max", q->max);
	value_set_str(a, v, "hint", q->hint);
	value_set_str(a, v, "used_for", q->used_for);
	value_set_str(a, v, "autocomplete", q->autocomplete);
	value_set_str(a, v, "accept", q->accept);
	value_set_str(a, v, "error_missing", q->error_missing);
	value_set_str(a, v, "error_format", q->error_format);
	value_set_str(a, v, "error_max", q->error_max);
	value_set_str(a, v, "help", q->help);
	put_condition(a, v, "show_if", f, &q->show_if);
	put_condition(a, v, "required_if", f, &q->required_if);
	(void)value_set(a, v, "options", options(a, q));
	return v;
}

static struct value *
section(struct arena *a, const struct form *f, const struct section *s)
{
	struct value *v = value_map(a);
	struct value *questions = value_list(a);

	value_set_str(a, v, "title", s->title);
	value_set_str(a, v, "intro", s->intro);
	for (size_t i = s->first; i < s->first + s->count; i++)
		(void)value_push(a, questions,
			question(a, f, &f->questions[i]));
	(void)value_set(a, v, "questions", questions);
	return v;
}

void
form_canonical(const struct form *f, struct buf *out)
{
	struct arena a;
	struct value *v, *sections;

	arena_init(&a, false);
	v = value_map(&a);
	value_set_str(&a, v, "id", f->id);
	value_set_str(&a, v, "lang", f->lang);
	value_set_str(&a, v, "title", f->title);
	value_set_str(&a, v, "description", f->description);
	value_set_str(&a, v, "to", f->to);
	value_set_str(&a, v, "prefix", f->prefix);
	value_set_bool(&a, v, "steps", f->steps);
	put_int(&a, v, "answer_within_days", f->answer_within_days);
	put_int(&a, v, "retain_days", f->retain_days);
	value_set_str(&a, v, "controller", f->controller);
	value_set_str(&a, v, "legal_basis", f->legal_basis);
	value_set_str(&a, v, "audience", f->audience);
	value_set_str(&a, v, "intro", f->intro);
	sections = value_set(&a, v, "sections", value_list(&a));
	for (size_t i = 0; i < f->section_count; i++)
		(void)value_push(&a, sections,
			section(&a, f, &f->sections[i]));
	json_put_canonical(out, v);
	arena_release(&a);
}

/* Two forms being compared; `same` falls with the first difference. */
struct pair {
	const struct form *original;
	const struct form *translation;
	struct buf *out;
	bool same;
};

/* "forms/synpunkt.en.md:12: ", or without line if it is 0. */
static void
begin(struct pair *p, int line)
{
	p->same = false;
	buf_text(p->out, p->translation->path);
	if (line)
		buf_printf(p->out, ":%d", line);
	buf_str(p->out, ": ");
}

static void
compare_head(struct pair *p)
{
	const struct form *o = p->original;
	const struct form *t = p->translation;
	const struct {
		const char *key;
		bool same;
	} keys[] = {
		{ "to", text_eq(o->to, t->to) },
		{ "prefix", text_eq(o->prefix, t->prefix) },
		{ "pages", o->steps == t->steps },
		{ "answer-within",
			o->answer_within_days == t->answer_within_days },
		{ "retain", o->retain_days == t->retain_days },
		{ "open", o->open == t->open },
	};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if (keys[i].same)
			continue;
		begin(p, 0);
		buf_printf(p->out, "\"%s\" differs from %.*s\n", keys[i].key,
			(int)o->path.len, o->path.p);
	}
}

static bool
same_condition(const struct pair *p, const struct condition *x,
	const struct condition *y)
{
	if (x->question < 0 || y->question < 0)
		return x->question == y->question;
	return text_eq(x->value, y->value) &&
		text_eq(p->original->questions[x->question].id,
			p->translation->questions[y->question].id);
}

static bool
same_options(const struct question *x, const struct question *y)
{
	if (x->option_count != y->option_count)
		return false;
	for (size_t i = 0; i < x->option_count; i++)
		if (!text_eq(x->options[i].value, y->options[i].value))
			return false;
	return true;
}

static void
compare_question(struct pair *p, const struct question *x,
	const struct question *y)
{
	const struct {
		const char *key;
		bool same;
	} keys[] = {
		{ "type", x->type == y->type },
		{ "optional", x->optional == y->optional },
		{ "min", x->min == y->min },
		{ "max", x->max == y->max },
		{ "accept", text_eq(x->accept, y->accept) },
		{ "autocomplete", text_eq(x->autocomplete, y->autocomplete) },
		{ "show-if", same_condition(p, &x->show_if, &y->show_if) },
		{ "required-if", same_condition(p, &x->required_if,
			&y->required_if) },
		{ "options", same_options(x, y) },
		{ "section", x->section == y->section },
	};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if (keys[i].same)
			continue;
		begin(p, y->line);
		buf_printf(p->out, "\"%s\" of \"%.*s\" differs from"
			" %.*s:%d\n", keys[i].key, (int)y->id.len, y->id.p,
			(int)p->original->path.len, p->original->path.p,
			x->line);
		if (x->type != y->type)
			return; /* the rest follows from it */
	}
}

bool
form_matches(const struct form *original, const struct form *translation,
	struct buf *out)
{
	struct pair p = { original, translation, out, true };
	const struct text *path = &original->path;
	int last = -1;

	compare_head(&p);
	for (size_t i = 0; i < original->question_count; i++) {
		const struct question *q = &original->questions[i];

		if (form_question(translation, q->id) >= 0)
			continue;
		begin(&p, 0);
		buf_printf(out, "the question \"%.*s\" of %.*s:%d is missing\n",
			(int)q->id.len, q->id.p, (int)path->len, path->p,
			q->line);
	}
	for (size_t i = 0; i < translation->question_count; i++) {
		const struct question *q = &translation->questions[i];
		int at = form_question(original, q->id);

		if (at < 0 || at < last) {
			begin(&p, q->line);
			buf_printf(out, at < 0
				? "the question \"%.*s\" is not in %.*s\n"
				: "the question \"%.*s\" stands elsewhere"
				" in %.*s\n", (int)q->id.len, q->id.p,
				(int)path->len, path->p);
		}
		if (at >= 0)
			compare_question(&p, &original->questions[at], q);
		last = at > last ? at : last;
	}
	return p.same;
}
