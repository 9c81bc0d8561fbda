/* pages: loads public/ once and answers from memory. */
#include "intake/pages.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fs.h"
#include "http/media.h"
#include "http/percent.h"
#include "base/banned.h"

enum { HEAD_MAX = 8192, ETAG_HASH_BYTES = 8, DEPTH_MAX = 32 };

/* A page in one coding; another has bytes and so a tag of its own. */
struct form {
	struct text etag;  /* empty: an asset's */
	struct text ready; /* head and body; empty: there is none */
	size_t head;
	struct text same;  /* the whole 304 response, if it has a tag */
};

struct page {
	struct text path;     /* "/roller/" */
	struct text location; /* the same, percent-encoded, for a redirect */
	struct hash hash;     /* of its bytes as they are, unpacked */
	bool has[ACCEPT_CODINGS];
	struct form forms[ACCEPT_CODINGS];
	bool kept;            /* from the site before */
};

struct pages {
	struct arena arena;
	struct page *items; /* sorted by path */
	size_t count;
	size_t cap;
	size_t bytes;
};

static struct text
make_head(struct arena *a, const struct response *rs, size_t len)
{
	struct buf b;
	struct text head;

	buf_init(&b, HEAD_MAX);
	response_head(&b, rs, len);
	head = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return head;
}

static bool
is_packed(const struct page *p)
{
	return p->has[ACCEPT_BR] || p->has[ACCEPT_GZIP];
}

/* Makes the two ready responses of a page in one coding. */
static void
make_form(struct arena *a, struct page *p, enum accept_coding coding,
	struct text bytes)
{
	struct form *f = &p->forms[coding];
	struct hash h = hash_bytes(bytes);
	struct response rs;
	struct text head;
	char *whole;

	if (coding == ACCEPT_IDENTITY)
		p->hash = h;
	media_describe(p->path, &rs);
	/* The 304 too, RFC 9110 15.4.5: a cache goes by it. */
	if (is_packed(p))
		response_add(&rs, "Vary", text_of("Accept-Encoding"));
	if (!media_is_asset(p->path)) {
		f->etag = arena_printf(a, "\"%s\"",
			hex_encode(a, h.b, ETAG_HASH_BYTES).p);
		response_add(&rs, "ETag", f->etag);
		rs.status = 304;
		f->same = make_head(a, &rs, 0);
		rs.status = 200;
	}
	if (coding != ACCEPT_IDENTITY)
		response_add(&rs, "Content-Encoding",
			text_of(accept_name(coding)));
	head = make_head(a, &rs, bytes.len);
	f->head = head.len;
	whole = arena_alloc(a, head.len + bytes.len + 1);
	memcpy(whole, head.p, head.len);
	if (bytes.len > 0)
		memcpy(whole + head.len, bytes.p, bytes.len);
	f->ready = (struct text){ whole, head.len + bytes.len };
}

static struct page *
add_page(struct pages *p)
{
	if (p->count == p->cap) {
		size_t cap = p->cap ? p->cap * 2 : 256;
		struct page *items =
			arena_array(&p->arena, cap, sizeof *items);

		if (p->count > 0)
			memcpy(items, p->items, p->count * sizeof *items);
		p->items = items;
		p->cap = cap;
	}
	return &p->items[p->count++];
}

/* Counts the bytes of a file; false if the site has become too large. */
static bool
has_room(struct pages *p, const char *file, size_t bytes, struct err *e)
{
	p->bytes += bytes;
	if (p->count == PAGES_COUNT_MAX || p->bytes > PAGES_TOTAL_MAX)
		return err_set(e, ERR_LIMIT, "%s: the site is larger than %d "
			"files or %d MB", file, PAGES_COUNT_MAX,
			PAGES_TOTAL_MAX / 1024 / 1024);
	return true;
}

static bool
load_form(struct pages *p, const char *file, struct page *page,
	enum accept_coding coding, struct err *e)
{
	struct arena scrap;
	struct text bytes;
	bool ok = false;

