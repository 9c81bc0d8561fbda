/* frame: the data that every page of the site shares (themes/DATA.md). */
#include "site/frame.h"

#include "site/changes.h"
#include "view/formview.h"
#include "view/typography.h"
#include "base/banned.h"

struct text
frame_word(const struct site *s, enum page_variant variant, const char *key)
{
	int lang = config_lang(text_of(variant_lang(variant)));

	return value_get_text(s->words[lang], key);
}

struct text
frame_services_url(enum page_variant variant)
{
	return text_of(variant == PAGE_ENGLISH ? "/en/e-tjanster/"
		: "/e-tjanster/");
}

struct text
frame_reply_url(enum page_variant variant)
{
	return text_of(variant == PAGE_ENGLISH ? "/en/svar/" : "/svar/");
}

struct text
frame_search_url(const struct site *s, enum page_variant variant)
{
	bool english = variant == PAGE_ENGLISH;

	if (!theme_has(s->theme, "search") || (english &&
		!tree_find(&s->tree, (struct text){ "", 0 }, PAGE_ENGLISH)))
		return (struct text){ "", 0 };
	return text_of(english ? "/en/sok/" : "/sok/");
}

struct text
frame_changes_url(const struct site *s)
{
	if (!s->source.history || !theme_has(s->theme, "changes") ||
		!theme_has(s->theme, "feed") || tree_find(&s->tree,
			text_of("andringar"), PAGE_SWEDISH))
		return (struct text){ "", 0 };
	return text_of(CHANGES_URL);
}

struct value *
frame_link(struct arena *a, struct text title, struct text url)
{
	struct value *v = value_map(a);

	value_set_str(a, v, "title", title);
	value_set_str(a, v, "url", url);
	return v;
}

struct value *
frame_link_to(const struct site *s, struct arena *a, struct text title,
	struct text url)
{
	return frame_link(a, title, link_address(a, s->config.intake_url,
		url));
}

struct value *
frame_date(struct arena *a, struct date d, struct text lang)
{
	struct value *v;

	if (!d.year)
		return value_null(a);
	v = value_map(a);
	value_set_str(a, v, "iso", date_text(a, d));
	value_set_str(a, v, "text", clock_date_words(a, d, lang));
	return v;
}

struct text
frame_title(struct arena *a, const struct page *p)
{
	return typography_line(a, p->title, p->variant == PAGE_ENGLISH);
}

struct text
frame_description(struct arena *a, const struct page *p)
{
	return typography_line(a, p->description, p->variant == PAGE_ENGLISH);
}

static struct value *
link_to(const struct site *s, struct arena *a, const struct tree_page *to,
	struct text url)
{
	struct value *v = frame_link_to(s, a, frame_title(a, to->page),
		to->page->url);

	value_set_bool(a, v, "current", text_eq(to->page->url, url));
	return v;
}

static struct value *
menu(const struct site *s, struct arena *a, const struct frame_page *p)
{
	const struct tree *t = &s->tree;
	struct value *list = value_list(a);

	for (size_t i = 0; i < t->menu_count[p->variant]; i++)
		(void)value_push(a, list, link_to(s, a,
			t->menu[p->variant][i], p->url));
	return list;
}

static struct value *
home(const struct site *s, struct arena *a, const struct frame_page *p)
{
	const struct tree_page *start = tree_best(&s->tree,
		(struct text){ "", 0 }, p->variant);

	return frame_link(a, frame_title(a, start->page), start->page->url);
}

/* Site.yaml's footer; a page not in this language is shown in Swedish. */
static struct value *
footer(const struct site *s, struct arena *a, const struct frame_page *p)
{
	struct value *list = value_list(a);
	struct text lang = text_of(variant_lang(p->variant));

	for (size_t i = 0; i < s->config.footer_count; i++) {
		const struct tree_page *to = tree_best(&s->tree,
			s->config.footer[i], p->variant);
		struct value *v;
		struct text other;

		if (!to)
			continue;
		v = link_to(s, a, to, p->url);
		other = text_of(variant_lang(to->page->variant));
		(void)value_set(a, v, "lang", text_eq(lang, other)
			? value_null(a) : value_text(a, other));
		(void)value_push(a, list, v);
	}
	return list;
}

/*
 * Search engines take an alternate only if the two pages name each other, and
 * a page only once for each language: an easy-read one is Swedish too, so it
 * is named by none and names none.
 */
