/* search_text: what stands on a page, without its markup. */
#include "site/search_text.h"

#include <stdint.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/banned.h"

/* Elements inside a line; all others end it. */
static const char *const in_line[] = {
	"a", "abbr", "b", "code", "em", "i", "mark", "q", "s", "small",
	"span", "strong", "sub", "sup", "time", "u", "wbr", NULL
};
/* Elements whose text is not the page's running text. */
static const char *const skipped[] = {
	"h1", "h2", "h3", "h4", "h5", "h6", "sup", "svg", "style", "script",
	NULL
};

static const struct {
	const char *name;
	uint32_t point;
} entities[] = {
	{ "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' },
	{ "nbsp", ' ' }, { "shy", 0xAD },
};

struct stripper {
	struct buf out;
	struct text skip; /* the element being skipped; empty: none */
	bool space;       /* white space stands before what comes next */
	bool line;        /* or the end of a block */
};

static bool
is_one_of(struct text name, const char *const *list)
{
	for (size_t i = 0; list[i]; i++)
		if (text_is(name, list[i]))
			return true;
	return false;
}

static void
put(struct stripper *s, uint32_t c)
{
	char bytes[4];

	if (s->skip.len)
		return;
	/* An unbreakable space is for the line, not for the word. */
	if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xA0) {
		s->space = true;
		return;
	}
	if (s->out.len && s->line)
		buf_char(&s->out, '\n');
	else if (s->out.len && s->space)
		buf_char(&s->out, ' ');
	s->line = s->space = false;
	buf_put(&s->out, bytes, utf8_encode(c, bytes));
}

/* How many bytes from the start are ASCII that stands for itself: most. */
static size_t
plain(struct text t)
{
	size_t n = 0;

	while (n < t.len && t.p[n] > ' ' && (unsigned char)t.p[n] < 0x80 &&
		t.p[n] != '<' && t.p[n] != '&')
		n++;
	return n;
}

/* What plain counted: a first letter as any other, then the rest. */
static void
put_plain(struct stripper *s, struct text t)
{
	put(s, (uint32_t)t.p[0]);
	if (!s->skip.len)
		buf_text(&s->out, text_from(t, 1));
}

/* Between "<" and ">". */
static void
read_tag(struct stripper *s, struct text tag)
{
	bool closes = text_starts(tag, "/");
	struct text name = closes ? text_from(tag, 1) : tag;
	size_t n = 0;

	while (n < name.len && name.p[n] != ' ' && name.p[n] != '/' &&
		name.p[n] != '\n')
		n++;
	name.len = n;
	if (!is_one_of(name, in_line))
		s->line = true;
	if (closes && text_eq(name, s->skip))
		s->skip = (struct text){ 0 };
	else if (!closes && !s->skip.len && !text_ends(tag, "/") &&
		is_one_of(name, skipped))
		s->skip = name;
}

/* Between "&" and ";"; false if it is none that we write. */
static bool
read_entity(struct stripper *s, struct text name)
{
	int64_t n;

	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (text_is(name, entities[i].name)) {
			put(s, entities[i].point);
			return true;
		}
	if (!text_starts(name, "#") ||
		!text_to_int(text_from(name, 1), 1, 0xD7FF, &n))
		return false;
	put(s, (uint32_t)n);
	return true;
}

struct text
search_text(struct arena *a, struct html html)
{
	struct text rest = html.markup;
	struct stripper s = { 0 };
	struct text out;
	uint32_t c;

	/* Nothing becomes longer than a malformed byte does. */
	buf_init(&s.out, 4 * rest.len + 1);
	while (rest.len) {
		size_t n = plain(rest);
		size_t end = rest.p[0] == '<' ? text_find(rest, '>')
			: rest.p[0] == '&' ? text_find(text_sub(rest, 0, 10),
				';') : rest.len;

		if (n) {
			put_plain(&s, text_sub(rest, 0, n));
			rest = text_from(rest, n);
		} else if (rest.p[0] == '<' && end < rest.len) {
			read_tag(&s, text_sub(rest, 1, end - 1));
			rest = text_from(rest, end + 1);
		} else if (rest.p[0] == '&' && end < rest.len &&
			end < 10 && read_entity(&s,
				text_sub(rest, 1, end - 1))) {
			rest = text_from(rest, end + 1);
		} else if (utf8_next(&rest, &c)) {
			put(&s, c);
		}
	}
	out = arena_copy(a, buf_view(&s.out));
	buf_release(&s.out);
	return out;
}
