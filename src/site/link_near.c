/* link_near: what a link that leads nowhere was meant to lead to. */
#include "site/link_near.h"

#include <string.h>

#include "base/banned.h"

enum {
	SUGGEST_MAX = 20000,  /* names that are looked at */
	SUGGESTIONS_MAX = 200 /* faults of a page that are suggested anything */
};

/* The nearest name in a list of texts that end in NUL. */
struct names {
	const char **items;
	size_t count;
};

/* With room for so many, and the NULL that ends them. */
static struct names
names_for(struct arena *a, size_t most)
{
	most = most < SUGGEST_MAX ? most : SUGGEST_MAX;
	return (struct names){ arena_array(a, most + 1, sizeof(char *)), 0 };
}

static void
names_add(struct names *n, struct text t)
{
	if (n->count < SUGGEST_MAX)
		n->items[n->count++] = t.p;
}

/* A page with more faults than that needs something else than suggestions. */
static bool
is_enough(const struct link_page *l)
{
	return l->faults && l->faults->count >= SUGGESTIONS_MAX;
}

/* "/b.md" of "content/a/b.md". */
static struct text
last_part(struct text path)
{
	size_t from = path.len;

	while (from && path.p[from - 1] != '/')
		from--;
	return text_from(path, from ? from - 1 : 0);
}

/* "../b.md" for "content/b.md" on "content/a/c.md": as it is to be written. */
static const char *
relative(const struct link_page *l, struct arena *a, struct text path)
{
	struct text from = l->path;
	size_t same = 0;
	struct text up = text_of("");

	for (size_t i = 0; i < from.len && i < path.len &&
		from.p[i] == path.p[i]; i++)
		if (from.p[i] == '/')
			same = i + 1;
	for (size_t i = same; i < from.len; i++)
		if (from.p[i] == '/')
			up = arena_printf(a, "../%s", up.p);
	return arena_printf(a, "%s%s", up.p,
		arena_string(a, text_from(path, same))).p;
}

/* "/b.md" of "a/b", "a/b.html": a page's file, named as its address is. */
static struct text
as_page(struct arena *a, struct text wrong)
{
	struct text last = last_part(wrong);

	if (text_ends(last, ".html"))
		last.len -= strlen(".html");
	return arena_printf(a, "%.*s.md", (int)last.len, last.p);
}

const char *
link_near_path(const struct link_page *l, struct arena *a, struct text wrong)
{
	const struct link_targets *t = l->targets;
	struct names n;
	const char *lasts[] = { arena_string(a, last_part(wrong)),
		as_page(a, wrong).p };
	const char *near;

	if (is_enough(l))
		return NULL;
	n = names_for(a, t->tree->count + t->file_count);
	for (size_t i = 0; i < t->tree->count; i++)
		names_add(&n, t->tree->pages[i].page->path);
	for (size_t i = 0; i < t->file_count; i++)
		names_add(&n, t->files[i]);
	for (size_t k = 0; wrong.len && k < 2; k++)
		for (size_t i = 0; i < n.count; i++)
			if (text_ends(text_of(n.items[i]), lasts[k]))
				return relative(l, a, text_of(n.items[i]));
	near = text_nearest(wrong, n.items);
	return near ? relative(l, a, text_of(near)) : NULL;
}

const char *
link_near_url(const struct link_page *l, struct arena *a, struct text wrong)
{
	const struct link_targets *t = l->targets;
	struct names n;

	if (is_enough(l))
		return NULL;
	n = names_for(a, t->tree->count + t->url_count);
	for (size_t i = 0; i < t->tree->count; i++)
		names_add(&n, t->tree->pages[i].page->url);
	for (size_t i = 0; i < t->url_count; i++)
		names_add(&n, t->urls[i]);
	return text_nearest(wrong, n.items);
}
