/* site: reads and checks everything a site is made of. */
#include "site/site.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/sort.h"
#include "site/brochure.h"
#include "site/changes.h"
#include "site/content.h"
#include "site/dating.h"
#include "site/directive.h"
#include "site/frame.h"
#include "site/keep.h"
#include "site/leftout.h"
#include "site/parts.h"
#include "site/pool.h"
#include "site/rate.h"
#include "site/stage.h"
#include "site/statement.h"
#include "view/formview.h"
#include "base/banned.h"

enum { DIFFERENCES_MAX = 64 * 1024, LISTINGS = 2, OPENINGS = 2 };

/* ---- looking up -------------------------------------------------------- */

const struct form *
site_form(const struct site *s, struct text id, struct text lang)
{
	const struct form *swedish = NULL;

	for (size_t i = 0; i < s->form_count; i++) {
		const struct form *f = s->forms[i];

		if (!text_eq(f->id, id))
			continue;
		if (text_eq(f->lang, lang))
			return f;
		if (text_is(f->lang, "sv"))
			swedish = f;
	}
	return swedish;
}

bool
site_has_forms(const struct site *s, enum page_variant variant)
{
	bool any = variant == PAGE_SWEDISH;

	/* Easy-read pages lead to the Swedish forms. */
	for (size_t i = 0; variant == PAGE_ENGLISH && i < s->form_count; i++)
		any = any || text_is(s->forms[i]->lang, "en");
	return any;
}

const struct site_file *
site_file(const struct site *s, struct text path)
{
	for (size_t i = 0; path.len && i < s->file_count; i++)
		if (text_eq(s->files[i].path, path))
			return &s->files[i];
	return NULL;
}

bool
site_has_history(const struct site *s)
{
	return s->source.history != NULL;
}

size_t
site_undated(const struct site *s)
{
	size_t n = 0;

	for (size_t i = 0; s->dates && i < s->tree.count; i++)
		n += !s->dates[i].known;
	return n;
}

const struct value *
site_config(const struct site *s)
{
	return s->config.lang[0].site;
}

const struct theme *
site_theme(const struct site *s)
{
	return s->theme;
}

const struct form *const *
site_forms(const struct site *s, size_t *count)
{
	*count = s->form_count;
	return s->forms;
}

/* ---- theme ------------------------------------------------------------- */

/* The theme that was meant by a name that none has; NULL: none is near. */
static const char *
near_theme(struct site *s, struct text name)
{
	struct err ignored = { 0 };
	const char **names;
	struct text *paths;
	size_t count;
	size_t n = 0;

	if (!source_list(&s->source, "themes", &paths, &count, &ignored))
		return NULL;
	names = arena_array(&s->arena, count + 1, sizeof *names);
	for (size_t i = 0; i < count; i++) {
		struct text t = text_from(paths[i], strlen("themes/"));

		t.len = text_find(t, '/');
		if (!n || !text_is(t, names[n - 1]))
			names[n++] = arena_string(&s->arena, t);
	}
	return text_nearest(name, names);
}

static bool
read_layer(struct site *s, struct text name, struct theme_layer *layer,
	struct err *e)
{
	const char *dir = arena_printf(&s->arena, "themes/%.*s",
		(int)name.len, name.p).p;
	struct theme_file *files;
	struct text *paths;
	const char *near;
	size_t count;

	if (!source_list(&s->source, dir, &paths, &count, e))
		return false;
	near = count ? NULL : near_theme(s, name);
	if (count == 0)
		return err_set(e, ERR_FORMAT, near ? CONFIG_SITE ":%d: theme "
			"\"%.*s\": there is no file in %s (did you mean "
			"\"%s\"?)" : CONFIG_SITE ":%d: theme \"%.*s\": there "
			"is no file in %s", s->config.theme_line,
			(int)name.len, name.p, dir, near);
	files = arena_array(&s->arena, count, sizeof *files);
	for (size_t i = 0; i < count; i++) {
		files[i].path = text_from(paths[i], strlen(dir) + 1);
		if (!source_read(&s->source, paths[i].p, SITE_FILE_MAX,
			&files[i].bytes, e))
			return false;
	}
	*layer = (struct theme_layer){ dir, files, count };
	return true;
}

