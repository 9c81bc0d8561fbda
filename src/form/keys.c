/* keys: the key lines and option lines of one question. */
#include "form/parser.h"
#include "base/banned.h"

enum key {
	KEY_TYPE,
	KEY_MAX,
	KEY_MIN,
	KEY_HINT,
	KEY_OPTIONAL,
	KEY_SHOW_IF,
	KEY_REQUIRED_IF,
	KEY_USED_FOR,
	KEY_AUTOCOMPLETE,
	KEY_ACCEPT,
	KEY_ERROR_MISSING,
	KEY_ERROR_FORMAT,
	KEY_ERROR_MAX,
	KEY_COUNT
};

enum { OPTIONS_SHOWN = 8 }; /* in a message */

static const char *const key_names[KEY_COUNT + 1] = {
	[KEY_TYPE] = "type",
	[KEY_MAX] = "max",
	[KEY_MIN] = "min",
	[KEY_HINT] = "hint",
	[KEY_OPTIONAL] = "optional",
	[KEY_SHOW_IF] = "show-if",
	[KEY_REQUIRED_IF] = "required-if",
	[KEY_USED_FOR] = "used-for",
	[KEY_AUTOCOMPLETE] = "autocomplete",
	[KEY_ACCEPT] = "accept",
	[KEY_ERROR_MISSING] = "error-missing",
	[KEY_ERROR_FORMAT] = "error-format",
	[KEY_ERROR_MAX] = "error-max",
};

/* HTML 4.10.18.7, those that ask about the sender. */
static const char *const autofill[] = {
	"name", "given-name", "additional-name", "family-name",
	"organization", "email", "tel", "street-address", "address-line1",
	"address-line2", "postal-code", "address-level2", "country-name",
	"bday", "off", NULL
};

/* What the key lines of one question said, before it is known what they
 * mean: "max" may stand before "type". */
struct head {
	struct text value[KEY_COUNT];
	int line[KEY_COUNT]; /* 0: not given */
	struct question *q;
};

static bool
read_option(struct parser *p, struct head *h, struct text line)
{
	struct text rest = text_trim(text_from(line, 2));
	size_t colon = text_find(rest, ':');
	struct text value = text_trim(text_sub(rest, 0, colon));
	struct text label = text_trim(text_from(rest, colon + 1));
	struct question *q = h->q;

	if (colon == rest.len || label.len == 0)
		return parser_fail(p, p->line,
			"an option is written \"- value: label\"");
	if (!parser_is_word(value, true))
		return parser_fail(p, p->line, "\"%.*s\" is no option value:"
			" a-z, 0-9 and \"-\", at most %d bytes",
			(int)value.len, value.p, FORM_ID_MAX);
	for (size_t i = 0; i < q->option_count; i++)
		if (text_eq(q->options[i].value, value))
			return parser_fail(p, p->line, "the option \"%.*s\" is"
				" taken by line %d", (int)value.len, value.p,
				q->options[i].line);
	if (q->option_count == FORM_OPTIONS_MAX)
		return parser_fail(p, p->line, "a question has at most %d"
			" options", FORM_OPTIONS_MAX);
	if (!q->options)
		q->options = arena_array(p->arena, FORM_OPTIONS_MAX,
			sizeof *q->options);
	q->options[q->option_count++] = (struct option){ value, label,
		p->line };
	return parser_check_text(p, p->line, "option", label);
}

/* A slip of the pen, an option with another mark, or help text. */
static bool
fail_no_key(const struct parser *p, struct text name, bool colon)
{
	if (name.len && (name.p[0] == '-' || name.p[0] == '*' ||
			name.p[0] == '+'))
		return parser_fail(p, p->line,
			"an option is written \"- value: label\"");
	if (!colon && text_is(name, "required"))
		return parser_fail(p, p->line, "a question has to be answered"
			" unless it says \"optional\": take \"required\" away");
	if (!colon)
		return parser_fail(p, p->line, "neither \"key: value\" nor"
			" \"- value: label\" (a blank line stands before the"
			" help text)");
	if (!text_nearest(name, key_names))
		return parser_fail(p, p->line, "unknown key \"%.*s\" (a blank"
			" line stands before the help text)", (int)name.len,
			name.p);
	return parser_unknown(p, p->line, "key", name, key_names);
}

static bool
read_key(struct parser *p, struct head *h, struct text line)
{
	size_t colon = text_find(line, ':');
	struct text name = text_trim(text_sub(line, 0, colon));
	size_t k = 0;

	while (k < KEY_COUNT && !text_is(name, key_names[k]))
		k++;
	if (k == KEY_COUNT)
		return fail_no_key(p, name, colon < line.len);
	if (h->line[k])
		return parser_fail(p, p->line, "\"%s\" is given in line %d"
			" already", key_names[k], h->line[k]);
	if (h->q->option_count)
		return parser_fail(p, p->line, "\"%s\" stands before the"
			" options", key_names[k]);
	h->line[k] = p->line;
	h->value[k] = text_trim(text_from(line, colon + 1));
	if (k != KEY_OPTIONAL)
		return parser_check_text(p, p->line, key_names[k],
			h->value[k]);
	if (colon < line.len)
		return parser_fail(p, p->line, "\"optional\" stands alone,"
			" without \":\"");
	return true;
}

