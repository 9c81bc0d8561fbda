/* minify_css: a style sheet without comments and needless blanks. */
#include "view/minify.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/banned.h"

struct sheet {
	struct text in;
	size_t at;
	char *out;
	size_t n;
	bool blank;  /* white space, or a comment beside some, is waiting */
	bool broken; /* a string or comment without end */
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* What needs no blank before it, nor after it.  Not "+" and "-", which
 * calc() tells apart by their blanks; not ":" before, where "a :hover" is
 * another than "a:hover"; not "(" before, where "and (" is no function. */
static bool
ends_alone(char c)
{
	return c && strchr("{};,>", c);
}

static bool
needs_blank(const struct sheet *s, char next)
{
	char last = s->n ? s->out[s->n - 1] : '{';

	/* An empty value is one blank: "--x: ;". */
	if (last == ':')
		return next == ';' || next == '}';
	return !ends_alone(last) && !ends_alone(next) && last != '(' &&
		next != ')';
}

static void
put(struct sheet *s, size_t len)
{
	char c = s->in.p[s->at];

	/* The last ";" of a rule ends nothing. */
	if (c == '}' && s->n > 1 && s->out[s->n - 1] == ';' &&
		s->out[s->n - 2] != '\\')
		s->n--;
	if (s->blank && needs_blank(s, c))
		s->out[s->n++] = ' ';
	s->blank = false;
	memcpy(s->out + s->n, s->in.p + s->at, len);
	s->n += len;
	s->at += len;
}

/* From a quote to its like; a backslash takes what is after it along. */
static size_t
string_len(struct text t)
{
	for (size_t i = 1; i < t.len; i++) {
		if (t.p[i] == '\\')
			i++;
		else if (t.p[i] == t.p[0])
			return i + 1;
	}
	return 0;
}

/* "url(" and what is in it, if that is not a string. */
static size_t
url_len(struct text t)
{
	size_t i = 4;

	if (t.len < 4 || strncasecmp(t.p, "url(", 4) != 0)
		return 0;
	while (i < t.len && is_space(t.p[i]))
		i++;
	if (i == t.len || t.p[i] == '"' || t.p[i] == '\'')
		return 0;
	i += text_find(text_from(t, i), ')');
	return i < t.len ? i + 1 : 0;
}

/* A backslash and what it takes along: a character, or up to six digits and
 * the one blank that ends them. */
static size_t
escape_len(struct text t)
{
	size_t i = 1;

	while (i < t.len && i <= 6 && isxdigit((unsigned char)t.p[i]))
		i++;
	if (i == 1)
		return t.len < 2 ? 1 : 2;
	return i < t.len && is_space(t.p[i]) ? i + 1 : i;
}

static void
put_comment(struct sheet *s)
{
	struct text t = text_from(s->in, s->at);
	size_t end = text_search(text_from(t, 2), "*/");
	bool beside;

	if (end == t.len - 2) {
		s->broken = true;
		return;
	}
	end += 4;
	/* A licence stays; and what parts two words is no blank. */
	beside = s->blank || s->n == 0 || end == t.len || is_space(t.p[end]) ||
		ends_alone(s->out[s->n - 1]) || ends_alone(t.p[end]);
	if (t.p[2] == '!' || !beside) {
		put(s, end);
		return;
	}
	s->at += end;
}

static void
step(struct sheet *s)
{
	struct text t = text_from(s->in, s->at);
	size_t len = 1;

	if (is_space(t.p[0])) {
		s->blank = true;
		s->at++;
		return;
	}
	if (text_starts(t, "/*")) {
		put_comment(s);
		return;
	}
	if (t.p[0] == '"' || t.p[0] == '\'') {
		len = string_len(t);
		s->broken = len == 0;
	} else if (t.p[0] == '\\') {
		len = escape_len(t);
	} else if (url_len(t)) {
		len = url_len(t);
	}
	if (!s->broken)
		put(s, len);
}

struct text
minify_css(struct arena *a, struct text css)
{
	/* A blank is written only where there was one. */
	struct sheet s = { .in = css, .out = arena_alloc(a, css.len + 1) };

	while (s.at < css.len && !s.broken)
		step(&s);
	return s.broken ? css : (struct text){ s.out, s.n };
}
