/* walk: from a graph of commits to the commits that changed each file. */
#include "site/walk.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "site/compare.h"
#include "base/banned.h"

enum { NODES_FIRST = 1024 /* a power of two */ };

/* A set of files, one bit each; never changed once it is in a node. */
struct set {
	uint64_t *words;
};

/* A commit that the walk has met. */
struct node {
	struct object_id id;
	struct walk_commit commit;
	const struct history_commit *shown; /* made when it is first needed */
	struct set seen; /* files it has been queued for; NULL words: none */
};

/* A commit waiting to be taken, for some of the files. */
struct waiting {
	struct node *node;
	struct set files;
	uint64_t order; /* of arrival */
};

/* One of the files, in order of path. */
struct file {
	struct text path;
	size_t index; /* in the caller's arrays */
	size_t cap;   /* of its list of commits */
};

struct walk {
	const struct walk_source *source;
	const struct walk_before *before;
	struct arena arena;
	struct arena *result;
	struct file *files;
	size_t count;
	size_t words; /* of a set */
	struct set settled; /* files that `before` may answer: known to it, and
			       waiting in one place only */
	struct node **nodes; /* open addressing; node_cap a power of two */
	size_t node_count;
	size_t node_cap;
	struct waiting *heap; /* the next to be taken first */
	size_t heap_count;
	size_t heap_cap;
	uint64_t arrivals;
	struct compare compare;
	struct history_dates *out;
};

/* ---- commits met ------------------------------------------------------- */

static size_t
slot_of(const struct walk *w, const struct object_id *id)
{
	size_t i;

	memcpy(&i, id->bytes, sizeof i);
	for (i &= w->node_cap - 1; w->nodes[i]; i = (i + 1) & (w->node_cap - 1))
		if (object_id_eq(&w->nodes[i]->id, id))
			break;
	return i;
}

static void
grow_nodes(struct walk *w)
{
	struct node **old = w->nodes;
	size_t old_cap = w->node_cap;

	w->node_cap = old_cap ? old_cap * 2 : NODES_FIRST;
	w->nodes = arena_array(&w->arena, w->node_cap, sizeof *w->nodes);
	for (size_t i = 0; i < old_cap; i++)
		if (old[i])
			w->nodes[slot_of(w, &old[i]->id)] = old[i];
}

static bool
meet(struct walk *w, const struct object_id *id, struct node **out,
	struct err *e)
{
	size_t i;

	if (w->node_count * 2 >= w->node_cap)
		grow_nodes(w);
	i = slot_of(w, id);
	if (!w->nodes[i]) {
		struct node *n = arena_alloc(&w->arena, sizeof *n);

		n->id = *id;
		if (!w->source->commit(w->source->context, &w->arena, id,
			&n->commit, e))
			return false;
		w->nodes[i] = n;
		w->node_count++;
	}
	*out = w->nodes[i];
	return true;
}

/* ---- the queue --------------------------------------------------------- */

static bool
goes_before(const struct waiting *a, const struct waiting *b)
{
	int64_t x = a->node->commit.date.utc_s;
	int64_t y = b->node->commit.date.utc_s;

	return x != y ? x > y : a->order < b->order;
}

static void
heap_push(struct walk *w, struct waiting item)
{
	size_t i;

	if (w->heap_count == w->heap_cap) {
		struct waiting *old = w->heap;

		w->heap_cap = w->heap_cap ? w->heap_cap * 2 : 64;
		w->heap = arena_array(&w->arena, w->heap_cap, sizeof *w->heap);
		if (w->heap_count)
			memcpy(w->heap, old, w->heap_count * sizeof *old);
	}
	i = w->heap_count++;
	for (; i && goes_before(&item, &w->heap[(i - 1) / 2]); i = (i - 1) / 2)
		w->heap[i] = w->heap[(i - 1) / 2];
	w->heap[i] = item;
}

static struct waiting
heap_pop(struct walk *w)
{
	struct waiting top = w->heap[0];
	struct waiting last = w->heap[--w->heap_count];
	size_t i = 0;

	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= w->heap_count)
			break;
		if (child + 1 < w->heap_count &&
			goes_before(&w->heap[child + 1], &w->heap[child]))
			child++;
		if (!goes_before(&w->heap[child], &last))
			break;
		w->heap[i] = w->heap[child];
		i = child;
	}
	w->heap[i] = last;
	return top;
}

/*
 * The entry that already waits for this commit, if files may join it.  They
 * may not when another commit of the same second has arrived since: a walk
 * for those files alone would take that one first.
 */
