/* keep: what of the build before can stay as it is. */
#include "site/keep.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/pack.h"
#include "base/program.h"
#include "site/history.h"
#include "site/manifest.h"
#include "site/sibling.h"
#include "base/banned.h"

enum { PROGRAM_MAX = 4096, LOOKS_AT_ONCE = 64 };

struct keep {
	const char *out_dir;
	struct text program;
	int64_t clock_ns;    /* before anything was read */
	struct memo before;  /* of nothing if there is none */
	struct hash globals; /* of this build */
	struct hash dates;
	bool usable;    /* what all pages depend on is as it was */
	bool *intact;   /* by index in before.outputs */
	struct hash *histories; /* by index in the tree */
	bool *wanted;   /* likewise: this body is to be made */
};

/* ---- opening -------------------------------------------------------------- */

static const char *
place(const struct site *s, struct arena *a)
{
	return fs_join(a, s->options.root, ".blankett");
}

static void
read_before(struct site *s, struct keep *k)
{
	const char *path = manifest_path(&s->arena, s->options.root,
		k->out_dir, "memo");
	struct err ignored = { 0 };
	struct text bytes;

	if (s->options.clean || !fs_is_dir(k->out_dir) || !fs_exists(path) ||
		!fs_read(&s->arena, path, MEMO_MAX, &bytes, &ignored) ||
		!memo_parse(&s->arena, bytes, &k->before) ||
		!text_eq(k->before.program, k->program))
		k->before = (struct memo){ 0 };
}

void
keep_open(struct site *s)
{
	const char *dir = place(s, &s->arena);
	struct err ignored = { 0 };
	struct keep *k;
	struct buf id;

	if (!s->options.out_dir || s->source.at_commit || s->faults)
		return;
	k = arena_alloc(&s->arena, sizeof *k);
	k->out_dir = s->options.out_dir;
	buf_init(&id, PROGRAM_MAX);
	/* Before the first build there is no .blankett/, and a build that
	 * fails leaves none. */
	if (program_put_id(&id) && fs_clock(fs_is_dir(dir) && !fs_is_link(dir) ? dir
		: s->options.root, &k->clock_ns, &ignored)) {
		k->program = arena_copy(&s->arena, buf_view(&id));
		read_before(s, k);
		s->keep = k;
	}
	buf_release(&id);
}

const struct memo_page *
keep_was(const struct site *s, struct text path)
{
	return s->keep ? memo_page(&s->keep->before, path) : NULL;
}

/* ---- what all depend on ----------------------------------------------------- */

/* An option more has another size: add it below if it changes a byte. */
_Static_assert(sizeof(struct site_options) == 88, "options_text has them all");

static struct text
options_text(const struct site *s, struct arena *a)
{
	const struct site_options *o = &s->options;

	return arena_printf(a, "date %s drafts %d plain %d watch %d git %d "
		"intake %d url %s intake %s", date_text(a, o->today).p,
		o->drafts, o->plain, o->watch, s->source.history != NULL,
		o->at_intake, o->base_url ? o->base_url : "-",
		o->intake_url ? o->intake_url : "-");
}

/* A memo that is whole may still be of another tree than this. */
static bool
is_of_this_tree(const struct site *s, const struct memo *m)
{
	for (size_t i = 0; i < m->page_count; i++)
		for (size_t k = 0; k < m->pages[i].anchor_count; k++)
			if (m->pages[i].anchors[k].to >= s->page_count)
				return false;
	return true;
}

void
keep_compare(struct site *s)
{
	struct keep *k = s->keep;
	struct text *parts;
	size_t n = 0;

	if (!k)
		return;
	parts = arena_array(&s->arena, s->page_count + 2, sizeof *parts);
	parts[n++] = options_text(s, &s->arena);
	parts[n++] = (struct text){ (const char *)s->source.seen.b,
		HASH_BYTES };
	for (size_t i = 0; i < s->page_count; i++)
		parts[n++] = s->origins[i].front;
	k->globals = hash_parts("blankett globals", parts, n);
	k->usable = hash_eq(&k->globals, &k->before.globals) &&
		is_of_this_tree(s, &k->before);
	k->intact = arena_array(&s->arena, k->before.output_count + 1,
		sizeof *k->intact);
}

