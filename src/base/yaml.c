/* yaml: front matter and configuration; the only file with yaml.h. */
#include "base/yaml.h"

#include <yaml.h>

#include "base/utf8.h"
#include "base/banned.h"

struct reader {
	yaml_parser_t parser;
	struct arena *arena;
	const char *name;
	int line; /* of the source's first line in its file */
	struct err *e;
};

/* libyaml counts lines from 0. */
static int
line_at(const struct reader *r, yaml_mark_t mark)
{
	return r->line + (int)mark.line;
}

static bool
fail(struct reader *r, yaml_mark_t mark, const char *what)
{
	return err_set(r->e, ERR_FORMAT, "%s:%d: %s", r->name,
		line_at(r, mark), what);
}

/* What libyaml says, and what a person who has never heard of YAML needs to
 * hear; some begin where libyaml noticed them, others where they began. */
static const struct {
	const char *problem;
	const char *says;
	bool at_context;
} problems[] = {
	{ "mapping values are not allowed in this context",
		"a text with \": \" in it stands in quotes (title: \"a: b\"), "
		"and a key begins its line", false },
	{ "found a tab character that violates indentation",
		"a tab stands at the beginning of the line; there are to be "
		"blanks, or nothing", false },
	{ "found character that cannot start any token",
		"a text that begins like this stands in quotes", false },
	{ "found unexpected end of stream",
		"the quotes around a text begin here and do not end", true },
	{ "did not find expected ',' or ']'",
		"a list that begins with \"[\" here does not end with \"]\"",
		true },
	{ "could not find expected ':'",
		"here is no \"key: value\"", true },
	{ "did not find expected key",
		"the line begins further in or out than the one above it",
		false },
	{ "block sequence entries are not allowed in this context",
		"\"- \" begins a line of its own, below its key", false },
};

static bool
fail_parse(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;

	for (size_t i = 0; p->problem &&
		i < sizeof problems / sizeof *problems; i++)
		if (text_is(text_of(p->problem), problems[i].problem))
			return fail(r, problems[i].at_context && p->context
				? p->context_mark : p->problem_mark,
				problems[i].says);
	return fail(r, p->problem_mark, p->problem ? p->problem
		: "cannot be read");
}

static bool
next(struct reader *r, yaml_event_t *event)
{
	return yaml_parser_parse(&r->parser, event) || fail_parse(r);
}

static bool read_value(struct reader *r, yaml_event_t *event, int depth,
	struct value **out);

static bool
read_scalar(struct reader *r, const yaml_event_t *event, struct value **out)
{
	struct text t = { (const char *)event->data.scalar.value,
		event->data.scalar.length };
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	uint32_t point;

	if (event->data.scalar.anchor)
		return fail(r, event->start_mark, "anchors are not used here");
	if (event->data.scalar.tag)
		return fail(r, event->start_mark, "tags are not used here");
	if (utf8_find_hostile(t, &point) < t.len)
		return err_set(r->e, ERR_FORMAT, "%s:%d: holds the invisible "
			"character U+%04X", r->name,
			line_at(r, event->start_mark), (unsigned)point);
	if (plain && t.len == 0)
		*out = value_null(r->arena);
	else if (plain && (text_is(t, "true") || text_is(t, "false")))
		*out = value_bool(r->arena, text_is(t, "true"));
	else
		*out = value_text(r->arena, arena_copy(r->arena, t));
	return true;
}

static bool
read_list(struct reader *r, int depth, struct value *list)
{
	for (;;) {
		yaml_event_t event;
		struct value *item = NULL;
		bool ok, end;

		if (!next(r, &event))
			return false;
		end = event.type == YAML_SEQUENCE_END_EVENT;
		ok = end || read_value(r, &event, depth, &item);
		yaml_event_delete(&event);
		if (!ok || end)
			return ok;
		(void)value_push(r->arena, list, item);
	}
}

static bool
read_pair(struct reader *r, const yaml_event_t *key_event, int depth,
	struct value *map)
{
	yaml_event_t event;
	struct value *key, *v = NULL;
	int line = line_at(r, key_event->start_mark);
	bool ok;