static void
add_variant(const struct site *s, struct arena *a, struct value *list,
	enum page_variant variant, struct text url,
	const struct frame_page *here)
{
	static const char *const words[PAGE_VARIANTS] = {
		"variant_sv", "variant_en", "variant_lattlast"
	};
	struct value *v = frame_link(a, frame_word(s, variant,
		words[variant]), url);

	value_set_str(a, v, "variant", text_of(variant_name(variant)));
	value_set_str(a, v, "lang", text_of(variant_lang(variant)));
	(void)value_set(a, v, "hreflang", variant == PAGE_EASY
		? value_null(a) : value_str(a, variant_lang(variant)));
	value_set_bool(a, v, "alternate", variant != PAGE_EASY &&
		here->variant != PAGE_EASY);
	value_set_bool(a, v, "current", text_eq(url, here->url));
	(void)value_push(a, list, v);
}

static void
form_variants(const struct site *s, struct arena *a, struct value *list,
	const struct frame_page *p)
{
	static const enum page_variant order[] = { PAGE_SWEDISH, PAGE_ENGLISH };

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		struct text lang = text_of(variant_lang(order[i]));
		const struct form *f = site_form(s, p->form->id, lang);

		if (f && text_eq(f->lang, lang))
			add_variant(s, a, list, order[i], arena_printf(a,
				"%s%s", formview_url(a, f).p, p->under), p);
	}
}

/* The search page is in the languages, not in easy-read. */
static void
search_variants(const struct site *s, struct arena *a, struct value *list,
	const struct frame_page *p)
{
	if (!p->url.len || !text_eq(p->url, frame_search_url(s, p->variant)))
		return;
	for (int i = 0; i < PAGE_VARIANTS; i++) {
		enum page_variant v = (enum page_variant)i;
		struct text url = frame_search_url(s, v);

		if (v != PAGE_EASY && url.len)
			add_variant(s, a, list, v, url, p);
	}
}

static struct value *
variants(const struct site *s, struct arena *a, const struct frame_page *p)
{
	struct value *list = value_list(a);

	for (int v = 0; p->page && v < PAGE_VARIANTS; v++)
		if (p->page->variants[v])
			add_variant(s, a, list, (enum page_variant)v,
				p->page->variants[v]->page->url, p);
	if (p->form)
		form_variants(s, a, list, p);
	if (!p->page && !p->form)
		search_variants(s, a, list, p);
	return list->count > 1 ? list : value_list(a);
}

/* The form for errors on pages. */
static struct value *
report_url(const struct site *s, struct arena *a, const struct frame_page *p)
{
	const struct form *f = site_form(s, s->config.report_form,
		text_of(variant_lang(p->variant)));

	if (!f)
		return value_null(a);
	return value_text(a, link_address(a, s->config.intake_url,
		formview_url(a, f)));
}

static struct value *
search_link(const struct site *s, struct arena *a, const struct frame_page *p)
{
	struct text url = frame_search_url(s, p->variant);
	struct value *v;

	if (!url.len)
		return value_null(a);
	v = frame_link(a, frame_word(s, p->variant, "search"), url);
	value_set_bool(a, v, "current", text_eq(url, p->url));
	return v;
}

/* The page of changes is in Swedish. */
static void
put_changes(const struct site *s, struct arena *a, const struct frame_page *p,
	struct value *data)
{
	struct text url = frame_changes_url(s);
	struct value *v = value_null(a);

	if (url.len) {
		v = frame_link(a, frame_word(s, PAGE_SWEDISH, "changes_title"),
			url);
		value_set_bool(a, v, "current", text_eq(url, p->url));
		(void)value_set(a, v, "lang", p->variant == PAGE_ENGLISH
			? value_str(a, "sv") : value_null(a));
		(void)value_set(a, v, "feed", s->config.base_url.len
			? value_str(a, CHANGES_FEED_URL) : value_null(a));
	}
	(void)value_set(a, data, "changes", v);
}

/* What does not depend on the page, save where it stands itself. */
static void
put_common(const struct site *s, struct arena *a, const struct frame_page *p,
	struct value *data)
{
	int lang = config_lang(text_of(variant_lang(p->variant)));
	const struct config *c = &s->config;

