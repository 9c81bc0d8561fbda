/*
 * markdown: CommonMark by cmark, with what a municipal page needs on top.
 *
 * cmark parses; one walk over its tree checks, typesets and rewrites; cmark
 * renders.  What cmark has no node for (an id on a heading, a table) becomes
 * a custom node around the inlines that it read.
 */
#include "view/markdown.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "view/footnote.h"
#include "view/heading.h"
#include "view/markdown_memory.h"
#include "view/markdown_walk.h"
#include "view/typography.h"
#include "base/banned.h"

int
markdown_line(const struct markdown_walk *w, cmark_node *n)
{
	if (w->line)
		return w->line;
	while (n && cmark_node_get_start_line(n) == 0)
		n = cmark_node_parent(n);
	return w->o->line + (n ? cmark_node_get_start_line(n) - 1 : 0) -
		w->above;
}

static bool
fault(const struct markdown_walk *w, cmark_node *n, const char *what)
{
	return err_set(w->e, ERR_FORMAT, "%s:%d: %s", w->o->path,
		markdown_line(w, n), what);
}

struct text
markdown_plain(const struct markdown_walk *w, cmark_node *n)
{
	cmark_node *only = cmark_node_first_child(n);
	cmark_iter *it;
	cmark_event_type event;
	struct text t;
	struct buf b;

	/* Most often it is one text, which needs no walk. */
	if (only && !cmark_node_next(only) &&
		cmark_node_get_type(only) == CMARK_NODE_TEXT)
		return text_trim(text_of(cmark_node_get_literal(only)));
	it = cmark_iter_new(n);
	buf_init(&b, SIZE_MAX / 2);
	while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *at = cmark_iter_get_node(it);
		cmark_node_type type = cmark_node_get_type(at);

		if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
			buf_str(&b, cmark_node_get_literal(at));
		else if (type == CMARK_NODE_SOFTBREAK ||
			type == CMARK_NODE_LINEBREAK)
			buf_char(&b, ' ');
	}
	cmark_iter_free(it);
	t = arena_copy(w->scratch, text_trim(buf_view(&b)));
	buf_release(&b);
	return t;
}

cmark_node *
markdown_new(cmark_node_type type)
{
	return cmark_node_new_with_mem(type, markdown_memory());
}

cmark_node *
markdown_parse(struct text source)
{
	cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT,
		markdown_memory());

	if (source.len)
		cmark_parser_feed(parser, source.p, source.len);
	return cmark_parser_finish(parser);
}

cmark_node *
markdown_around(cmark_node_type type, const char *enter, const char *leave)
{
	cmark_node *n = markdown_new(type);

	cmark_node_set_on_enter(n, enter);
	cmark_node_set_on_exit(n, leave);
	return n;
}

void
markdown_move(cmark_node *from, cmark_node *to)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(from)))
		cmark_node_append_child(to, child);
}

void
markdown_unguard(cmark_node *paragraph)
{
	cmark_node *n = cmark_node_first_child(paragraph);
	struct text t = text_of(cmark_node_get_literal(n));

	assert(text_starts(t, MARKDOWN_GUARD));
	t = text_from(t, sizeof MARKDOWN_GUARD - 1);
	if (text_starts(t, " "))
		t = text_from(t, 1);
	if (t.len == 0) {
		cmark_node_free(n);
		return;
	}
	/* set_literal frees what it replaces only after it has copied. */
	cmark_node_set_literal(n, t.p);
}

static bool
refuse_html(struct markdown_walk *w, cmark_node *n)
{
	return fault(w, n, "raw HTML is not allowed (a \"<\" that is meant as"
		" text is written \"\\<\")");
}

/* Entities may stand for what no page may hold as it is (UAX #9 and control
 * characters); its bytes have been looked at already. */
static bool
shows_as_it_is(const struct markdown_walk *w, cmark_node *n, struct text t)
{
	uint32_t point;

	if (!w->entities || utf8_find_hostile(t, &point) == t.len)
		return true;
	return err_set(w->e, ERR_FORMAT, "%s:%d: an entity (\"&...;\") stands "
		"for the invisible character U+%04X", w->o->path,
		markdown_line(w, n), (unsigned)point);
}