static bool
load_theme(struct site *s, struct err *e)
{
	const struct config *c = &s->config;
	struct theme_layer *layers = arena_array(&s->arena, c->theme_count,
		sizeof *layers);

	for (size_t i = 0; i < c->theme_count; i++)
		if (!read_layer(s, c->themes[i], &layers[i], e))
			return false;
	if (!theme_make_layers(&s->arena, layers, c->theme_count, &s->theme,
		e))
		return false;
	if (!directive_check_theme(s->theme, &s->arena, e))
		return false;
	/* The maps are shared and only read; a copy of the head is ours. */
	for (int lang = 0; lang < CONFIG_LANGS; lang++) {
		s->words[lang] = value_map(&s->arena);
		*s->words[lang] = *theme_text(s->theme,
			text_of(lang ? "en" : "sv"));
	}
	s->assets = value_map(&s->arena);
	*s->assets = *theme_asset_urls(s->theme);
	s->integrity = value_map(&s->arena);
	*s->integrity = *theme_asset_integrity(s->theme);
	return true;
}

/* ---- forms ------------------------------------------------------------- */

static bool
load_form(struct site *s, const char *path, struct err *e)
{
	struct form *f = arena_alloc(&s->arena, sizeof *f);
	struct text source;

	if (!source_read(&s->source, path, FORM_FILE_MAX, &source, e) ||
		!form_parse(&s->arena, path, source, f, e))
		return false;
	if (!text_is(f->lang, "sv") && !text_is(f->lang, "en"))
		return err_set(e, ERR_FORMAT, "%s: unknown language \"%.*s\"; "
			"there are sv and en", path, (int)f->lang.len,
			f->lang.p);
	s->forms[s->form_count++] = f;
	return true;
}

static int
by_id(const void *x, const void *y)
{
	const struct form *a = *(const struct form *const *)x;
	const struct form *b = *(const struct form *const *)y;
	int c = text_cmp(a->id, b->id);

	/* "sv" before "en". */
	return c ? c : -text_cmp(a->lang, b->lang);
}

/* Each difference is a line of its own. */
static bool
check_translation(struct site *s, const struct form *f, struct err *e)
{
	const struct form *original = site_form(s, f->id, text_of("sv"));
	struct text rest, line;
	struct buf b;
	bool ok = true;

	if (f == original || (!original && leftout_form(s, f->id)))
		return true;
	if (!original)
		return err_set(e, ERR_FORMAT, "%s: there is no forms/%.*s.md "
			"that it translates", f->path.p, (int)f->id.len,
			f->id.p);
	buf_init(&b, DIFFERENCES_MAX);
	if (!form_matches(original, f, &b)) {
		rest = buf_view(&b);
		while (ok && text_line(&rest, &line)) {
			(void)err_set(e, ERR_FORMAT, "%.*s", (int)line.len,
				line.p);
			ok = fault_seen(s->faults, e);
		}
	}
	buf_release(&b);
	return ok;
}

static bool
load_forms(struct site *s, struct err *e)
{
	struct text *paths;
	size_t count;

	if (!source_list(&s->source, "forms", &paths, &count, e))
		return false;
	s->forms = arena_array(&s->arena, count + 1, sizeof *s->forms);
	for (size_t i = 0; i < count; i++)
		if (text_ends(paths[i], ".md") &&
			!load_form(s, paths[i].p, e)) {
			if (!fault_seen(s->faults, e))
				return false;
			leftout_add(s, paths[i]);
		}
	if (s->form_count)
		qsort(s->forms, s->form_count, sizeof *s->forms, by_id);
	for (size_t i = 0; i < s->form_count; i++)
		if (!check_translation(s, s->forms[i], e) &&
			!fault_seen(s->faults, e))
			return false;
	return true;
}

/* ---- what links can lead to -------------------------------------------- */

static int
by_text(const void *x, const void *y)
{
	return text_cmp(*(const struct text *)x, *(const struct text *)y);
}

