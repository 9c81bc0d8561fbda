/* utf8: is it UTF-8 (RFC 3629), how long is it, and is it safe to show. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

/* Well-formed UTF-8: no overlong form, no surrogate, nothing past U+10FFFF. */
bool utf8_valid(struct text t);

/* Number of code points in well-formed UTF-8. */
size_t utf8_count(struct text t);

/*
 * Takes the first code point off *rest, or returns false when it is empty.
 * A malformed sequence gives U+FFFD and takes one byte, so a loop ends.
 */
bool utf8_next(struct text *rest, uint32_t *point);

/* Appends one code point (must not be a surrogate); returns bytes written. */
size_t utf8_encode(uint32_t point, char out[4]);

/* Control characters other than \t and \n, and the bidi controls of UAX #9:
 * they can make shown text differ from stored text. */
bool utf8_is_hostile(uint32_t point);

/*
 * Index of the first hostile code point of well-formed UTF-8, with it in
 * *point; t.len if there is none.  A CR that a LF follows is none.
 */
size_t utf8_find_hostile(struct text t, uint32_t *point);

/* Well-formed and without one: both at once, for whole files. */
bool utf8_is_clean(struct text t);

/*
 * A copy for people to look at: every hostile code point becomes U+FFFD,
 * also in malformed input.  Tab and newline stay.
 */
struct text utf8_visible(struct arena *a, struct text t);

#endif
