/* content: every file of content/, read on several threads. */
#include "site/content.h"

#include <string.h>

#include "base/buf.h"
#include "site/keep.h"
#include "site/leftout.h"
#include "site/memo.h"
#include "site/page_pack.h"
#include "site/pool.h"
#include "site/rate.h"
#include "site/statement.h"
#include "base/banned.h"

/* Files of content/ that are published as they are. */
static const char *const published[] = {
	".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico",
	".pdf", ".txt", ".csv", ".mp4", ".webm", ".vtt", NULL
};

/* What a file has become, in the site's own arrays at its index in paths. */
struct item {
	enum { ITEM_NONE, ITEM_PAGE, ITEM_FILE } kind;
	struct text fault; /* when faults are kept; empty: none */
};

struct content {
	struct site *site;
	const struct text *paths;
	size_t count;
	const struct memo_page **was; /* by index in paths */
	struct item *items; /* likewise */
	struct buf *bufs;   /* one a thread */
	struct arena *scratch; /* likewise */
};

/* ---- pages --------------------------------------------------------------- */

/* Of a file that is as it was, what the build before kept. */
static bool
recall(const struct site *s, struct arena *a, struct text path,
	struct page *p, struct site_origin *o)
{
	if (!o->was || !source_stamp(&s->source, a, path.p, &o->stamp) ||
		!fs_stamp_eq(&o->stamp, &o->was->stamp) ||
		!page_unpack(a, o->was->front, p) || !text_eq(p->path, path))
		return false;
	o->front = o->was->front;
	o->same = true;
	o->body_left = true;
	return true;
}

static bool
read_body(const struct site *s, struct arena *a, struct page *p,
	struct site_origin *o, struct err *e)
{
	struct fs_stamp stamp;
	struct text source;
	struct page whole;

	if (!o->body_left)
		return true;
	if (!source_read_unseen(&s->source, a, p->path.p, PAGE_FILE_MAX,
		&source, &stamp, e))
		return false;
	if (o->body_at && fs_stamp_eq(&stamp, &o->stamp)) {
		p->body = text_sub(source, o->body_at, o->body_len);
	} else {
		if (!page_parse(a, p->path.p, source, &whole, e))
			return false;
		p->body = whole.body;
		p->body_line = whole.body_line;
		o->moved = !fs_stamp_eq(&stamp, &o->stamp);
	}
	o->body_left = false;
	o->body_lent = true;
	return true;
}

/* What the next build is told of the page. */
static void
remember(struct arena *a, struct buf *b, const struct page *p,
	struct site_origin *o)
{
	buf_clear(b);
	page_pack(b, p);
	if (!b->full)
		o->front = arena_copy(a, buf_view(b));
}

/* Only its front matter stays, as it is told to the next build: packed, it
 * takes a quarter of what its YAML does. */
static bool
read_front(const struct site *s, struct arena *a, struct buf *b,
	struct arena *scratch, struct text path, struct page *p,
	struct site_origin *o, struct err *e)
{
	struct text source, body;
	int line;

	if (!source_read_unseen(&s->source, scratch, path.p, PAGE_FILE_MAX,
			&source, &o->stamp, e) ||
		!page_parse(scratch, path.p, source, p, e))
		return false;
	body = p->body;
	line = p->body_line;
	remember(a, b, p, o);
	if (!o->front.len || !page_unpack(a, o->front, p))
		return page_parse(a, path.p, arena_copy(a, source), p, e);
	p->body_line = line;
	if (statement_is(p)) {
		p->body = arena_copy(a, body);
		return true;
	}
	o->body_at = (size_t)(body.p - source.p);
	o->body_len = body.len;
	o->body_left = true;
	return true;
}

static bool
read_whole(const struct site *s, struct arena *a, struct text path,
	struct page *p, struct site_origin *o, struct err *e)
{
	struct text source;

	return source_read_unseen(&s->source, a, path.p, PAGE_FILE_MAX,
			&source, &o->stamp, e) &&
		page_parse(a, path.p, source, p, e);
}

static bool
read_page(const struct site *s, struct arena *a, struct buf *b,
	struct arena *scratch, struct text path, struct page *p,
	struct site_origin *o, struct err *e)
{
	bool ok;

	/* Its text is checked wherever it comes from. */
	if (recall(s, a, path, p, o))
		return !statement_is(p) || read_body(s, a, p, o, e);
	if (!s->keep)
		return read_whole(s, a, path, p, o, e);
	ok = read_front(s, a, b, scratch, path, p, o, e);
	arena_clear(scratch);
	return ok;
}

bool
content_read_page(struct site *s, struct arena *a, const struct page *p,
	struct err *e)
{
	size_t index = (size_t)(p - s->pages);

	return read_body(s, a, &s->pages[index], &s->origins[index], e);
}

void
content_leave_page(struct site *s, const struct page *p)
{
	size_t index = (size_t)(p - s->pages);

	if (!s->origins[index].body_lent)
		return;
	s->pages[index].body = (struct text){ 0 };
	s->origins[index].body_left = true;
	s->origins[index].body_lent = false;
}

/* ---- files ---------------------------------------------------------------- */

static bool
is_published_name(struct text path)
{
	for (size_t i = 0; i < path.len; i++) {
		char c = path.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '-' || c == '_' ||
			c == '.' || c == '/'))
			return false;
	}
	return true;
}

