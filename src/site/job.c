/* job: the list of everything the site consists of, ready to be made. */
#include "site/job.h"

#include <string.h>

#include "site/brochure.h"
#include "site/changes.h"
#include "site/keep.h"
#include "site/pageview.h"
#include "site/search_page.h"
#include "view/formview.h"
#include "base/banned.h"

struct listing {
	struct site *site;
	struct jobs *jobs;
};

/* ---- what each template gets ------------------------------------------- */

static bool
put_page(const struct site *s, struct arena *a, const struct job *job,
	struct value *data, struct err *e)
{
	struct value *page;

	if (!pageview(s, a, job->page.page, &page, e))
		return false;
	(void)value_set(a, data, "page", page);
	return true;
}

static bool
put_form(const struct site *s, struct arena *a, const struct job *job,
	struct value *data, struct err *e)
{
	if (!pageview_put_form(s, a, &job->page, NULL, data, e))
		return false;
	(void)value_set(a, data, "errors", value_list(a));
	(void)value_set(a, data, "hidden", value_list(a));
	value_set_bool(a, data, "is_error", false);
	value_set_bool(a, data, "closed", !job->page.form->open);
	return true;
}

static bool
put_services(const struct site *s, struct arena *a, const struct job *job,
	struct value *data, struct err *e)
{
	(void)e;
	(void)value_set(a, data, "page", pageview_services(s, a,
		job->page.variant));
	return true;
}

static bool
put_reply(const struct site *s, struct arena *a, const struct job *job,
	struct value *data, struct err *e)
{
	enum page_variant v = job->page.variant;

	(void)e;
	value_set_bool(a, data, "error", false);
	(void)value_set(a, data, "case", value_null(a));
	(void)value_set(a, data, "page", pageview_form(s, a,
		frame_word(s, v, "svar_title"),
		frame_word(s, v, "svar_description"), v));
	return true;
}

static bool
put_search(const struct site *s, struct arena *a, const struct job *job,
	struct value *data, struct err *e)
{
	(void)e;
	search_page_list(s, a, job->page.variant,
		search_page_put(s, a, job->page.variant, data));
	return true;
}

static bool
put_brochure(const struct site *s, struct arena *a, const struct job *job,
	struct value *data, struct err *e)
{
	(void)job;
	return brochure_put(s, a, data, e);
}

static bool
put_missing(const struct site *s, struct arena *a, const struct job *job,
	struct value *data, struct err *e)
{
	struct value *page = value_map(a);

	(void)e;
	value_set_str(a, page, "title", frame_word(s, job->page.variant,
		"message_404_title"));
	value_set_str(a, page, "lead", frame_word(s, job->page.variant,
		"message_404_lead"));
	(void)value_set(a, data, "page", page);
	(void)value_set(a, data, "status", value_int(a, 404));
	value_set_bool(a, data, "missing", true);
	(void)value_set(a, data, "retry", value_null(a));
	return true;
}

static bool
put_alias(const struct site *s, struct arena *a, const struct job *job,
	struct value *data, struct err *e)
{
	(void)s;
	(void)e;
	(void)value_set(a, data, "target", frame_link(a,
		frame_title(a, job->target->page), job->target->page->url));
	return true;
}

static bool
put_security(const struct site *s, struct arena *a, const struct job *job,
	struct value *data, struct err *e)
{
	(void)job;
	(void)e;
	security_put(a, &s->config.security, s->config.base_url, data);
	return true;
}

static void
add_url(const struct site *s, struct arena *a, struct value *list,
	struct text url, const struct history_dates *d)
{
	struct value *v = value_map(a);

	/* A sitemap names only what is on its own host (sitemaps.org). */
	if (!text_eq(link_address(a, s->config.intake_url, url), url))
		return;
	value_set_str(a, v, "loc", arena_join(a,
		(struct text[]){ s->config.base_url, url }, 2));
	(void)value_set(a, v, "changed", d && d->known
		? value_text(a, date_text(a, date_of(d->last.utc_s)))
		: value_null(a));
	(void)value_push(a, list, v);
}

static bool
put_sitemap(const struct site *s, struct arena *a, const struct job *job,
	struct value *data, struct err *e)
{
	struct history_dates latest = { 0 };
	struct value *list = value_list(a);

