/* brochure: the guide as one page to print, with all its chapters. */
#include "site/brochure.h"

#include "base/buf.h"
#include "site/body.h"
#include "site/directive.h"
#include "site/frame.h"
#include "site/pageview.h"
#include "view/formview.h"
#include "view/heading.h"
#include "base/banned.h"

struct chapter {
	const struct tree_page *page;
	struct text id;
	size_t first; /* of its headings among all */
};

struct brochure {
	const struct site *site;
	struct arena *arena;
	struct chapter *chapters;
	size_t count;
	/* The ids all headings are about to have: a link may lead forward. */
	struct markdown_ids ids;
	struct link_page links; /* of the chapter being rendered */
};

bool
brochure_is_made(const struct site *s)
{
	return s->config.brochure_count > 0 && theme_has(s->theme, "brochure");
}

/* ---- links -------------------------------------------------------------- */

/* The id in the brochure of a heading of a chapter, or the chapter's. */
static struct text
heading_id(const struct brochure *r, const struct chapter *c, struct text id)
{
	const struct markdown_ids *own = &r->site->bodies[c->page->index].ids;

	for (size_t i = 0; i < own->count; i++)
		if (text_eq(own->items[i].id, id) &&
			c->first + i < r->ids.count)
			return r->ids.items[c->first + i].id;
	return c->id;
}

static const struct chapter *
chapter_at(const struct brochure *r, struct text url)
{
	for (size_t i = 0; i < r->count; i++)
		if (text_eq(r->chapters[i].page->page->url, url))
			return &r->chapters[i];
	return NULL;
}

/* The callback of view/markdown.h. */
static bool
resolve(void *context, struct arena *a, struct text url, int line,
	struct text *out, struct err *e)
{
	struct brochure *r = context;
	const struct chapter *c;
	struct text to, id;
	size_t mark;

	if (!link_resolve(&r->links, a, url, line, out, e))
		return false;
	mark = text_find(*out, '#');
	to = text_sub(*out, 0, mark);
	id = text_from(*out, mark + 1);
	c = chapter_at(r, to.len ? to : r->links.from->page->url);
	if (c)
		*out = arena_printf(a, "#%s", heading_id(r, c, id).p);
	return true;
}

/* ---- chapters ----------------------------------------------------------- */

static bool
plan(struct brochure *r, struct err *e)
{
	const struct site *s = r->site;

	r->chapters = arena_array(r->arena, s->config.brochure_count,
		sizeof *r->chapters);
	for (size_t i = 0; i < s->config.brochure_count; i++) {
		const struct tree_page *page = tree_find(&s->tree,
			s->config.brochure[i], PAGE_SWEDISH);
		const struct markdown_ids *ids;

		/* A page that is not there is a fault told already. */
		if (!page)
			continue;
		r->chapters[r->count] = (struct chapter){ page,
			arena_printf(r->arena, "_kapitel-%zu", r->count + 1),
			r->ids.count };
		r->count++;
		ids = &s->bodies[page->index].ids;
		for (size_t k = 0; k < ids->count; k++)
			if (!heading_add(r->arena, &r->ids,
				ids->items[k].level, ids->items[k].title))
				return err_set(e, ERR_LIMIT, CONFIG_SITE
					":%d: brochure: more than %d headings",
					s->config.brochure_line, HEADINGS_MAX);
	}
	return true;
}

static struct value *
chapter_value(const struct brochure *r, const struct chapter *c,
	struct text html)
{
	const struct page *p = c->page->page;
	struct value *v = frame_link(r->arena, p->title, arena_join(r->arena,
		(struct text[]){ r->site->config.base_url, p->url }, 2));

	value_set_str(r->arena, v, "id", c->id);
	value_set_str(r->arena, v, "description", p->description);
	(void)value_set(r->arena, v, "number", value_int(r->arena,
		c - r->chapters + 1));
	while (text_ends(html, "\n"))
		html.len--;
	(void)value_set(r->arena, v, "body", value_html(r->arena,
		arena_copy(r->arena, html)));
	return v;
}

