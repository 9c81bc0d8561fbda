/*
 * template_parse: Mustache source to a tree of nodes.
 *
 * template_tag.c finds the tags; here it is decided which white space belongs
 * to tags that stand alone on their lines, and the tree is built from the
 * tags and the text between them.
 *
 * Indentation of blocks follows the spec's inheritance module: a block's own
 * indentation is taken off where it is defined and put on where it is
 * expanded, so that text moves between templates without being misaligned.
 */
#include "view/template.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "view/template_node.h"
#include "view/template_tag.h"
#include "base/banned.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* ---- white space ---- */

/* How many blanks stand before the tag; does its line begin with them? */
static size_t
blanks_before(const struct template_tags *p, size_t i, bool *line_begins)
{
	size_t at = p->tags[i].from;
	size_t least = i ? p->tags[i - 1].to : 0;

	while (at > least && is_blank(p->source.p[at - 1]))
		at--;
	*line_begins = at == 0 || (at > least && p->source.p[at - 1] == '\n');
	return p->tags[i].from - at;
}

/* How many blanks stand after the tag, and the end of the line if that is
 * all; does the line end with them? */
static size_t
blanks_after(const struct template_tags *p, size_t i, bool *line_ends)
{
	size_t at = p->tags[i].to;
	size_t most = i + 1 < p->count ? p->tags[i + 1].from : p->source.len;

	while (at < most && is_blank(p->source.p[at]))
		at++;
	*line_ends = true;
	if (at + 1 < most && p->source.p[at] == '\r' &&
		p->source.p[at + 1] == '\n')
		at += 2;
	else if (at < most && p->source.p[at] == '\n')
		at++;
	else
		*line_ends = at == p->source.len;
	return at - p->tags[i].to;
}

/* Tags that write nothing themselves: a line of only these goes. */
static bool
is_silent(const struct template_tag *t)
{
	return strchr("#^/<$!=", t->sigil) != NULL;
}

/* Cuts the white space of a line that holds tags i to last and no text. */
static void
cut_line(struct template_tags *p, size_t first, size_t last)
{
	bool edge;

	for (size_t i = first; i <= last; i++) {
		p->tags[i].cut_before = blanks_before(p, i, &edge);
		p->tags[i].cut_after = blanks_after(p, i, &edge);
	}
}

static void
cut_lines(struct template_tags *p)
{
	bool begins;
	bool ends = false;

	for (size_t i = 0; i < p->count; i++) {
		size_t last = i;

		(void)blanks_before(p, i, &begins);
		if (!begins)
			continue;
		if (p->tags[i].sigil == '>') {
			(void)blanks_after(p, i, &ends);
			if (ends)
				cut_line(p, i, i);
			continue;
		}
		for (; last < p->count && is_silent(&p->tags[last]); last++) {
			size_t blanks = blanks_after(p, last, &ends);

			if (ends || last + 1 == p->count ||
				p->tags[last].to + blanks !=
				p->tags[last + 1].from)
				break;
		}
		if (last < p->count && is_silent(&p->tags[last]) && ends)
			cut_line(p, i, last);
	}
}

/*
 * A parent or block is alone if nothing stands before it on its first line
 * nor after it on its last; what is between does not matter.
 */
static bool
is_alone(const struct template_tags *p, const struct template_tag *t)
{
	bool begins, ends;

	(void)blanks_before(p, (size_t)(t - p->tags), &begins);
	(void)blanks_after(p, t->mate, &ends);
	return begins && ends;
}

/* The blanks that the first line inside a block begins with, if the block's
 * tag ends its line; that is the block's own indentation. */
static bool
own_indent(const struct template_tags *p, size_t i, struct text *out)
{
	const struct template_tag *t = &p->tags[i];
	size_t from = t->to + t->cut_after;
	size_t to = from;

	if (from == t->to || p->source.p[from - 1] != '\n')
		return false;
	for (; to < p->source.len; to++) {
		if (p->source.p[to] == '\n')
			from = to + 1;
		else if (!is_blank(p->source.p[to]) && p->source.p[to] != '\r')
			break;
	}
	*out = text_sub(p->source, from, to - from);
	return to != p->tags[t->mate].from;
}

static void
cut_pairs(struct template_tags *p)
{
	bool edge;

	for (size_t i = 0; i < p->count; i++) {
		struct template_tag *t = &p->tags[i];

		if (t->sigil != '$' && t->sigil != '<')
			continue;
		if (is_alone(p, t)) {
			t->cut_before = blanks_before(p, i, &edge);
			p->tags[t->mate].cut_after =
				blanks_after(p, t->mate, &edge);
		}
		if (t->sigil == '$' && !own_indent(p, i, &t->strip))
			t->strip = is_alone(p, t) ? text_sub(p->source,
				t->from - t->cut_before, t->cut_before)
				: text_of(NULL);
	}
}

/* ---- the tree ---- */

/* A node being filled. */
struct level {
	struct template_node *node; /* NULL: the template itself */
	struct template_node **tail;
	struct text strip; /* of the innermost block */
};