static bool
begin_block(struct markdown_walk *w, cmark_node *n)
{
	(void)n;
	w->before = ' ';
	return true;
}

/* Is a text the address that it is a link to, to be read off paper too? */
static bool
is_address(cmark_node *n, struct text t)
{
	cmark_node *link = cmark_node_parent(n);
	struct text url;

	if (!link || cmark_node_get_type(link) != CMARK_NODE_LINK)
		return false;
	url = text_of(cmark_node_get_url(link));
	return text_eq(url, t) || (text_starts(url, "mailto:") &&
		text_eq(text_from(url, strlen("mailto:")), t));
}

/* A directive at the margin has been taken by now. */
static bool
is_directive(cmark_node *n, struct text t)
{
	cmark_node *last;

	if (t.len == 0 || t.p[0] != ':' || !text_starts(t, ":::"))
		return false;
	last = cmark_node_previous(n);
	return !last || cmark_node_get_type(last) == CMARK_NODE_SOFTBREAK;
}

static bool
typeset(struct markdown_walk *w, cmark_node *n)
{
	struct text t = text_of(cmark_node_get_literal(n));

	if (is_directive(n, t))
		return fault(w, n, "\":::\" begins a line at the margin, not "
			"in a list or a quote");
	if ((w->o->notes && !markdown_no_note(w, n, t)) ||
		!shows_as_it_is(w, n, t))
		return false;
	if (typography(t, w->o->english, w->before, &w->typeset) &&
		!is_address(n, t)) {
		buf_char(&w->typeset, '\0');
		cmark_node_set_literal(n, w->typeset.p);
		t = text_of(cmark_node_get_literal(n));
	}
	buf_clear(&w->typeset);
	if (t.len)
		w->before = t.p[t.len - 1];
	return true;
}

/* A source line that ends between "9" and "§" is no place to break. */
static bool
soft_break(struct markdown_walk *w, cmark_node *n)
{
	cmark_node *last = cmark_node_previous(n);
	cmark_node *next = cmark_node_next(n);
	cmark_node *space;

	w->before = ' ';
	if (!last || cmark_node_get_type(last) != CMARK_NODE_TEXT ||
		!next || cmark_node_get_type(next) != CMARK_NODE_TEXT ||
		!typography_glued(text_of(cmark_node_get_literal(last)),
			text_of(cmark_node_get_literal(next)),
			w->o->english))
		return true;
	space = markdown_new(CMARK_NODE_TEXT);
	cmark_node_set_literal(space, "\xC2\xA0");
	cmark_node_replace(n, space);
	cmark_node_free(n);
	return true;
}

static bool
hard_break(struct markdown_walk *w, cmark_node *n)
{
	(void)n;
	w->before = ' ';
	return true;
}

static bool
code(struct markdown_walk *w, cmark_node *n)
{
	(void)n;
	w->before = 'x';
	return true;
}

/* Relative, or of a scheme that runs nothing in the reader's browser. */
static bool
is_safe(struct text url)
{
	static const char *const schemes[] = {
		"http", "https", "mailto", "tel", "sms"
	};
	char scheme[8] = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < url.len; i++)
		if ((unsigned char)url.p[i] < ' ' || url.p[i] == 0x7F)
			return false;
	while (n < url.len && !strchr(":/?#", url.p[n]))
		n++;
	if (n == url.len || url.p[n] != ':')
		return true;
	for (size_t i = 0; i < n && i + 1 < sizeof scheme; i++)
		scheme[i] = url.p[i] >= 'A' && url.p[i] <= 'Z'
			? (char)(url.p[i] + 'a' - 'A') : url.p[i];
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (n < sizeof scheme && strcmp(scheme, schemes[i]) == 0)
			return true;
	return false;
}

