/* output: results on standard output, which may be a terminal. */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"

/* Writes what b holds as it is. */
bool output_text(const struct buf *b, struct err *e)
	__attribute__((warn_unused_result));
/* Writes a value as one line of JSON that a terminal shows and does not
 * obey: control and bidi characters become \u escapes. */
bool output_json(const struct value *v, struct err *e)
	__attribute__((warn_unused_result));

#endif