static const struct site_origin *
origin(const struct site *s, const struct tree_page *t)
{
	return &s->origins[t->page - s->pages];
}

bool
keep_waits(const struct site *s, const struct tree_page *t)
{
	return s->keep && s->keep->usable && origin(s, t)->same &&
		origin(s, t)->was->shown;
}

/* ---- what lies in the output directory --------------------------------------- */

size_t
keep_looks(const struct site *s)
{
	return s->keep && s->keep->usable
		? (s->keep->before.output_count + LOOKS_AT_ONCE - 1) /
			LOOKS_AT_ONCE : 0;
}

void
keep_look(struct site *s, struct arena *a, size_t index)
{
	struct keep *k = s->keep;
	size_t end = (index + 1) * LOOKS_AT_ONCE;
	const struct fs_stamp none = { 0 };

	if (end > k->before.output_count)
		end = k->before.output_count;
	for (size_t i = index * LOOKS_AT_ONCE; i < end; i++) {
		const struct memo_output *o = &k->before.outputs[i];
		const char *path = fs_join(a, k->out_dir, o->path.p);
		struct fs_stamp stamp;

		k->intact[i] = fs_stamp(path, &stamp)
			? fs_stamp_eq(&stamp, &o->stamp)
			/* A sibling that is not to be. */
			: fs_stamp_eq(&none, &o->stamp) && !fs_exists(path);
	}
}

const struct memo_output *
keep_output(const struct site *s, struct text path)
{
	return s->keep ? memo_output(&s->keep->before, path) : NULL;
}

/* Is an output as it was, with its siblings? */
static const struct memo_output *
find_intact(const struct site *s, struct arena *a, struct text path)
{
	const struct keep *k = s->keep;
	const struct memo_output *o = keep_output(s, path);

	if (!o || !k->intact[o - k->before.outputs])
		return NULL;
	for (int i = 0; i < COMPRESS_CODINGS; i++) {
		const struct memo_output *sibling = keep_output(s,
			sibling_path(a, path, (enum compress_coding)i));

		if (sibling && !k->intact[sibling - k->before.outputs])
			return NULL;
	}
	return o;
}

/* ---- what git knew ------------------------------------------------------------ */

static struct hash
history_of(struct buf *b, const struct history_dates *d)
{
	buf_clear(b);
	pack_u8(b, d->known);
	pack_u64(b, d->count);
	pack_u64(b, (uint64_t)d->first.utc_s);
	pack_u32(b, (uint32_t)d->first.offset_minutes);
	for (size_t i = 0; i < d->latest_count; i++)
		buf_put(b, d->latest[i]->id.bytes, OBJECT_ID_BYTES);
	return hash_bytes(buf_view(b));
}

static struct object_id
head_of(const struct site *s)
{
	struct object_id none = { { 0 } };

	return s->source.history ? history_head(s->source.history) : none;
}

/* Fills histories and dates, from the memo where the commit is the same. */
static void
settle_dates(struct site *s, struct keep *k)
{
	struct object_id head = head_of(s);
	bool same = k->usable && memcmp(head.bytes, k->before.head.bytes,
		OBJECT_ID_BYTES) == 0;
	size_t forms = s->form_dates ? s->form_count : 0;
	struct text all;
	struct buf b;

	k->histories = arena_array(&s->arena, s->tree.count + forms + 1,
		sizeof *k->histories);
	buf_init(&b, HISTORY_KEPT * OBJECT_ID_BYTES + 64);
	for (size_t i = 0; i < s->tree.count; i++) {
		const struct site_origin *o = origin(s, &s->tree.pages[i]);

		if (same && o->was && o->was->shown)
			k->histories[i] = o->was->history;
		else if (s->dates)
			k->histories[i] = history_of(&b, &s->dates[i]);
	}
	for (size_t i = 0; i < forms; i++)
		k->histories[s->tree.count + i] = history_of(&b,
			&s->form_dates[i]);
	buf_release(&b);
	all = (struct text){ (const char *)k->histories,
		(s->tree.count + forms) * sizeof *k->histories };
	k->dates = hash_bytes(all);
}