	(void)job;
	(void)e;
	if (s->changes && s->changes->count)
		latest = (struct history_dates){ .known = true,
			.last = s->changes->pages[0].commit->date };
	for (size_t i = 0; i < s->tree.count; i++)
		add_url(s, a, list, s->tree.pages[i].page->url,
			s->dates ? &s->dates[i] : NULL);
	for (size_t i = 0; i < s->form_count; i++)
		add_url(s, a, list, formview_url(a, s->forms[i]),
			s->form_dates ? &s->form_dates[i] : NULL);
	if (s->changes && frame_changes_url(s).len)
		add_url(s, a, list, frame_changes_url(s), &latest);
	if (brochure_is_made(s))
		add_url(s, a, list, text_of(BROCHURE_URL), NULL);
	(void)value_set(a, data, "urls", list);
	return true;
}

static bool
put_changes(const struct site *s, struct arena *a, const struct job *job,
	struct value *data, struct err *e)
{
	(void)job;
	(void)e;
	changes_put_page(s, a, data);
	return true;
}

static bool
put_feed(const struct site *s, struct arena *a, const struct job *job,
	struct value *data, struct err *e)
{
	(void)job;
	(void)e;
	changes_put_feed(s, a, data);
	return true;
}

static bool
put_nothing(const struct site *s, struct arena *a, const struct job *job,
	struct value *data, struct err *e)
{
	(void)s;
	(void)a;
	(void)job;
	(void)data;
	(void)e;
	return true;
}

/* ---- the list of outputs ----------------------------------------------- */

/* "/roller/" is roller/index.html, "/a.html" is a.html, "/a" a/index.html. */
static struct text
path_of(struct arena *a, struct text url)
{
	struct text path = text_from(url, 1);
	struct text last = path;

	while (text_find(last, '/') < last.len)
		last = text_from(last, text_find(last, '/') + 1);
	if (last.len == 0)
		return arena_join(a, (struct text[]){ path,
			text_of("index.html") }, 2);
	if (text_find(last, '.') < last.len)
		return arena_copy(a, path);
	return arena_join(a, (struct text[]){ path, text_of("/index.html") },
		2);
}

struct job
job_page(struct arena *a, const struct tree_page *t)
{
	const struct page *p = t->page;

	return (struct job){ .put = put_page, .needs = JOB_PAGE,
		.template = "page",
		.page = { .variant = p->variant, .url = p->url, .page = t,
			.under = "" },
		.out = { .path = path_of(a, p->url), .source = p->path } };
}

static struct job *
add(struct listing *r, enum job_needs needs, const char *template,
	enum page_variant variant, struct text url, struct text source)
{
	struct job *job = &r->jobs->items[r->jobs->count++];

	job->needs = needs;
	job->template = template;
	job->page = (struct frame_page){ .variant = variant, .url = url,
		.under = "" };
	job->put = put_nothing;
	job->out.path = path_of(&r->site->arena, url);
	job->out.source = source;
	return job;
}

static void
add_pages(struct listing *r)
{
	const struct tree *t = &r->site->tree;

	for (size_t i = 0; i < t->count; i++) {
		const struct page *p = t->pages[i].page;
		struct job *job = &r->jobs->items[r->jobs->count++];

		*job = job_page(&r->site->arena, &t->pages[i]);
		for (size_t k = 0; k < p->alias_count; k++) {
			job = add(r, JOB_SHARED, "redirect", p->variant,
				p->aliases[k], p->path);
			job->target = &t->pages[i];
			job->put = put_alias;
		}
	}
}

static void
add_forms(struct listing *r)
{
	struct site *s = r->site;

	for (size_t i = 0; i < s->form_count; i++) {
		const struct form *f = s->forms[i];
		enum page_variant v = text_is(f->lang, "en") ? PAGE_ENGLISH
			: PAGE_SWEDISH;
		struct text url = formview_url(&s->arena, f);
		struct job *job = add(r, JOB_DATES, "form", v, url, f->path);

		job->page.form = f;
		job->put = put_form;
		job = add(r, JOB_DATES, "paper", v, arena_printf(&s->arena,
			"%sblankett/", url.p), f->path);
		job->page.form = f;
		job->page.under = "blankett/";
		job->put = put_form;
	}
}

static void
add_variant_made(struct listing *r, enum page_variant v)
{
	struct site *s = r->site;
	struct text search = frame_search_url(s, v);
	struct text none = { "", 0 };

	if (search.len)
		add(r, JOB_SHARED, "search", v, search, none)->put = put_search;
	if (!site_has_forms(s, v))
		return;
	if (s->form_count && !tree_find(&s->tree, text_of("e-tjanster"), v))
		add(r, JOB_SHARED, "page", v, frame_services_url(v),
			none)->put = put_services;
	add(r, JOB_SHARED, "svar", v, frame_reply_url(v), none)->put =
		put_reply;
}

