/* odd: what is no fault on a page, but seldom meant. */
#include "site/odd.h"

#include <stdlib.h>

#include "site/leftout.h"
#include "site/nolink.h"
#include "base/banned.h"

/* ---- headings ------------------------------------------------------------ */

static int
level_of(struct text line)
{
	size_t n = 0;

	while (n < line.len && line.p[n] == '#')
		n++;
	return n < line.len && line.p[n] == ' ' ? (int)n : 0;
}

/* The line of the first heading of that level after one that is not the
 * next above it; 1 if the file cannot tell. */
static int
find_line(struct site *s, const struct page *p, int level)
{
	struct err e = { 0 };
	struct text rest, line;
	int above = 1;

	if (!source_read(&s->source, p->path.p, PAGE_FILE_MAX, &rest, &e))
		return 1;
	for (int n = 1; text_line(&rest, &line); n++) {
		int here = n < p->body_line ? 0 : level_of(line);

		if (here == level && above < level - 1)
			return n;
		above = here ? here : above;
	}
	return 1;
}

/* WCAG 1.3.1 asks for levels that tell the structure; this is how they are
 * best followed. */
static void
warn_levels(struct site *s, const struct tree_page *t, struct faults *warnings)
{
	const struct markdown_ids *ids = &s->bodies[t->index].ids;
	int above = 1;

	for (size_t i = 0; i < ids->count; i++) {
		int level = ids->items[i].level;

		if (level > above + 1) {
			fault_add(warnings, arena_printf(&s->arena, "%s:%d: a "
				"heading of level %d stands directly under "
				"one of level %d", t->page->path.p,
				find_line(s, t->page, level), level, above));
			return;
		}
		above = level;
	}
}

/* ---- titles -------------------------------------------------------------- */

static int
by_title(const void *x, const void *y)
{
	const struct tree_page *a = *(const struct tree_page *const *)x;
	const struct tree_page *b = *(const struct tree_page *const *)y;
	int c = (int)a->page->variant - (int)b->page->variant;

	if (c == 0)
		c = text_cmp(a->page->title, b->page->title);
	return c ? c : text_cmp(a->page->path, b->page->path);
}

static void
warn_titles(struct site *s, struct faults *warnings)
{
	const struct tree_page **sorted = arena_array(&s->arena,
		s->tree.count + 1, sizeof *sorted);

	for (size_t i = 0; i < s->tree.count; i++)
		sorted[i] = &s->tree.pages[i];
	if (s->tree.count)
		qsort(sorted, s->tree.count, sizeof *sorted, by_title);
	for (size_t i = 1; i < s->tree.count; i++) {
		const struct page *a = sorted[i - 1]->page;
		const struct page *b = sorted[i]->page;

		if (a->variant == b->variant && text_eq(a->title, b->title) &&
			sorted[i - 1]->parent == sorted[i]->parent)
			fault_add(warnings, arena_printf(&s->arena, "%s:1: is "
				"called \"%.*s\", as %s is; readers cannot tell "
				"them apart", b->path.p, (int)b->title.len,
				b->title.p, a->path.p));
	}
}

/* ---- days ------------------------------------------------------------------ */

/* A version that is still there when its page has gone says what no longer
 * holds. */
static void
warn_days(struct site *s, const struct tree_page *t, struct faults *warnings)
{
	const struct tree_page *swedish = t->variants[PAGE_SWEDISH];
	const struct page *p = t->page;

	if (p->reviewed.year && date_cmp(p->reviewed, s->options.today) > 0)
		fault_add(warnings, arena_printf(&s->arena, "%s:1: reviewed: "
			"%s is a day to come", p->path.p,
			date_text(&s->arena, p->reviewed).p));
	if (swedish && swedish->page->expire.year && (!p->expire.year ||
		date_cmp(p->expire, swedish->page->expire) > 0))
		fault_add(warnings, arena_printf(&s->arena, "%s:1: stays when "
			"%s expires on %s; give it that \"expire\" too",
			p->path.p, swedish->page->path.p,
			date_text(&s->arena, swedish->page->expire).p));
}

/* ---- links that are none -------------------------------------------------- */

static void
warn_nolinks(struct site *s, struct text path, struct faults *warnings)
{
	struct err e = { 0 };
	struct text source;

	/* What cannot be read is a fault already. */
	if (source_read(&s->source, path.p, PAGE_FILE_MAX, &source, &e))
		nolink_warn(path, source, warnings);
}

/* ---- all of it ----------------------------------------------------------- */

void
odd_warn(struct site *s, struct faults *warnings)
{
	for (size_t i = 0; i < s->tree.count; i++) {
		const struct tree_page *t = &s->tree.pages[i];
		const struct page *p = t->page;

		warn_levels(s, t, warnings);
		warn_days(s, t, warnings);
		if (p->variant == PAGE_EASY && !t->variants[PAGE_SWEDISH] &&
			!leftout_page(s, p->key))
			fault_add(warnings, arena_printf(&s->arena, "%s:1: "
				"there is no page that it makes easy to read",
				p->path.p));
	}
	warn_titles(s, warnings);
	for (size_t i = 0; i < s->page_count; i++)
		if (!s->pages[i].draft || s->options.drafts)
			warn_nolinks(s, s->pages[i].path, warnings);
	for (size_t i = 0; i < s->form_count; i++)
		warn_nolinks(s, s->forms[i]->path, warnings);
}