static void
find_targets(struct site *s)
{
	size_t left = leftout_count(s);
	size_t aliases = 0;
	struct text *files, *urls;
	size_t file_count = s->file_count;
	size_t n = 0;

	for (size_t i = 0; i < s->tree.count; i++)
		aliases += s->tree.pages[i].page->alias_count;
	files = arena_array(&s->arena, s->file_count + left + 1, sizeof *files);
	urls = arena_array(&s->arena, aliases + 2 * s->form_count + 2 * left +
		3 * PAGE_VARIANTS + 3, sizeof *urls);
	for (size_t i = 0; i < s->file_count; i++)
		files[i] = s->files[i].path;
	for (size_t i = 0; i < left; i++) {
		struct text url = leftout_url(s, i);

		files[file_count++] = leftout_path(s, i);
		urls[n++] = url;
		urls[n++] = arena_printf(&s->arena, "%sblankett/", url.p);
	}
	sort_items(files, file_count, sizeof *files, by_text);
	for (size_t i = 0; i < s->tree.count; i++)
		for (size_t k = 0; k < s->tree.pages[i].page->alias_count; k++)
			urls[n++] = s->tree.pages[i].page->aliases[k];
	for (size_t i = 0; i < s->form_count; i++) {
		struct text url = formview_url(&s->arena, s->forms[i]);

		urls[n++] = url;
		urls[n++] = arena_printf(&s->arena, "%sblankett/", url.p);
	}
	if (brochure_is_made(s))
		urls[n++] = text_of(BROCHURE_URL);
	for (int v = 0; v < PAGE_VARIANTS; v++) {
		struct text search = frame_search_url(s, (enum page_variant)v);

		if (search.len)
			urls[n++] = search;
		if (!site_has_forms(s, (enum page_variant)v))
			continue;
		urls[n++] = frame_services_url((enum page_variant)v);
		urls[n++] = frame_reply_url((enum page_variant)v);
	}
	if (frame_changes_url(s).len) {
		urls[n++] = frame_changes_url(s);
		if (s->config.base_url.len)
			urls[n++] = text_of(CHANGES_FEED_URL);
	}
	qsort(urls, n, sizeof *urls, by_text);
	s->targets = (struct link_targets){ &s->tree, files, file_count,
		urls, n, s->config.intake_url };
}

/* ---- what site.yaml names ---------------------------------------------- */

/* Are there pages of these keys? */
static bool
check_pages(struct site *s, const char *name, const struct text *keys,
	size_t count, int line, struct err *e)
{
	const struct tree *t = &s->tree;
	const char **names = arena_array(&s->arena, t->count + 1,
		sizeof *names);

	for (size_t i = 0; i < t->count; i++)
		names[i] = t->pages[i].page->key.p;
	for (size_t i = 0; i < count; i++) {
		const char *near = text_nearest(keys[i], names);

		if (tree_find(t, keys[i], PAGE_SWEDISH) ||
			leftout_page(s, keys[i]))
			continue;
		(void)err_set(e, ERR_FORMAT, near ? CONFIG_SITE ":%d: %s: "
			"there is no page \"%.*s\" (did you mean \"%s\"?)"
			: CONFIG_SITE ":%d: %s: there is no page \"%.*s\"",
			line, name, (int)keys[i].len, keys[i].p, near);
		if (!fault_seen(s->faults, e))
			return false;
	}
	return true;
}

static bool
check_named(struct site *s, struct err *e)
{
	struct text report = s->config.report_form;

	if (s->config.report_line && !site_form(s, report, text_of("sv")) &&
		!leftout_form(s, report)) {
		(void)err_set(e, ERR_FORMAT, CONFIG_SITE ":%d: report-form: "
			"there is no forms/%.*s.md", s->config.report_line,
			(int)report.len, report.p);
		if (!fault_seen(s->faults, e))
			return false;
	}
	for (size_t i = 0; i < s->tree.count; i++)
		if (statement_is(s->tree.pages[i].page) && !statement_check(
			s->tree.pages[i].page, s->faults, e))
			return false;
	return check_pages(s, "footer", s->config.footer,
			s->config.footer_count, s->config.footer_line, e) &&
		check_pages(s, "brochure", s->config.brochure,
			s->config.brochure_count, s->config.brochure_line, e);
}

/* ---- loading ----------------------------------------------------------- */

