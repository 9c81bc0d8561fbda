/*
 * unwritten: the sign before each text that is still to be written.
 *
 * A file that `blankett new` starts has it before each example, so that its
 * writer sees what to replace, and nobody publishes an example.
 */
#ifndef BASE_UNWRITTEN_H
#define BASE_UNWRITTEN_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"

/* U+270E, a pencil. */
#define UNWRITTEN "\xE2\x9C\x8E"

bool unwritten_is_in(struct text t);

/*
 * Takes lines off *rest up to the next one with the sign, counting them in
 * *line; false if there is no more.
 */
bool unwritten_next(struct text *rest, int *line);

/* Says what to do about that line; returns false. */
bool unwritten_fail(const char *path, int line, struct err *e);

#endif
