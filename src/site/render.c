/* render: every output of the site, made in memory on several threads. */
#include "site/site.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/sort.h"
#include "base/fs.h"
#include "site/changes.h"
#include "site/clash.h"
#include "site/dating.h"
#include "site/directive.h"
#include "site/body.h"
#include "site/content.h"
#include "site/frame.h"
#include "site/job.h"
#include "site/jsonld.h"
#include "site/keep.h"
#include "site/parts.h"
#include "site/pool.h"
#include "site/stage.h"
#include "site/worktree.h"
#include "base/banned.h"

struct worker {
	struct buf body;      /* a page's text being made */
	struct buf page;      /* the whole of it */
	struct arena scratch; /* its data; emptied for each */
};

struct render {
	struct site *site;
	struct worker *workers;
	struct jobs jobs;
	struct jobs sheets;
	/* Pages made as soon as their text was; by index in the tree, without
	 * a path if not. */
	struct output *early;
	atomic_bool dated; /* what git knows is there */
	/* A template does not come to an end: none is tried again. */
	atomic_bool endless;
};

/* ---- from data to bytes ------------------------------------------------- */

/* Wanted by site_publish alone, the bytes wait on disk; where no such file
 * can be made, in memory. */
static void
open_stores(struct site *s)
{
	const char *dir = fs_join(&s->arena, s->options.root, ".blankett");
	struct err ignored = { 0 };

	if (!s->options.out_dir || s->spool)
		return;
	s->stage = stage_open(s->options.root, s->options.out_dir);
	if (!spool_open(fs_is_dir(dir) ? dir : s->options.root, &s->spool,
		&ignored))
		s->spool = NULL;
}

/* What cannot be staged, since two want one place or the disk is full, is
 * spooled: then the fault is told by who knows it. */
static bool
store(struct site *s, struct arena *a, struct arena *scratch,
	struct text bytes, struct output *out, struct err *e)
{
	out->hash = hash_bytes(bytes);
	out->bytes = (struct text){ NULL, bytes.len };
	if (s->stage && stage_is_there(s->stage, out->path, bytes, scratch,
		&out->stamp)) {
		out->place = OUTPUT_THERE;
	} else if (s->stage && stage_put(s->stage, out->path, bytes, scratch,
		&out->at, &out->stamp)) {
		out->place = OUTPUT_STAGED;
	} else if (s->spool) {
		out->place = OUTPUT_SPOOLED;
		return spool_put(s->spool, bytes, &out->at, e);
	} else {
		out->bytes = arena_copy(a, bytes);
	}
	return true;
}

static bool
make_output(const struct render *r, int thread, const struct job *job,
	struct output *out, struct err *e)
{
	struct worker *w = &r->workers[thread];
	struct site *s = r->site;
	struct value *data = frame_make(s, &w->scratch, &job->page);
	bool ok;

	value_set_bool(&w->scratch, data, "watch", s->options.watch);
	buf_clear(&w->page);
	ok = job->put(s, &w->scratch, job, data, e);
	if (ok)
		jsonld_put(s, &w->scratch, &job->page, data);
	ok = ok && theme_render(s->theme, job->template, data, &w->page, e);
	if (ok && w->page.full)
		ok = err_set(e, ERR_LIMIT, "%s: becomes larger than %d bytes",
			job->out.path.p, BODY_HTML_MAX);
	*out = job->out;
	out->bytes = text_of("");
	arena_clear(&w->scratch);
	ok = ok && store(s, &s->results[thread], &w->scratch,
		buf_view(&w->page), out, e);
	arena_clear(&w->scratch);
	return ok;
}

/* ---- from Markdown to HTML --------------------------------------------- */

/* Is the page's Markdown wanted once more, for the brochure? */
static bool
is_chapter(const struct site *s, const struct page *p)
{
	for (size_t i = 0; i < s->config.brochure_count; i++)
		if (text_eq(s->config.brochure[i], p->key))
			return true;
	return false;
}