static void
add_made(struct listing *r)
{
	struct site *s = r->site;
	struct text none = { "", 0 };

	add_variant_made(r, PAGE_SWEDISH);
	add_variant_made(r, PAGE_ENGLISH);
	if (brochure_is_made(s))
		add(r, JOB_CHAPTERS, "brochure", PAGE_SWEDISH,
			text_of(BROCHURE_URL), none)->put = put_brochure;
	add(r, JOB_SHARED, "message", PAGE_SWEDISH, text_of("/404.html"),
		none)->put = put_missing;
	(void)add(r, JOB_SHARED, "robots", PAGE_SWEDISH,
		text_of("/robots.txt"), none);
	if (s->config.security.contact_count && theme_has(s->theme,
		"security"))
		add(r, JOB_SHARED, "security", PAGE_SWEDISH,
			text_of(SECURITY_URL), none)->put = put_security;
	if (s->changes && frame_changes_url(s).len) {
		add(r, JOB_DATES, "changes", PAGE_SWEDISH,
			text_of(CHANGES_URL), none)->put = put_changes;
		if (s->config.base_url.len)
			add(r, JOB_DATES, "feed", PAGE_SWEDISH,
				text_of(CHANGES_FEED_URL), none)->put =
				put_feed;
	}
	if (s->config.base_url.len)
		add(r, JOB_DATES, "sitemap", PAGE_SWEDISH,
			text_of("/sitemap.xml"), none)->put = put_sitemap;
}

/* What is there already; its bytes are hashed into what all depend on. */
static struct job *
add_file(struct listing *r, struct text path, struct text bytes,
	struct text source)
{
	struct job *job = &r->jobs->items[r->jobs->count++];

	job->needs = JOB_SHARED;
	job->out = (struct output){ .path = path, .bytes = bytes,
		.source = source };
	return job;
}

static void
add_files(struct listing *r)
{
	const struct site *s = r->site;
	const struct asset *assets;
	size_t count;

	for (size_t i = 0; i < s->file_count; i++)
		add_file(r, text_from(s->files[i].path, strlen("content/")),
			s->files[i].bytes, s->files[i].path)->file =
			&s->files[i];
	assets = theme_assets(s->theme, &count);
	for (size_t i = 0; i < count; i++)
		(void)add_file(r, text_from(assets[i].url, 1),
			assets[i].bytes, assets[i].path);
}

void
job_list(struct site *s, struct jobs *out)
{
	struct listing list = { s, out };
	struct listing *r = &list;
	size_t count = s->tree.count + 2 * s->form_count + s->file_count +
		3 * PAGE_VARIANTS + 7;
	size_t assets;

	(void)theme_assets(s->theme, &assets);
	for (size_t i = 0; i < s->tree.count; i++)
		count += s->tree.pages[i].page->alias_count;
	out->items = arena_array(&s->arena, count + assets, sizeof *out->items);
	add_pages(r);
	add_forms(r);
	add_made(r);
	add_files(r);
}

/* They are kept with their page. */
static void
add_sheet(struct listing *r, const struct site_body *body,
	const struct diagram_sheet *sheet, struct text source)
{
	struct text path = path_of(&r->site->arena, sheet->url);
	const struct memo_output *was;
	size_t near = 0;
	struct job *job = add_file(r, path, sheet->bytes, source);

	if (body->made) {
		job->out.hash = hash_bytes(sheet->bytes);
		return;
	}
	was = keep_output(r->site, path, &near);
	job->out.place = OUTPUT_KEPT;
	job->out.hash = was->hash;
}

void
job_sheets(struct site *s, struct jobs *out)
{
	struct listing list = { s, out };
	size_t count = 0;

	for (size_t i = 0; i < s->tree.count; i++)
		count += s->bodies[i].sheets.count;
	out->items = arena_array(&s->arena, count + 1, sizeof *out->items);
	for (size_t i = 0; i < s->tree.count; i++)
		for (size_t k = 0; k < s->bodies[i].sheets.count; k++)
			add_sheet(&list, &s->bodies[i],
				&s->bodies[i].sheets.items[k],
				s->tree.pages[i].page->path);
}