static struct waiting *
heap_find(struct walk *w, const struct node *n)
{
	struct waiting *found = NULL;

	for (size_t i = 0; i < w->heap_count; i++)
		if (w->heap[i].node == n &&
			(!found || w->heap[i].order > found->order))
			found = &w->heap[i];
	for (size_t i = 0; found && i < w->heap_count; i++)
		if (w->heap[i].node != n && w->heap[i].order > found->order &&
			w->heap[i].node->commit.date.utc_s ==
				n->commit.date.utc_s)
			return NULL;
	return found;
}

static struct set
set_new(struct walk *w)
{
	return (struct set){ arena_array(&w->arena, w->words ? w->words : 1,
		sizeof(uint64_t)) };
}

/* Queues a commit for those of the files it has not been queued for. */
static bool
enqueue(struct walk *w, const struct object_id *id, struct set files,
	struct err *e)
{
	struct waiting *there;
	struct node *n;
	struct set more, all;
	uint64_t any = 0;

	if (!meet(w, id, &n, e))
		return false;
	if (!n->seen.words) {
		/* By far the commonest: the set is shared, not copied. */
		n->seen = files;
		heap_push(w, (struct waiting){ n, files, w->arrivals++ });
		return true;
	}
	for (size_t i = 0; i < w->words; i++)
		any |= files.words[i] & ~n->seen.words[i];
	if (!any)
		return true;
	more = set_new(w);
	all = set_new(w);
	there = heap_find(w, n);
	for (size_t i = 0; i < w->words; i++) {
		more.words[i] = (files.words[i] & ~n->seen.words[i]) |
			(there ? there->files.words[i] : 0);
		all.words[i] = files.words[i] | n->seen.words[i];
	}
	n->seen = all;
	if (there)
		there->files = more;
	else
		heap_push(w, (struct waiting){ n, more, w->arrivals++ });
	return true;
}

/* ---- what is found ------------------------------------------------------ */

static void
keep(struct walk *w, struct file *f, const struct history_commit *commit)
{
	struct history_dates *d = &w->out[f->index];

	if (d->latest_count == f->cap) {
		const struct history_commit **old = d->latest;

		f->cap = f->cap ? f->cap * 2 : 2;
		d->latest = arena_array(w->result, f->cap, sizeof *d->latest);
		if (d->latest_count)
			memcpy(d->latest, old,
				d->latest_count * sizeof *d->latest);
	}
	d->latest[d->latest_count++] = commit;
}

static const struct history_commit *
shown(struct walk *w, struct node *n)
{
	if (!n->shown) {
		struct history_commit *c = arena_alloc(w->result, sizeof *c);

		*c = (struct history_commit){ n->id, n->commit.date,
			arena_copy(w->result, n->commit.subject) };
		n->shown = c;
	}
	return n->shown;
}

/* This commit changed these files. */
static void
record(struct walk *w, struct node *n, const uint64_t *files)
{
	for (size_t i = 0; i < w->words; i++) {
		for (uint64_t bits = files[i]; bits; bits &= bits - 1) {
			struct file *f = &w->files[i * 64 +
				(size_t)__builtin_ctzll(bits)];
			struct history_dates *d = &w->out[f->index];

			if (!d->known)
				d->last = n->commit.date;
			d->known = true;
			d->first = n->commit.date;
			d->count++;
			if (d->latest_count < HISTORY_KEPT)
				keep(w, f, shown(w, n));
		}
	}
}

/* The rest of a file's commits are those of the earlier answer. */
static void
append_before(struct walk *w, struct file *f)
{
	const struct history_dates *old = w->before->files[f->index];
	struct history_dates *d = &w->out[f->index];

	if (!old->known)
		return;
	if (!d->known)
		d->last = old->last;
	d->known = true;
	d->first = old->first;
	d->count += old->count;
	for (size_t i = 0; i < old->latest_count &&
		d->latest_count < HISTORY_KEPT; i++)
		keep(w, f, old->latest[i]);
}

/* ---- the walk ---------------------------------------------------------- */

static bool
compare_with(struct walk *w, const struct node *n,
	const struct object_id *parent, struct err *e)
{
	struct node *p = NULL;

	if (parent && !meet(w, parent, &p, e))
		return false;
	return compare_trees(&w->compare, p ? &p->commit.tree : NULL,
		&n->commit.tree, e);
}

