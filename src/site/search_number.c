/* search_number: a telephone number is one word, however it is grouped. */
#include "site/search_number.h"

#include <string.h>

#include "base/banned.h"

enum {
	WHOLE_MIN = 7,  /* digits with the area code */
	WHOLE_MAX = 10,
	BETWEEN_MAX = 2 /* signs between two groups: ") " */
};

/* Sweden's country code, instead of the first 0. */
static const char *const sweden[] = { "+46", "0046", NULL };

/* What stands between two groups; the last three are a no-break space, a
 * narrow one and a hyphen where no line may break. */
static const char *const between[] = { " ", "-", "/", "(", ")", "\xC2\xA0",
	"\xE2\x80\xAF", "\xE2\x80\x91", NULL };

/* Digits by group in a number without its area code. */
static const size_t local[][3] = { { 2, 2, 2 }, { 3, 2, 2 }, { 3, 3, 2 } };

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the one that t begins with; 0 if with none. */
static size_t
beginning(struct text t, const char *const *list)
{
	for (size_t i = 0; list[i]; i++)
		if (text_starts(t, list[i]))
			return strlen(list[i]);
	return 0;
}

static size_t
past_between(struct text source, size_t at)
{
	for (int i = 0; i < BETWEEN_MAX; i++)
		at += beginning(text_from(source, at), between);
	return at;
}

/* How many digits stand there, unless a letter follows them. */
static size_t
group(struct text source, size_t at)
{
	size_t n = 0;
	char c;

	while (at + n < source.len && is_digit(source.p[at + n]))
		n++;
	c = at + n < source.len ? source.p[at + n] : ' ';
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 0 : n;
}

static void
take(struct text source, size_t at, size_t n, struct search_word *out)
{
	for (size_t i = 0; i < n; i++)
		out->bytes[out->len++] = source.p[at + i];
	out->letters = out->len;
	out->to = at + n;
}

/* +46 (0)31 is 031. */
static size_t
past_country(struct text source, size_t at, struct search_word *out)
{
	size_t code = beginning(text_from(source, at), sweden);

	if (!code)
		return at;
	out->bytes[out->len++] = '0';
	at = past_between(source, at + code);
	if (at < source.len && source.p[at] == '0')
		at = past_between(source, at + 1);
	return at;
}

static bool
read_whole(struct text source, size_t at, struct search_word *out)
{
	size_t n;

	at = past_country(source, at, out);
	while ((n = group(source, at)) > 0 && out->len + n <= WHOLE_MAX) {
		take(source, at, n, out);
		at = past_between(source, out->to);
	}
	/* An area code has one 0. */
	return out->len >= WHOLE_MIN && out->bytes[0] == '0' &&
		out->bytes[1] != '0';
}

static bool
read_local(struct text source, size_t at, const size_t *groups, size_t count,
	struct search_word *out)
{
	for (size_t i = 0; i < count; i++) {
		if (group(source, at) != groups[i])
			return false;
		take(source, at, groups[i], out);
		at = past_between(source, out->to);
	}
	return true;
}

bool
search_number(struct text source, size_t at, struct search_word *out)
{
	const struct search_word none = { .from = at, .to = at };

	/* "2026-01-15 08-16" is a day and hours. */
	if (at > 1 && source.p[at - 1] == '-' && is_digit(source.p[at - 2]))
		return false;
	*out = none;
	if (read_whole(source, at, out))
		return true;
	for (size_t i = 0; i < sizeof local / sizeof *local; i++) {
		*out = none;
		if (read_local(source, at, local[i],
			sizeof local[i] / sizeof *local[i], out))
			return true;
	}
	*out = none;
	return false;
}
