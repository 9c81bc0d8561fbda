/* tree: all pages, and how they belong together. */
#include "site/tree.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "site/collate.h"
#include "base/banned.h"

static int
by_key(const void *x, const void *y)
{
	const struct page *a = *(struct page *const *)x;
	const struct page *b = *(struct page *const *)y;
	int c = text_cmp(a->key, b->key);

	if (c == 0)
		c = (int)a->variant - (int)b->variant;
	return c ? c : text_cmp(a->path, b->path);
}

static int
by_path(const void *x, const void *y)
{
	const struct page *a = *(const struct page *const *)x;
	const struct page *b = *(const struct page *const *)y;

	return text_cmp(a->path, b->path);
}

static int
by_weight(const void *x, const void *y)
{
	const struct page *a = (*(struct tree_page *const *)x)->page;
	const struct page *b = (*(struct tree_page *const *)y)->page;
	int c = (a->weight > b->weight) - (a->weight < b->weight);

	if (c == 0)
		c = collate_cmp(a->title, b->title);
	return c ? c : text_cmp(a->key, b->key);
}

/* FNV-1a. */
static uint64_t
hash_of(struct text key)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t k = 0; k < key.len; k++)
		hash = (hash ^ (unsigned char)key.p[k]) * 1099511628211u;
	return hash ^ hash >> 32;
}

/* The slot that holds the key, or where it would be.  Pages are far apart in
 * memory: none is looked at. */
static struct tree_slot *
slot_of(const struct tree *t, struct text key, uint64_t hash)
{
	size_t i = hash & (t->slot_count - 1);

	while (t->slots[i].page && !(t->slots[i].hash == hash &&
		text_eq(t->slots[i].key, key)))
		i = (i + 1) & (t->slot_count - 1);
	return &t->slots[i];
}

struct tree_page *
tree_find(const struct tree *t, struct text key, enum page_variant variant)
{
	const struct tree_page *p = slot_of(t, key, hash_of(key))->page;

	return p ? p->variants[variant] : NULL;
}

struct tree_page *
tree_best(const struct tree *t, struct text key, enum page_variant variant)
{
	struct tree_page *p = tree_find(t, key, variant);

	return p ? p : tree_find(t, key, PAGE_SWEDISH);
}

struct tree_page *
tree_at(const struct tree *t, struct text url)
{
	enum page_variant variant = PAGE_SWEDISH;
	struct text key;

	if (!text_starts(url, "/") || !text_ends(url, "/"))
		return NULL;
	key = url.len > 1 ? text_sub(url, 1, url.len - 2)
		: (struct text){ "", 0 };
	for (int v = PAGE_ENGLISH; v < PAGE_VARIANTS; v++) {
		const char *name = variant_name((enum page_variant)v);
		size_t n = strlen(name);

		if (!text_starts(key, name) ||
			(key.len > n && key.p[n] != '/'))
			continue;
		variant = (enum page_variant)v;
		key = key.len > n ? text_from(key, n + 1)
			: (struct text){ "", 0 };
		break;
	}
	return tree_find(t, key, variant);
}

/* Both files are shown, so both are one too many. */
static bool
check_single(struct page *const *sorted, size_t count, struct err *e)
{
	for (size_t i = 1; i < count; i++) {
		const struct page *a = sorted[i - 1];
		const struct page *b = sorted[i];

		if (text_eq(a->key, b->key) && a->variant == b->variant)
			return err_set(e, ERR_FORMAT,
				"%s and %s are the same page, %s", a->path.p,
				b->path.p, a->url.p);
	}
	return true;
}

/* Splits sorted pages into those shown today and the hidden. */
static void
choose(struct arena *a, struct page *const *sorted, size_t count,
	struct date today, bool drafts, struct tree *t)
{
	t->pages = arena_array(a, count + 1, sizeof *t->pages);
	t->hidden = arena_array(a, count + 1, sizeof *t->hidden);
	for (size_t i = 0; i < count; i++) {
		const struct page *p = sorted[i];

		if (page_is_public(p, today) && (drafts || !p->draft)) {
			t->pages[t->count].index = t->count;
			t->pages[t->count++].page = p;
		} else {
			t->hidden[t->hidden_count++] = p;
		}
	}
	if (t->hidden_count)
		qsort(t->hidden, t->hidden_count, sizeof *t->hidden, by_path);
}

/* What a translation leaves out it has from the Swedish page. */
static void
inherit(struct page *const *sorted, size_t count)
{
	const struct page *swedish = NULL;

	for (size_t i = 0; i < count; i++) {
		struct page *p = sorted[i];

		if (p->variant == PAGE_SWEDISH) {
			swedish = p;
			continue;
		}
		if (!swedish || !text_eq(swedish->key, p->key))
			continue;
		if (!p->weight_given)
			p->weight = swedish->weight;
		if (!p->menu_given)
			p->menu = swedish->menu;
	}
}

