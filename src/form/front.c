/* front: the keys between the two lines of --- at the top of a form file. */
#include <stddef.h>

#include "base/yaml.h"
#include "form/parser.h"
#include "base/banned.h"

enum {
	ANSWER_DAYS_MAX = 250,
	RETAIN_DAYS_MAX = 3650,
	PREFIX_MIN = 2,
	PREFIX_MAX = 4,
};

/* One key as written. */
struct entry {
	const char *key;
	int line;
	struct text value;
	size_t offset; /* of the struct text in struct form, for read_text */
};

static bool
read_text(struct parser *p, const struct entry *n)
{
	char *form = (char *)p->form;

	*(struct text *)(void *)(form + n->offset) = n->value;
	return true;
}

static bool
read_to(struct parser *p, const struct entry *n)
{
	if (!parser_is_word(n->value, false))
		return parser_fail(p, n->line, "\"to\" is a role of the keyset,"
			" written with a-z, 0-9 and \"-\"");
	p->form->to = n->value;
	return true;
}

static bool
read_prefix(struct parser *p, const struct entry *n)
{
	bool ok = n->value.len >= PREFIX_MIN && n->value.len <= PREFIX_MAX;

	for (size_t i = 0; ok && i < n->value.len; i++)
		ok = n->value.p[i] >= 'A' && n->value.p[i] <= 'Z';
	if (!ok)
		return parser_fail(p, n->line,
			"\"prefix\" is %d to %d capital letters A-Z,"
			" for example SYN", PREFIX_MIN, PREFIX_MAX);
	p->form->prefix = n->value;
	return true;
}

static bool
read_pages(struct parser *p, const struct entry *n)
{
	p->form->steps = text_is(n->value, "steps");
	if (!p->form->steps && !text_is(n->value, "one"))
		return parser_fail(p, n->line,
			"\"pages\" is \"one\" or \"steps\"");
	return true;
}

static bool
read_open(struct parser *p, const struct entry *n)
{
	p->form->open = text_is(n->value, "true");
	if (!p->form->open && !text_is(n->value, "false"))
		return parser_fail(p, n->line,
			"\"open\" is \"true\" or \"false\"");
	return true;
}

/* "10 working days": a number from 1 to max, a space and the unit. */
static bool
days(struct text t, const char *one, const char *many, int max, int *out)
{
	size_t space = text_find(t, ' ');
	struct text unit = text_trim(text_from(t, space));
	int64_t n;

	if (!text_to_int(text_sub(t, 0, space), 1, max, &n) ||
		!text_is(unit, n == 1 ? one : many))
		return false;
	*out = (int)n;
	return true;
}

static bool
read_answer_within(struct parser *p, const struct entry *n)
{
	if (days(n->value, "working day", "working days", ANSWER_DAYS_MAX,
			&p->form->answer_within_days))
		return true;
	return parser_fail(p, n->line, "\"answer-within\" is written"
		" \"10 working days\" (1 to %d)", ANSWER_DAYS_MAX);
}

static bool
read_retain(struct parser *p, const struct entry *n)
{
	if (days(n->value, "day", "days", RETAIN_DAYS_MAX,
			&p->form->retain_days))
		return true;
	return parser_fail(p, n->line,
		"\"retain\" is written \"90 days\" (1 to %d)", RETAIN_DAYS_MAX);
}

enum { KEYS = 11 };

static const struct {
	const char *name;
	bool needed;
	bool (*read)(struct parser *p, const struct entry *n);
	size_t offset;
} keys[KEYS] = {
	{ "title", true, read_text, offsetof(struct form, title) },
	{ "description", false, read_text, offsetof(struct form, description) },
	{ "to", true, read_to, 0 },
	{ "prefix", true, read_prefix, 0 },
	{ "pages", false, read_pages, 0 },
	{ "answer-within", false, read_answer_within, 0 },
	{ "retain", false, read_retain, 0 },
	{ "controller", false, read_text, offsetof(struct form, controller) },
	{ "legal-basis", false, read_text, offsetof(struct form, legal_basis) },
	{ "audience", false, read_text, offsetof(struct form, audience) },
	{ "open", false, read_open, 0 },
};

/* The words of a scalar; false for a list or a map. */
static bool
scalar(const struct value *v, struct text *out)
{
	if (v->kind == VALUE_TRUE || v->kind == VALUE_FALSE)
		*out = text_of(v->kind == VALUE_TRUE ? "true" : "false");
	else if (v->kind == VALUE_NULL)
		*out = (struct text){ 0 };
	else
		*out = text_trim(v->text);
	return v->kind != VALUE_LIST && v->kind != VALUE_MAP;
}

static bool
read_item(struct parser *p, const struct value_item *item, bool *seen)
{
	const char *names[KEYS + 1] = { 0 };
	struct entry n = { .line = item->line };

	for (size_t i = 0; i < KEYS; i++) {
		names[i] = keys[i].name;
		if (!text_is(item->key, keys[i].name))
			continue;
		n.key = keys[i].name;
		n.offset = keys[i].offset;
		if (!scalar(item->value, &n.value) ||
			text_find(n.value, '\n') < n.value.len)
			return parser_fail(p, n.line,
				"\"%s\" is one line of text", n.key);
		seen[i] = true;
		return parser_check_text(p, n.line, n.key, n.value) &&
			keys[i].read(p, &n);
	}
	return parser_unknown(p, n.line, "key", item->key, names);
}

bool
front_parse(struct parser *p, struct text yaml, int line)
{
	bool seen[KEYS] = { false };
	struct value *map;

	if (!yaml_parse(p->arena, p->path, line, yaml, &map, p->e))
		return false;
	for (const struct value_item *i = map->first; i; i = i->next)
		if (!read_item(p, i, seen))
			return false;
	for (size_t i = 0; i < KEYS; i++)
		if (keys[i].needed && !seen[i])
			return parser_fail(p, 1, "\"%s\" is missing",
				keys[i].name);
	return true;
}