/* Into the worker's buffer; *html is a view of it. */
static bool
render_body(struct site *s, struct worker *w, struct arena *a,
	const struct tree_page *p, struct text *html, struct err *e)
{
	struct site_body *out = &s->bodies[p->index];
	struct link_page links = { .targets = &s->targets, .from = p,
		.variant = p->page->variant, .path = p->page->path, .arena = a,
		/* Each page keeps its own faults: there are many threads. */
		.faults = s->faults ? &out->faults : NULL,
		.warnings = s->faults ? &out->warnings : NULL,
		.external = s->faults ? &out->external : NULL };
	struct body b = { .site = s, .arena = a, .variant = p->page->variant,
		.path = p->page->path.p, .links = &links,
		.sheets = &out->sheets,
		.markdown = { .path = p->page->path.p, .link = link_resolve,
			.picture = link_picture, .context = &links, .ids = &out->ids,
			.scratch = &w->scratch,
			.english = p->page->variant == PAGE_ENGLISH } };
	bool stays = is_chapter(s, p->page);

	out->faults.arena = a;
	out->warnings.arena = a;
	out->external.arena = a;
	buf_clear(&w->body);
	if (!content_read_page(s, stays ? a : &w->scratch, p->page, e))
		return false;
	if (!body_render(&b, p->page, &out->notes, &w->body, e) &&
		!fault_seen(links.faults, e))
		return false;
	if (!body_sources(&b, p->page, &out->sources, e))
		return false;
	if (w->body.full)
		return err_set(e, ERR_LIMIT, "%s: becomes larger than %d bytes",
			p->page->path.p, BODY_HTML_MAX);
	/* Templates have a line break of their own after it. */
	*html = buf_view(&w->body);
	while (text_ends(*html, "\n"))
		html->len--;
	if (!stays)
		content_leave_page(s, p->page);
	arena_clear(&w->scratch);
	out->anchors = links.anchors;
	out->anchor_count = links.anchor_count;
	out->made = true;
	return true;
}

/*
 * A page's text and, if what git knows of it is there already, the page, so
 * that its text need not be kept.  Where faults are kept, each has its turn.
 */
static bool
render_page(struct render *r, int thread, const struct tree_page *t,
	struct err *e)
{
	struct worker *w = &r->workers[thread];
	struct site *s = r->site;
	struct arena *a = &s->results[thread];
	struct site_body *body = &s->bodies[t->index];
	struct text html;
	struct job job;
	bool ok;

	if (!render_body(s, w, a, t, &html, e))
		return false;
	if (s->faults || !atomic_load(&r->dated)) {
		body->html.markup = arena_copy(a, html);
		return true;
	}
	job = job_page(a, t);
	body->html.markup = html;
	ok = make_output(r, thread, &job, &r->early[t->index], e);
	body->html.markup = (struct text){ 0 };
	return ok;
}

/* The first item is what git is asked, which takes as long as many pages;
 * then come pages, then what lies in the output directory. */
static bool
work_first(void *context, int thread, size_t index, struct err *e)
{
	struct render *r = context;
	struct worker *w = &r->workers[thread];
	struct site *s = r->site;
	const struct tree_page *t;

	if (index == 0) {
		if (!dating_run(s, &s->results[thread], e))
			return false;
		atomic_store(&r->dated, true);
		return !s->keep || !s->source.history || s->source.at_commit ||
			worktree_compare(s, &s->results[thread], e);
	}
	if (index > s->tree.count) {
		keep_look(s, &w->scratch, index - 1 - s->tree.count);
		arena_clear(&w->scratch);
		return true;
	}
	t = &s->tree.pages[index - 1];
	return keep_waits(s, t) || render_page(r, thread, t, e);
}