/* The lines up to a blank one or a heading. */
static bool
read_lines(struct parser *p, struct head *h)
{
	for (;;) {
		struct parser before = *p;
		struct text line;
		bool ok;

		if (!parser_line(p, &line))
			return true;
		if (parser_heading(line)) {
			*p = before;
			return true;
		}
		line = text_trim(line);
		if (line.len == 0)
			return true;
		ok = text_starts(line, "- ") ? read_option(p, h, line)
			: read_key(p, h, line);
		if (!ok)
			return false;
	}
}

static bool
set_type(struct parser *p, struct head *h)
{
	struct text name = h->value[KEY_TYPE];

	if (!h->line[KEY_TYPE])
		return parser_fail(p, h->q->line,
			"the question \"%.*s\" has no \"type\"",
			(int)h->q->id.len, h->q->id.p);
	h->q->type = field_type(name);
	if (!h->q->type)
		return parser_unknown(p, h->line[KEY_TYPE], "type", name,
			field_type_names());
	return true;
}

/* Yes-no answers ja and nej, whatever they are called. */
static bool
set_yes_no(struct parser *p, struct question *q)
{
	bool en = text_is(p->form->lang, "en");

	if (q->option_count == 0) {
		q->options = arena_array(p->arena, 2, sizeof *q->options);
		q->options[0] = (struct option){ text_of("ja"),
			text_of(en ? "Yes" : "Ja"), q->line };
		q->options[1] = (struct option){ text_of("nej"),
			text_of(en ? "No" : "Nej"), q->line };
		q->option_count = 2;
		return true;
	}
	if (q->option_count != 2 || !text_is(q->options[0].value, "ja") ||
		!text_is(q->options[1].value, "nej"))
		return parser_fail(p, q->options[0].line, "the options of"
			" yes-no are \"ja\" and \"nej\", or left out");
	return true;
}

static bool
set_options(struct parser *p, struct question *q)
{
	size_t least = q->type->kind == FIELD_CHOICE ? 2 : 1;

	if (q->type->kind == FIELD_YES_NO)
		return set_yes_no(p, q);
	if (!q->type->has_options && q->option_count)
		return parser_fail(p, q->options[0].line,
			"type \"%s\" has no options", q->type->name);
	if (q->type->has_options && q->option_count < least)
		return parser_fail(p, q->line, "type \"%s\" needs at least"
			" %zu option%s: \"- value: label\"", q->type->name,
			least, least > 1 ? "s" : "");
	return true;
}

static bool
set_limit(struct parser *p, const struct head *h, enum key k, int64_t *out)
{
	const struct field_type *t = h->q->type;
	int line = h->line[k];
	bool negative = t->kind == FIELD_DATE || t->kind == FIELD_NUMBER;
	int64_t ceiling = t->ceiling;

	if (!line)
		return true;
	if (!t->max_unit || (k == KEY_MIN && !t->has_min))
		return parser_fail(p, line, "type \"%s\" has no \"%s\"",
			t->name, key_names[k]);
	if (!text_to_int(h->value[k], negative ? -ceiling : 1, ceiling, out))
		return parser_fail(p, line, "\"%s\" is a whole number of %s,"
			" %lld to %lld", key_names[k], t->max_unit,
			(long long)(negative ? -ceiling : 1),
			(long long)ceiling);
	return true;
}

static bool
set_limits(struct parser *p, struct head *h)
{
	struct question *q = h->q;

	q->min = FIELD_UNSET;
	q->max = q->type->max;
	if (!set_limit(p, h, KEY_MIN, &q->min) ||
		!set_limit(p, h, KEY_MAX, &q->max))
		return false;
	if (q->min > q->max)
		return parser_fail(p, h->line[KEY_MIN], "\"min\" is more than"
			" \"max\" (%lld)", (long long)q->max);
	return true;
}

/* Does a question with that id stand further down? */
static bool
comes_later(const struct parser *p, struct text id)
{
	struct text rest = p->rest;
	struct text line;

	while (text_line(&rest, &line)) {
		size_t colon = text_find(line, ':');

		if (parser_heading(line) == 3 && colon > 4 && text_eq(id,
				text_trim(text_sub(line, 4, colon - 4))))
			return true;
	}
	return false;
}

