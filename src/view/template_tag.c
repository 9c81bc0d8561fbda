/* template_tag: finds a template's tags and pairs them. */
#include "view/template_tag.h"

#include <string.h>

#include "view/template.h"
#include "base/banned.h"

enum { DELIMITER_MAX = 8 };

static bool
fault(const struct template_tags *p, int line, const char *what,
	struct text name)
{
	return err_set(p->e, ERR_FORMAT, "%s:%d: %s%.*s", p->name, line, what,
		(int)name.len, name.p ? name.p : "");
}

static bool
has_space(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if (t.p[i] == ' ' || (t.p[i] >= '\t' && t.p[i] <= '\r'))
			return true;
	return false;
}

/* Where needle begins at or after `from`; the source's length if nowhere. */
static size_t
find(struct text source, size_t from, struct text needle)
{
	while (from + needle.len <= source.len) {
		const char *hit = memchr(source.p + from, needle.p[0],
			source.len - from - needle.len + 1);

		if (!hit)
			break;
		from = (size_t)(hit - source.p);
		if (memcmp(hit, needle.p, needle.len) == 0)
			return from;
		from++;
	}
	return source.len;
}

static struct template_tag *
add_tag(struct template_tags *p)
{
	if (p->count == p->cap) {
		struct template_tag *more;

		p->cap = p->cap ? p->cap * 2 : 32;
		more = arena_array(&p->scratch, p->cap, sizeof *more);
		if (p->count)
			memcpy(more, p->tags, p->count * sizeof *more);
		p->tags = more;
	}
	return &p->tags[p->count++];
}

/* {{=<% %>=}} */
static bool
set_delimiters(struct template_tags *p, const struct template_tag *t)
{
	size_t cut = 0;
	struct text open, close;

	while (cut < t->name.len && !has_space(text_sub(t->name, cut, 1)))
		cut++;
	open = text_sub(t->name, 0, cut);
	close = text_trim(text_from(t->name, cut));
	if (open.len == 0 || open.len > DELIMITER_MAX || close.len == 0 ||
		close.len > DELIMITER_MAX || has_space(close) ||
		text_find(open, '=') < open.len ||
		text_find(close, '=') < close.len)
		return fault(p, t->line, "delimiters are two words of at most"
			" 8 characters without \"=\"", text_of(NULL));
	p->open = open;
	p->close = close;
	return true;
}

static bool
check_name(struct template_tags *p, const struct template_tag *t)
{
	if (t->name.len == 0)
		return fault(p, t->line, "a tag has no name", text_of(NULL));
	if (t->name.len > TEMPLATE_NAME_MAX)
		return fault(p, t->line, "a tag's name is too long",
			text_of(NULL));
	if (has_space(t->name))
		return fault(p, t->line, "a tag's name has a space in it: ",
			t->name);
	return true;
}

/* Reads the tag whose open delimiter begins at `at`. */
static bool
read_tag(struct template_tags *p, size_t at, int line)
{
	struct template_tag *t = add_tag(p);
	struct text mark = p->close; /* what ends it */
	char ending[DELIMITER_MAX + 1];
	size_t from = at + p->open.len;
	size_t to;

	t->line = line;
	t->from = at;
	t->sigil = 'v';
	if (from < p->source.len && strchr("#^/><$!=&{", p->source.p[from]) &&
		p->source.p[from])
		t->sigil = p->source.p[from++];
	if (t->sigil == '{' || t->sigil == '=') {
		ending[0] = t->sigil == '{' ? '}' : '=';
		memcpy(ending + 1, p->close.p, p->close.len);
		mark = (struct text){ ending, p->close.len + 1 };
	}
	to = find(p->source, from, mark);
	if (to == p->source.len)
		return fault(p, line, "a tag is not closed: ",
			text_sub(p->source, at, p->open.len));
	t->name = text_trim(text_sub(p->source, from, to - from));
	t->to = to + mark.len;
	if (t->sigil == '{')
		t->sigil = '&';
	/* {{> * name }} is {{>*name}}. */
	if (strchr("></", t->sigil) && text_starts(t->name, "*")) {
		struct text rest = text_trim(text_from(t->name, 1));

		t->name = arena_printf(p->a, "*%.*s", (int)rest.len,
			rest.p ? rest.p : "");
	}
	if (t->sigil == '!')
		return true;
	return t->sigil == '=' ? set_delimiters(p, t) : check_name(p, t);
}

static bool
read_tags(struct template_tags *p)
{
	int line = 1;
	size_t at = 0;

	for (;;) {
		size_t next = find(p->source, at, p->open);

		for (; at < next; at++)
			line += p->source.p[at] == '\n';
		if (next == p->source.len)
			return true;
		if (!read_tag(p, next, line))
			return false;
		for (; at < p->tags[p->count - 1].to; at++)
			line += p->source.p[at] == '\n';
	}
}

bool
template_tag_opens(const struct template_tag *t)
{
	return strchr("#^<$", t->sigil) != NULL;
}

static bool
pair_tags(struct template_tags *p)
{
	size_t stack[TEMPLATE_DEPTH_MAX];
	size_t depth = 0;
	struct template_tag *opener;

	for (size_t i = 0; i < p->count; i++) {
		struct template_tag *t = &p->tags[i];

		if (template_tag_opens(t)) {
			if (depth == TEMPLATE_DEPTH_MAX)
				return fault(p, t->line,
					"sections nest too deep: ", t->name);
			stack[depth++] = i;
		}
		if (t->sigil != '/')
			continue;
		if (depth == 0)
			return fault(p, t->line, "nothing is open to be"
				" closed: ", t->name);
		opener = &p->tags[stack[--depth]];
		if (!text_eq(t->name, opener->name))
			return err_set(p->e, ERR_FORMAT, "%s:%d: \"%.*s\" is"
				" closed where \"%.*s\" of line %d is open",
				p->name, t->line, (int)t->name.len, t->name.p,
				(int)opener->name.len, opener->name.p,
				opener->line);
		opener->mate = i;
		t->mate = stack[depth];
	}
	if (depth == 0)
		return true;
	opener = &p->tags[stack[depth - 1]];
	return err_set(p->e, ERR_FORMAT, "%s:%d: {{%c%.*s}} is never closed",
		p->name, opener->line, opener->sigil, (int)opener->name.len,
		opener->name.p);
}

bool
template_tags_read(struct template_tags *p)
{
	p->open = text_of("{{");
	p->close = text_of("}}");
	return read_tags(p) && pair_tags(p);
}