/* Which address is whose. */
static bool
settle_addresses(struct site *s, struct err *e)
{
	const struct site_options *o = &s->options;
	struct config *c = &s->config;

	if (o->intake_url)
		c->intake_url = text_of(o->intake_url);
	if (c->intake_url.len && !config_is_origin(c->intake_url))
		return err_set(e, ERR_USAGE, "--intake-url must be like "
			"\"https://www.exempel.se\", without a path");
	while (text_ends(c->intake_url, "/"))
		c->intake_url.len--;
	if (o->at_intake && c->intake_url.len && !o->base_url)
		c->base_url = c->intake_url;
	if (o->at_intake)
		c->intake_url.len = 0;
	return true;
}

/* What the site is made with. */
static bool
load_means(struct site *s, struct err *e)
{
	return config_load(&s->source, s->options.base_url, &s->config, e) &&
		settle_addresses(s, e) && load_theme(s, e) &&
		load_forms(s, e);
}

struct opening {
	struct site *site;
	struct content *content;
};

/* What the build before knew, and what there is now. */
static bool
work_list(void *context, int thread, size_t index, struct err *e)
{
	struct opening *o = context;

	if (index == 1)
		return content_open(o->site, &o->content, e);
	keep_open(o->site, &o->site->results[thread]);
	return true;
}

/* Git takes some time to start; all else is read meanwhile, unless it comes
 * from git. */
static bool
work_open(void *context, int thread, size_t index, struct err *e)
{
	struct opening *o = context;

	if (index == 0)
		return dating_open(o->site, &o->site->results[thread], e);
	if (index == 1)
		return load_means(o->site, e);
	return content_read(o->content, thread, index - OPENINGS, e);
}

static bool
read_all(struct site *s, struct err *e)
{
	struct opening o = { .site = s };
	bool ok;

	if (!pool_run(s->jobs, LISTINGS, work_list, &o, e))
		return false;
	content_match(o.content);
	ok = pool_run(s->jobs, OPENINGS + content_count(o.content), work_open,
		&o, e);
	content_close(o.content, ok);
	return ok;
}

/* A commit's files are there once git is, for one thread at a time. */
static bool
read_commit(struct site *s, struct err *e)
{
	struct opening o = { .site = s };
	bool ok;

	if (!dating_open(s, &s->results[0], e) || !load_means(s, e) ||
		!content_open(s, &o.content, e))
		return false;
	ok = true;
	for (size_t i = 0; ok && i < content_count(o.content); i++)
		ok = content_read(o.content, 0, i, e);
	content_close(o.content, ok);
	return ok;
}

static bool
make_tree(struct site *s, struct err *e)
{
	const struct site_options *o = &s->options;

	return tree_make(&s->arena, s->pages, s->page_count, o->today,
		o->drafts, &s->tree, e);
}

static bool
load(struct site *s, struct err *e)
{
	const struct site_options *o = &s->options;

	if (!source_open(&s->arena, o->root, o->revision, &s->source, e) ||
		!(o->revision ? read_commit(s, e) : read_all(s, e)))
		return false;
	keep_compare(s);
	/* A check goes on without its start page. */
	if (!make_tree(s, e) && !(s->faults && leftout_start(s, e) &&
		make_tree(s, e)))
		return false;
	find_targets(s);
	expiry_find(s);
	return check_named(s, e);
}

bool
site_load(const struct site_options *o, struct site **out, struct err *e)
{
	struct site *s = calloc(1, sizeof *s);

	*out = NULL;
	if (!s)
		return err_set(e, ERR_SYSTEM, "no memory for a site");
	arena_init(&s->arena, false);
	s->options = *o;
	s->jobs = o->jobs > 0 ? o->jobs : pool_processors();
	if (s->jobs > SITE_THREADS_MAX)
		s->jobs = SITE_THREADS_MAX;
	if (o->keep_going) {
		s->faults = arena_alloc(&s->arena, sizeof *s->faults);
		s->faults->arena = &s->arena;
	}
	if (!load(s, e)) {
		site_close(s);
		return false;
	}
	*out = s;
	return true;
}

void
site_close(struct site *s)
{
	if (!s)
		return;
	for (int i = 0; i < SITE_THREADS_MAX; i++)
		arena_release(&s->results[i]);
	keep_close(s);
	source_close(&s->source);
	stage_close(s->stage);
	spool_close(s->spool);
	arena_release(&s->arena);
	free(s);
}
