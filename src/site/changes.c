/* changes: what git tells of the pages, as their readers see it. */
#include "site/changes.h"

#include <stdlib.h>
#include <string.h>

#include "seal/hash.h"
#include "site/frame.h"
#include "view/formview.h"
#include "base/clock.h"
#include "base/banned.h"

enum { ANCHOR_BYTES = 6 /* of a commit's id, in the id of its element */ };

struct value *
changes_date(struct arena *a, struct history_date d, struct text lang)
{
	struct value *v = value_map(a);

	value_set_str(a, v, "iso", clock_iso(a, d.utc_s, d.offset_minutes));
	value_set_str(a, v, "text", clock_date_words(a, date_of(d.utc_s),
		lang));
	return v;
}

static void
put_subject(struct arena *a, struct value *v, const struct history_commit *c)
{
	(void)value_set(a, v, "subject", c->subject.len
		? value_text(a, c->subject) : value_null(a));
}

void
changes_put_revisions(struct arena *a, const struct history_dates *d,
	struct text lang, struct value *page)
{
	struct value *list = value_list(a);
	size_t count = d ? d->count : 0;
	size_t shown = d ? d->latest_count : 0;

	if (shown > REVISIONS_SHOWN)
		shown = REVISIONS_SHOWN;
	for (size_t i = 0; i < shown; i++) {
		struct value *v = changes_date(a, d->latest[i]->date, lang);

		put_subject(a, v, d->latest[i]);
		(void)value_push(a, list, v);
	}
	(void)value_set(a, page, "revisions", list);
	value_set_bool(a, page, "has_revisions", shown > 0);
	(void)value_set(a, page, "revisions_more", count > shown
		? value_int(a, (int64_t)(count - shown)) : value_null(a));
}

/* ---- gathering ----------------------------------------------------------- */

static int
by_commit(const struct change_page *a, const struct change_page *b)
{
	int64_t x = a->commit->date.utc_s;
	int64_t y = b->commit->date.utc_s;

	if (x != y)
		return x < y ? 1 : -1;
	return memcmp(a->commit->id.bytes, b->commit->id.bytes,
		OBJECT_ID_BYTES);
}

static int
by_commit_and_url(const void *x, const void *y)
{
	const struct change_page *a = x;
	const struct change_page *b = y;
	int c = by_commit(a, b);

	return c ? c : text_cmp(a->url, b->url);
}

static void
add(struct changes *c, const struct history_dates *d,
	enum page_variant variant, struct text title, struct text url)
{
	for (size_t i = 0; i < d->latest_count; i++)
		c->pages[c->count++] = (struct change_page){ d->latest[i],
			variant, title, url };
}

/* Index of the first page of the next commit. */
static size_t
next_change(const struct changes *c, size_t i)
{
	size_t k = i + 1;

	while (k < c->count && by_commit(&c->pages[i], &c->pages[k]) == 0)
		k++;
	return k;
}

void
changes_gather(struct site *s)
{
	struct changes *c;
	size_t count = 0;
	size_t end = 0;

	if (!s->dates)
		return;
	c = arena_alloc(&s->arena, sizeof *c);
	s->changes = c;
	for (size_t i = 0; i < s->tree.count; i++)
		count += s->dates[i].latest_count;
	for (size_t i = 0; i < s->form_count; i++)
		count += s->form_dates[i].latest_count;
	c->pages = arena_array(&s->arena, count + 1, sizeof *c->pages);
	for (size_t i = 0; i < s->tree.count; i++) {
		const struct page *p = s->tree.pages[i].page;

		add(c, &s->dates[i], p->variant, p->title, p->url);
	}
	for (size_t i = 0; i < s->form_count; i++) {
		const struct form *f = s->forms[i];

		add(c, &s->form_dates[i], config_lang(f->lang) ? PAGE_ENGLISH
			: PAGE_SWEDISH, f->title, formview_url(&s->arena, f));
	}
	if (c->count)
		qsort(c->pages, c->count, sizeof *c->pages,
			by_commit_and_url);
	for (int n = 0; n < CHANGES_SHOWN && end < c->count; n++)
		end = next_change(c, end);
	c->count = end;
}

/* ---- one change ---------------------------------------------------------- */

static struct text
anchor(struct arena *a, const struct history_commit *c)
{
	return arena_printf(a, "c-%s", hex_encode(a, c->id.bytes,
		ANCHOR_BYTES).p);
}

/* {title, url, lang}: an easy-read page says so, since its title may be that
 * of the page it follows. */
