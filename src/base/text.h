/*
 * text: a borrowed run of bytes, passed by value and never freed.
 *
 * A struct text points into memory that somebody else owns (an arena, a
 * buf, a literal); it is not NUL-terminated unless its maker says so.  p may
 * be NULL only when len is 0.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct text {
	const char *p; /* first byte; NULL only if len is 0 */
	size_t len;    /* bytes */
};

/* What is called for every word of a page is defined here, so that a compiler
 * knows the lengths of literals. */

/* The text of a NUL-terminated string; the empty text for NULL. */
static inline struct text
text_of(const char *s)
{
	return (struct text){ s, s ? strlen(s) : 0 };
}

static inline bool
text_eq(struct text a, struct text b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

/* Is a the same bytes as the NUL-terminated s? */
static inline bool
text_is(struct text a, const char *s)
{
	return text_eq(a, text_of(s));
}

static inline bool
text_starts(struct text a, const char *prefix)
{
	size_t n = strlen(prefix);

	return a.len >= n && (n == 0 || memcmp(a.p, prefix, n) == 0);
}

static inline bool
text_ends(struct text a, const char *suffix)
{
	size_t n = strlen(suffix);

	return a.len >= n &&
		(n == 0 || memcmp(a.p + a.len - n, suffix, n) == 0);
}

/* The same but for the case of ASCII letters: names in HTTP and HTML. */
bool text_is_word(struct text a, const char *word);

/* Bytewise order, the shorter first among equals; for qsort and tables. */
int text_cmp(struct text a, struct text b);

/* Index of the first c in a, or a.len if there is none. */
size_t text_find(struct text a, char c);
/* Index of the first occurrence of the non-empty needle, or a.len. */
size_t text_search(struct text a, const char *needle);

/* The part from byte `from`, up to `len` bytes; clipped to what is there. */
struct text text_sub(struct text a, size_t from, size_t len);
/* The part from byte `from` on; empty if that is past the end. */
struct text text_from(struct text a, size_t from);
/* Without ASCII white space (space, \t, \r, \n, \f, \v) at both ends. */
struct text text_trim(struct text a);

/*
 * Takes the next piece before `sep` off *rest and writes it to *piece;
 * false when *rest had been used up (its p is NULL then).  "a,,b" gives "a",
 * "" and "b"; "" gives one empty piece.
 */
bool text_split(struct text *rest, char sep, struct text *piece);
/* The next line without its "\n" or "\r\n"; a last empty line is no line. */
bool text_line(struct text *rest, struct text *line);

/*
 * A decimal number of digits only (a leading "-" where min < 0) within
 * [min, max]; false otherwise.
 */
bool text_to_int(struct text a, int64_t min, int64_t max, int64_t *out)
	__attribute__((warn_unused_result, nonnull(4)));

/*
 * The name in the NULL-terminated list that a person who wrote `wrong` most
 * likely meant (edit distance at most 2, and at most half the length of
 * `wrong`), or NULL.  For "did you mean ...?".
 */
const char *text_nearest(struct text wrong, const char *const names[]);

#endif
