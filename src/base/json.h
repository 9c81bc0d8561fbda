/* json: RFC 8259 in, RFC 8785 (canonical) or readable out. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "base/value.h"

enum { JSON_DEPTH_MAX = 64 };

/*
 * Parses one JSON value that fills `source` wholly.  Repeated keys, invalid
 * UTF-8, NUL in strings and nesting deeper than JSON_DEPTH_MAX are refused.
 * `name` stands in the message.
 */
bool json_parse(struct arena *a, const char *name, struct text source,
	struct value **out, struct err *e) __attribute__((warn_unused_result));

/*
 * Appends v without white space, keys in the order they were set.  Escapes
 * are those of RFC 8785 3.2.2.2: only \" \\ \b \t \n \f \r and \u00xx for
 * the other control characters.
 */
void json_put(struct buf *b, const struct value *v);
/* As json_put with keys sorted by bytes: canonical for ASCII keys and for
 * integers, which is all that blankett signs or seals. */
void json_put_canonical(struct buf *b, const struct value *v);

/* As json_put, with <, >, &, U+2028 and U+2029 written as \u escapes: the
 * same JSON, which no HTML parser finds the end of in a <script>. */
void json_put_html(struct buf *b, const struct value *v);

/* As json_put, with what utf8_is_hostile names written as \u escapes: the
 * same JSON, which a terminal shows and does not obey. */
void json_put_shown(struct buf *b, const struct value *v);

#endif