static struct template_node *
add_node(struct template_tags *p, struct level *l, enum template_kind kind,
	int line)
{
	struct template_node *n = arena_alloc(p->a, sizeof *n);

	n->kind = kind;
	n->line = line;
	/* What stands in a parent beside its blocks is not rendered. */
	if (l->node && l->node->kind == TEMPLATE_PARENT &&
		kind != TEMPLATE_BLOCK)
		return n;
	*l->tail = n;
	l->tail = &n->next;
	return n;
}

/* t without as much of `strip` as it begins with. */
static struct text
stripped(struct text t, struct text strip)
{
	size_t n = 0;

	while (n < t.len && n < strip.len && t.p[n] == strip.p[n])
		n++;
	return text_from(t, n);
}

static void
add_text(struct template_tags *p, struct level *l, size_t from, size_t to,
	int line)
{
	while (from < to) {
		struct text t = text_sub(p->source, from, to - from);

		if (l->strip.len) {
			size_t end = text_find(t, '\n');

			t = text_sub(t, 0, end + 1);
			from += t.len;
			if (from == t.len || t.p[-1] == '\n')
				t = stripped(t, l->strip);
		} else {
			from = to;
		}
		if (t.len)
			add_node(p, l, TEMPLATE_TEXT, line)->text = t;
	}
}

static void
cut_name(struct template_tags *p, struct template_node *n, struct text name)
{
	struct text piece;

	n->text = name;
	if (n->kind == TEMPLATE_PARTIAL || n->kind == TEMPLATE_PARENT) {
		n->dynamic = text_starts(name, "*");
		if (!n->dynamic)
			return;
		name = text_from(name, 1);
		n->text = name;
	}
	if (text_is(name, "."))
		return;
	n->local = text_starts(name, ".");
	if (n->local)
		name = text_from(name, 1);
	n->key_count = 1;
	for (size_t i = 0; i < name.len; i++)
		n->key_count += name.p[i] == '.';
	n->keys = arena_array(p->a, n->key_count, sizeof *n->keys);
	for (size_t i = 0; text_split(&name, '.', &piece); i++)
		n->keys[i] = piece;
}

static enum template_kind
kind_of(char sigil)
{
	switch (sigil) {
	case '#':
		return TEMPLATE_SECTION;
	case '^':
		return TEMPLATE_INVERTED;
	case '>':
		return TEMPLATE_PARTIAL;
	case '<':
		return TEMPLATE_PARENT;
	case '$':
		return TEMPLATE_BLOCK;
	case '&':
		return TEMPLATE_RAW;
	default:
		return TEMPLATE_ESCAPED;
	}
}

/* The "\n" or "\r\n" that t ends with, if any. */
static struct text
line_end(struct text t)
{
	size_t n = text_ends(t, "\r\n") ? 2 : text_ends(t, "\n") ? 1 : 0;

	return text_from(t, t.len - n);
}

static void
set_indent(const struct template_tags *p, const struct template_tag *t,
	const struct level *l, struct template_node *n)
{
	const struct template_tag *last =
		template_tag_opens(t) ? &p->tags[t->mate] : t;
	bool begins, ends;

	(void)blanks_before(p, (size_t)(t - p->tags), &begins);
	(void)blanks_after(p, (size_t)(last - p->tags), &ends);
	n->standalone = begins && ends;
	if (t->sigil == '$')
		n->indent = stripped(t->strip, l->strip);
	else if (n->standalone)
		n->indent = stripped(text_sub(p->source,
			t->from - t->cut_before, t->cut_before), l->strip);
	if (t->sigil == '$' && n->standalone)
		n->newline = line_end(text_sub(p->source, last->to,
			last->cut_after));
}

static void
build(struct template_tags *p, struct template *out)
{
	struct level levels[TEMPLATE_DEPTH_MAX + 1] = {
		{ .tail = &out->first }
	};
	struct level *l = levels;
	size_t at = 0;

	for (size_t i = 0; i < p->count; i++) {
		const struct template_tag *t = &p->tags[i];
		struct template_node *n;

		add_text(p, l, at, t->from - t->cut_before, t->line);
		at = t->to + t->cut_after;
		if (t->sigil == '/')
			l--;
		if (strchr("/!=", t->sigil))
			continue;
		n = add_node(p, l, kind_of(t->sigil), t->line);
		cut_name(p, n, t->name);
		if (strchr("><$", t->sigil))
			set_indent(p, t, l, n);
		if (template_tag_opens(t)) {
			l[1] = (struct level){ n, &n->first,
				t->sigil == '$' ? t->strip : l->strip };
			l++;
		}
	}
	assert(l == levels);
	add_text(p, l, at, p->source.len, 0);
}

bool
template_parse(struct arena *a, const char *name, struct text source,
	struct template **out, struct err *e)
{
	struct template_tags p = { .a = a, .name = name, .e = e };
	bool ok;

	if (text_starts(source, "\xEF\xBB\xBF"))
		source = text_from(source, 3);
	p.source = source;
	if (!utf8_valid(source))
		return err_set(e, ERR_FORMAT, "%s: is not UTF-8", name);
	arena_init(&p.scratch, false);
	ok = template_tags_read(&p);
	if (ok) {
		cut_lines(&p);
		cut_pairs(&p);
		*out = arena_alloc(a, sizeof **out);
		(*out)->name = name;
		build(&p, *out);
	}
	arena_release(&p.scratch);
	return ok;
}