static struct value *
page_link(const struct site *s, struct arena *a, const struct change_page *p)
{
	struct text title = p->title;
	struct value *v;

	if (p->variant == PAGE_EASY) {
		struct text easy = frame_word(s, p->variant,
			"variant_lattlast");

		title = arena_printf(a, "%.*s – %.*s", (int)title.len,
			title.p, (int)easy.len, easy.p);
	}
	v = frame_link_to(s, a, title, p->url);
	(void)value_set(a, v, "lang", p->variant == PAGE_ENGLISH
		? value_str(a, "en") : value_null(a));
	return v;
}

/* The change whose pages are `from` to `to`. */
static struct value *
change(const struct site *s, struct arena *a, size_t from, size_t to)
{
	const struct change_page *first = &s->changes->pages[from];
	struct value *v = changes_date(a, first->commit->date, text_of("sv"));
	struct value *pages = value_list(a);
	size_t shown = to - from;

	if (shown > CHANGE_PAGES_SHOWN)
		shown = CHANGE_PAGES_SHOWN;
	for (size_t i = from; i < from + shown; i++)
		(void)value_push(a, pages, page_link(s, a,
			&s->changes->pages[i]));
	value_set_str(a, v, "id", anchor(a, first->commit));
	put_subject(a, v, first->commit);
	(void)value_set(a, v, "pages", pages);
	(void)value_set(a, v, "more", to - from > shown
		? value_int(a, (int64_t)(to - from - shown)) : value_null(a));
	return v;
}

/* ---- the page ------------------------------------------------------------ */

static struct value *
days(const struct site *s, struct arena *a)
{
	const struct changes *c = s->changes;
	struct value *list = value_list(a);
	struct value *changes = NULL;
	struct date last = { 0 };

	for (size_t i = 0, next; i < c->count; i = next) {
		struct date day = date_of(c->pages[i].commit->date.utc_s);

		next = next_change(c, i);
		if (!changes || date_cmp(day, last) != 0) {
			struct value *v = frame_date(a, day, text_of("sv"));

			changes = value_list(a);
			(void)value_set(a, v, "changes", changes);
			(void)value_push(a, list, v);
			last = day;
		}
		(void)value_push(a, changes, change(s, a, i, next));
	}
	return list;
}

void
changes_put_page(const struct site *s, struct arena *a, struct value *data)
{
	struct value *page = value_map(a);
	struct value *list = days(s, a);

	value_set_str(a, page, "title", frame_word(s, PAGE_SWEDISH,
		"changes_title"));
	value_set_str(a, page, "description", frame_word(s, PAGE_SWEDISH,
		"changes_description"));
	(void)value_set(a, page, "breadcrumbs",
		frame_start_breadcrumbs(s, a, PAGE_SWEDISH));
	(void)value_set(a, data, "page", page);
	(void)value_set(a, data, "days", list);
	value_set_bool(a, data, "has_days", list->count > 0);
}

/* ---- the feed ------------------------------------------------------------ */

/* The name in "https://name:8080". */
static struct text
host_of(struct text base)
{
	struct text host = text_from(base, text_search(base, "://") + 3);

	return text_sub(host, 0, text_find(host, ':'));
}

/* A tag (RFC 4151) of the day of the commit and the whole of its id. */
static struct text
tag(const struct site *s, struct arena *a, const struct history_commit *c)
{
	struct text host = host_of(s->config.base_url);

	return arena_printf(a, "tag:%.*s,%s:%s", (int)host.len, host.p,
		date_text(a, date_of(c->date.utc_s)).p,
		hex_encode(a, c->id.bytes, OBJECT_ID_BYTES).p);
}

static struct value *
entry(const struct site *s, struct arena *a, size_t from, size_t to)
{
	const struct history_commit *c = s->changes->pages[from].commit;
	struct value *v = change(s, a, from, to);
	struct text base = s->config.base_url;
	struct text url = to - from == 1 ? s->changes->pages[from].url
		: arena_printf(a, CHANGES_URL "#%s", anchor(a, c).p);

	value_set_str(a, v, "tag", tag(s, a, c));
	value_set_str(a, v, "link", arena_join(a, (struct text[]){ base, url },
		2));
	return v;
}

void
changes_put_feed(const struct site *s, struct arena *a, struct value *data)
{
	const struct changes *c = s->changes;
	struct value *list = value_list(a);

	for (size_t i = 0, next; i < c->count; i = next) {
		next = next_change(c, i);
		(void)value_push(a, list, entry(s, a, i, next));
	}
	(void)value_set(a, data, "entries", list);
	/* Without an entry any moment will do, but for the same bytes. */
	value_set_str(a, data, "updated", c->count
		? clock_iso(a, c->pages[0].commit->date.utc_s,
			c->pages[0].commit->date.offset_minutes)
		: arena_printf(a, "%sT00:00:00Z",
			date_text(a, s->options.today).p));
}
