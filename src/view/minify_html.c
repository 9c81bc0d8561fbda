/* minify_html: markup without the white space that nobody sees. */
#include "view/minify.h"

#include <string.h>

#include "base/banned.h"

/* Elements whose text is kept as it stands. */
static const char *const raw[] = { "pre", "textarea", "script", "style" };

struct piece {
	struct text in;
	size_t at;
	char *out;
	size_t n;
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct text
left(const struct piece *p)
{
	return text_from(p->in, p->at);
}

static void
copy(struct piece *p, size_t len)
{
	memcpy(p->out + p->n, p->in.p + p->at, len);
	p->n += len;
	p->at += len;
}

/* A run that a comment stood in is one run. */
static void
put_space(struct piece *p)
{
	bool line = false;

	while (p->at < p->in.len && is_space(p->in.p[p->at]))
		line = p->in.p[p->at++] == '\n' || line;
	if (p->n && is_space(p->out[p->n - 1])) {
		if (line)
			p->out[p->n - 1] = '\n';
		return;
	}
	p->out[p->n++] = line ? '\n' : ' ';
}

/* A comment that ends in this piece goes; one with a meaning to others
 * ("<!--[if", "<!--#include") stays. */
static void
put_comment(struct piece *p, struct minify_html *m)
{
	struct text t = left(p);
	struct text body = text_from(t, 4);
	size_t end = text_search(body, "-->");

	if (end < body.len && !strchr("[#", body.p[0])) {
		p->at += 4 + end + 3;
		return;
	}
	m->at = MINIFY_COMMENT;
	copy(p, 4);
}

static void
put_text(struct piece *p, struct minify_html *m)
{
	struct text t = left(p);
	size_t end = 1;

	if (is_space(t.p[0])) {
		put_space(p);
		return;
	}
	if (text_starts(t, "<!--")) {
		put_comment(p, m);
		return;
	}
	/* What a tag of Mustache's cuts off after "<" is a tag too. */
	if (t.p[0] != '<' || (t.len > 1 && !is_letter(t.p[1]) &&
		!strchr("/!?", t.p[1]))) {
		copy(p, 1);
		return;
	}
	while (end < t.len && is_letter(t.p[end]))
		end++;
	m->at = MINIFY_TAG;
	m->quote = 0;
	m->name = text_sub(t, 1, end - 1);
	copy(p, end);
}

/* After <pre> everything is raw until </pre>. */
static void
put_tag(struct piece *p, struct minify_html *m)
{
	char c = p->in.p[p->at];

	copy(p, 1);
	if (m->quote) {
		if (c == m->quote)
			m->quote = 0;
		return;
	}
	if (c == '"' || c == '\'')
		m->quote = c;
	if (c != '>')
		return;
	m->at = MINIFY_TEXT;
	for (size_t i = 0; i < sizeof raw / sizeof *raw; i++)
		if (text_is_word(m->name, raw[i])) {
			m->at = MINIFY_RAW;
			m->raw = raw[i];
		}
}

static void
put_raw(struct piece *p, struct minify_html *m)
{
	struct text t = left(p);

	if (text_starts(t, "</") &&
		text_is_word(text_sub(t, 2, strlen(m->raw)), m->raw))
		m->at = MINIFY_TEXT;
	else
		copy(p, 1);
}

static void
put_inside_comment(struct piece *p, struct minify_html *m)
{
	struct text t = left(p);

	if (text_starts(t, "-->"))
		m->at = MINIFY_TEXT;
	copy(p, 1);
}

struct text
minify_html(struct arena *a, struct minify_html *m, struct text in)
{
	struct piece p = { .in = in, .out = arena_alloc(a, in.len + 1) };

	while (p.at < in.len) {
		switch (m->at) {
		case MINIFY_TEXT:
			put_text(&p, m);
			break;
		case MINIFY_TAG:
			put_tag(&p, m);
			break;
		case MINIFY_COMMENT:
			put_inside_comment(&p, m);
			break;
		case MINIFY_RAW:
			put_raw(&p, m);
			break;
		}
	}
	return (struct text){ p.out, p.n };
}
