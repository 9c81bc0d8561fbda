/* jsonld: what a page says to machines, in the words of schema.org. */
#include "site/jsonld.h"

#include "base/buf.h"
#include "base/json.h"
#include "site/directive.h"
#include "base/banned.h"

enum { JSONLD_MAX = 64 * 1024 };

static struct value *
node(struct arena *a, const char *type)
{
	struct value *v = value_map(a);

	value_set_str(a, v, "@type", text_of(type));
	return v;
}

static void
set_if(struct arena *a, struct value *v, const char *key, struct text t)
{
	if (t.len)
		value_set_str(a, v, key, t);
}

/* The whole address of a path, if the site knows its own. */
static struct text
whole(const struct site *s, struct arena *a, struct text url)
{
	struct text at = link_address(a, s->config.intake_url, url);

	if (!text_starts(at, "/"))
		return at;
	return arena_join(a, (struct text[]){ s->config.base_url, at }, 2);
}

static void
add_crumb(struct arena *a, struct value *list, struct text title,
	struct text url)
{
	struct value *v = node(a, "ListItem");

	(void)value_set(a, v, "position", value_int(a,
		(int64_t)list->count + 1));
	value_set_str(a, v, "name", title);
	set_if(a, v, "item", url);
	(void)value_push(a, list, v);
}

/* The last is the page itself, which needs no address. */
static struct value *
breadcrumbs(const struct site *s, struct arena *a, const struct value *page)
{
	const struct value *crumbs = value_get(page, "breadcrumbs");
	struct value *v, *list;

	if (value_is_empty(crumbs))
		return NULL;
	v = node(a, "BreadcrumbList");
	list = value_list(a);
	for (const struct value_item *i = crumbs->first; i; i = i->next)
		add_crumb(a, list, value_get_text(i->value, "title"),
			whole(s, a, value_get_text(i->value, "url")));
	add_crumb(a, list, value_get_text(page, "title"), text_of(""));
	(void)value_set(a, v, "itemListElement", list);
	return v;
}

static struct value *
organisation(const struct site *s, struct arena *a, int lang)
{
	const struct value *site = s->config.lang[lang].site;
	struct value *v = node(a, "GovernmentOrganization");

	value_set_str(a, v, "name", value_get_text(site, "organisation"));
	set_if(a, v, "url", s->config.base_url.len
		? whole(s, a, text_of("/")) : text_of(""));
	return v;
}

static struct value *
contact_point(struct arena *a, const struct value *c, struct text type,
	struct text lang)
{
	struct value *v = node(a, "ContactPoint");

	value_set_str(a, v, "contactType", type);
	set_if(a, v, "telephone", value_get_text(c, "tel"));
	set_if(a, v, "email", value_get_text(c, "email"));
	value_set_str(a, v, "availableLanguage", lang);
	return v;
}

/* The municipality with how to reach it: all contacts, or its own. */
static struct value *
municipality(const struct site *s, struct arena *a,
	const struct frame_page *p)
{
	struct text code = text_of(variant_lang(p->variant));
	int lang = config_lang(code);
	const struct config_lang *c = &s->config.lang[lang];
	struct value *v = organisation(s, a, lang);
	struct value *list = value_list(a);

	set_if(a, v, "email", value_get_text(c->site, "email"));
	set_if(a, v, "telephone", value_get_text(c->site, "tel"));
	set_if(a, v, "address", text_trim(value_get_text(c->site,
		"visit_address")));
	if (!p->page->parent)
		(void)value_push(a, list, contact_point(a, c->site,
			text_of("customer service"), code));
	for (const struct value_item *i = p->page->parent
		? c->contacts->first : NULL; i; i = i->next)
		(void)value_push(a, list, contact_point(a, i->value,
			value_get_text(i->value, "name"), code));
	(void)value_set(a, v, "contactPoint", list);
	return v;
}

/* A form by what leads to it: `service` of themes/DATA.md. */
static struct value *
service(const struct site *s, struct arena *a, const struct frame_page *p,
	const struct value *to)
{
	struct text audience = value_get_text(to, "audience");
	int lang = config_lang(text_of(variant_lang(p->variant)));
	struct value *v = node(a, "GovernmentService");
	struct value *channel = node(a, "ServiceChannel");

	value_set_str(a, v, "name", value_get_text(to, "title"));
	set_if(a, v, "description", value_get_text(to, "description"));
	(void)value_set(a, v, "provider", organisation(s, a, lang));
	value_set_str(a, channel, "serviceUrl", whole(s, a,
		value_get_text(to, "url")));
	(void)value_set(a, v, "availableChannel", channel);
	if (audience.len) {
		struct value *whom = node(a, "Audience");

		value_set_str(a, whom, "audienceType", audience);
		(void)value_set(a, v, "audience", whom);
	}
	return v;
}

static struct value *
service_of(const struct site *s, struct arena *a, const struct frame_page *p,
	const struct value *page)
{
	const struct value *to = p->form ? directive_service(s, a, p->form)
		: value_get(page, "service");

	return value_is_empty(to) ? NULL : service(s, a, p, to);
}

/* On the page of all forms, each of its language.  On any other page
 * ":::form" is a way on from there, not what that page is about. */
static void
add_services(const struct site *s, struct arena *a,
	const struct frame_page *p, struct value *graph)
{
	struct text lang = text_of(variant_lang(p->variant));

	if (!text_eq(p->url, frame_services_url(p->variant)))
		return;
	for (size_t i = 0; i < s->form_count; i++)
		if (text_eq(s->forms[i]->lang, lang))
			(void)value_push(a, graph, service(s, a, p,
				directive_service(s, a, s->forms[i])));
}

static bool
has_contacts(const struct frame_page *p)
{
	return p->page && (!p->page->parent ||
		text_is(p->page->page->key, "kontakt"));
}

static struct value *
as_html(struct arena *a, struct value *graph)
{
	struct value *v = value_map(a);
	struct value *html;
	struct buf b;

	value_set_str(a, v, "@context", text_of("https://schema.org"));
	(void)value_set(a, v, "@graph", graph);
	buf_init(&b, JSONLD_MAX);
	json_put_html(&b, v);
	html = b.full ? value_null(a)
		: value_html(a, arena_copy(a, buf_view(&b)));
	buf_release(&b);
	return html;
}

void
jsonld_put(const struct site *s, struct arena *a, const struct frame_page *p,
	struct value *data)
{
	const struct value *page = value_get(data, "page");
	struct value *nodes[] = {
		breadcrumbs(s, a, page),
		page ? service_of(s, a, p, page) : NULL,
		has_contacts(p) ? municipality(s, a, p) : NULL,
	};
	struct value *graph = value_list(a);

	for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++)
		if (nodes[i])
			(void)value_push(a, graph, nodes[i]);
	add_services(s, a, p, graph);
	(void)value_set(a, data, "json_ld", graph->count ? as_html(a, graph)
		: value_null(a));
}