static bool
read_file(const struct site *s, struct arena *a, struct text path,
	const struct memo_page *was, struct site_file *f, struct err *e)
{
	bool known = false;

	for (size_t i = 0; published[i]; i++)
		known = known || text_ends(path, published[i]);
	if (!known)
		return err_set(e, ERR_FORMAT, "%s: files of this kind are not "
			"published (pages are .md; pictures .png, .jpg, .svg, "
			".webp; documents .pdf)", path.p);
	if (!is_published_name(path))
		return err_set(e, ERR_FORMAT, "%s: a published file's name has "
			"only a-z, A-Z, 0-9, \"-\", \"_\" and \".\"", path.p);
	f->path = path;
	/* Of a file, the hash is kept where a page has its front matter. */
	if (was && was->front.len == HASH_BYTES &&
		source_stamp(&s->source, a, path.p, &f->stamp) &&
		fs_stamp_eq(&f->stamp, &was->stamp)) {
		memcpy(f->hash.b, was->front.p, HASH_BYTES);
		return true;
	}
	if (!source_read_unseen(&s->source, a, path.p, SITE_FILE_MAX,
		&f->bytes, &f->stamp, e))
		return false;
	f->hash = hash_bytes(f->bytes);
	return true;
}

bool
content_read_file(const struct site *s, struct arena *a,
	const struct site_file *f, struct text *out, struct err *e)
{
	struct fs_stamp ignored;

	*out = f->bytes;
	return f->bytes.p || source_read_unseen(&s->source, a, f->path.p,
		SITE_FILE_MAX, out, &ignored, e);
}

/* ---- all of them ----------------------------------------------------------- */

static bool
is_config(struct text path)
{
	return text_is(path, CONFIG_SITE) || text_is(path, CONFIG_CONTACTS) ||
		text_is(path, CONFIG_LAW) || text_is(path, CONFIG_RATES);
}

bool
content_read(struct content *r, int thread, size_t index, struct err *e)
{
	struct site *s = r->site;
	struct arena *a = &s->results[thread];
	struct text path = r->paths[index];
	struct item *item = &r->items[index];
	bool ok = true;

	if (is_config(path))
		return true;
	if (text_ends(path, ".md")) {
		item->kind = ITEM_PAGE;
		s->origins[index].was = r->was[index];
		ok = read_page(s, a, &r->bufs[thread], &r->scratch[thread],
			path, &s->pages[index], &s->origins[index], e);
	} else {
		item->kind = ITEM_FILE;
		ok = read_file(s, a, path, r->was[index],
			&s->files[index], e);
	}
	if (ok || !s->faults)
		return ok;
	item->kind = ITEM_NONE;
	item->fault = arena_copy(a, text_of(e->text));
	*e = (struct err){ 0 };
	return true;
}

/* One after the other without holes, in order of path. */
static void
take(struct site *s, size_t index, struct text path, const struct item *item)
{
	struct site_file *f = &s->files[index];

	s->content[s->content_count++] = (struct history_file){ path,
		item->kind == ITEM_PAGE ? s->origins[index].stamp : f->stamp };
	if (item->fault.len) {
		fault_add(s->faults, item->fault);
		leftout_add(s, path);
	} else if (item->kind == ITEM_PAGE) {
		s->origins[s->page_count] = s->origins[index];
		s->pages[s->page_count++] = s->pages[index];
	} else if (item->kind == ITEM_FILE) {
		source_saw(&s->source, path, (struct text){
			(const char *)f->hash.b, HASH_BYTES });
		s->files[s->file_count++] = *f;
	}
}

bool
content_open(struct site *s, struct content **out, struct err *e)
{
	struct content *r = arena_alloc(&s->arena, sizeof *r);
	struct text *paths;
	size_t jobs = (size_t)s->jobs;

	*out = r;
	r->site = s;
	if (!source_list(&s->source, "content", &paths, &r->count, e))
		return false;
	r->paths = paths;
	r->was = arena_array(&s->arena, r->count + 1, sizeof *r->was);
	r->items = arena_array(&s->arena, r->count + 1, sizeof *r->items);
	r->bufs = arena_array(&s->arena, jobs, sizeof *r->bufs);
	r->scratch = arena_array(&s->arena, jobs, sizeof *r->scratch);
	s->content = arena_array(&s->arena, r->count + 1, sizeof *s->content);
	s->pages = arena_array(&s->arena, r->count + 1, sizeof *s->pages);
	s->origins = arena_array(&s->arena, r->count + 1, sizeof *s->origins);
	s->files = arena_array(&s->arena, r->count + 1, sizeof *s->files);
	for (size_t i = 0; i < jobs; i++) {
		buf_init(&r->bufs[i], PAGE_FILE_MAX);
		arena_init(&r->scratch[i], false);
	}
	return true;
}

void
content_match(struct content *r)
{
	keep_match(r->site, r->paths, r->count, r->was);
}

size_t
content_count(const struct content *r)
{
	return r->count;
}

void
content_close(struct content *r, bool all_read)
{
	for (int i = 0; i < r->site->jobs; i++) {
		buf_release(&r->bufs[i]);
		arena_release(&r->scratch[i]);
	}
	for (size_t i = 0; all_read && i < r->count; i++)
		take(r->site, i, r->paths[i], &r->items[i]);
}
