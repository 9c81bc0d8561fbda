/*
 * yaml: front matter and configuration, the part of YAML 1.1 that people
 * write by hand.
 *
 * Maps, lists and scalars, each value with its line.  Only unquoted `true`
 * and `false` are booleans: `no`, `on`, `12` and `2026-11-22` stay text, so
 * that no word of Swedish changes its meaning.  An empty value is null.
 * Refused with a line number: anchors, aliases, tags, several documents,
 * repeated keys, keys that are not scalars, nesting deeper than
 * YAML_DEPTH_MAX, more than YAML_KEYS_MAX keys in one map, text that is not
 * UTF-8, characters that utf8_is_hostile names.  A byte order mark is passed
 * over.
 */
#ifndef BASE_YAML_H
#define BASE_YAML_H

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "base/value.h"

enum { YAML_DEPTH_MAX = 16, YAML_KEYS_MAX = 4096 };

/*
 * Parses `source` into *out, a map (an empty one for an empty document).
 * `name` is the file's name in messages; `line` is the number of source's
 * first line in that file, 1 for a whole file.
 */
bool yaml_parse(struct arena *a, const char *name, int line,
	struct text source, struct value **out, struct err *e)
	__attribute__((warn_unused_result));

#endif