/* ---- what need not be done ------------------------------------------------------ */

static bool
has_same_sheets(const struct site *s, struct arena *a,
	const struct memo_page *was)
{
	bool same = true;

	for (size_t i = 0; same && i < was->sheet_count; i++)
		same = find_intact(s, a, text_from(was->sheets[i], 1)) != NULL;
	return same;
}

static bool
is_same_page(const struct site *s, struct arena *a, const struct tree_page *t)
{
	const struct site_origin *o = origin(s, t);

	return keep_waits(s, t) && !o->moved &&
		hash_eq(&s->keep->histories[t->index], &o->was->history) &&
		has_same_sheets(s, a, o->was);
}

static bool
has_same_chapters(const struct site *s)
{
	bool same = true;

	for (size_t i = 0; same && i < s->config.brochure_count; i++) {
		const struct tree_page *t = tree_find(&s->tree,
			s->config.brochure[i], PAGE_SWEDISH);

		same = !t || (keep_waits(s, t) && !origin(s, t)->moved);
	}
	return same;
}

static bool
has_same_files(const struct site *s)
{
	bool same = true;

	for (size_t i = 0; same && i < s->tree.count; i++)
		same = keep_waits(s, &s->tree.pages[i]) &&
			!origin(s, &s->tree.pages[i])->moved;
	return same;
}

static bool
has_same_needs(const struct site *s, struct arena *a, const struct job *job)
{
	const struct keep *k = s->keep;

	switch (job->needs) {
	case JOB_EVERYTHING:
		return has_same_files(s) && hash_eq(&k->dates,
			&k->before.dates);
	case JOB_CHAPTERS:
		return has_same_chapters(s);
	case JOB_PAGE:
		return is_same_page(s, a, job->page.page);
	case JOB_DATES:
		return hash_eq(&k->dates, &k->before.dates);
	case JOB_SHARED:
		return true;
	}
	return false;
}

/* Marks the bodies that a job which is to be done reads. */
static void
want_bodies(const struct site *s, const struct job *job)
{
	bool *wanted = s->keep->wanted;

	if (job->needs == JOB_PAGE)
		wanted[job->page.page->index] = true;
	for (size_t i = 0; job->needs == JOB_EVERYTHING && i < s->tree.count;
		i++)
		wanted[i] = true;
	for (size_t i = 0; job->needs == JOB_CHAPTERS &&
		i < s->config.brochure_count; i++) {
		const struct tree_page *t = tree_find(&s->tree,
			s->config.brochure[i], PAGE_SWEDISH);

		if (t)
			wanted[t->index] = true;
	}
}

/* What is known of a body that is not made. */
static void
recall_body(struct site *s, const struct tree_page *t)
{
	const struct memo_page *was = origin(s, t)->was;
	struct site_body *body = &s->bodies[t->index];
	struct arena *a = &s->arena;

	body->ids.items = arena_array(a, was->id_count + 1,
		sizeof *body->ids.items);
	for (size_t i = 0; i < was->id_count; i++)
		body->ids.items[i].id = was->ids[i];
	body->ids.count = was->id_count;
	body->anchors = arena_array(a, was->anchor_count + 1,
		sizeof *body->anchors);
	for (size_t i = 0; i < was->anchor_count; i++) {
		const struct memo_anchor *l = &was->anchors[i];

		body->anchors[i] = (struct link_anchor){
			&s->tree.pages[l->to], l->id, l->written,
			(int)l->line };
	}
	body->anchor_count = was->anchor_count;
	body->sheets.items = arena_array(a, was->sheet_count + 1,
		sizeof *body->sheets.items);
	for (size_t i = 0; i < was->sheet_count; i++)
		body->sheets.items[i].url = was->sheets[i];
	body->sheets.count = was->sheet_count;
}