	arena_init(&scrap, false);
	if (fs_read(&scrap, file, PAGES_FILE_MAX, &bytes, e) &&
		has_room(p, file, bytes.len, e)) {
		make_form(&p->arena, page, coding, bytes);
		ok = true;
	}
	arena_release(&scrap);
	return ok;
}

/* A page without its bytes, by the path of its file below "/". */
static struct page *
new_page(struct pages *p, struct text path)
{
	static const char index[] = "/index.html";
	struct page *page = add_page(p);

	if (text_ends(path, index))
		path.len -= sizeof index - 2;
	*page = (struct page){ .path = arena_copy(&p->arena, path) };
	page->location = percent_encode(&p->arena, path);
	return page;
}

/* A file and what lies packed beside it are one page. */
static bool
load_file(struct pages *p, const char *file, struct text path, struct err *e)
{
	const char *files[ACCEPT_CODINGS];
	struct page *page = new_page(p, path);

	for (int i = 0; i < ACCEPT_CODINGS; i++) {
		files[i] = arena_printf(&p->arena, "%s%s", file,
			accept_suffix((enum accept_coding)i)).p;
		page->has[i] = fs_exists(files[i]);
	}
	for (int i = 0; i < ACCEPT_CODINGS; i++)
		if (page->has[i] && !load_form(p, files[i], page,
			(enum accept_coding)i, e))
			return false;
	return true;
}

/* What lies packed beside a file is no page of its own. */
static bool
is_hidden(struct text name)
{
	return (text_starts(name, ".") && !text_is(name, ".well-known")) ||
		accept_is_packed(name);
}

/* `path` is the directory's on the web, "/" or "/a/". */
static bool
load_dir(struct pages *p, const char *dir, struct text path, int depth,
	struct err *e)
{
	struct fs_list list;

	if (depth == DEPTH_MAX)
		return err_set(e, ERR_LIMIT, "%s: too many directories in "
			"each other", dir);
	if (!fs_list(&p->arena, dir, &list, e))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct fs_entry *f = &list.items[i];
		const char *file = fs_join(&p->arena, dir, f->name.p);
		struct text at = arena_printf(&p->arena, "%s%s%s", path.p,
			f->name.p, f->is_dir ? "/" : "");

		if (is_hidden(f->name))
			continue;
		if (f->is_dir ? !load_dir(p, file, at, depth + 1, e)
			      : !load_file(p, file, at, e))
			return false;
	}
	return true;
}

static int
page_cmp(const void *a, const void *b)
{
	const struct page *x = a, *y = b;

	return text_cmp(x->path, y->path);
}

static const struct page *
find_in(const struct page *items, size_t count, struct text path)
{
	struct page key = { .path = path };

	return count == 0 ? NULL
		: bsearch(&key, items, count, sizeof key, page_cmp);
}

static const struct page *
find(const struct pages *p, struct text path)
{
	return find_in(p->items, p->count, path);
}

static void
sort(struct pages *p)
{
	if (p->count > 0)
		qsort(p->items, p->count, sizeof *p->items, page_cmp);
}

static struct pages *
pages_new(struct err *e)
{
	struct pages *p = calloc(1, sizeof *p);

	if (p)
		arena_init(&p->arena, false);
	else
		(void)err_set(e, ERR_SYSTEM, "no memory for the site");
	return p;
}

bool
pages_load(const char *dir, struct pages **out, struct err *e)
{
	struct pages *p = pages_new(e);

	*out = NULL;
	if (!p)
		return false;
	if (!fs_is_dir(dir)) {
		(void)err_set(e, ERR_USAGE, "%s is not there: run "
			"`blankett build` first", dir);
		goto out;
	}
	if (!load_dir(p, dir, text_of("/"), 0, e))
		goto out;
	sort(p);
	if (!find(p, text_of("/"))) {
		(void)err_set(e, ERR_USAGE, "%s has no start page: run "
			"`blankett build` first", dir);
		goto out;
	}
	*out = p;
	return true;
out:
	pages_close(p);
	return false;
}

bool
pages_make(const struct pages_file *files, size_t count, struct pages **out,
	struct err *e)
{
	struct pages *p = pages_new(e);

