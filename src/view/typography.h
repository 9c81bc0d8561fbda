/*
 * typography: quotes, dashes and spaces as a typesetter would set them.
 *
 *     "så"           ”så” in Swedish, “so” in English; 'så' likewise
 *     a -- b, a---b  an en dash, an em dash
 *     ...            an ellipsis
 *     434 81, 9 §    a space that no line may break at, between two numbers
 *     kap. 2, 50 kr  and between a number and its sign, abbreviation, unit
 *     1 juli, kl. 8  or month, as Swedish and English have them
 */
#ifndef VIEW_TYPOGRAPHY_H
#define VIEW_TYPOGRAPHY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

/*
 * Appends t, typeset, to out and returns true; or returns false and appends
 * nothing if t is well set as it is.  `before` is the byte that stands
 * before t in its paragraph, a space if there is none.  The byte behind t
 * is looked at too: there must be one, a NUL or any other.
 */
bool typography(struct text t, bool english, char before, struct buf *out)
	__attribute__((warn_unused_result));

/* t typeset as a whole, on the arena if anything had to be set. */
struct text typography_line(struct arena *a, struct text t, bool english);

/* Must a space (or line break) between these two texts not be broken at? */
bool typography_glued(struct text before, struct text after, bool english);

#endif
