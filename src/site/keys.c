/* keys: a YAML map read against the table of keys it may have. */
#include "site/keys.h"

#include <string.h>

#include "base/banned.h"

enum { NAMES_SHOWN = 180 }; /* bytes, of the keys there are */

static const struct key *
find(const struct key *table, struct text name)
{
	for (; table->name; table++)
		if (text_is(name, table->name))
			return table;
	return NULL;
}

/* "title, description": all there are, if a message holds them. */
static bool
list_names(const struct key *table, char *out, size_t max)
{
	size_t n = 0;

	for (const struct key *k = table; k->name; k++) {
		size_t len = strlen(k->name);

		if (n + len + 3 > max)
			return false;
		if (n) {
			out[n++] = ',';
			out[n++] = ' ';
		}
		memcpy(out + n, k->name, len);
		n += len;
	}
	out[n] = '\0';
	return n > 0;
}

static bool
unknown(const char *path, const struct value_item *item,
	const struct key *table, struct err *e)
{
	const char *names[KEYS_MAX + 1] = { 0 };
	char all[NAMES_SHOWN];
	const char *near;

	for (size_t i = 0; table[i].name && i < KEYS_MAX; i++)
		names[i] = table[i].name;
	near = text_nearest(item->key, names);
	if (!near && list_names(table, all, sizeof all))
		return err_set(e, ERR_FORMAT, "%s:%d: unknown key \"%.*s\"; "
			"there are %s", path, item->line, (int)item->key.len,
			item->key.p, all);
	return err_set(e, ERR_FORMAT,
		near ? "%s:%d: unknown key \"%.*s\" (did you mean \"%s\"?)"
		     : "%s:%d: unknown key \"%.*s\"",
		path, item->line, (int)item->key.len, item->key.p, near);
}

/* "12 months", "1 month", "2 years", "1 year". */
static bool
parse_months(struct text t, int *months)
{
	size_t space = text_find(t, ' ');
	struct text unit = text_trim(text_from(t, space));
	bool years = text_is(unit, "year") || text_is(unit, "years");
	int64_t n;

	if (!years && !text_is(unit, "month") && !text_is(unit, "months"))
		return false;
	if (!text_to_int(text_sub(t, 0, space), 1,
		KEY_MONTHS_MAX / (years ? 12 : 1), &n))
		return false;
	*months = (int)n * (years ? 12 : 1);
	return true;
}

static bool
is_line(const struct value *v)
{
	return v->kind == VALUE_TEXT && text_find(v->text, '\n') == v->text.len;
}

static bool
is_lines(const struct value *v)
{
	if (v->kind != VALUE_LIST)
		return is_line(v);
	for (const struct value_item *i = v->first; i; i = i->next)
		if (!is_line(i->value))
			return false;
	return true;
}

/* Is it a text, or a list with one, that is longer than a line may be? */
static bool
is_too_long(const struct value *v)
{
	if (v->kind != VALUE_LIST)
		return v->text.len > KEY_LINE_MAX;
	for (const struct value_item *i = v->first; i; i = i->next)
		if (i->value->text.len > KEY_LINE_MAX)
			return true;
	return false;
}

/* What the value had to be, or NULL if that is what it is. */
static const char *
wrong(const struct value *v, enum key_kind kind)
{
	struct date d;
	int64_t n;
	int months;

	if (v->kind == VALUE_NULL)
		return NULL;
	if (kind != KEY_TEXT && kind != KEY_MAP && is_too_long(v))
		return "at most 2000 bytes long";
	if (kind == KEY_LINES && v->count > KEY_LINES_MAX)
		return "at most 1000 lines";
	switch (kind) {
	case KEY_LINE:
		return is_line(v) ? NULL : "one line of text";
	case KEY_TEXT:
		return v->kind == VALUE_TEXT ? NULL : "text";
	case KEY_BOOL:
		return v->kind == VALUE_TRUE || v->kind == VALUE_FALSE ? NULL
			: "true or false";
	case KEY_NUMBER:
		return v->kind == VALUE_TEXT && text_to_int(v->text,
			-KEY_NUMBER_MAX, KEY_NUMBER_MAX, &n) ? NULL
			: "a whole number";
	case KEY_DATE:
		return v->kind == VALUE_TEXT && date_parse(v->text, &d) ? NULL
			: "a date that exists, like 2026-11-22";
	case KEY_MONTHS:
		return v->kind == VALUE_TEXT && parse_months(v->text, &months)
			? NULL : "a time like \"12 months\" or \"1 year\"";
	case KEY_LINES:
		return is_lines(v) ? NULL : "one line of text or a list of them";
	case KEY_MAP:
		return v->kind == VALUE_MAP ? NULL
			: "followed by indented lines of \"key: value\"";
	}
	return NULL;
}