	/* First what templates ask for most: it is found soonest. */
	(void)value_set(a, data, "page", value_null(a));
	(void)value_set(a, data, "site", c->lang[lang].site);
	(void)value_set(a, data, "words", s->words[lang]);
	value_set_str(a, data, "lang", text_of(variant_lang(p->variant)));
	value_set_str(a, data, "variant", text_of(variant_name(p->variant)));
	(void)value_set(a, data, "base_url", c->base_url.len
		? value_text(a, c->base_url) : value_null(a));
	(void)value_set(a, data, "asset", s->assets);
	(void)value_set(a, data, "asset_integrity", s->integrity);
	(void)value_set(a, data, "menu", menu(s, a, p));
	(void)value_set(a, data, "home", home(s, a, p));
	(void)value_set(a, data, "footer", footer(s, a, p));
	(void)value_set(a, data, "contacts", c->lang[lang].contacts);
	(void)value_set(a, data, "report_url", report_url(s, a, p));
	(void)value_set(a, data, "form_origin", c->intake_url.len
		? value_text(a, c->intake_url) : value_null(a));
	(void)value_set(a, data, "search_link", search_link(s, a, p));
	value_set_bool(a, data, "watch", false);
	put_changes(s, a, p, data);
	(void)value_set(a, data, "json_ld", value_null(a));
}

void
frame_prepare(struct site *s)
{
	for (int v = 0; v < PAGE_VARIANTS; v++) {
		const struct frame_page nowhere = {
			.variant = (enum page_variant)v, .url = { "", 0 },
			.under = ""
		};

		s->frame[v] = value_map(&s->arena);
		put_common(s, &s->arena, &nowhere, s->frame[v]);
	}
}

/* Does a page have what frame_prepare made?  It is then in no menu. */
static bool
is_alike(const struct site *s, const struct frame_page *p)
{
	const struct tree *t = &s->tree;

	if (!s->frame[p->variant] || !p->page)
		return false;
	for (size_t i = 0; i < t->menu_count[p->variant]; i++)
		if (t->menu[p->variant][i] == p->page)
			return false;
	for (size_t i = 0; i < s->config.footer_count; i++)
		if (text_eq(s->config.footer[i], p->page->page->key))
			return false;
	return true;
}

struct value *
frame_make(const struct site *s, struct arena *a, const struct frame_page *p)
{
	struct value *list = variants(s, a, p);
	struct value *data;

	if (is_alike(s, p)) {
		data = value_copy(a, s->frame[p->variant]);
	} else {
		data = value_map(a);
		put_common(s, a, p, data);
	}
	value_set_str(a, data, "url", p->url);
	(void)value_set(a, data, "variants", list);
	value_set_bool(a, data, "has_variants", list->count > 0);
	return data;
}

struct value *
frame_breadcrumbs(struct arena *a, const struct tree_page *page)
{
	const struct tree_page *way[64];
	struct value *list = value_list(a);
	size_t n = 0;

	for (page = page->parent; page && n < 64; page = page->parent)
		way[n++] = page;
	while (n--)
		(void)value_push(a, list, frame_link(a,
			frame_title(a, way[n]->page), way[n]->page->url));
	return list;
}

struct value *
frame_start_breadcrumbs(const struct site *s, struct arena *a,
	enum page_variant variant)
{
	const struct tree_page *start = tree_best(&s->tree,
		(struct text){ "", 0 }, variant);
	struct value *list = value_list(a);

	(void)value_push(a, list, frame_link(a, frame_title(a, start->page),
		start->page->url));
	return list;
}

struct value *
frame_form_breadcrumbs(const struct site *s, struct arena *a,
	enum page_variant variant)
{
	const struct tree_page *services = tree_find(&s->tree,
		text_of("e-tjanster"), variant);
	struct value *list = services ? frame_breadcrumbs(a, services)
		: frame_start_breadcrumbs(s, a, variant);

	(void)value_push(a, list, services
		? frame_link(a, frame_title(a, services->page),
			services->page->url)
		: frame_link(a, frame_word(s, variant, "services_title"),
			frame_services_url(variant)));
	return list;
}

/* The page or form at an address, for pages made while serving. */
static void
find_page(const struct site *s, struct arena *a, struct frame_page *p)
{
	p->page = tree_at(&s->tree, p->url);
	if (p->page)
		p->variant = p->page->page->variant;
	for (size_t i = 0; !p->page && i < s->form_count; i++)
		if (text_eq(formview_url(a, s->forms[i]), p->url))
			p->form = s->forms[i];
}

bool
site_common(struct site *s, struct arena *a, struct text lang,
	struct text url, struct value **out, struct err *e)
{
	struct frame_page p = { .url = url, .under = "",
		.variant = config_lang(lang) ? PAGE_ENGLISH : PAGE_SWEDISH };

	if (!text_starts(url, "/"))
		return err_set(e, ERR_USAGE, "an address on the site begins "
			"with \"/\"");
	find_page(s, a, &p);
	*out = frame_make(s, a, &p);
	return true;
}
