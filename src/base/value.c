/* value: the one tree of data that YAML, JSON and templates share. */
#include "base/value.h"

#include <string.h>

#include "base/banned.h"

static struct value *
make(struct arena *a, enum value_kind kind, struct text t)
{
	struct value *v = arena_alloc(a, sizeof *v);

	v->kind = kind;
	v->text = t;
	return v;
}

struct value *
value_null(struct arena *a)
{
	return make(a, VALUE_NULL, (struct text){ 0 });
}

struct value *
value_bool(struct arena *a, bool b)
{
	return make(a, b ? VALUE_TRUE : VALUE_FALSE, (struct text){ 0 });
}

struct value *
value_int(struct arena *a, int64_t n)
{
	return make(a, VALUE_NUMBER, arena_int(a, n));
}

struct value *
value_text(struct arena *a, struct text t)
{
	return make(a, VALUE_TEXT, t);
}

struct value *
value_str(struct arena *a, const char *s)
{
	return make(a, VALUE_TEXT, text_of(s));
}

struct value *
value_html(struct arena *a, struct text t)
{
	return make(a, VALUE_HTML, t);
}

struct value *
value_list(struct arena *a)
{
	return make(a, VALUE_LIST, (struct text){ 0 });
}

struct value *
value_map(struct arena *a)
{
	return make(a, VALUE_MAP, (struct text){ 0 });
}

static struct value *
append(struct arena *a, struct value *v, struct text key, struct value *child)
{
	struct value_item *item = arena_alloc(a, sizeof *item);

	item->key = key;
	item->line = child->line;
	item->value = child;
	if (v->last)
		v->last->next = item;
	else
		v->first = item;
	v->last = item;
	v->count++;
	return child;
}

struct value *
value_push(struct arena *a, struct value *list, struct value *v)
{
	return append(a, list, (struct text){ 0 }, v);
}

/* Most keys differ in length or first letter, which needs no call. */
static bool
is_key(const struct value_item *i, struct text key)
{
	return i->key.len == key.len && (key.len == 0 ||
		(i->key.p[0] == key.p[0] &&
			memcmp(i->key.p, key.p, key.len) == 0));
}

struct value *
value_set_text(struct arena *a, struct value *map, struct text key,
	struct value *v)
{
	for (struct value_item *i = map->first; i; i = i->next) {
		if (is_key(i, key)) {
			i->value = v;
			return v;
		}
	}
	return append(a, map, key, v);
}

struct value *
value_set(struct arena *a, struct value *map, const char *key,
	struct value *v)
{
	return value_set_text(a, map, text_of(key), v);
}

void
value_set_str(struct arena *a, struct value *map, const char *key,
	struct text t)
{
	(void)value_set(a, map, key, value_text(a, t));
}

void
value_set_bool(struct arena *a, struct value *map, const char *key, bool b)
{
	(void)value_set(a, map, key, value_bool(a, b));
}

struct value *
value_copy(struct arena *a, const struct value *map)
{
	struct value *v = value_map(a);
	struct value_item *items = arena_array(a, map->count + 1,
		sizeof *items);

	for (const struct value_item *i = map->first; i; i = i->next) {
		struct value_item *item = &items[v->count++];

		*item = *i;
		item->next = NULL;
		if (v->last)
			v->last->next = item;
		else
			v->first = item;
		v->last = item;
	}
	return v;
}

struct value *
value_find(const struct value *v, struct text key)
{
	if (!v || v->kind != VALUE_MAP)
		return NULL;
	for (const struct value_item *i = v->first; i; i = i->next)
		if (is_key(i, key))
			return i->value;
	return NULL;
}

struct value *
value_get(const struct value *v, const char *key)
{
	return value_find(v, text_of(key));
}

struct text
value_get_text(const struct value *v, const char *key)
{
	const struct value *found = value_get(v, key);

	return found ? found->text : (struct text){ 0 };
}

bool
value_get_bool(const struct value *v, const char *key)
{
	const struct value *found = value_get(v, key);

	return found && found->kind == VALUE_TRUE;
}

bool
value_is_empty(const struct value *v)
{
	return !v || v->kind == VALUE_NULL || v->kind == VALUE_FALSE ||
		(v->kind == VALUE_LIST && v->count == 0);
}