static bool
check_item(const char *path, const struct value_item *item,
	const struct key *table, struct err *e)
{
	const struct key *key = find(table, item->key);
	const char *must = key ? wrong(item->value, key->kind) : NULL;

	if (!key)
		return unknown(path, item, table, e);
	return !must || err_set(e, ERR_FORMAT, "%s:%d: \"%s\" must be %s",
		path, item->line, key->name, must);
}

bool
keys_check(const char *path, const struct value *map, const struct key *table,
	struct err *e)
{
	for (const struct value_item *i = map->first; i; i = i->next)
		if (!check_item(path, i, table, e))
			return false;
	return true;
}

void
keys_check_all(const char *path, const struct value *map,
	const struct key *table, struct faults *faults)
{
	struct err e = { 0 };

	for (const struct value_item *i = map->first; i; i = i->next)
		if (!check_item(path, i, table, &e) &&
			!fault_seen(faults, &e))
			return;
}

struct text
keys_text(const struct value *map, const char *name)
{
	const struct value *v = value_get(map, name);

	return v && v->kind == VALUE_TEXT ? v->text : (struct text){ 0 };
}

bool
keys_bool(const struct value *map, const char *name, bool absent)
{
	const struct value *v = value_get(map, name);

	return v && v->kind != VALUE_NULL ? v->kind == VALUE_TRUE : absent;
}

int
keys_number(const struct value *map, const char *name, int absent)
{
	int64_t n;

	return text_to_int(keys_text(map, name), -KEY_NUMBER_MAX,
		KEY_NUMBER_MAX, &n) ? (int)n : absent;
}

struct date
keys_date(const struct value *map, const char *name)
{
	struct date d = { 0 };

	if (!date_parse(keys_text(map, name), &d))
		return (struct date){ 0 };
	return d;
}

int
keys_months(const struct value *map, const char *name)
{
	int months;

	return parse_months(keys_text(map, name), &months) ? months : 0;
}

struct text *
keys_lines(struct arena *a, const struct value *map, const char *name,
	size_t *count)
{
	const struct value *v = value_get(map, name);
	struct text *lines;

	*count = 0;
	if (!v || v->kind == VALUE_NULL)
		return NULL;
	lines = arena_array(a, v->kind == VALUE_LIST ? v->count : 1,
		sizeof *lines);
	if (v->kind != VALUE_LIST) {
		lines[(*count)++] = v->text;
		return lines;
	}
	for (const struct value_item *i = v->first; i; i = i->next)
		lines[(*count)++] = i->value->text;
	return lines;
}

int *
keys_wheres(struct arena *a, const struct value *map, const char *name,
	size_t count)
{
	const struct value *v = value_get(map, name);
	int *lines = count ? arena_array(a, count, sizeof *lines) : NULL;
	const struct value_item *item = v ? v->first : NULL;

	for (size_t i = 0; i < count; i++) {
		lines[i] = item ? item->value->line : v->line;
		item = item ? item->next : NULL;
	}
	return lines;
}

int
keys_where(const struct value *map, const char *name, int absent)
{
	for (const struct value_item *i = map->first; i; i = i->next)
		if (text_is(i->key, name))
			return i->line;
	return absent;
}
