/* memo: what a build knew of each page and each output. */
#include "site/memo.h"

#include <stdlib.h>
#include <string.h>

#include "base/pack.h"
#include "base/banned.h"

#define FIRST_LINE "blankett memo 1\n"

/* The fewest bytes that each thing in a list takes. */
enum {
	ANCHOR_LEAST = 8 + 2 * PACK_TEXT_LEAST,
	PAGE_LEAST = 2 * PACK_TEXT_LEAST + PACK_STAMP_BYTES + 1,
	OUTPUT_LEAST = PACK_TEXT_LEAST + HASH_BYTES + PACK_STAMP_BYTES +
		COMPRESS_CODINGS
};

/* ---- writing ------------------------------------------------------------- */

static void
put_page(struct buf *b, const struct memo_page *p)
{
	pack_text(b, p->path);
	pack_stamp(b, &p->stamp);
	pack_text(b, p->front);
	pack_u8(b, p->shown);
	if (!p->shown)
		return;
	buf_put(b, p->history.b, HASH_BYTES);
	pack_texts(b, p->ids, p->id_count);
	pack_u32(b, (uint32_t)p->anchor_count);
	for (size_t i = 0; i < p->anchor_count; i++) {
		pack_u32(b, p->anchors[i].to);
		pack_u32(b, p->anchors[i].line);
		pack_text(b, p->anchors[i].id);
		pack_text(b, p->anchors[i].written);
	}
	pack_texts(b, p->sheets, p->sheet_count);
}

static void
put_output(struct buf *b, const struct memo_output *o)
{
	pack_text(b, o->path);
	buf_put(b, o->hash.b, HASH_BYTES);
	pack_stamp(b, &o->stamp);
	for (int i = 0; i < COMPRESS_CODINGS; i++) {
		pack_u8(b, o->siblings[i].listed);
		if (!o->siblings[i].listed)
			continue;
		buf_put(b, o->siblings[i].mark.b, HASH_BYTES);
		pack_stamp(b, &o->siblings[i].stamp);
	}
}

void
memo_put_pages(struct buf *b, const struct memo *m)
{
	buf_str(b, FIRST_LINE);
	pack_text(b, m->program);
	buf_put(b, m->globals.b, HASH_BYTES);
	buf_put(b, m->dates.b, HASH_BYTES);
	buf_put(b, m->head.bytes, OBJECT_ID_BYTES);
	pack_u32(b, (uint32_t)m->page_count);
	for (size_t i = 0; i < m->page_count; i++)
		put_page(b, &m->pages[i]);
}

void
memo_put_outputs(struct buf *b, const struct memo *m)
{
	pack_u32(b, (uint32_t)m->output_count);
	for (size_t i = 0; i < m->output_count; i++)
		put_output(b, &m->outputs[i]);
	hash_close(b);
}

/* ---- reading ------------------------------------------------------------- */

static void
get_anchors(struct unpack *u, struct arena *a, struct memo_page *p)
{
	p->anchor_count = unpack_count(u, ANCHOR_LEAST);
	if (p->anchor_count == 0)
		return;
	p->anchors = arena_array(a, p->anchor_count, sizeof *p->anchors);
	for (size_t i = 0; i < p->anchor_count; i++) {
		p->anchors[i].to = unpack_u32(u);
		p->anchors[i].line = unpack_u32(u);
		p->anchors[i].id = unpack_text(u);
		p->anchors[i].written = unpack_text(u);
	}
}

static bool
get_bool(struct unpack *u)
{
	uint8_t n = unpack_u8(u);

	u->bad = u->bad || n > 1;
	return n == 1;
}

static void
get_page(struct unpack *u, struct arena *a, struct memo_page *p)
{
	p->path = unpack_text(u);
	p->stamp = unpack_stamp(u);
	p->front = unpack_text(u);
	p->shown = get_bool(u);
	if (!p->shown)
		return;
	unpack_into(u, p->history.b, HASH_BYTES);
	p->ids = unpack_texts(u, a, &p->id_count);
	get_anchors(u, a, p);
	p->sheets = unpack_texts(u, a, &p->sheet_count);
}

static void
get_pages(struct unpack *u, struct arena *a, struct memo *out)
{
	out->page_count = unpack_count(u, PAGE_LEAST);
	out->pages = arena_array(a, out->page_count + 1, sizeof *out->pages);
	for (size_t i = 0; i < out->page_count && !u->bad; i++) {
		struct memo_page *p = &out->pages[i];

		get_page(u, a, p);
		u->bad = u->bad || (i && text_cmp(p[-1].path, p->path) >= 0);
	}
}

static void
get_output(struct unpack *u, struct memo_output *o)
{
	o->path = unpack_text(u);
	unpack_into(u, o->hash.b, HASH_BYTES);
	o->stamp = unpack_stamp(u);
	for (int i = 0; i < COMPRESS_CODINGS; i++) {
		o->siblings[i].listed = get_bool(u);
		if (!o->siblings[i].listed)
			continue;
		unpack_into(u, o->siblings[i].mark.b, HASH_BYTES);
		o->siblings[i].stamp = unpack_stamp(u);
	}
}

static void
get_outputs(struct unpack *u, struct arena *a, struct memo *out)
{
	out->output_count = unpack_count(u, OUTPUT_LEAST);
	out->outputs = arena_array(a, out->output_count + 1,
		sizeof *out->outputs);
	for (size_t i = 0; i < out->output_count && !u->bad; i++) {
		struct memo_output *o = &out->outputs[i];

		get_output(u, o);
		u->bad = u->bad || (i && text_cmp(o[-1].path, o->path) >= 0);
	}
}

bool
memo_parse(struct arena *a, struct text bytes, struct memo *out)
{
	struct unpack u = { 0 };

	*out = (struct memo){ 0 };
	if (!hash_is_closed(&bytes) || !text_starts(bytes, FIRST_LINE))
		return false;
	u.rest = text_from(bytes, strlen(FIRST_LINE));
	out->program = unpack_text(&u);
	unpack_into(&u, out->globals.b, HASH_BYTES);
	unpack_into(&u, out->dates.b, HASH_BYTES);
	unpack_into(&u, out->head.bytes, OBJECT_ID_BYTES);
	get_pages(&u, a, out);
	get_outputs(&u, a, out);
	return unpack_ended(&u);
}

/* Both begin with their path. */
static int
by_path(const void *x, const void *y)
{
	return text_cmp(*(const struct text *)x, *(const struct text *)y);
}

const struct memo_page *
memo_page(const struct memo *m, struct text path)
{
	return m->page_count == 0 ? NULL : bsearch(&path, m->pages,
		m->page_count, sizeof *m->pages, by_path);
}

const struct memo_output *
memo_output(const struct memo *m, struct text path)
{
	return m->output_count == 0 ? NULL : bsearch(&path, m->outputs,
		m->output_count, sizeof *m->outputs, by_path);
}

const struct memo_output *
memo_output_near(const struct memo *m, struct text path, size_t *near)
{
	const struct memo_output *found = *near < m->output_count
		? &m->outputs[*near] : NULL;

	if (!found || !text_eq(found->path, path))
		found = memo_output(m, path);
	if (found)
		*near = (size_t)(found - m->outputs) + 1;
	return found;
}
