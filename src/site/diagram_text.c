/* diagram_text: how wide a text is about to be, and where its lines end. */
#include "site/diagram_text.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/banned.h"

enum {
	SPACE_FROM = 0x20,
	BOLDER = 113      /* hundredths of the ordinary width */
};

/* U+0020 to U+007E in hundredths of the size, as in the widest of the
 * typefaces that systems show sans-serif text in. */
static const unsigned char widths[] = {
	32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53,
	100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
	60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50,
	50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61,
	63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84
};

/* Ranges of the others, each up to its last code point. */
static const struct {
	uint32_t last;
	int width;
} others[] = {
	{ 0xAC, 64 },
	{ 0xAD, 0 },       /* soft hyphen */
	{ 0xDF, 79 },      /* large letters */
	{ 0x2FF, 64 },
	{ 0x36F, 0 },      /* marks on the letter before */
	{ 0x10FF, 80 },
	{ 0x200A, 100 },
	{ 0x200F, 0 },     /* joiners and directions */
	{ 0x2013, 50 },
	{ 0x2015, 100 },
	{ 0x201F, 52 },    /* quotes */
	{ 0x10FFFF, 100 }
};

static int
point_width(uint32_t c)
{
	size_t i = 0;

	if (c >= SPACE_FROM && c - SPACE_FROM < sizeof widths)
		return widths[c - SPACE_FROM];
	while (others[i].last < c)
		i++;
	return others[i].width;
}

/* In hundredths of a unit, so that no letter is rounded. */
static long
fine_width(struct text line, const struct diagram_type *type)
{
	long sum = 0;
	uint32_t c;

	while (utf8_next(&line, &c))
		sum += point_width(c);
	sum *= type->size;
	return type->bold ? sum * BOLDER / 100 : sum;
}

int
diagram_text_width(struct text line, const struct diagram_type *type)
{
	return (int)((fine_width(line, type) + 99) / 100);
}

static bool
fits(const char *from, const char *to, const struct diagram_type *type,
	int width)
{
	struct text t = { from, (size_t)(to - from) };

	return fine_width(t, type) <= (long)width * 100;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *
word_end(const char *p, const char *end)
{
	while (p < end && !is_space(*p))
		p++;
	return p;
}

static const char *
after_space(const char *p, const char *end)
{
	while (p < end && is_space(*p))
		p++;
	return p;
}

/* How much of a word too long for its line goes on it: never less than a
 * letter, so that every line takes something. */
static size_t
word_cut(struct text word, const struct diagram_type *type, int width,
	bool *hyphen)
{
	struct text rest = word;
	int room = width - diagram_text_width(text_of("-"), type);
	size_t after_hyphen = 0;
	size_t letters = 0;
	uint32_t c;

	while (utf8_next(&rest, &c)) {
		size_t n = word.len - rest.len;

		if (!letters || fits(word.p, word.p + n, type, room))
			letters = n;
		if (!fits(word.p, word.p + n, type, width))
			break;
		if (c == '-' && rest.len)
			after_hyphen = n;
	}
	*hyphen = !after_hyphen && letters < word.len;
	return after_hyphen ? after_hyphen : letters;
}

/* The next line; false at the end. */
static bool
next_line(struct text *rest, const struct diagram_type *type, int width,
	struct text *line, bool *hyphen)
{
	const char *end = rest->p + rest->len;
	const char *from, *to, *next;

	*hyphen = false;
	if (!rest->len)
		return false;
	from = after_space(rest->p, end);
	to = word_end(from, end);
	if (from == end)
		return false;
	if (!fits(from, to, type, width)) {
		to = from + word_cut((struct text){ from,
			(size_t)(to - from) }, type, width, hyphen);
	} else {
		for (next = after_space(to, end); next < end;
			next = after_space(to, end)) {
			next = word_end(next, end);
			if (!fits(from, next, type, width))
				break;
			to = next;
		}
	}
	*line = (struct text){ from, (size_t)(to - from) };
	*rest = (struct text){ to, (size_t)(end - to) };
	return true;
}

static size_t
count_lines(struct text t, const struct diagram_type *type, int width)
{
	struct text line;
	bool hyphen;
	size_t n = 0;

	while (next_line(&t, type, width, &line, &hyphen))
		n++;
	return n;
}

/* The least width that gives no more lines, and cuts no word in two. */
static int
even_width(struct text t, const struct diagram_type *type, int width)
{
	size_t count = count_lines(t, type, width);
	struct text rest = t;
	struct text line;
	int step = type->size / 2 + 1;
	bool hyphen = false;

	while (!hyphen && next_line(&rest, type, width, &line, &hyphen))
		continue;
	if (hyphen)
		return width;
	while (width > step && count_lines(t, type, width - step) == count) {
		rest = t;
		while (!hyphen && next_line(&rest, type, width - step, &line,
			&hyphen))
			continue;
		if (hyphen)
			break;
		width -= step;
	}
	return width;
}

struct diagram_lines
diagram_text_lines(struct arena *a, struct text t,
	const struct diagram_type *type, int width)
{
	struct diagram_lines out = { 0 };
	struct text line;
	bool hyphen;

	if (type->even)
		width = even_width(t, type, width);
	out.items = arena_array(a, count_lines(t, type, width) + 1,
		sizeof *out.items);
	while (next_line(&t, type, width, &line, &hyphen))
		out.items[out.count++] = hyphen ? arena_printf(a, "%.*s-",
			(int)line.len, line.p) : line;
	return out;
}

/* ---- from markup -------------------------------------------------------- */

/* What renderers write for characters that markup needs for itself. */
static const struct {
	const char *written, *meant;
} references[] = {
	{ "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" },
	{ "&quot;", "\"" }, { "&#39;", "'" },
};

static size_t
put_reference(struct buf *b, struct text at)
{
	for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
		if (!text_starts(at, references[i].written))
			continue;
		buf_str(b, references[i].meant);
		return text_of(references[i].written).len;
	}
	buf_char(b, '&');
	return 1;
}

static bool
is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

struct text
diagram_text_plain(struct arena *a, struct text markup)
{
	struct text out;
	struct buf b;
	bool gap = false;

	buf_init(&b, DIAGRAM_TEXT_MAX + 16);
	for (size_t i = 0; i < markup.len; ) {
		char c = markup.p[i];

		if (c == '<') {
			i += text_find(text_from(markup, i), '>') + 1;
			continue;
		}
		if (is_space(c)) {
			gap = b.len > 0;
			i++;
			continue;
		}
		if (b.len >= DIAGRAM_TEXT_MAX && !is_continuation(c)) {
			buf_str(&b, "\xE2\x80\xA6");
			break;
		}
		if (gap)
			buf_char(&b, ' ');
		gap = false;
		if (c == '&') {
			i += put_reference(&b, text_from(markup, i));
			continue;
		}
		buf_char(&b, c);
		i++;
	}
	out = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return out;
}
