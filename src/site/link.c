/* link: where the links of a page lead. */
#include "site/link.h"

#include <stdlib.h>
#include <string.h>

#include "site/link_near.h"
#include "view/heading.h"
#include "base/banned.h"

static bool
fail(const struct link_page *l, int line, struct text written,
	const char *what, const char *near, struct err *e)
{
	(void)err_set(e, ERR_FORMAT,
		near ? "%s:%d: link to \"%.*s\": %s (did you mean \"%s\"?)"
		     : "%s:%d: link to \"%.*s\": %s",
		l->path.p, line, (int)written.len, written.p, what, near);
	return fault_seen(l->faults, e);
}

static bool
has(const struct text *sorted, size_t count, struct text t)
{
	size_t low = 0;
	size_t high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int c = text_cmp(sorted[middle], t);

		if (c == 0)
			return true;
		if (c < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

bool
link_has_url(const struct link_targets *t, struct text url)
{
	return has(t->urls, t->url_count, url);
}

struct text
link_address(struct arena *a, struct text intake_url, struct text url)
{
	static const char *const theirs[] = { "/e-tjanster/", "/svar/" };
	struct text path = url;

	if (intake_url.len == 0)
		return url;
	if (text_starts(url, "/en/"))
		path = text_from(url, strlen("/en"));
	for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++)
		if (text_starts(path, theirs[i]))
			return arena_join(a, (struct text[]){ intake_url, url },
				2);
	return url;
}

/*
 * "../a/b.md" as seen from "content/c/d.md" is "content/a/b.md"; empty if it
 * leads out of the site.
 */
static struct text
join(struct arena *a, struct text from, struct text written)
{
	char *p = arena_alloc(a, from.len + written.len + 2);
	struct text rest = written;
	struct text part;
	size_t n = from.len;

	memcpy(p, from.p, from.len);
	while (n && p[n - 1] != '/')
		n--;
	while (text_split(&rest, '/', &part)) {
		if (part.len == 0 || text_is(part, "."))
			continue;
		if (text_is(part, "..")) {
			if (n == 0)
				return (struct text){ 0 };
			for (n--; n && p[n - 1] != '/'; n--)
				;
			continue;
		}
		memcpy(p + n, part.p, part.len);
		n += part.len;
		p[n++] = '/';
	}
	if (n)
		n--;
	p[n] = '\0';
	return (struct text){ p, n };
}

struct text
link_key(struct text path, enum page_variant *variant)
{
	struct text key = text_from(path, strlen("content/"));

	key.len -= strlen(".md");
	*variant = PAGE_SWEDISH;
	for (int v = 0; v < PAGE_VARIANTS; v++) {
		const char *name = variant_name((enum page_variant)v);
		size_t n = strlen(name);

		if (key.len > n && text_ends(key, name) &&
			key.p[key.len - n - 1] == '.') {
			key.len -= n + 1;
			*variant = (enum page_variant)v;
			break;
		}
	}
	if (text_is(key, "index"))
		key.len = 0;
	else if (text_ends(key, "/index"))
		key.len -= strlen("/index");
	return key;
}

/* No heading can have it: ids have only a-z, 0-9 and "-", the theme's own
 * "_" too (view/heading.h). */
static bool
is_no_id(struct text id)
{
	for (size_t i = 0; i < id.len; i++) {
		char c = id.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			c == '-' || c == '_'))
			return true;
	}
	return false;
}

/* A heading written as it reads, "#så-går-det": the id it would have. */
static bool
fail_id(const struct link_page *l, struct arena *a, struct text id,
	struct text written, int line, struct err *e)
{
	struct text file = text_sub(written, 0, written.len - id.len);
	bool escaped = text_find(id, '%') < id.len;

	return fail(l, line, written, "a heading's name has only a-z, 0-9 and "
		"\"-\"", escaped ? NULL : arena_join(a, (struct text[]){ file,
		slug(a, id) }, 2).p, e);
}

static void
want_anchor(struct link_page *l, const struct tree_page *to, struct text id,
	struct text written, int line)
{
	struct arena *a = l->arena;