static void
join_variants(struct arena *a, struct tree *t)
{
	for (t->slot_count = 2; t->slot_count < 2 * t->count; )
		t->slot_count *= 2;
	t->slots = arena_array(a, t->slot_count, sizeof *t->slots);
	for (size_t i = 0; i < t->count; ) {
		size_t end = i;
		uint64_t hash;

		while (end < t->count && text_eq(t->pages[end].page->key,
			t->pages[i].page->key))
			end++;
		for (size_t k = i; k < end; k++)
			for (size_t m = i; m < end; m++)
				t->pages[k].variants[t->pages[m].page->variant] =
					&t->pages[m];
		hash = hash_of(t->pages[i].page->key);
		*slot_of(t, t->pages[i].page->key, hash) = (struct tree_slot){
			hash, t->pages[i].page->key, &t->pages[i] };
		i = end;
	}
}

static void
find_parent(struct tree *t, struct tree_page *p)
{
	struct text key = p->page->key;

	while (key.len && !p->parent) {
		while (key.len && key.p[key.len - 1] != '/')
			key.len--;
		if (key.len)
			key.len--;
		p->parent = tree_find(t, key, p->page->variant);
	}
}

/* Do both lie in one folder, in one variant, and not at its root? */
static bool
is_sibling(const struct page *a, const struct page *b)
{
	struct text x = a->key;
	struct text y = b->key;

	if (a->variant != b->variant || x.len == 0 || y.len == 0)
		return false;
	while (x.len && x.p[x.len - 1] != '/')
		x.len--;
	while (y.len && y.p[y.len - 1] != '/')
		y.len--;
	return text_eq(x, y);
}

static void
find_children(struct arena *a, struct tree *t)
{
	for (size_t i = 0; i < t->count; i++) {
		/* Neighbours by key have mostly the same one. */
		if (i && is_sibling(t->pages[i - 1].page, t->pages[i].page))
			t->pages[i].parent = t->pages[i - 1].parent;
		else
			find_parent(t, &t->pages[i]);
		if (t->pages[i].parent)
			t->pages[i].parent->child_count++;
	}
	for (size_t i = 0; i < t->count; i++) {
		struct tree_page *p = &t->pages[i];

		p->children = arena_array(a, p->child_count + 1,
			sizeof *p->children);
		p->child_count = 0;
	}
	for (size_t i = 0; i < t->count; i++) {
		struct tree_page *p = &t->pages[i];

		if (p->parent)
			p->parent->children[p->parent->child_count++] = p;
	}
	for (size_t i = 0; i < t->count; i++)
		sort_items(t->pages[i].children, t->pages[i].child_count,
			sizeof *t->pages[i].children, by_weight);
}

static void
find_menus(struct arena *a, struct tree *t)
{
	for (int v = 0; v < PAGE_VARIANTS; v++) {
		size_t n = 0;

		t->menu[v] = arena_array(a, t->count + 1, sizeof *t->menu[v]);
		for (size_t i = 0; i < t->count; i++)
			if (t->pages[i].page->menu &&
				(int)t->pages[i].page->variant == v)
				t->menu[v][n++] = &t->pages[i];
		if (n)
			qsort(t->menu[v], n, sizeof *t->menu[v], by_weight);
		t->menu_count[v] = n;
	}
}

/* Why there is none: `sorted` begins with those of the key "". */
static bool
refuse_start(struct page *const *sorted, size_t count, struct err *e)
{
	for (size_t i = 0; i < count && sorted[i]->key.len == 0; i++)
		if (sorted[i]->variant == PAGE_SWEDISH)
			return err_set(e, ERR_FORMAT, "%s:1: the start page "
				"is %s, and no site is without one",
				sorted[i]->path.p, sorted[i]->draft
				? "a draft" : "not shown today");
	return err_set(e, ERR_FORMAT, "content/index.md: is missing: the "
		"start page, and no site is without one");
}

bool
tree_make(struct arena *a, struct page *pages, size_t count,
	struct date today, bool drafts, struct tree *out, struct err *e)
{
	struct page **sorted = arena_array(a, count + 1, sizeof *sorted);
	struct tree t = { 0 };

	*out = t;
	for (size_t i = 0; i < count; i++)
		sorted[i] = &pages[i];
	sort_items(sorted, count, sizeof *sorted, by_key);
	if (!check_single(sorted, count, e))
		return false;
	inherit(sorted, count);
	choose(a, sorted, count, today, drafts, &t);
	join_variants(a, &t);
	if (!tree_find(&t, (struct text){ "", 0 }, PAGE_SWEDISH))
		return refuse_start(sorted, count, e);
	find_children(a, &t);
	find_menus(a, &t);
	*out = t;
	return true;
}