void
keep_settle(struct site *s, struct jobs *jobs)
{
	struct keep *k = s->keep;
	struct arena scratch;

	if (!k)
		return;
	arena_init(&scratch, false);
	settle_dates(s, k);
	k->wanted = arena_array(&s->arena, s->tree.count + 1,
		sizeof *k->wanted);
	for (size_t i = 0; k->usable && i < jobs->count; i++) {
		struct job *job = &jobs->items[i];
		const struct memo_output *o = find_intact(s, &scratch,
			job->out.path);

		job->out.kept = o && has_same_needs(s, &scratch, job);
		if (job->out.kept)
			job->out.hash = o->hash;
		else
			want_bodies(s, job);
	}
	for (size_t i = 0; i < s->tree.count; i++)
		if (!s->bodies[i].made && !k->wanted[i])
			recall_body(s, &s->tree.pages[i]);
	arena_release(&scratch);
}

bool
keep_wants(const struct site *s, const struct tree_page *t)
{
	return s->keep && s->keep->wanted[t->index] &&
		!s->bodies[t->index].made;
}

/* ---- for the next build ---------------------------------------------------------- */

/* Is everything as the memo has it already? */
static bool
is_known(const struct site *s, const struct memo_output *outputs,
	size_t count)
{
	const struct keep *k = s->keep;
	const struct memo *was = &k->before;
	struct object_id head = head_of(s);
	bool same = k->usable && was->page_count == s->page_count +
		s->file_count && was->output_count == count &&
		hash_eq(&was->dates, &k->dates) &&
		memcmp(head.bytes, was->head.bytes, OBJECT_ID_BYTES) == 0;

	for (size_t i = 0; same && i < s->page_count; i++)
		same = s->origins[i].same && !s->origins[i].moved;
	for (size_t i = 0; same && i < count; i++)
		same = fs_stamp_eq(&was->outputs[i].stamp, &outputs[i].stamp);
	return same;
}

/* Whatever is younger than the clock might be changed unseen. */
static void
distrust_young(struct memo_output *outputs, size_t count, int64_t clock_ns)
{
	for (size_t i = 0; i < count; i++)
		if (!fs_stamp_is_old(&outputs[i].stamp, clock_ns))
			outputs[i].stamp = fs_stamp_never();
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
			!fs_stamp_is_old(&o->stamp, k->clock_ns))
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
		if (fs_stamp_is_old(&s->files[i].stamp, k->clock_ns))
			m->pages[n++] = (struct memo_page){
				.path = s->files[i].path,
				.stamp = s->files[i].stamp,
				.front = { (const char *)s->files[i].hash.b,
					HASH_BYTES } };
	m->page_count = n;
	qsort(m->pages, n, sizeof *m->pages, by_path);
}

static bool
write_memo(const struct site *s, struct arena *a, const struct memo *m,
	struct err *e)
{
	const char *path = manifest_path(a, s->options.root, s->keep->out_dir,
		"memo");
	struct buf b;
	bool ok;

	buf_init(&b, MEMO_MAX);
	memo_put(&b, m);
	/* Too large to be kept: the next build makes everything. */
	ok = b.full ? fs_remove(path, e)
		: fs_publish(path, 0644, buf_view(&b), e);
	buf_release(&b);
	return ok;
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

	if (!k || is_known(s, outputs, count))
		return true;
	arena_init(&a, false);
	ok = fs_clock(place(s, &a), &clock_ns, e);
	if (ok) {
		distrust_young(outputs, count, clock_ns);
		m.program = k->program;
		m.globals = k->globals;
		m.dates = k->dates;
		m.head = head_of(s);
		remember_files(s, &a, &m);
		ok = write_memo(s, &a, &m, e);
	}
	arena_release(&a);
	return ok;
}
