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
	/* The ids of all headings, empty where one is left out; none while
	 * they are not known yet. */
	struct markdown_ids ids;
	struct link_page links; /* of the chapter being rendered */
};

bool
brochure_is_made(const struct site *s)
{
	return s->config.brochure_count > 0 && theme_has(s->theme, "brochure");
}

/* ---- links -------------------------------------------------------------- */

/* The id in the brochure of a heading of a chapter, or the chapter's; empty
 * if it is left out.  All headings of the page have their place among ids. */
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
	if (!to.len)
		to = r->links.from->page->url;
	c = chapter_at(r, to);
	if (c)
		id = heading_id(r, c, id);
	if (c && id.len)
		*out = arena_printf(a, "#%s", id.p);
	/* A page, not the file of a picture: whole, for paper. */
	else if (text_starts(to, "/") && text_ends(to, "/"))
		*out = arena_join(a, (struct text[]){ r->site->config.base_url,
			to, text_from(*out, mark) }, 3);
	return true;
}

/* ---- chapters ----------------------------------------------------------- */

static void
plan(struct brochure *r)
{
	const struct site *s = r->site;

	r->chapters = arena_array(r->arena, s->config.brochure_count,
		sizeof *r->chapters);
	for (size_t i = 0; i < s->config.brochure_count; i++) {
		const struct tree_page *page = tree_find(&s->tree,
			s->config.brochure[i], PAGE_SWEDISH);

		/* A page that is not there is a fault told already. */
		if (!page)
			continue;
		r->chapters[r->count] = (struct chapter){ .page = page,
			.id = arena_printf(r->arena, "_kapitel-%zu",
				r->count + 1) };
		r->count++;
	}
}

static struct value *
chapter_value(const struct brochure *r, const struct chapter *c,
	struct text html, bool left_out)
{
	const struct page *p = c->page->page;
	struct value *v = frame_link(r->arena, frame_title(r->arena, p),
		arena_join(r->arena, (struct text[]){
			r->site->config.base_url, p->url }, 2));

	value_set_str(r->arena, v, "id", c->id);
	value_set_str(r->arena, v, "description",
		frame_description(r->arena, p));
	(void)value_set(r->arena, v, "number", value_int(r->arena,
		c - r->chapters + 1));
	value_set_bool(r->arena, v, "left_out", left_out);
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
	struct markdown_ids ids = { .numbered = true };
	struct body b = { .site = r->site, .arena = r->arena,
		.variant = PAGE_SWEDISH, .links = &r->links, .brochure = true };
	struct footnotes last = { 0 };
	struct buf html;
	bool ok = true;

	buf_init(&html, BODY_HTML_MAX);
	for (size_t i = 0; ok && i < r->count; i++) {
		const struct tree_page *t = r->chapters[i].page;
		struct footnotes own = { .before = last.before +
			(int)last.shown_count };

		r->chapters[i].first = ids.count;
		r->links = (struct link_page){ .targets = &r->site->targets,
			.from = t, .path = t->page->path };
		b.path = t->page->path.p;
		b.markdown = (struct markdown_options){ .path = b.path,
			.heading_shift = 1, .link = resolve, .context = r,
			.ids = &ids };
		b.left_out = false;
		buf_clear(&html);
		ok = body_render(&b, t->page, &own, &html, e);
		(void)value_push(r->arena, chapters, chapter_value(r,
			&r->chapters[i], buf_view(&html), b.left_out));
		pageview_notes(r->arena, &own, notes);
		last = own;
	}
	if (ids.count == HEADINGS_MAX && !ok)
		err_set(e, ERR_LIMIT, CONFIG_SITE ":%d: brochure: more than "
			"%d headings", r->site->config.brochure_line,
			HEADINGS_MAX);
	if (ok && html.full)
		ok = err_set(e, ERR_LIMIT, BROCHURE_URL ": a chapter becomes "
			"larger than %d bytes", BODY_HTML_MAX);
	buf_release(&html);
	r->ids = ids;
	return ok;
}

/* ---- the rest ----------------------------------------------------------- */

/* Does a chapter lead to it (`form:`)? */
static bool
is_led_to(const struct brochure *r, const struct form *f)
{
	for (size_t i = 0; i < r->count; i++)
		if (text_eq(r->chapters[i].page->page->form, f->id))
			return true;
	return false;
}

/* {title, url, svg}: a code for what the guide leads to; it needs a whole
 * address. */
static bool
put_service(struct brochure *r, const struct form *f, struct value *list,
	struct err *e)
{
	const struct config *c = &r->site->config;
	struct text base = c->intake_url.len ? c->intake_url : c->base_url;
	struct text url = arena_printf(r->arena, "%.*s%s", (int)base.len,
		base.p, formview_url(r->arena, f).p);
	struct value *v = frame_link(r->arena, f->title, url);
	struct value *svg = value_null(r->arena);

	if (base.len && is_led_to(r, f) &&
		!directive_qr(r->site, r->arena, url, &svg, e))
		return false;
	(void)value_set(r->arena, v, "svg", svg);
	(void)value_push(r->arena, list, v);
	return true;
}

/* Those that the guide leads to first; not the one for faults on a page. */
static bool
put_services(struct brochure *r, struct value *list, struct err *e)
{
	size_t count = r->site->form_count;
	bool ok = true;

	for (size_t i = 0; ok && i < 2 * count; i++) {
		const struct form *f = r->site->forms[i % count];

		if (text_is(f->lang, "sv") && f->open &&
			!text_eq(f->id, r->site->config.report_form) &&
			is_led_to(r, f) == (i < count))
			ok = put_service(r, f, list, e);
	}
	return ok;
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

	plan(&r);
	/* First for the ids: a link may lead forward, and to what is not. */
	if (!put_chapters(&r, value_list(a), value_list(a), e) ||
		!put_chapters(&r, chapters, notes, e) ||
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