/* The bodies that turned out to be wanted after all. */
static bool
work_wanted(void *context, int thread, size_t index, struct err *e)
{
	struct render *r = context;
	struct site *s = r->site;
	const struct tree_page *t = &s->tree.pages[index];

	return !keep_wants(s, t) || render_page(r, thread, t, e);
}

/* ---- headings that links name ------------------------------------------ */

static bool
has_heading(const struct markdown_ids *ids, struct text id)
{
	for (size_t i = 0; i < ids->count; i++)
		if (text_eq(ids->items[i].id, id))
			return true;
	return false;
}

static bool
check_anchor(struct site *s, struct text path, const struct link_anchor *l,
	struct err *e)
{
	const struct markdown_ids *ids = &s->bodies[l->to->index].ids;
	const char **names;
	const char *near;

	if (has_heading(ids, l->id))
		return true;
	names = arena_array(&s->arena, ids->count + 1, sizeof *names);
	for (size_t i = 0; i < ids->count; i++)
		names[i] = arena_string(&s->arena, ids->items[i].id);
	near = text_nearest(l->id, names);
	(void)err_set(e, ERR_FORMAT, near
		? "%s:%d: link to \"%.*s\": %s has no heading \"%.*s\" (did "
			"you mean \"%s\"?)"
		: "%s:%d: link to \"%.*s\": %s has no heading \"%.*s\"",
		path.p, l->line, (int)l->written.len, l->written.p,
		l->to->page->path.p, (int)l->id.len, l->id.p, near);
	return fault_seen(s->faults, e);
}

static bool
check_anchors(struct site *s, struct err *e)
{
	for (size_t i = 0; i < s->tree.count; i++)
		for (size_t k = 0; k < s->bodies[i].anchor_count; k++)
			if (!check_anchor(s, s->tree.pages[i].page->path,
				&s->bodies[i].anchors[k], e))
				return false;
	return true;
}

/* ---- everything else ----------------------------------------------------- */

/* A file that is published as it is. */
static bool
store_file(struct site *s, struct worker *w, struct arena *a,
	const struct site_file *file, struct output *out, struct err *e)
{
	struct text bytes = out->bytes;
	bool ok = true;

	if (file && !s->spool && !s->stage)
		ok = content_read_file(s, a, file, &out->bytes, e);
	else if (file)
		ok = content_read_file(s, &w->scratch, file, &bytes, e) &&
			store(s, a, &w->scratch, bytes, out, e);
	if (ok && out->bytes.p)
		out->hash = hash_bytes(out->bytes);
	arena_clear(&w->scratch);
	return ok;
}

static bool
work_job(void *context, int thread, size_t index, struct err *e)
{
	struct render *r = context;
	struct job *job = &r->jobs.items[index];
	const struct tree_page *t = job->page.page;
	struct arena *a = &r->site->results[thread];

	if (job->out.place == OUTPUT_KEPT)
		return true;
	if (!job->put)
		return store_file(r->site, &r->workers[thread], a, job->file,
			&job->out, e);
	if (job->needs == JOB_PAGE && r->early[t->index].path.len) {
		job->out = r->early[t->index];
		return true;
	}
	if (atomic_load(&r->endless) ||
		make_output(r, thread, job, &job->out, e))
		return true;
	if (!r->site->faults)
		return false;
	if (e->kind == ERR_LIMIT && text_starts(text_of(e->text), "themes/"))
		atomic_store(&r->endless, true);
	job->fault = arena_copy(a, text_of(e->text));
	return true;
}

/* ---- no two outputs in one place --------------------------------------- */

static int
by_path(const void *x, const void *y)
{
	const struct output *a = x;
	const struct output *b = y;
	int c = text_cmp(a->path, b->path);

	return c ? c : text_cmp(a->source, b->source);
}

