/* search: the site's pages and forms, found by their words. */
#include "site/search.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "site/content.h"
#include "site/directive.h"
#include "site/frame.h"
#include "site/search_index.h"
#include "site/search_page.h"
#include "site/search_snippet.h"
#include "site/search_text.h"
#include "view/formview.h"
#include "view/html.h"
#include "base/banned.h"

/* The Swedish index has the easy-read pages too. */
struct search {
	struct arena arena;
	struct search_index *index[SEARCH_LANGS];
	size_t count;
};

/* ---- what is searched ---------------------------------------------------- */

/* The words of a page, or none of them if it cannot be rendered: its title
 * is found all the same. */
static void
read_page(struct site *s, struct arena *a, const struct tree_page *p,
	struct search_doc *out)
{
	struct markdown_ids ids = { 0 };
	struct link_page links = { .targets = &s->targets, .from = p,
		.variant = p->page->variant, .path = p->page->path };
	struct arena work;
	struct body b = { .site = s, .arena = &work,
		.variant = p->page->variant,
		.path = p->page->path.p, .links = &links,
		.markdown = { .path = p->page->path.p, .link = link_resolve,
			.context = &links, .ids = &ids,
			.english = p->page->variant == PAGE_ENGLISH } };
	struct err ignored = { 0 };
	struct buf html, headings;

	arena_init(&work, false);
	buf_init(&html, BODY_HTML_MAX);
	buf_init(&headings, BODY_HTML_MAX);
	if (content_read_page(s, &s->arena, p->page, &ignored) &&
		directive_render(&b, p->page->body, p->page->body_line, &html,
		&ignored) && !html.full)
		out->body = search_text(a, (struct html){ buf_view(&html) });
	for (size_t i = 0; i < ids.count; i++) {
		buf_text(&headings, ids.items[i].title);
		buf_char(&headings, '\n');
	}
	out->headings = arena_copy(a, buf_view(&headings));
	buf_release(&headings);
	buf_release(&html);
	arena_release(&work);
}

static void
put_line(struct buf *b, struct text t)
{
	buf_text(b, t);
	if (t.len)
		buf_char(b, '\n');
}

static void
read_intro(const struct form *f, struct arena *a, struct buf *body)
{
	struct markdown_options o = { .path = f->path.p, .line = f->intro_line,
		.english = config_lang(f->lang) };
	struct err ignored = { 0 };
	struct html html;

	if (f->intro.len && markdown_render(a, f->intro, &o, &html, &ignored))
		put_line(body, search_text(a, html));
}

static void
read_form(const struct form *f, struct arena *a, struct search_doc *out)
{
	struct buf body;

	buf_init(&body, BODY_HTML_MAX);
	read_intro(f, a, &body);
	put_line(&body, f->audience);
	for (size_t i = 0; i < f->question_count; i++) {
		const struct question *q = &f->questions[i];

		put_line(&body, q->label);
		put_line(&body, q->hint);
		for (size_t k = 0; k < q->option_count; k++)
			put_line(&body, q->options[k].label);
	}
	*out = (struct search_doc){ .url = formview_url(a, f),
		.title = f->title, .description = f->description,
		.body = text_trim(arena_copy(a, buf_view(&body))),
		.service = true };
	buf_release(&body);
}

/* An easy-read page with a Swedish one beside it is that page in other
 * words: it helps to find it. */
static struct text
easy_words(struct site *s, struct arena *a, const struct tree_page *p)
{
	const struct tree_page *easy = p->variants[PAGE_EASY];
	struct search_doc d = { 0 };

	if (p->page->variant != PAGE_SWEDISH || !easy)
		return d.body;
	read_page(s, a, easy, &d);
	return arena_printf(a, "%.*s\n%.*s\n%s", (int)easy->page->title.len,
		easy->page->title.p, (int)d.headings.len, d.headings.p,
		d.body.len ? d.body.p : "");
}

static bool
is_searched(const struct tree_page *p, bool english)
{
	if (english || p->page->variant == PAGE_ENGLISH)
		return english && p->page->variant == PAGE_ENGLISH;
	return p->page->variant == PAGE_SWEDISH || !p->variants[PAGE_SWEDISH];
}