/* A commit with one parent or none. */
static bool
take_plain(struct walk *w, const struct waiting *item, struct err *e)
{
	struct walk_commit *c = &item->node->commit;
	const struct object_id *parent = c->parent_count ? c->parents : NULL;
	uint64_t *changed = w->compare.changed;

	if (!compare_with(w, item->node, parent, e))
		return false;
	for (size_t i = 0; i < w->words; i++)
		changed[i] &= item->files.words[i];
	record(w, item->node, changed);
	return !parent || enqueue(w, parent, item->files, e);
}

/*
 * A merge: each file goes to the first parent that has it as it is here;
 * files that no parent has so are listed and go to all of them.
 */
static bool
take_merge(struct walk *w, const struct waiting *item, struct err *e)
{
	struct walk_commit *c = &item->node->commit;
	const uint64_t *changed = w->compare.changed;
	struct set left = set_new(w);
	struct set *to = arena_array(&w->arena, c->parent_count, sizeof *to);

	memcpy(left.words, item->files.words, w->words * sizeof *left.words);
	for (size_t k = 0; k < c->parent_count; k++) {
		if (!compare_with(w, item->node, &c->parents[k], e))
			return false;
		to[k] = set_new(w);
		for (size_t i = 0; i < w->words; i++) {
			to[k].words[i] = left.words[i] & ~changed[i];
			left.words[i] &= changed[i];
		}
	}
	record(w, item->node, left.words);
	for (size_t i = 0; i < w->words; i++)
		w->settled.words[i] &= ~left.words[i];
	for (size_t k = 0; k < c->parent_count; k++) {
		uint64_t any = 0;

		for (size_t i = 0; i < w->words; i++)
			any |= to[k].words[i] |= left.words[i];
		if (any && !enqueue(w, &c->parents[k], to[k], e))
			return false;
	}
	return true;
}

/* At the commit of the earlier answer: takes the files it settles off the
 * item; false if none is left. */
static bool
take_before(struct walk *w, struct waiting *item)
{
	struct set left = set_new(w);
	uint64_t any = 0;

	for (size_t i = 0; i < w->words; i++) {
		uint64_t bits = item->files.words[i] & w->settled.words[i];

		left.words[i] = item->files.words[i] & ~bits;
		any |= left.words[i];
		for (; bits; bits &= bits - 1)
			append_before(w, &w->files[i * 64 +
				(size_t)__builtin_ctzll(bits)]);
	}
	item->files = left;
	return any != 0;
}

static bool
take(struct walk *w, struct waiting item, struct err *e)
{
	const struct object_id *before = w->before ? w->before->head : NULL;

	if (before && object_id_eq(&item.node->id, before) &&
		!take_before(w, &item))
		return true;
	return item.node->commit.parent_count > 1 ? take_merge(w, &item, e)
		: take_plain(w, &item, e);
}

static int
by_path(const void *x, const void *y)
{
	const struct file *a = x;
	const struct file *b = y;

	return text_cmp(a->path, b->path);
}

static void
prepare(struct walk *w, const struct text *paths)
{
	size_t count = w->count ? w->count : 1;
	struct text *sorted;

	arena_init(&w->arena, false);
	w->words = (w->count + 63) / 64;
	w->settled = set_new(w);
	w->files = arena_array(&w->arena, count, sizeof *w->files);
	sorted = arena_array(&w->arena, count, sizeof *sorted);
	for (size_t i = 0; i < w->count; i++) {
		w->files[i] = (struct file){ paths[i], i, 0 };
		w->out[i] = (struct history_dates){ 0 };
	}
	if (w->count)
		qsort(w->files, w->count, sizeof *w->files, by_path);
	for (size_t i = 0; i < w->count; i++) {
		sorted[i] = w->files[i].path;
		if (w->before && w->before->files[w->files[i].index])
			w->settled.words[i / 64] |= (uint64_t)1 << i % 64;
	}
	w->compare = (struct compare){ .source = w->source, .paths = sorted,
		.count = w->count, .changed = set_new(w).words };
}

bool
walk_dates(const struct walk_source *s, struct arena *a,
	const struct object_id *head, const struct walk_before *before,
	const struct text *paths, size_t count, struct history_dates *out,
	struct err *e)
{
	struct walk w = { .source = s, .before = before, .result = a,
		.count = count, .out = out };
	struct set all;
	bool ok;

	prepare(&w, paths);
	all = set_new(&w);
	for (size_t i = 0; i < count; i++)
		all.words[i / 64] |= (uint64_t)1 << i % 64;
	ok = count == 0 || enqueue(&w, head, all, e);
	while (ok && w.heap_count)
		ok = take(&w, heap_pop(&w), e);
	arena_release(&w.arena);
	return ok;
}
