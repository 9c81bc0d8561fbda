/* json: RFC 8259 in by jansson (its only file), RFC 8785 out. */
#include "base/json.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "base/banned.h"

enum { FEW = 16 /* keys that are sorted without memory of their own */ };

static struct value *
convert(struct arena *a, const char *name, json_t *j, int depth,
	struct err *e);

static struct value *
convert_items(struct arena *a, const char *name, json_t *j, int depth,
	struct err *e)
{
	bool is_map = json_is_object(j);
	struct value *v = is_map ? value_map(a) : value_list(a);
	size_t index;
	json_t *item;
	const char *key;

	if (depth >= JSON_DEPTH_MAX) {
		(void)err_set(e, ERR_FORMAT, "%s: nested too deeply", name);
		return NULL;
	}
	json_array_foreach(j, index, item) {
		struct value *c = convert(a, name, item, depth + 1, e);

		if (!c)
			return NULL;
		(void)value_push(a, v, c);
	}
	json_object_foreach(j, key, item) {
		struct value *c = convert(a, name, item, depth + 1, e);

		if (!c)
			return NULL;
		(void)value_set_text(a, v, arena_copy(a, text_of(key)), c);
	}
	return v;
}

static struct value *
convert(struct arena *a, const char *name, json_t *j, int depth,
	struct err *e)
{
	struct value *v;

	switch (json_typeof(j)) {
	case JSON_NULL:
		return value_null(a);
	case JSON_TRUE:
	case JSON_FALSE:
		return value_bool(a, json_is_true(j));
	case JSON_INTEGER:
		return value_int(a, json_integer_value(j));
	case JSON_REAL:
		v = value_null(a);
		v->kind = VALUE_NUMBER;
		v->text = arena_printf(a, "%.15g", json_real_value(j));
		return v;
	case JSON_STRING:
		return value_text(a, arena_copy(a, (struct text){
			json_string_value(j), json_string_length(j) }));
	case JSON_ARRAY:
	case JSON_OBJECT:
		break;
	}
	return convert_items(a, name, j, depth, e);
}

bool
json_parse(struct arena *a, const char *name, struct text source,
	struct value **out, struct err *e)
{
	json_error_t fault;
	json_t *j = json_loadb(source.p ? source.p : "", source.len,
		JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);

	if (!j)
		return err_set(e, ERR_FORMAT, "%s:%d: %s", name, fault.line,
			fault.text);
	*out = convert(a, name, j, 0, e);
	json_decref(j);
	return *out != NULL;
}

/* RFC 8785 3.2.2.2. */
static void
put_string(struct buf *b, struct text t)
{
	static const char names[] = "btn\0fr"; /* \b is 8, \r is 13 */
	size_t done = 0; /* of t, what is written */

	buf_char(b, '"');
	for (size_t i = 0; i < t.len; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_put(b, t.p + done, i - done);
		done = i + 1;
		if (c == '"' || c == '\\') {
			buf_char(b, '\\');
			buf_char(b, (char)c);
		} else if (c >= 8 && c <= 13 && names[c - 8]) {
			buf_char(b, '\\');
			buf_char(b, names[c - 8]);
		} else {
			buf_printf(b, "\\u%04x", c);
		}
	}
	buf_text(b, text_from(t, done));
	buf_char(b, '"');
}

static int
by_key(const void *x, const void *y)
{
	const struct value_item *const *a = x;
	const struct value_item *const *b = y;

	return text_cmp((*a)->key, (*b)->key);
}

static void put(struct buf *b, const struct value *v, bool sorted);

static void
put_item(struct buf *b, const struct value_item *i, bool is_map, bool comma,
	bool sorted)
{
	if (comma)
		buf_char(b, ',');
	if (is_map) {
		put_string(b, i->key);
		buf_char(b, ':');
	}
	put(b, i->value, sorted);
}

static void
put_items(struct buf *b, const struct value *v, bool sorted)
{
	bool is_map = v->kind == VALUE_MAP;
	const struct value_item *few[FEW];
	const struct value_item **order = few;
	struct arena a;
	size_t n = 0;

	buf_char(b, is_map ? '{' : '[');
	if (!is_map || !sorted) {
		for (const struct value_item *i = v->first; i; i = i->next)
			put_item(b, i, is_map, i != v->first, sorted);
		buf_char(b, is_map ? '}' : ']');
		return;
	}
	arena_init(&a, false); /* only pointers, no text */
	if (v->count > FEW)
		order = arena_array(&a, v->count, sizeof(struct value_item *));
	for (const struct value_item *i = v->first; i; i = i->next)
		order[n++] = i;
	qsort(order, n, sizeof(struct value_item *), by_key);
	for (size_t i = 0; i < n; i++)
		put_item(b, order[i], true, i > 0, sorted);
	arena_release(&a);
	buf_char(b, '}');
}

static void
put(struct buf *b, const struct value *v, bool sorted)
{
	switch (v->kind) {
	case VALUE_NULL:
		buf_str(b, "null");
		break;
	case VALUE_FALSE:
		buf_str(b, "false");
		break;
	case VALUE_TRUE:
		buf_str(b, "true");
		break;
	case VALUE_NUMBER:
		buf_text(b, v->text);
		break;
	case VALUE_TEXT:
	case VALUE_HTML:
		put_string(b, v->text);
		break;
	case VALUE_LIST:
	case VALUE_MAP:
		put_items(b, v, sorted);
		break;
	}
}

void
json_put(struct buf *b, const struct value *v)
{
	put(b, v, false);
}

void
json_put_canonical(struct buf *b, const struct value *v)
{
	put(b, v, true);
}

/* What is escaped stands in strings only. */
void
json_put_html(struct buf *b, const struct value *v)
{
	struct buf plain;
	struct text t;
	size_t done = 0;

	buf_init(&plain, b->max);
	json_put(&plain, v);
	t = buf_view(&plain);
	for (size_t i = 0; i < t.len; i++) {
		/* U+2028 and U+2029 are E2 80 A8 and E2 80 A9. */
		bool line = t.p[i] == '\xE2' && i + 2 < t.len &&
			t.p[i + 1] == '\x80' &&
			(t.p[i + 2] == '\xA8' || t.p[i + 2] == '\xA9');

		if (!line && t.p[i] != '<' && t.p[i] != '>' && t.p[i] != '&')
			continue;
		buf_put(b, t.p + done, i - done);
		buf_printf(b, "\\u%04x", line ? 0x2028 + (t.p[i + 2] == '\xA9')
			: t.p[i]);
		i += line ? 2 : 0;
		done = i + 1;
	}
	buf_text(b, text_from(t, done));
	b->full |= plain.full;
	buf_release(&plain);
}

/* Hostile code points stand in strings only, and none is past U+FFFF. */
void
json_put_shown(struct buf *b, const struct value *v)
{
	struct buf plain;
	struct text rest;
	uint32_t point;

	buf_init_wipe(&plain, b->max);
	json_put(&plain, v);
	rest = buf_view(&plain);
	while (utf8_next(&rest, &point)) {
		char bytes[4];

		if (utf8_is_hostile(point))
			buf_printf(b, "\\u%04x", (unsigned)point);
		else
			buf_put(b, bytes, utf8_encode(point, bytes));
	}
	b->full |= plain.full;
	buf_release(&plain);
}