static bool
fail_no_question(const struct parser *p, const struct question *q, int line,
	const char *key, struct text id)
{
	const char *names[FORM_QUESTIONS_MAX + 1] = { 0 };

	if (text_eq(id, q->id))
		return parser_fail(p, line, "\"%s\" names its own question",
			key);
	if (comes_later(p, id))
		return parser_fail(p, line, "\"%s\" names \"%.*s\", which"
			" comes later", key, (int)id.len, id.p);
	for (size_t i = 0; i < p->form->question_count; i++)
		names[i] = arena_string(p->arena, p->form->questions[i].id);
	return parser_unknown(p, line, "question", id, names);
}

/* "buss, bil", as many as a message holds. */
static const char *
option_list(const struct parser *p, const struct question *on)
{
	struct text t = { 0 };

	for (size_t i = 0; i < on->option_count && i < OPTIONS_SHOWN; i++)
		t = arena_printf(p->arena, "%.*s%s%.*s", (int)t.len,
			t.len ? t.p : "", i ? ", " : "",
			(int)on->options[i].value.len, on->options[i].value.p);
	if (on->option_count > OPTIONS_SHOWN)
		t = arena_printf(p->arena, "%.*s ...", (int)t.len, t.p);
	return arena_string(p->arena, t);
}

static bool
fail_no_option(const struct parser *p, const struct question *on, int line,
	struct text value)
{
	const char *names[FORM_OPTIONS_MAX + 1] = { 0 };
	const char *near;

	if (!on->type->has_options)
		return parser_fail(p, line, "\"%.*s\" is of type \"%s\":"
			" a condition names a question with options",
			(int)on->id.len, on->id.p, on->type->name);
	for (size_t i = 0; i < on->option_count; i++)
		names[i] = arena_string(p->arena, on->options[i].value);
	near = text_nearest(value, names);
	return parser_fail(p, line, near
		? "\"%.*s\" has no option \"%.*s\" (did you mean \"%s\"?)"
		: "\"%.*s\" has no option \"%.*s\"; it has %s",
		(int)on->id.len, on->id.p, (int)value.len, value.p,
		near ? near : option_list(p, on));
}

static bool
set_condition(struct parser *p, const struct head *h, enum key k,
	struct condition *out)
{
	struct text whole = h->value[k];
	size_t at = text_find(whole, '=');
	struct text id = text_trim(text_sub(whole, 0, at));
	struct text value = text_trim(text_from(whole, at + 1));
	const struct question *on;

	*out = (struct condition){ .question = -1, .line = h->line[k] };
	if (!h->line[k])
		return true;
	if (at == whole.len || id.len == 0 || value.len == 0)
		return parser_fail(p, out->line, "\"%s\" is written"
			" \"%s: question = value\"", key_names[k],
			key_names[k]);
	out->question = form_question(p->form, id);
	if (out->question < 0)
		return fail_no_question(p, h->q, out->line, key_names[k], id);
	on = &p->form->questions[out->question];
	for (size_t i = 0; i < on->option_count; i++)
		if (text_eq(on->options[i].value, value))
			out->value = value;
	if (!out->value.len)
		return fail_no_option(p, on, out->line, value);
	return true;
}

static bool
set_rest(struct parser *p, struct head *h)
{
	struct question *q = h->q;

	q->optional = h->line[KEY_OPTIONAL] > 0;
	q->hint = h->value[KEY_HINT];
	q->used_for = h->value[KEY_USED_FOR];
	q->autocomplete = h->value[KEY_AUTOCOMPLETE];
	q->accept = h->value[KEY_ACCEPT];
	q->error_missing = h->value[KEY_ERROR_MISSING];
	q->error_format = h->value[KEY_ERROR_FORMAT];
	q->error_max = h->value[KEY_ERROR_MAX];
	if (h->line[KEY_REQUIRED_IF] && !q->optional)
		return parser_fail(p, h->line[KEY_REQUIRED_IF],
			"\"required-if\" stands with \"optional\": a question"
			" is required otherwise");
	if (q->accept.len && q->type->kind != FIELD_FILE)
		return parser_fail(p, h->line[KEY_ACCEPT],
			"type \"%s\" has no \"accept\"", q->type->name);
	if (!q->autocomplete.len)
		return true;
	for (size_t i = 0; autofill[i]; i++)
		if (text_is(q->autocomplete, autofill[i]))
			return true;
	return parser_unknown(p, h->line[KEY_AUTOCOMPLETE],
		"autocomplete word", q->autocomplete, autofill);
}

bool
keys_parse(struct parser *p, struct question *q)
{
	struct head h = { .q = q };

	return read_lines(p, &h) && set_type(p, &h) && set_options(p, q) &&
		set_limits(p, &h) && set_rest(p, &h) &&
		set_condition(p, &h, KEY_SHOW_IF, &q->show_if) &&
		set_condition(p, &h, KEY_REQUIRED_IF, &q->required_if);
}
