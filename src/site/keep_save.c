/* keep_save: what this build knows, for the next one. */
#include "site/keep_state.h"

#include <string.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/sort.h"
#include "site/manifest.h"
#include "base/banned.h"

enum { MEMO_SLACK = 64 * 1024 };

static bool
has_same_stamps(const struct memo_output *x, const struct memo_output *y)
{
	bool same = fs_stamp_eq(&x->stamp, &y->stamp);

	for (int i = 0; same && i < COMPRESS_CODINGS; i++)
		same = x->siblings[i].listed == y->siblings[i].listed &&
			fs_stamp_eq(&x->siblings[i].stamp,
				&y->siblings[i].stamp);
	return same;
}

/* Is everything as the memo has it already, up to the outputs? */
static bool
has_known_pages(const struct site *s)
{
	const struct keep *k = s->keep;
	const struct memo *was = &k->before;
	struct object_id head = keep_head(s);
	bool same = k->usable && was->page_count == s->page_count +
		s->file_count && hash_eq(&was->dates, &k->dates) &&
		memcmp(head.bytes, was->head.bytes, OBJECT_ID_BYTES) == 0;

	for (size_t i = 0; same && i < s->page_count; i++)
		same = s->origins[i].same && !s->origins[i].moved;
	return same;
}

static bool
has_known_outputs(const struct site *s, const struct memo_output *outputs,
	size_t count)
{
	const struct memo *was = &s->keep->before;
	bool same = was->output_count == count;

	for (size_t i = 0; same && i < count; i++)
		same = has_same_stamps(&was->outputs[i], &outputs[i]);
	return same;
}

/* Whatever is younger than the clock might be changed unseen. */
static void
distrust_young(struct fs_stamp *s, int64_t clock_ns)
{
	if (!fs_stamp_is_old(s, clock_ns))
		*s = fs_stamp_never();
}

static void
remember_body(const struct site_body *body, struct arena *a,
	struct memo_page *out)
{
	out->ids = arena_array(a, body->ids.count + 1, sizeof *out->ids);
	for (size_t i = 0; i < body->ids.count; i++)
		out->ids[i] = body->ids.items[i].id;
	out->id_count = body->ids.count;
	out->anchors = arena_array(a, body->anchor_count + 1,
		sizeof *out->anchors);
	for (size_t i = 0; i < body->anchor_count; i++) {
		const struct link_anchor *l = &body->anchors[i];

		out->anchors[i] = (struct memo_anchor){
			(uint32_t)l->to->index, (uint32_t)l->line, l->id,
			l->written };
	}
	out->anchor_count = body->anchor_count;
	out->sheets = arena_array(a, body->sheets.count + 1,
		sizeof *out->sheets);
	for (size_t i = 0; i < body->sheets.count; i++)
		out->sheets[i] = body->sheets.items[i].url;
	out->sheet_count = body->sheets.count;
}

static int
by_path(const void *x, const void *y)
{
	const struct memo_page *a = x;
	const struct memo_page *b = y;

	return text_cmp(a->path, b->path);
}

/* Every file of content/ that was looked at before it could be young. */
static void
remember_files(const struct site *s, struct arena *a, struct memo *m)
{
	const struct keep *k = s->keep;
	struct memo_page **at = arena_array(a, s->page_count + 1,
		sizeof *at);
	size_t n = 0;

	m->pages = arena_array(a, s->page_count + s->file_count + 1,
		sizeof *m->pages);
	for (size_t i = 0; i < s->page_count; i++) {
		const struct site_origin *o = &s->origins[i];

		if (!o->front.len || o->moved ||
			!keep_trusts(s, &o->stamp))
			continue;
		at[i] = &m->pages[n];
		m->pages[n++] = (struct memo_page){ .front = o->front,
			.path = s->pages[i].path, .stamp = o->stamp };
	}
	for (size_t i = 0; i < s->tree.count; i++) {
		struct memo_page *p = at[s->tree.pages[i].page - s->pages];

		if (!p)
			continue;
		p->shown = true;
		p->history = k->histories[i];
		remember_body(&s->bodies[i], a, p);
	}
	for (size_t i = 0; i < s->file_count; i++)
		if (keep_trusts(s, &s->files[i].stamp))
			m->pages[n++] = (struct memo_page){
				.path = s->files[i].path,
				.stamp = s->files[i].stamp,
				.front = { (const char *)s->files[i].hash.b,
					HASH_BYTES } };
	m->page_count = n;
	sort_items(m->pages, n, sizeof *m->pages, by_path);
}

static void
begin_save(const struct site *s, struct arena *a)
{
	struct keep *k = s->keep;
	struct memo m = { .program = k->program, .globals = k->globals,
		.dates = k->dates, .head = keep_head(s) };

	remember_files(s, a, &m);
	buf_reserve(&k->memo, k->before_bytes + MEMO_SLACK);
	memo_put_pages(&k->memo, &m);
}

void
keep_begin_save(struct site *s)
{
	struct arena a;

	if (!s->keep || has_known_pages(s))
		return;
	arena_init(&a, false);
	begin_save(s, &a);
	arena_release(&a);
}

static bool
write_memo(const struct site *s, struct arena *a, const struct memo *m,
	struct err *e)
{
	const char *path = manifest_path(a, s->options.root, s->keep->out_dir,
		"memo");
	struct buf *b = &s->keep->memo;

	if (b->len == 0)
		begin_save(s, a);
	memo_put_outputs(b, m);
	/* Too large to be kept: the next build makes everything. */
	return b->full ? fs_remove(path, e)
		: fs_publish(path, 0644, buf_view(b), e);
}

bool
keep_save(struct site *s, struct memo_output *outputs, size_t count,
	struct err *e)
{
	struct keep *k = s->keep;
	struct memo m = { .outputs = outputs, .output_count = count };
	struct arena a;
	int64_t clock_ns;
	bool ok = true;

	if (!k || (has_known_pages(s) && has_known_outputs(s, outputs, count)))
		return true;
	arena_init(&a, false);
	ok = fs_clock(keep_place(s, &a), &clock_ns, e);
	if (ok) {
		for (size_t i = 0; i < count; i++) {
			distrust_young(&outputs[i].stamp, clock_ns);
			for (int n = 0; n < COMPRESS_CODINGS; n++)
				distrust_young(&outputs[i].siblings[n].stamp,
					clock_ns);
		}
		ok = write_memo(s, &a, &m, e);
	}
	arena_release(&a);
	return ok;
}