static struct search_index *
read_all(struct site *s, struct arena *to, bool english, size_t *count)
{
	struct search_doc *docs;
	struct search_index *x;
	struct arena scrap;
	size_t n = 0;

	arena_init(&scrap, false);
	docs = arena_array(&scrap, s->tree.count + s->form_count + 1,
		sizeof *docs);
	for (size_t i = 0; i < s->tree.count; i++) {
		const struct tree_page *p = &s->tree.pages[i];

		if (!is_searched(p, english))
			continue;
		docs[n] = (struct search_doc){ .url = p->page->url,
			.title = p->page->title,
			.description = p->page->description,
			.expire = p->page->expire,
			.unseen = easy_words(s, &scrap, p) };
		read_page(s, &scrap, p, &docs[n++]);
	}
	for (size_t i = 0; i < s->form_count; i++)
		if (config_lang(s->forms[i]->lang) == (english ? 1 : 0))
			read_form(s->forms[i], &scrap, &docs[n++]);
	x = search_index_make(to, english, docs, n);
	arena_release(&scrap);
	*count += n;
	return x;
}

bool
search_open(struct site *s, struct search **out, struct err *e)
{
	struct search *x = calloc(1, sizeof *x);

	*out = NULL;
	if (!x)
		return err_set(e, ERR_SYSTEM, "no memory for the search");
	arena_init(&x->arena, false);
	for (int i = 0; i < SEARCH_LANGS; i++)
		x->index[i] = read_all(s, &x->arena, i == 1, &x->count);
	*out = x;
	return true;
}

void
search_close(struct search *x)
{
	if (!x)
		return;
	arena_release(&x->arena);
	free(x);
}

size_t
search_count(const struct search *x)
{
	return x->count;
}

/* ---- what is answered ---------------------------------------------------- */

/* A query and what it found, on its way to the template. */
struct reply {
	const struct search_index *index;
	struct search_found found;
	struct arena *arena;
};

static struct value *
pieces(const struct reply *w, struct text t)
{
	struct value *list = value_list(w->arena);
	size_t count;
	struct search_piece *items = search_index_pieces(w->index, w->arena,
		&w->found, t, &count);

	for (size_t i = 0; i < count; i++) {
		struct value *v = value_map(w->arena);

		value_set_str(w->arena, v, "text", items[i].text);
		value_set_bool(w->arena, v, "hit", items[i].hit);
		(void)value_push(w->arena, list, v);
	}
	return list;
}

static void
put_results(const struct reply *w, struct value *search)
{
	struct arena *a = w->arena;
	const struct search_found *f = &w->found;
	struct value *list = value_get(search, "results");

	for (size_t i = 0; i < f->count; i++) {
		const struct search_hit *h = &f->hits[i];
		struct value *v = value_push(a, list, value_map(a));

		value_set_str(a, v, "url", h->doc->url);
		value_set_bool(a, v, "service", h->doc->service);
		(void)value_set(a, v, "title", pieces(w, h->doc->title));
		(void)value_set(a, v, "snippet", pieces(w, h->doc->service
			? h->doc->description : search_snippet(a, h)));
	}
	(void)value_set(a, search, "count", value_int(a, (int64_t)f->total));
	value_set_bool(a, search, "has_results", f->total > 0);
	value_set_bool(a, search, "one", f->total == 1);
	value_set_bool(a, search, "more", f->total > f->count);
}

static struct value *
suggestion(struct arena *a, struct text url, struct text meant)
{
	struct value *v;

	if (!meant.len)
		return value_null(a);
	v = value_map(a);
	value_set_str(a, v, "text", meant);
	value_set_str(a, v, "url", arena_printf(a, "%.*s?q=%s", (int)url.len,
		url.p, url_part(a, meant).p));
	return v;
}

bool
search_data(const struct search *x, struct site *s, struct arena *a,
	struct text lang, struct text url, struct text query,
	struct date today, struct value **out, struct err *e)
{
	enum page_variant variant = config_lang(lang) ? PAGE_ENGLISH
		: PAGE_SWEDISH;
	struct reply w = { .index = x->index[config_lang(lang)], .arena = a };
	struct value *search;
	struct text meant;

	if (!site_common(s, a, lang, url, out, e))
		return false;
	if (!utf8_valid(query))
		query.len = 0;
	query = search_query(query);
	search = search_page_put(s, a, variant, *out);
	value_set_bool(a, search, "asked", true);
	value_set_str(a, search, "query", query);
	search_index_find(w.index, a, query, today, &w.found);
	meant = w.found.meant;
	(void)value_set(a, search, "suggestion", suggestion(a, url, meant));
	/* Nothing found, and we can guess why: show what was meant. */
	if (w.found.total == 0 && meant.len) {
		search_index_find(w.index, a, meant, today, &w.found);
		value_set_bool(a, search, "corrected", w.found.total > 0);
	}
	put_results(&w, search);
	return true;
}