	/* A page among the files could not be read: nobody knows its
	 * headings, and something else stands in for it. */
	if (!a || has(l->targets->files, l->targets->file_count,
		to->page->path))
		return;
	if (l->anchor_count == l->anchor_cap) {
		struct link_anchor *old = l->anchors;

		l->anchor_cap = l->anchor_cap ? l->anchor_cap * 2 : 8;
		l->anchors = arena_array(a, l->anchor_cap,
			sizeof *l->anchors);
		if (l->anchor_count)
			memcpy(l->anchors, old,
				l->anchor_count * sizeof *old);
	}
	/* The link's text lives only as long as its Markdown is read. */
	l->anchors[l->anchor_count++] = (struct link_anchor){ to,
		arena_copy(a, id), arena_copy(a, written), line };
}

/* What stands after the page's own address: "#vad-kostar-det", or nothing. */
static bool
want_tail(struct link_page *l, struct arena *a, const struct tree_page *to,
	struct text tail, struct text written, int line, struct err *e)
{
	struct text id = text_from(tail, 1);

	if (!id.len || tail.p[0] != '#')
		return true;
	if (is_no_id(id))
		return fail_id(l, a, id, written, line, e);
	want_anchor(l, to, id, written, line);
	return true;
}

static int
by_path(const void *key, const void *item)
{
	const struct page *const *p = item;

	return text_cmp(*(const struct text *)key, (*p)->path);
}

static const struct page *
find_hidden(const struct tree *t, struct text path)
{
	const struct page **p = t->hidden_count ? bsearch(&path, t->hidden,
		t->hidden_count, sizeof *t->hidden, by_path) : NULL;

	return p ? *p : NULL;
}

/* The nearest page above a key that is shown. */
static const struct tree_page *
above(const struct tree *t, struct text key, enum page_variant variant)
{
	const struct tree_page *p = NULL;

	do {
		while (key.len && key.p[key.len - 1] != '/')
			key.len--;
		if (key.len)
			key.len--;
		p = tree_best(t, key, variant);
	} while (!p && key.len);
	return p;
}

/* ", only from 2027-01-01, before 2027-02-01", as far as the page says. */
static const char *
when_shown(struct arena *a, const struct page *p)
{
	const char *only = ", only";
	const char *from = "";
	const char *to = "";

	if (p->publish.year)
		from = arena_printf(a, " from %s",
			date_text(a, p->publish).p).p;
	if (p->expire.year)
		to = arena_printf(a, "%s before %s", from[0] ? "," : "",
			date_text(a, p->expire).p).p;
	return from[0] || to[0] ? arena_printf(a, "%s%s%s", only, from, to).p
		: "";
}

static void
warn_hidden(struct link_page *l, struct arena *a, const struct page *hidden,
	struct text written, int line)
{
	if (l->warnings)
		fault_add(l->warnings, arena_printf(a, "%s:%d: link to "
			"\"%.*s\": %s is not shown today%s",
			l->path.p, line, (int)written.len, written.p,
			hidden->path.p, when_shown(a, hidden)));
}

/* A form's own texts are read at the intake already. */
static struct text
address(const struct link_page *l, struct arena *a, struct text url)
{
	return l->from ? link_address(a, l->targets->intake_url, url) : url;
}

/* "rutin/svar.md": what stands after '#' or '?' goes on to the address. */
static bool
to_page(struct link_page *l, struct arena *a, struct text path,
	struct text tail, struct text written, int line, struct text *out,
	struct err *e)
{
	const struct tree *t = l->targets->tree;
	enum page_variant variant;
	struct text key = link_key(path, &variant);
	const struct page *hidden = find_hidden(t, path);
	const struct tree_page *to = NULL;

	if (hidden && hidden->draft)
		return fail(l, line, written, "that page is a draft", NULL, e);
	if (hidden) {
		warn_hidden(l, a, hidden, written, line);
		tail.len = 0;
		to = above(t, key, l->variant);
	} else {
		to = tree_find(t, key, variant);
		/* The Swedish page leads to the reader's version of it. */
		if (to && variant == PAGE_SWEDISH && to->variants[l->variant])
			to = to->variants[l->variant];
	}
	*out = written;
	if (!to && has(l->targets->files, l->targets->file_count, path))
		return true;
	if (!to || (!hidden && !text_eq(to->variants[variant]->page->path,
		path)))
		return fail(l, line, written, "there is no such file",
			link_near_path(l, a, path), e);
	if (!want_tail(l, a, to, tail, written, line, e))
		return false;
	*out = address(l, a, tail.len == 0 ? to->page->url : arena_join(a,
		(struct text[]){ to->page->url, tail }, 2));
	return true;
}