static bool
put_chapters(struct brochure *r, struct value *chapters, struct value *notes,
	struct err *e)
{
	struct markdown_ids ids = { 0 };
	struct body b = { .site = r->site, .arena = r->arena,
		.variant = PAGE_SWEDISH, .links = &r->links };
	struct footnotes last = { 0 };
	struct buf html;
	bool ok = true;

	buf_init(&html, BODY_HTML_MAX);
	for (size_t i = 0; ok && i < r->count; i++) {
		const struct tree_page *t = r->chapters[i].page;
		struct footnotes own = { .before = last.before +
			(int)last.shown_count };

		r->links = (struct link_page){ .targets = &r->site->targets,
			.from = t, .path = t->page->path };
		b.path = t->page->path.p;
		b.markdown = (struct markdown_options){ .path = b.path,
			.heading_shift = 1, .link = resolve, .context = r,
			.ids = &ids };
		buf_clear(&html);
		ok = body_render(&b, t->page, &own, &html, e);
		(void)value_push(r->arena, chapters, chapter_value(r,
			&r->chapters[i], buf_view(&html)));
		pageview_notes(r->arena, &own, notes);
		last = own;
	}
	if (ok && html.full)
		ok = err_set(e, ERR_LIMIT, BROCHURE_URL ": a chapter becomes "
			"larger than %d bytes", BODY_HTML_MAX);
	buf_release(&html);
	return ok;
}

/* ---- the rest ----------------------------------------------------------- */

/* {title, url, svg}: a code needs a whole address. */
static bool
put_services(struct brochure *r, struct value *list, struct err *e)
{
	const struct site *s = r->site;
	const struct config *c = &s->config;
	struct text base = c->intake_url.len ? c->intake_url : c->base_url;

	for (size_t i = 0; i < s->form_count; i++) {
		const struct form *f = s->forms[i];
		struct value *v, *svg = value_null(r->arena);
		struct text url;

		if (!text_is(f->lang, "sv") || !f->open)
			continue;
		url = arena_printf(r->arena, "%.*s%s", (int)base.len, base.p,
			formview_url(r->arena, f).p);
		if (base.len && !directive_qr(s, r->arena, url, &svg, e))
			return false;
		v = frame_link(r->arena, f->title, url);
		(void)value_set(r->arena, v, "svg", svg);
		(void)value_push(r->arena, list, v);
	}
	return true;
}

bool
brochure_put(const struct site *s, struct arena *a, struct value *data,
	struct err *e)
{
	struct brochure r = { .site = s, .arena = a };
	struct value *page = value_map(a);
	struct value *v = value_map(a);
	struct value *chapters = value_list(a);
	struct value *notes = value_list(a);
	struct value *services = value_list(a);
	struct text pdf = text_of("/broschyr.pdf");

	if (!plan(&r, e) || !put_chapters(&r, chapters, notes, e) ||
		!put_services(&r, services, e))
		return false;
	value_set_str(a, page, "title", frame_word(s, PAGE_SWEDISH,
		"brochure_title"));
	value_set_str(a, page, "description", frame_word(s, PAGE_SWEDISH,
		"brochure_description"));
	(void)value_set(a, page, "breadcrumbs", frame_start_breadcrumbs(s, a,
		PAGE_SWEDISH));
	(void)value_set(a, page, "notes", notes);
	value_set_bool(a, page, "has_notes", notes->count > 0);
	(void)value_set(a, data, "page", page);
	(void)value_set(a, v, "date", frame_date(a, s->options.today,
		text_of("sv")));
	(void)value_set(a, v, "chapters", chapters);
	(void)value_set(a, v, "services", services);
	value_set_bool(a, v, "has_services", services->count > 0);
	(void)value_set(a, v, "pdf", site_file(s, arena_printf(a, "content%s",
		pdf.p)) ? value_text(a, pdf) : value_null(a));
	(void)value_set(a, data, "brochure", v);
	return true;
}
