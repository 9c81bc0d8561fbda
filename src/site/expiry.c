/* expiry: which addresses an older build may have that are not to be shown. */
#include "site/expiry.h"

#include <stdlib.h>

#include "site/diagram_page.h"
#include "site/parts.h"
#include "base/banned.h"

static size_t
last_slash(struct text url)
{
	size_t i = url.len;

	while (i > 0 && url.p[i - 1] != '/')
		i--;
	return i;
}

/* "/gammal" is written to gammal/index.html and so served as "/gammal/". */
static struct text
served(struct arena *a, struct text url)
{
	struct text name = text_from(url, last_slash(url));

	return name.len == 0 || text_find(name, '.') < name.len ? url
		: arena_printf(a, "%.*s/", (int)url.len, url.p);
}

/* Does something that is shown stand at this address, as it is served?
 * "/gammal" is the same place as "/gammal/". */
static bool
is_taken(const struct site *s, struct text url)
{
	return tree_at(&s->tree, url) || link_has_url(&s->targets, url) ||
		(text_ends(url, "/") && link_has_url(&s->targets,
			text_sub(url, 0, url.len - 1)));
}

static void
add(struct site *s, struct text url, const struct page *p, bool shown,
	bool is_page)
{
	url = served(&s->arena, url);
	if (shown || !is_taken(s, url))
		s->expiries[s->expiry_count++] = (struct expiry){ url,
			p->expire, is_page };
}

static void
add_page(struct site *s, const struct page *p, bool shown)
{
	if (!p->expire.year)
		return;
	add(s, p->url, p, shown, true);
	for (size_t i = 0; i < p->alias_count; i++)
		add(s, p->aliases[i], p, shown, false);
}

static int
by_url(const void *x, const void *y)
{
	const struct expiry *a = x;
	const struct expiry *b = y;

	return text_cmp(a->url, b->url);
}

void
expiry_find(struct site *s)
{
	const struct tree *t = &s->tree;
	size_t count = 0;

	for (size_t i = 0; i < s->page_count; i++)
		if (s->pages[i].expire.year)
			count += 1 + s->pages[i].alias_count;
	s->expiries = arena_array(&s->arena, count + 1, sizeof *s->expiries);
	for (size_t i = 0; i < t->count; i++)
		add_page(s, t->pages[i].page, true);
	for (size_t i = 0; i < t->hidden_count; i++)
		if (date_cmp(t->hidden[i]->expire, s->options.today) <= 0)
			add_page(s, t->hidden[i], false);
	if (s->expiry_count)
		qsort(s->expiries, s->expiry_count, sizeof *s->expiries,
			by_url);
}

static const struct expiry *
find(const struct site *s, struct text url)
{
	struct expiry key = { .url = url };

	return s->expiry_count ? bsearch(&key, s->expiries, s->expiry_count,
		sizeof key, by_url) : NULL;
}

bool
site_is_over(const struct site *s, struct text url, int64_t now_s)
{
	size_t slash = last_slash(url);
	const struct expiry *x = find(s, url);

	if (!x && diagram_is_sheet(text_from(url, slash))) {
		x = find(s, text_sub(url, 0, slash));
		if (x && !x->is_page)
			x = NULL;
	}
	return x && date_cmp(x->day, date_of(now_s)) <= 0;
}

bool
site_draft(const struct site *s, size_t *i, struct text *file,
	struct text *url)
{
	while (*i < s->tree.hidden_count) {
		const struct page *p = s->tree.hidden[(*i)++];

		if (!p->draft || is_taken(s, p->url))
			continue;
		*file = p->path;
		*url = p->url;
		return true;
	}
	return false;
}