	*out = NULL;
	if (!p)
		return false;
	for (size_t i = 0; i < count; i++) {
		struct text path = arena_printf(&p->arena, "/%.*s",
			(int)files[i].path.len, files[i].path.p);
		struct page *page = new_page(p, path);

		if (!has_room(p, path.p, files[i].bytes.len, e)) {
			pages_close(p);
			return false;
		}
		page->has[ACCEPT_IDENTITY] = true;
		make_form(&p->arena, page, ACCEPT_IDENTITY, files[i].bytes);
	}
	sort(p);
	*out = p;
	return true;
}

static void
copy_page(struct arena *a, const struct page *from, struct page *to)
{
	*to = *from;
	to->kept = true;
	to->path = arena_copy(a, from->path);
	to->location = arena_copy(a, from->location);
	for (int i = 0; i < ACCEPT_CODINGS; i++) {
		to->forms[i].etag = arena_copy(a, from->forms[i].etag);
		to->forms[i].ready = arena_copy(a, from->forms[i].ready);
		to->forms[i].same = arena_copy(a, from->forms[i].same);
	}
}

void
pages_keep_assets(struct pages *p, const struct pages *before)
{
	size_t own = p->count;

	for (size_t i = 0; i < before->count; i++) {
		const struct page *old = &before->items[i];

		if (old->kept || !media_is_asset(old->path))
			continue;
		/* What has been added is not in order yet. */
		if (!find_in(p->items, own, old->path))
			copy_page(&p->arena, old, add_page(p));
	}
	sort(p);
}

void
pages_close(struct pages *p)
{
	if (!p)
		return;
	arena_release(&p->arena);
	free(p);
}

size_t
pages_count(const struct pages *p)
{
	return p->count;
}

bool
pages_has(const struct pages *p, struct text path)
{
	return find(p, path) != NULL;
}

static int
file_cmp(const void *key, const void *item)
{
	const struct page *page = item;

	return text_cmp(*(const struct text *)key, text_from(page->path, 1));
}

bool
pages_stored(const struct pages *p, struct text file,
	struct pages_stored *out)
{
	const struct page *page;

	*out = (struct pages_stored){ 0 };
	if (!file.len || text_ends(file, "/"))
		return false;
	if (text_is(file, "index.html") || text_ends(file, "/index.html"))
		file.len -= sizeof "index.html" - 1;
	page = p->count ? bsearch(&file, p->items, p->count,
		sizeof *p->items, file_cmp) : NULL;
	if (!page)
		return false;
	out->hash = page->hash;
	for (int i = 0; i < ACCEPT_CODINGS; i++)
		if (page->has[i])
			out->bytes[i] = text_from(page->forms[i].ready,
				page->forms[i].head);
	return true;
}

/* RFC 9110 13.1.2: "*", or a list of tags compared weakly. */
static bool
tag_matches(struct text list, struct text etag)
{
	struct text piece;

	while (text_split(&list, ',', &piece)) {
		piece = text_trim(piece);
		if (text_starts(piece, "W/"))
			piece = text_from(piece, 2);
		if (text_is(piece, "*") || text_eq(piece, etag))
			return true;
	}
	return false;
}

bool
pages_answer(const struct pages *p, const struct request *rq,
	struct response *rs)
{
	const struct page *page = find(p, rq->path);
	const struct form *f = page ? &page->forms[accept_best(
		rq->accept_encoding, page->has)] : NULL;

	if (f && f->etag.len && tag_matches(rq->if_none_match, f->etag)) {
		rs->status = 304;
		rs->ready = f->same;
		rs->ready_head = f->same.len;
		return true;
	}
	if (f) {
		rs->ready = f->ready;
		rs->ready_head = f->head;
		return true;
	}
	page = find(p, arena_printf(rq->arena, "%.*s/", (int)rq->path.len,
		rq->path.p));
	if (!page)
		return false;
	rs->status = 301;
	rs->cache = media_cache_page;
	response_add(rs, "Location", page->location);
	return true;
}
