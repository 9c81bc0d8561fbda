/* pageview: a content page as the data page.mustache reads. */
#include "site/pageview.h"

#include "site/changes.h"
#include "site/frame.h"
#include "site/directive.h"
#include "site/keys.h"
#include "site/leftout.h"
#include "view/formview.h"
#include "base/banned.h"

/* Between the last two of several: a table, since it is grammar. */
static const char *const and_words[CONFIG_LANGS] = { " och ", " and " };

static struct value *
text_or_null(struct arena *a, struct text t)
{
	return t.len ? value_text(a, t) : value_null(a);
}

/* "a, b och c". */
static struct text
join(struct arena *a, const struct text *items, size_t count, int lang)
{
	struct text all = { "", 0 };

	for (size_t i = 0; i < count; i++)
		all = arena_printf(a, "%.*s%s%.*s", (int)all.len, all.p,
			i == 0 ? "" : i + 1 < count ? ", " : and_words[lang],
			(int)items[i].len, items[i].p);
	return all;
}

static void
put_dates(const struct site *s, struct arena *a, const struct tree_page *p,
	struct text lang, struct value *page)
{
	const struct history_dates *d = s->dates ? &s->dates[p->index] : NULL;
	struct value *first = value_null(a);
	struct value *last = first;

	if (d && d->known) {
		first = last = changes_date(a, d->first, lang);
		if (d->count > 1)
			last = changes_date(a, d->last, lang);
	}
	(void)value_set(a, page, "published", first);
	(void)value_set(a, page, "changed", last);
	changes_put_revisions(a, d, lang, page);
}

static void
put_review(const struct site *s, struct arena *a, const struct page *p,
	struct text lang, struct value *page)
{
	struct value *v = frame_date(a, p->reviewed, lang);

	if (v->kind == VALUE_MAP) {
		(void)value_set(a, v, "by", text_or_null(a, join(a,
			p->reviewers, p->reviewer_count, config_lang(lang))));
		value_set_bool(a, v, "overdue",
			page_is_overdue(p, s->options.today));
	}
	(void)value_set(a, page, "reviewed", v);
}

static void
put_document(struct arena *a, const struct page *p, struct text lang,
	struct value *page)
{
	static const struct {
		const char *key, *name;
		bool date;
	} rows[] = {
		{ "type", "type", false },
		{ "approved-by", "approved_by", false },
		{ "approved", "approved", true },
		{ "revised", "revised", true },
		{ "reviewed-by", "reviewed_by", false },
		{ "owner", "owner", false },
	};
	struct value *v = p->document ? value_map(a) : value_null(a);

	for (size_t i = 0; p->document && i < sizeof rows / sizeof *rows; i++) {
		struct text *lines;
		size_t n;

		if (rows[i].date) {
			(void)value_set(a, v, rows[i].name, frame_date(a,
				keys_date(p->document, rows[i].key), lang));
			continue;
		}
		lines = keys_lines(a, p->document, rows[i].key, &n);
		(void)value_set(a, v, rows[i].name, text_or_null(a,
			join(a, lines, n, config_lang(lang))));
	}
	(void)value_set(a, page, "document", v);
}

static void
put_toc(const struct site *s, struct arena *a, const struct tree_page *p,
	struct value *page)
{
	const struct markdown_ids *ids = &s->bodies[p->index].ids;
	struct value *list = value_list(a);

	for (size_t i = 0; p->page->toc && i < ids->count; i++) {
		struct value *v;

		if (ids->items[i].level != 2)
			continue;
		v = value_map(a);
		value_set_str(a, v, "id", ids->items[i].id);
		value_set_str(a, v, "title", ids->items[i].title);
		(void)value_push(a, list, v);
	}
	if (list->count < TOC_MIN)
		list = value_list(a);
	(void)value_set(a, page, "toc", list);
	value_set_bool(a, page, "has_toc", list->count > 0);
}

/* The places that refer to a note. */
static struct value *
note_backs(struct arena *a, const struct footnote *note)
{
	struct value *list = value_list(a);

	for (int i = 1; i <= note->refs; i++) {
		struct value *v = value_map(a);

		value_set_str(a, v, "id", footnote_ref_id(a, note->number,
			i));
		value_set_str(a, v, "label", note->refs == 1
			? arena_printf(a, "%d", note->number)
			: arena_printf(a, "%d (%d)", note->number, i));
		(void)value_push(a, list, v);
	}
	return list;
}

void
pageview_notes(struct arena *a, const struct footnotes *notes,
	struct value *list)
{
	for (size_t i = 0; i < notes->shown_count; i++) {
		const struct footnote *note = notes->shown[i];
		struct value *v = value_map(a);

		value_set_str(a, v, "id", arena_printf(a, "_fn-%d",
			note->number));
		(void)value_set(a, v, "text", value_html(a,
			note->html.markup));
		(void)value_set(a, v, "backs", note_backs(a, note));
		(void)value_push(a, list, v);
	}
}

static void
put_notes(const struct site *s, struct arena *a, const struct tree_page *p,
	struct value *page)
{
	struct value *list = value_list(a);

	pageview_notes(a, &s->bodies[p->index].notes, list);
	(void)value_set(a, page, "notes", list);
	value_set_bool(a, page, "has_notes", list->count > 0);
}

/* The start page's children are the whole site, which its menu shows. */
static void
put_children(const struct site *s, struct arena *a, const struct tree_page *p,
	struct value *page)
{
	struct value *list = value_list(a);