/* "/e-tjanster/synpunkt/": a page, a file, or an address the build makes. */
static bool
to_url(struct link_page *l, struct arena *a, struct text url,
	struct text tail, struct text written, int line, struct text *out,
	struct err *e)
{
	const struct link_targets *t = l->targets;
	const struct tree_page *to = tree_at(t->tree, url);

	*out = address(l, a, written);
	if (to)
		return want_tail(l, a, to, tail, written, line, e);
	if (link_has_url(t, url) ||
		has(t->files, t->file_count, arena_printf(a, "content%.*s",
			(int)url.len, url.p)))
		return true;
	return fail(l, line, written, "there is no such address on the site",
		link_near_url(l, a, url), e);
}

static bool
is_elsewhere(struct text url)
{
	size_t colon = text_find(url, ':');

	return colon < url.len && colon < text_find(url, '/') &&
		colon < text_find(url, '#');
}

struct text
link_file(const struct link_page *l, struct arena *a, struct text written)
{
	struct text path = text_starts(written, "/")
		? arena_printf(a, "content%.*s", (int)written.len, written.p)
		: join(a, l->path, written);

	return has(l->targets->files, l->targets->file_count, path) ? path
		: (struct text){ 0 };
}

/* What is no file may be an address elsewhere without its beginning. */
static bool
fail_file(const struct link_page *l, struct arena *a, struct text path,
	struct text written, int line, struct err *e)
{
	bool mail = text_find(written, '@') < written.len &&
		text_find(written, '/') == written.len;

	if (mail || text_starts(written, "www."))
		return fail(l, line, written, "there is no such file",
			arena_printf(a, "%s%.*s", mail ? "mailto:" : "https://",
				(int)written.len, written.p).p, e);
	return fail(l, line, written, "there is no such file",
		link_near_path(l, a, path), e);
}

bool
link_resolve(void *context, struct arena *a, struct text url, int line,
	struct text *out, struct err *e)
{
	struct link_page *l = context;
	size_t query = text_find(url, '?');
	size_t hash = text_find(url, '#');
	size_t end = query < hash ? query : hash;
	struct text path = text_sub(url, 0, end);
	struct text tail = text_from(url, end);

	*out = url;
	if (is_elsewhere(url)) {
		if (l->external && (text_starts(url, "https:") ||
			text_starts(url, "http:")))
			fault_add(l->external, arena_printf(a, "%.*s:%d: %.*s",
				(int)l->path.len, l->path.p, line,
				(int)url.len, url.p));
		return true;
	}
	if (text_starts(url, "//"))
		return fail(l, line, url, "write the whole address, with "
			"https:", NULL, e);
	if (path.len == 0)
		return !l->from || want_tail(l, a, l->from, tail, url, line,
			e);
	if (path.p[0] == '/')
		return to_url(l, a, path, tail, url, line, out, e);
	path = join(a, l->path, path);
	if (text_starts(path, "content/") && text_ends(path, ".md"))
		return to_page(l, a, path, tail, url, line, out, e);
	if (!has(l->targets->files, l->targets->file_count, path))
		return fail_file(l, a, path, url, line, e);
	/* "content/karta.png" is "/karta.png". */
	*out = arena_printf(a, "%s%.*s", path.p + strlen("content"),
		(int)tail.len, tail.p);
	return true;
}

static bool
is_picture(struct text path)
{
	static const char *const endings[] = { ".png", ".jpg", ".jpeg",
		".gif", ".webp", ".avif", ".svg" };

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (text_ends(path, endings[i]))
			return true;
	return false;
}

bool
link_picture(void *context, struct arena *a, struct text url, int line,
	struct text *out, struct err *e)
{
	const struct link_page *l = context;
	struct text path = text_sub(url, 0, text_find(url, '#'));
	const char *what = NULL;

	path.len = text_find(path, '?');
	if (is_elsewhere(url) || text_starts(url, "//"))
		what = "is elsewhere; put the file in content/, since pages "
			"load nothing from other places";
	else if (!is_picture(path))
		what = "is no picture (.png, .jpg, .gif, .webp, .avif, .svg)";
	if (!what)
		return link_resolve(context, a, url, line, out, e);
	*out = url;
	(void)err_set(e, ERR_FORMAT, "%s:%d: picture \"%.*s\" %s", l->path.p,
		line, (int)url.len, url.p, what);
	return fault_seen(l->faults, e);
}