static bool
address(struct markdown_walk *w, cmark_node *n)
{
	bool (*resolve)(void *, struct arena *, struct text, int,
		struct text *, struct err *) = w->o->link;
	struct text url = text_of(cmark_node_get_url(n));
	struct text written;

	if (w->o->picture && cmark_node_get_type(n) == CMARK_NODE_IMAGE)
		resolve = w->o->picture;
	if (markdown_is_note(w, n))
		return true;
	if (url.len == 0)
		return fault(w, n, "a link or picture has no address");
	if (!is_safe(url))
		return err_set(w->e, ERR_FORMAT, "%s:%d: a link may not lead"
			" to \"%s\" (only http, https, mailto, tel, sms or a"
			" page here)", w->o->path, markdown_line(w, n),
			url.p);
	if (!shows_as_it_is(w, n, url) || !shows_as_it_is(w, n,
		text_of(cmark_node_get_title(n))))
		return false;
	if (!resolve)
		return true;
	if (!resolve(w->o->context, w->scratch, url, markdown_line(w, n),
		&written, w->e))
		return false;
	if (!text_eq(url, written))
		cmark_node_set_url(n, arena_string(w->scratch, written));
	return true;
}

static bool
leave_link(struct markdown_walk *w, cmark_node *n)
{
	if (markdown_is_note(w, n))
		return markdown_note(w, n);
	return markdown_plain(w, n).len > 0 ||
		fault(w, n, "a link has no text to read or click on");
}

static bool
leave_picture(struct markdown_walk *w, cmark_node *n)
{
	return !markdown_is_note(w, n) || markdown_note(w, n);
}

/* A custom block holds the inline only for the line break around it. */
static bool
heading(struct markdown_walk *w, cmark_node *n)
{
	static const struct {
		const char *enter, *leave;
	} tags[] = {
		[2] = { "<h2 id=\"", "</h2>" }, [3] = { "<h3 id=\"", "</h3>" },
		[4] = { "<h4 id=\"", "</h4>" }, [5] = { "<h5 id=\"", "</h5>" },
		[6] = { "<h6 id=\"", "</h6>" }
	};
	int level = cmark_node_get_heading_level(n) + w->o->heading_shift;
	struct heading *h;
	cmark_node *block, *tag;

	if (level < 2)
		return fault(w, n, "\"#\" is the page's title; headings in"
			" the text begin with \"##\"");
	if (level > 6)
		level = 6;
	cmark_node_set_heading_level(n, level);
	if (!w->o->ids)
		return true;
	h = heading_add(w->a, w->o->ids, level,
		arena_copy(w->a, markdown_plain(w, n)));
	if (!h)
		return fault(w, n, "too many headings on one page");
	block = markdown_new(CMARK_NODE_CUSTOM_BLOCK);
	tag = markdown_around(CMARK_NODE_CUSTOM_INLINE, arena_join(w->scratch,
		(struct text[]){ text_of(tags[level].enter), h->id,
			text_of("\">") }, 3).p, tags[level].leave);
	cmark_node_append_child(block, tag);
	markdown_move(n, tag);
	cmark_node_replace(n, block);
	cmark_node_free(n);
	return true;
}

/* What is done when the walk comes to a node, and when it leaves it. */
static bool (*const entering[CMARK_NODE_LAST_INLINE + 1])(
	struct markdown_walk *w, cmark_node *n) = {
	[CMARK_NODE_PARAGRAPH] = begin_block,
	[CMARK_NODE_HEADING] = begin_block,
	[CMARK_NODE_HTML_BLOCK] = refuse_html,
	[CMARK_NODE_CUSTOM_BLOCK] = markdown_table,
	[CMARK_NODE_TEXT] = typeset,
	[CMARK_NODE_SOFTBREAK] = soft_break,
	[CMARK_NODE_LINEBREAK] = hard_break,
	[CMARK_NODE_CODE] = code,
	[CMARK_NODE_HTML_INLINE] = refuse_html,
	[CMARK_NODE_LINK] = address,
	[CMARK_NODE_IMAGE] = address
};

static bool (*const leaving[CMARK_NODE_LAST_INLINE + 1])(
	struct markdown_walk *w, cmark_node *n) = {
	[CMARK_NODE_HEADING] = heading,
	[CMARK_NODE_LINK] = leave_link,
	[CMARK_NODE_IMAGE] = leave_picture
};