static const struct output *
find_output(const struct output *all, size_t count, struct text path)
{
	struct output key = { .path = path };
	size_t low = 0;
	size_t high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (text_cmp(all[middle].path, key.path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && text_eq(all[low].path, path) ? &all[low] : NULL;
}

/* Is a file where another needs a directory? */
static const struct output *
file_above(const struct output *all, size_t count, struct text path)
{
	for (size_t i = 1; i < path.len; i++) {
		const struct output *o = path.p[i] == '/'
			? find_output(all, count, text_sub(path, 0, i)) : NULL;

		if (o)
			return o;
	}
	return NULL;
}

static bool
check_outputs(struct site *s, const struct output *all, size_t count,
	struct err *e)
{
	for (size_t i = 0; i < count; i++) {
		const struct output *other = file_above(all, count,
			all[i].path);

		if (i && text_eq(all[i].path, all[i - 1].path))
			other = &all[i - 1];
		if (!other)
			continue;
		(void)clash_tell(s, &all[i], other, e);
		if (!fault_seen(s->faults, e))
			return false;
	}
	return true;
}

/* What the threads kept apart. */
static void
gather_faults(struct site *s, const struct jobs *jobs)
{
	for (size_t i = 0; i < s->tree.count; i++)
		for (size_t k = 0; k < s->bodies[i].faults.count; k++)
			fault_add(s->faults, s->bodies[i].faults.lines[k]);
	for (size_t i = 0; i < jobs->count; i++)
		if (jobs->items[i].fault.len)
			fault_add(s->faults, jobs->items[i].fault);
}

/* ---- all of it --------------------------------------------------------- */

static bool
render_all(struct render *r, struct err *e)
{
	struct site *s = r->site;

	s->bodies = arena_array(&s->arena, s->tree.count, sizeof *s->bodies);
	r->early = arena_array(&s->arena, s->tree.count, sizeof *r->early);
	frame_prepare(s);
	open_stores(s);
	if (s->source.history) {
		s->dates = arena_array(&s->arena, s->tree.count,
			sizeof *s->dates);
		s->form_dates = arena_array(&s->arena, s->form_count + 1,
			sizeof *s->form_dates);
	}
	if (!pool_run(s->jobs, 1 + s->tree.count + keep_looks(s), work_first,
		r, e))
		return false;
	changes_gather(s);
	job_list(s, &r->jobs);
	keep_settle(s, &r->jobs);
	if ((s->keep && !pool_run(s->jobs, s->tree.count, work_wanted, r,
		e)) || !check_anchors(s, e))
		return false;
	job_sheets(s, &r->sheets);
	return pool_run(s->jobs, r->jobs.count, work_job, r, e);
}

/* All outputs, by path. */
static const struct output *
gather_outputs(struct render *r, size_t *count)
{
	const struct jobs *lists[] = { &r->jobs, &r->sheets };
	size_t n = 0;
	struct output *all = arena_array(&r->site->arena, r->jobs.count +
		r->sheets.count + 1, sizeof *all);

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		for (size_t k = 0; k < lists[i]->count; k++)
			all[n++] = lists[i]->items[k].out;
	sort_items(all, n, sizeof *all, by_path);
	*count = n;
	return all;
}

bool
site_render(struct site *s, const struct output **outputs, size_t *count,
	struct err *e)
{
	struct render r = { .site = s };
	bool ok;

	r.workers = arena_array(&s->arena, (size_t)s->jobs,
		sizeof *r.workers);
	for (int i = 0; i < s->jobs; i++) {
		buf_init(&r.workers[i].body, BODY_HTML_MAX);
		buf_init(&r.workers[i].page, BODY_HTML_MAX);
		arena_init(&r.workers[i].scratch, false);
	}
	ok = render_all(&r, e);
	if (ok && s->faults)
		gather_faults(s, &r.jobs);
	for (int i = 0; i < s->jobs; i++) {
		buf_release(&r.workers[i].body);
		buf_release(&r.workers[i].page);
		arena_release(&r.workers[i].scratch);
	}
	if (!ok)
		return false;
	*outputs = gather_outputs(&r, count);
	return check_outputs(s, *outputs, *count, e);
}