	if (key_event->type != YAML_SCALAR_EVENT)
		return fail(r, key_event->start_mark, "a key must be a word");
	if (!read_scalar(r, key_event, &key))
		return false;
	if (key->kind != VALUE_TEXT)
		return fail(r, key_event->start_mark, "a key must be a word");
	if (value_find(map, key->text))
		return err_set(r->e, ERR_FORMAT,
			"%s:%d: \"%s\" is given twice", r->name, line,
			key->text.p);
	if (map->count == YAML_KEYS_MAX)
		return fail(r, key_event->start_mark, "too many keys");
	if (!next(r, &event))
		return false;
	ok = read_value(r, &event, depth, &v);
	yaml_event_delete(&event);
	if (!ok)
		return false;
	(void)value_set_text(r->arena, map, key->text, v);
	map->last->line = line;
	return true;
}

static bool
read_map(struct reader *r, int depth, struct value *map)
{
	for (;;) {
		yaml_event_t event;
		bool ok, end;

		if (!next(r, &event))
			return false;
		end = event.type == YAML_MAPPING_END_EVENT;
		ok = end || read_pair(r, &event, depth, map);
		yaml_event_delete(&event);
		if (!ok || end)
			return ok;
	}
}

static bool
read_value(struct reader *r, yaml_event_t *event, int depth,
	struct value **out)
{
	bool is_map = event->type == YAML_MAPPING_START_EVENT;
	bool ok;

	if (depth > YAML_DEPTH_MAX)
		return fail(r, event->start_mark, "nested too deeply");
	if (event->type == YAML_SCALAR_EVENT) {
		ok = read_scalar(r, event, out);
	} else if (is_map || event->type == YAML_SEQUENCE_START_EVENT) {
		if (is_map ? event->data.mapping_start.anchor != NULL
			: event->data.sequence_start.anchor != NULL)
			return fail(r, event->start_mark,
				"anchors are not used here");
		if (is_map ? event->data.mapping_start.tag != NULL
			: event->data.sequence_start.tag != NULL)
			return fail(r, event->start_mark,
				"tags are not used here");
		*out = is_map ? value_map(r->arena) : value_list(r->arena);
		ok = is_map ? read_map(r, depth + 1, *out)
			: read_list(r, depth + 1, *out);
	} else {
		return fail(r, event->start_mark, "aliases are not used here");
	}
	if (ok)
		(*out)->line = line_at(r, event->start_mark);
	return ok;
}

/* Skips the stream and document events around the one root value. */
static bool
read_root(struct reader *r, struct value **out)
{
	bool have = false;

	for (;;) {
		yaml_event_t event;
		yaml_event_type_t type;
		bool ok = true;

		if (!next(r, &event))
			return false;
		type = event.type;
		if (type == YAML_DOCUMENT_START_EVENT && have) {
			ok = fail(r, event.start_mark,
				"a second document begins here");
		} else if (type != YAML_STREAM_START_EVENT &&
			type != YAML_DOCUMENT_START_EVENT &&
			type != YAML_DOCUMENT_END_EVENT &&
			type != YAML_STREAM_END_EVENT) {
			have = true;
			ok = read_value(r, &event, 1, out);
			if (ok && (*out)->kind == VALUE_NULL)
				*out = value_map(r->arena);
			if (ok && (*out)->kind != VALUE_MAP)
				ok = fail(r, event.start_mark,
					"must hold lines of \"key: value\"");
		}
		yaml_event_delete(&event);
		if (!ok || type == YAML_STREAM_END_EVENT)
			return ok;
	}
}

bool
yaml_parse(struct arena *a, const char *name, int line, struct text source,
	struct value **out, struct err *e)
{
	struct reader r = { .arena = a, .name = name, .line = line, .e = e };
	bool ok;

	*out = value_map(a);
	if (text_starts(source, "\xEF\xBB\xBF"))
		source = text_from(source, 3);
	if (!utf8_valid(source))
		return err_set(e, ERR_FORMAT, "%s: is not UTF-8", name);
	if (!yaml_parser_initialize(&r.parser))
		return err_set(e, ERR_SYSTEM, "%s: no memory to read it", name);
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser,
		(const unsigned char *)(source.p ? source.p : ""), source.len);
	ok = read_root(&r, out);
	yaml_parser_delete(&r.parser);
	return ok;
}
