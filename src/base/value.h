/*
 * value: the one tree of data: what YAML and JSON files hold and what
 * templates read.
 *
 * Values live on an arena and are never freed one by one.  Maps keep the
 * order in which they were written and have no repeated key.  Numbers keep
 * their text, so nothing is lost on the way through.  VALUE_HTML is markup
 * that has already been made safe: templates insert it as it is, while every
 * other kind is escaped, so forgetting to escape is a type error.
 */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

enum value_kind {
	VALUE_NULL,
	VALUE_FALSE,
	VALUE_TRUE,
	VALUE_NUMBER, /* text holds it as JSON writes it */
	VALUE_TEXT,   /* text holds UTF-8 */
	VALUE_HTML,   /* text holds safe markup */
	VALUE_LIST,   /* items without keys */
	VALUE_MAP     /* items with keys */
};

struct value_item;

struct value {
	enum value_kind kind;
	int line;                 /* in its source file, from 1; 0 unknown */
	struct text text;         /* scalars only */
	struct value_item *first; /* LIST and MAP only */
	struct value_item *last;
	size_t count;             /* of items */
};

struct value_item {
	struct text key;   /* empty in a list */
	int line;          /* of the key; 0 unknown */
	struct value *value; /* never NULL */
	struct value_item *next;
};

struct value *value_null(struct arena *a);
struct value *value_bool(struct arena *a, bool b);
struct value *value_int(struct arena *a, int64_t n);
/* Borrows t: it must live as long as the value. */
struct value *value_text(struct arena *a, struct text t);
struct value *value_str(struct arena *a, const char *s);
struct value *value_html(struct arena *a, struct text t);
struct value *value_list(struct arena *a);
struct value *value_map(struct arena *a);

/* Appends to a list and returns v. */
struct value *value_push(struct arena *a, struct value *list, struct value *v);
/* Adds or replaces a key in a map and returns v; borrows key. */
struct value *value_set(struct arena *a, struct value *map, const char *key,
	struct value *v);
struct value *value_set_text(struct arena *a, struct value *map,
	struct text key, struct value *v);
/* Short forms of the commonest value_set. */
void value_set_str(struct arena *a, struct value *map, const char *key,
	struct text t);
void value_set_bool(struct arena *a, struct value *map, const char *key,
	bool b);

/* A map of its own with the same keys and values. */
struct value *value_copy(struct arena *a, const struct value *map);

/* The value under key, or NULL if v is NULL, no map, or has no such key. */
struct value *value_get(const struct value *v, const char *key);
struct value *value_find(const struct value *v, struct text key);
/* The text of a scalar under key; empty text if absent or no scalar. */
struct text value_get_text(const struct value *v, const char *key);
bool value_get_bool(const struct value *v, const char *key);

/* Mustache's "falsey": NULL, null, false, and the empty list. */
bool value_is_empty(const struct value *v);

#endif
