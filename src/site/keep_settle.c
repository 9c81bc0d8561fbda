/* keep_settle: which outputs need not be made, and whose bodies. */
#include "site/keep_state.h"

#include <string.h>

#include "base/buf.h"
#include "base/pack.h"
#include "base/banned.h"

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

/* Fills histories and dates, from the memo where the commit is the same. */
static void
settle_dates(struct site *s, struct keep *k)
{
	struct object_id head = keep_head(s);
	bool same = k->usable && memcmp(head.bytes, k->before.head.bytes,
		OBJECT_ID_BYTES) == 0;
	size_t forms = s->form_dates ? s->form_count : 0;
	struct text all;
	struct buf b;

	k->histories = arena_array(&s->arena, s->tree.count + forms + 1,
		sizeof *k->histories);
	buf_init(&b, HISTORY_KEPT * OBJECT_ID_BYTES + 64);
	for (size_t i = 0; i < s->tree.count; i++) {
		const struct site_origin *o = keep_origin(s, &s->tree.pages[i]);

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

static const struct memo_output *
find_intact(const struct site *s, struct text path, size_t *near)
{
	const struct memo_output *o = keep_output(s, path, near);

	return o && s->keep->intact[o - s->keep->before.outputs] ? o : NULL;
}

/* ---- what need not be done ------------------------------------------------------ */

static bool
has_same_sheets(const struct site *s, const struct memo_page *was)
{
	bool same = true;
	size_t near = 0;

	for (size_t i = 0; same && i < was->sheet_count; i++)
		same = find_intact(s, text_from(was->sheets[i], 1), &near) !=
			NULL;
	return same;
}

static bool
is_same_page(const struct site *s, const struct tree_page *t)
{
	const struct site_origin *o = keep_origin(s, t);

	return keep_waits(s, t) && !o->moved &&
		hash_eq(&s->keep->histories[t->index], &o->was->history) &&
		has_same_sheets(s, o->was);
}

static bool
has_same_chapters(const struct site *s)
{
	bool same = true;

	for (size_t i = 0; same && i < s->config.brochure_count; i++) {
		const struct tree_page *t = tree_find(&s->tree,
			s->config.brochure[i], PAGE_SWEDISH);

		same = !t || (keep_waits(s, t) && !keep_origin(s, t)->moved);
	}
	return same;
}

static bool
has_same_files(const struct site *s)
{
	bool same = true;

	for (size_t i = 0; same && i < s->tree.count; i++)
		same = keep_waits(s, &s->tree.pages[i]) &&
			!keep_origin(s, &s->tree.pages[i])->moved;
	return same;
}

static bool
has_same_needs(const struct site *s, const struct job *job)
{
	const struct keep *k = s->keep;

	switch (job->needs) {
	case JOB_EVERYTHING:
		return has_same_files(s) && hash_eq(&k->dates,
			&k->before.dates);
	case JOB_CHAPTERS:
		return has_same_chapters(s);
	case JOB_PAGE:
		return is_same_page(s, job->page.page);
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
	const struct memo_page *was = keep_origin(s, t)->was;
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
	size_t near = 0;

	if (!k)
		return;
	settle_dates(s, k);
	k->wanted = arena_array(&s->arena, s->tree.count + 1,
		sizeof *k->wanted);
	for (size_t i = 0; k->usable && i < jobs->count; i++) {
		struct job *job = &jobs->items[i];
		const struct memo_output *o = find_intact(s,
			job->out.path, &near);

		if (o && has_same_needs(s, job))
			job->out.place = OUTPUT_KEPT;
		if (job->out.place == OUTPUT_KEPT)
			job->out.hash = o->hash;
		else
			want_bodies(s, job);
	}
	for (size_t i = 0; i < s->tree.count; i++)
		if (!s->bodies[i].made && !k->wanted[i])
			recall_body(s, &s->tree.pages[i]);
}

bool
keep_wants(const struct site *s, const struct tree_page *t)
{
	return s->keep && s->keep->wanted[t->index] &&
		!s->bodies[t->index].made;
}
