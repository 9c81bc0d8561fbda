/* page_pack: a page without its text, packed for the next build. */
#include "site/page_pack.h"

#include "base/json.h"
#include "base/pack.h"
#include "base/banned.h"

enum { JSON_MAX = 1024 * 1024 };

enum flags { MENU = 1, MENU_GIVEN = 2, WEIGHT_GIVEN = 4, DRAFT = 8, TOC = 16,
	ALL_FLAGS = 31 };

/* ---- there -------------------------------------------------------------- */

static void
put_int(struct buf *b, int n)
{
	pack_u32(b, (uint32_t)n);
}

static void
put_date(struct buf *b, struct date d)
{
	put_int(b, d.year);
	pack_u8(b, (uint8_t)d.month);
	pack_u8(b, (uint8_t)d.day);
}

/* The one map, as JSON; empty if there is none. */
static void
put_document(struct buf *b, const struct value *document)
{
	struct buf json;

	buf_init(&json, JSON_MAX);
	if (document)
		json_put(&json, document);
	b->full = b->full || json.full;
	pack_text(b, buf_view(&json));
	buf_release(&json);
}

void
page_pack(struct buf *b, const struct page *p)
{
	pack_u8(b, (uint8_t)p->variant);
	pack_u8(b, (uint8_t)((p->menu ? MENU : 0) |
		(p->menu_given ? MENU_GIVEN : 0) |
		(p->weight_given ? WEIGHT_GIVEN : 0) |
		(p->draft ? DRAFT : 0) | (p->toc ? TOC : 0)));
	put_int(b, p->weight);
	put_int(b, p->form_line);
	put_int(b, p->review_months);
	put_date(b, p->publish);
	put_date(b, p->expire);
	put_date(b, p->reviewed);
	pack_text(b, p->path);
	pack_text(b, p->key);
	pack_text(b, p->url);
	pack_text(b, p->title);
	pack_text(b, p->description);
	pack_text(b, p->form);
	pack_texts(b, p->aliases, p->alias_count);
	pack_texts(b, p->reviewers, p->reviewer_count);
	pack_texts(b, p->sources, p->source_count);
	for (size_t i = 0; i < p->source_count; i++)
		put_int(b, p->source_lines[i]);
	put_document(b, p->document);
}

/* ---- and back ----------------------------------------------------------- */

static int
get_int(struct unpack *u)
{
	return (int)(int32_t)unpack_u32(u);
}

static int *
get_ints(struct unpack *u, struct arena *a, size_t count)
{
	int *items = count ? arena_array(a, count, sizeof *items) : NULL;

	for (size_t i = 0; i < count; i++)
		items[i] = get_int(u);
	return items;
}

static struct date
get_date(struct unpack *u)
{
	struct date d = { .year = get_int(u) };

	d.month = unpack_u8(u);
	d.day = unpack_u8(u);
	return d;
}

static const struct value *
get_document(struct unpack *u, struct arena *a)
{
	struct text json = unpack_text(u);
	struct err ignored = { 0 };
	struct value *v = NULL;

	if (json.len && (!json_parse(a, "document", json, &v, &ignored) ||
		v->kind != VALUE_MAP))
		u->bad = true;
	return v;
}

bool
page_unpack(struct arena *a, struct text packed, struct page *out)
{
	struct unpack u = { packed, false };
	struct page p = { 0 };
	uint8_t variant = unpack_u8(&u);
	uint8_t flags = unpack_u8(&u);

	p.variant = variant < PAGE_VARIANTS ? (enum page_variant)variant
		: PAGE_SWEDISH;
	p.menu = flags & MENU;
	p.menu_given = flags & MENU_GIVEN;
	p.weight_given = flags & WEIGHT_GIVEN;
	p.draft = flags & DRAFT;
	p.toc = flags & TOC;
	p.weight = get_int(&u);
	p.form_line = get_int(&u);
	p.review_months = get_int(&u);
	p.publish = get_date(&u);
	p.expire = get_date(&u);
	p.reviewed = get_date(&u);
	p.path = unpack_text(&u);
	p.key = unpack_text(&u);
	p.url = unpack_text(&u);
	p.title = unpack_text(&u);
	p.description = unpack_text(&u);
	p.form = unpack_text(&u);
	p.aliases = unpack_texts(&u, a, &p.alias_count);
	p.reviewers = unpack_texts(&u, a, &p.reviewer_count);
	p.sources = unpack_texts(&u, a, &p.source_count);
	p.source_lines = get_ints(&u, a, p.source_count);
	p.document = get_document(&u, a);
	*out = p;
	return unpack_ended(&u) && variant < PAGE_VARIANTS &&
		flags <= ALL_FLAGS;
}
