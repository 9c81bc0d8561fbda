/* search_snippet: the lines that show why a document answers. */
#include "site/search_snippet.h"

#include "base/buf.h"
#include "base/banned.h"

enum {
	SNIPPET_BYTES = 200,
	BEFORE_BYTES = 60, /* that it may begin before the first word found */
	ROOM = 2 * SNIPPET_BYTES
};

static const char ellipsis[] = "\xE2\x80\xA6";
static const char between[] = " \xC2\xB7 "; /* two blocks, a middle dot */

/* Where most words of the query stand near each other, the first such. */
static size_t
best_place(const struct search_hit *h)
{
	size_t best = SEARCH_NOWHERE;
	size_t most = 0;

	for (size_t i = 0; i < SEARCH_WORDS_MAX; i++) {
		size_t from = h->at[i];
		size_t n = 0;

		for (size_t k = 0; k < SEARCH_WORDS_MAX; k++)
			n += h->at[k] >= from && h->at[k] - from <
				SNIPPET_BYTES - BEFORE_BYTES;
		if (from == SEARCH_NOWHERE || n < most ||
			(n == most && from >= best))
			continue;
		best = from;
		most = n;
	}
	return best;
}

/* The beginning of the sentence or block, or of a word when that is far. */
static size_t
beginning(struct text body, size_t at)
{
	size_t least = at > BEFORE_BYTES ? at - BEFORE_BYTES : 0;
	size_t word = at;

	for (size_t i = at; i > least; i--) {
		if (body.p[i - 1] == '\n')
			return i;
		if (body.p[i - 1] == ' ') {
			if (i > 1 && body.p[i - 2] == '.')
				return i;
			word = i;
		}
	}
	return least == 0 ? 0 : word;
}

static size_t
ending(struct text body, size_t from)
{
	size_t end = from + SNIPPET_BYTES;

	if (end >= body.len)
		return body.len;
	while (end > from && body.p[end] != ' ' && body.p[end] != '\n')
		end--;
	if (end > from)
		return end;
	end = from + SNIPPET_BYTES;
	while (end > from && ((unsigned char)body.p[end] & 0xC0) == 0x80)
		end--;
	return end;
}

static bool
is_new_sentence(struct text body, size_t from)
{
	return from == 0 || body.p[from - 1] == '\n' ||
		(from > 1 && body.p[from - 2] == '.');
}

static bool
is_full_stop(char c)
{
	return c == '.' || c == ':' || c == '!' || c == '?';
}

struct text
search_snippet(struct arena *a, const struct search_hit *hit)
{
	struct text body = hit->doc->body;
	size_t at = best_place(hit);
	size_t from, end;
	struct text out;
	struct buf b;

	if (at >= body.len)
		return hit->doc->description;
	from = beginning(body, at);
	end = ending(body, from);
	buf_init(&b, ROOM);
	if (!is_new_sentence(body, from)) {
		buf_str(&b, ellipsis);
		buf_char(&b, ' ');
	}
	for (size_t i = from; i < end; i++)
		if (body.p[i] != '\n')
			buf_char(&b, body.p[i]);
		else if (i + 1 < end)
			buf_str(&b, i > from && is_full_stop(body.p[i - 1])
				? " " : between);
	if (end < body.len && body.p[end] != '\n') {
		buf_char(&b, ' ');
		buf_str(&b, ellipsis);
	}
	out = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return out;
}
