/* text: a borrowed run of bytes, passed by value and never freed. */
#include "base/text.h"

#include <string.h>
#include <strings.h>

#include "base/banned.h"

enum { NEAREST_MAX = 40 };

bool
text_is_word(struct text a, const char *word)
{
	return a.len == strlen(word) &&
		(a.len == 0 || strncasecmp(a.p, word, a.len) == 0);
}

int
text_cmp(struct text a, struct text b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	if (c != 0)
		return c;
	return (a.len > b.len) - (a.len < b.len);
}

size_t
text_find(struct text a, char c)
{
	const char *hit = a.len ? memchr(a.p, c, a.len) : NULL;

	return hit ? (size_t)(hit - a.p) : a.len;
}

size_t
text_search(struct text a, const char *needle)
{
	size_t n = strlen(needle);

	for (size_t i = 0; i + n <= a.len; i++) {
		const char *hit = memchr(a.p + i, needle[0], a.len - i - n + 1);

		if (!hit)
			return a.len;
		i = (size_t)(hit - a.p);
		if (memcmp(hit, needle, n) == 0)
			return i;
	}
	return a.len;
}

struct text
text_from(struct text a, size_t from)
{
	if (from >= a.len)
		return (struct text){ NULL, 0 };
	return (struct text){ a.p + from, a.len - from };
}

struct text
text_sub(struct text a, size_t from, size_t len)
{
	struct text t = text_from(a, from);

	if (t.len > len)
		t.len = len;
	return t;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text
text_trim(struct text a)
{
	while (a.len && is_space(a.p[0])) {
		a.p++;
		a.len--;
	}
	while (a.len && is_space(a.p[a.len - 1]))
		a.len--;
	return a;
}

bool
text_split(struct text *rest, char sep, struct text *piece)
{
	size_t at;

	if (!rest->p)
		return false;
	at = text_find(*rest, sep);
	*piece = (struct text){ rest->p, at };
	if (at == rest->len)
		*rest = (struct text){ NULL, 0 };
	else
		*rest = (struct text){ rest->p + at + 1, rest->len - at - 1 };
	return true;
}

bool
text_line(struct text *rest, struct text *line)
{
	if (rest->len == 0)
		return false;
	if (!text_split(rest, '\n', line))
		return false;
	if (line->len && line->p[line->len - 1] == '\r')
		line->len--;
	return true;
}

bool
text_to_int(struct text a, int64_t min, int64_t max, int64_t *out)
{
	bool negative = min < 0 && a.len && a.p[0] == '-';
	size_t i = negative ? 1 : 0;
	int64_t n = 0;

	if (i == a.len)
		return false;
	for (; i < a.len; i++) {
		int digit = a.p[i] - '0';

		if (digit < 0 || digit > 9 || n > (INT64_MAX - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	if (negative)
		n = -n;
	if (n < min || n > max)
		return false;
	*out = n;
	return true;
}

/* What both begin with and both end with keeps them no further apart. */
static void
cut_alike(struct text *a, struct text *b)
{
	while (a->len && b->len && a->p[0] == b->p[0]) {
		*a = text_from(*a, 1);
		*b = text_from(*b, 1);
	}
	while (a->len && b->len && a->p[a->len - 1] == b->p[b->len - 1]) {
		a->len--;
		b->len--;
	}
}

/* Levenshtein's distance between texts of at most NEAREST_MAX bytes, if it is
 * less than `limit`. */
static size_t
distance(struct text a, struct text b, size_t limit)
{
	size_t row[NEAREST_MAX + 1];

	cut_alike(&a, &b);
	if (a.len >= b.len + limit || b.len >= a.len + limit)
		return limit;
	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t diagonal = row[0];
		size_t nearest = i;

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t best = diagonal + (a.p[i - 1] != b.p[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
			nearest = best < nearest ? best : nearest;
		}
		if (nearest >= limit)
			return limit;
	}
	return row[b.len];
}

const char *
text_nearest(struct text wrong, const char *const names[])
{
	const char *best = NULL;
	size_t least = 3;

	if (wrong.len > NEAREST_MAX)
		return NULL;
	for (size_t i = 0; names[i]; i++) {
		struct text name = text_of(names[i]);
		size_t d;

		if (name.len > NEAREST_MAX)
			continue;
		d = distance(wrong, name, least);
		if (d < least && 2 * d <= wrong.len) {
			least = d;
			best = names[i];
		}
	}
	return best;
}