	for (size_t i = 0; p->parent && i < p->child_count; i++) {
		const struct page *child = p->children[i]->page;
		struct value *v = frame_link_to(s, a, frame_title(a, child),
			child->url);

		value_set_str(a, v, "description",
			frame_description(a, child));
		(void)value_push(a, list, v);
	}
	(void)value_set(a, page, "children", list);
	value_set_bool(a, page, "has_children", list->count > 0);
}

static void
put_sources(const struct site *s, struct arena *a, const struct tree_page *p,
	struct value *page)
{
	struct value *list = value_list(a);

	for (size_t i = 0; i < p->page->source_count; i++)
		(void)value_push(a, list, value_html(a,
			s->bodies[p->index].sources[i].markup));
	(void)value_set(a, page, "sources", list);
	value_set_bool(a, page, "has_sources", list->count > 0);
}

static bool
unknown_form(const struct site *s, struct arena *a, const struct page *p,
	struct err *e)
{
	const char *near = text_nearest(p->form, directive_forms(s, a));

	return err_set(e, ERR_FORMAT, near
		? "%s:%d: there is no form \"%.*s\" (did you mean \"%s\"?)"
		: "%s:%d: there is no form \"%.*s\" in forms/", p->path.p,
		p->form_line, (int)p->form.len, p->form.p, near);
}

static bool
put_service(const struct site *s, struct arena *a, const struct page *p,
	struct text lang, struct value *page, struct err *e)
{
	const struct form *f = p->form.len ? site_form(s, p->form, lang)
		: NULL;

	if (p->form.len && !f && !leftout_form(s, p->form))
		return unknown_form(s, a, p, e);
	(void)value_set(a, page, "service", f ? directive_service(s, a, f)
		: value_null(a));
	return true;
}

bool
pageview(const struct site *s, struct arena *a, const struct tree_page *t,
	struct value **out, struct err *e)
{
	const struct page *p = t->page;
	struct text lang = text_of(variant_lang(p->variant));
	struct value *page = value_map(a);

	*out = page;
	value_set_str(a, page, "title", frame_title(a, p));
	value_set_str(a, page, "description", frame_description(a, p));
	(void)value_set(a, page, "body", value_html(a,
		s->bodies[t->index].html.markup));
	(void)value_set(a, page, "breadcrumbs", frame_breadcrumbs(a, t));
	value_set_bool(a, page, "is_home", t->parent == NULL);
	value_set_bool(a, page, "draft", t->page->draft);
	put_toc(s, a, t, page);
	put_notes(s, a, t, page);
	put_children(s, a, t, page);
	put_dates(s, a, t, lang, page);
	put_review(s, a, p, lang, page);
	put_document(a, p, lang, page);
	put_sources(s, a, t, page);
	return put_service(s, a, p, lang, page, e);
}

struct value *
pageview_form(const struct site *s, struct arena *a, struct text title,
	struct text description, enum page_variant variant)
{
	struct value *page = value_map(a);

	value_set_str(a, page, "title", title);
	value_set_str(a, page, "description", description);
	(void)value_set(a, page, "breadcrumbs",
		frame_form_breadcrumbs(s, a, variant));
	return page;
}

bool
pageview_put_form(const struct site *s, struct arena *a,
	const struct frame_page *p, const struct submission *sub,
	struct value *data, struct err *e)
{
	const struct form *f = p->form;
	struct link_page links = { .targets = &s->targets,
		.variant = p->variant, .path = f->path };
	struct markdown_options o = { .link = link_resolve,
		.picture = link_picture, .context = &links };
	struct value *form;

	if (!formview(a, f, sub, &o, &form, e))
		return false;
	(void)value_set(a, data, "form", form);
	(void)value_set(a, data, "page", pageview_form(s, a, f->title,
		f->description, p->variant));
	return true;
}

bool
site_form_data(const struct site *s, struct arena *a, const struct form *f,
	const struct submission *sub, struct value **out, struct err *e)
{
	const struct frame_page p = { .url = formview_url(a, f), .under = "",
		.form = f, .variant = config_lang(f->lang)
			? PAGE_ENGLISH : PAGE_SWEDISH };

	*out = frame_make(s, a, &p);
	return pageview_put_form(s, a, &p, sub, *out, e);
}

static struct value *
services(const struct site *s, struct arena *a, struct text lang)
{
	struct value *list = value_list(a);

	for (size_t i = 0; i < s->form_count; i++)
		if (text_eq(s->forms[i]->lang, lang))
			(void)value_push(a, list,
				directive_service(s, a, s->forms[i]));
	return list;
}

struct value *
pageview_services(const struct site *s, struct arena *a,
	enum page_variant variant)
{
	static const char *const none[] = { "published", "changed", "reviewed",
		"document", "service" };
	static const char *const empty[] = { "toc", "notes", "sources" };
	struct value *page = value_map(a);
	struct value *list = services(s, a, text_of(variant_lang(variant)));

	value_set_str(a, page, "title", frame_word(s, variant,
		"services_title"));
	value_set_str(a, page, "description", frame_word(s, variant,
		"services_description"));
	(void)value_set(a, page, "body", value_html(a, text_of("")));
	(void)value_set(a, page, "breadcrumbs",
		frame_start_breadcrumbs(s, a, variant));
	value_set_bool(a, page, "is_home", false);
	value_set_bool(a, page, "draft", false);
	(void)value_set(a, page, "children", list);
	value_set_bool(a, page, "has_children", list->count > 0);
	changes_put_revisions(a, NULL, text_of(""), page);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		(void)value_set(a, page, none[i], value_null(a));
	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
		(void)value_set(a, page, empty[i], value_list(a));
		value_set_bool(a, page, arena_printf(a, "has_%s",
			empty[i]).p, false);
	}
	return page;
}