bool
markdown_walk(struct markdown_walk *w, cmark_node *root)
{
	cmark_iter *it = cmark_iter_new(root);
	cmark_event_type event;
	bool ok = true;

	while (ok && (event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(it);
		cmark_node_type type = cmark_node_get_type(n);
		bool (*visit)(struct markdown_walk *, cmark_node *) =
			event == CMARK_EVENT_ENTER ? entering[type]
			: leaving[type];

		if (visit)
			ok = visit(w, n);
	}
	cmark_iter_free(it);
	return ok;
}

static struct text
render(cmark_node *n)
{
	return text_of(cmark_render_html(n, CMARK_OPT_DEFAULT));
}

static void
begin(struct markdown_walk *w, struct arena *a,
	const struct markdown_options *o, struct err *e)
{
	*w = (struct markdown_walk){ .a = a, .o = o, .e = e, .before = ' ' };
	arena_init(&w->own, false);
	w->scratch = o->scratch ? o->scratch : &w->own;
	w->memory_before = markdown_memory_begin(w->scratch);
	buf_init(&w->typeset, SIZE_MAX / 2);
}

static void
end(struct markdown_walk *w)
{
	markdown_memory_end(w->memory_before);
	arena_release(&w->own);
	buf_release(&w->typeset);
}

/* What cmark is told of the page's footnotes, for a text that has some. */
static struct text
references(struct markdown_walk *w, struct text source)
{
	const struct footnotes *notes = w->o->notes;

	if (!notes || !notes->count || !footnotes_may_be_in(source))
		return (struct text){ "", 0 };
	w->above = (int)notes->count + 1;
	return notes->references;
}

/* On the scratch. */
static bool
render_source(struct markdown_walk *w, struct text source, struct text *out)
{
	cmark_node *document;
	struct text before;

	if (text_starts(source, "\xEF\xBB\xBF"))
		source = text_from(source, 3);
	w->entities = text_find(source, '&') < source.len;
	before = references(w, source);
	if (before.len)
		source = arena_join(w->scratch,
			(struct text[]){ before, source }, 2);
	document = markdown_parse(source);
	if (!markdown_tables(w, document, source) ||
		!markdown_walk(w, document))
		return false;
	*out = render(document);
	return true;
}

bool
markdown_put(struct arena *a, struct text source,
	const struct markdown_options *o, struct buf *out, struct err *e)
{
	struct markdown_walk w;
	struct text markup;
	bool ok;

	begin(&w, a, o, e);
	ok = render_source(&w, source, &markup);
	if (ok)
		buf_text(out, markup);
	end(&w);
	return ok;
}

bool
markdown_render(struct arena *a, struct text source,
	const struct markdown_options *o, struct html *out, struct err *e)
{
	struct markdown_walk w;
	struct text markup;
	bool ok;

	begin(&w, a, o, e);
	ok = render_source(&w, source, &markup);
	if (ok)
		out->markup = arena_copy(a, markup);
	end(&w);
	return ok;
}

bool
markdown_inline(struct arena *a, struct text source,
	const struct markdown_options *o, struct html *out, struct err *e)
{
	cmark_node *paragraph, *line;
	struct markdown_walk w;
	struct buf b;
	bool ok;

	begin(&w, a, o, e);
	w.line = o->line;
	source = text_trim(source);
	w.entities = text_find(source, '&') < source.len;
	buf_init(&b, SIZE_MAX / 2);
	buf_text(&b, references(&w, source));
	buf_str(&b, MARKDOWN_GUARD " ");
	for (size_t i = 0; i < source.len; i++)
		buf_char(&b, source.p[i] == '\n' || source.p[i] == '\r'
			? ' ' : source.p[i]);
	paragraph = cmark_node_first_child(markdown_parse(buf_view(&b)));
	buf_release(&b);
	markdown_unguard(paragraph);
	ok = markdown_walk(&w, paragraph);
	if (ok) {
		line = markdown_new(CMARK_NODE_CUSTOM_INLINE);
		markdown_move(paragraph, line);
		out->markup = arena_copy(a, render(line));
	}
	end(&w);
	return ok;
}
