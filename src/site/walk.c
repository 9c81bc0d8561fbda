/* walk: from a graph of commits to the first and last commit of each file. */
#include "site/walk.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
	struct set seen; /* files it has been queued for; NULL words: none */
};

/* A commit waiting to be taken, for some of the files. */
struct waiting {
	struct node *node;
	struct set files;
	uint64_t order; /* of arrival */
};

struct known {
	struct text path;
	size_t index; /* in the caller's array */
};

struct walk {
	const struct walk_source *source;
	struct arena arena;
	struct known *known; /* sorted by path */
	size_t count;
	size_t words; /* of a set */
	struct node **nodes; /* open addressing; node_cap a power of two */
	size_t node_count;
	size_t node_cap;
	struct waiting *heap; /* the next to be taken first */
	size_t heap_count;
	size_t heap_cap;
	uint64_t arrivals;
	uint64_t *changed; /* where compare marks files */
	char path[WALK_PATH_MAX];
	struct history_dates *out;
};

/* ---- trees ------------------------------------------------------------- */

bool
walk_entry(struct text *raw, struct walk_entry *out)
{
	size_t space = text_find(*raw, ' ');
	struct text rest = text_from(*raw, space + 1);
	size_t nul = text_find(rest, '\0');

	if (nul == rest.len || rest.len - nul - 1 < OBJECT_ID_BYTES)
		return false;
	out->mode = text_sub(*raw, 0, space);
	out->name = text_sub(rest, 0, nul);
	memcpy(out->id.bytes, rest.p + nul + 1, OBJECT_ID_BYTES);
	*raw = text_from(rest, nul + 1 + OBJECT_ID_BYTES);
	return true;
}

bool
walk_entry_is_tree(const struct walk_entry *entry)
{
	return text_is(entry->mode, "40000");
}

/* Git sorts a directory as if its name ended in "/". */
static int
entry_order(const struct walk_entry *a, const struct walk_entry *b)
{
	size_t n = a->name.len < b->name.len ? a->name.len : b->name.len;
	int c = memcmp(a->name.p, b->name.p, n);
	unsigned char x, y;

	if (c != 0)
		return c;
	x = n < a->name.len ? (unsigned char)a->name.p[n] :
		walk_entry_is_tree(a) ? '/' : 0;
	y = n < b->name.len ? (unsigned char)b->name.p[n] :
		walk_entry_is_tree(b) ? '/' : 0;
	return x - y;
}

static bool
same_id(const struct object_id *a, const struct object_id *b)
{
	return memcmp(a->bytes, b->bytes, OBJECT_ID_BYTES) == 0;
}

/* Index of the first known path that is not before `path`. */
static size_t
known_from(const struct walk *w, struct text path)
{
	size_t low = 0;
	size_t high = w->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (text_cmp(w->known[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool compare(struct walk *w, const struct object_id *before,
	const struct object_id *after, size_t path_len, int depth,
	struct err *e);

/* A name that stands in one tree only, or with another id in the other. */
static bool
differs(struct walk *w, const struct walk_entry *before,
	const struct walk_entry *after, size_t path_len, int depth,
	struct err *e)
{
	const struct walk_entry *any = before ? before : after;
	size_t len = path_len + any->name.len;
	struct text path = { w->path, len };
	size_t at;

	/* Longer than any path we ask for. */
	if (len + 2 > sizeof w->path || depth > WALK_DEPTH_MAX)
		return true;
	memcpy(w->path + path_len, any->name.p, any->name.len);
	if (walk_entry_is_tree(any)) {
		w->path[path.len++] = '/';
		at = known_from(w, path);
		if (at == w->count || w->known[at].path.len < path.len ||
			memcmp(w->known[at].path.p, path.p, path.len) != 0)
			return true;
		return compare(w, before ? &before->id : NULL,
			after ? &after->id : NULL, path.len, depth + 1, e);
	}
	at = known_from(w, path);
	if (at < w->count && text_eq(w->known[at].path, path))
		w->changed[at / 64] |= (uint64_t)1 << at % 64;
	return true;
}

/* Bytes of the first entry, or 0 if it is cut short.  The mode has five or
 * six digits, so that the name's end is the first NUL after that. */
static size_t
entry_length(struct text raw)
{
	const char *nul = raw.len > 6 ? memchr(raw.p + 6, '\0', raw.len - 6)
		: NULL;
	size_t n = nul ? (size_t)(nul - raw.p) + 1 + OBJECT_ID_BYTES : 0;

	return n <= raw.len ? n : 0;
}

/* Drops the entries that both begin with: by far the most of them. */
static void
skip_same(struct text *before, struct text *after)
{
	size_t n;

	while ((n = entry_length(*before)) > 0 && n <= after->len &&
		memcmp(before->p, after->p, n) == 0) {
		*before = (struct text){ before->p + n, before->len - n };
		*after = (struct text){ after->p + n, after->len - n };
	}
}

static bool
compare_raw(struct walk *w, struct text before, struct text after,
	size_t path_len, int depth, struct err *e)
{
	for (;;) {
		struct walk_entry x, y;
		struct text next_before, next_after;
		bool have_x, have_y;
		int c;

		/* After most differences everything is the same again. */
		if (text_eq(before, after))
			return true;
		skip_same(&before, &after);
		next_before = before;
		next_after = after;
		have_x = walk_entry(&next_before, &x);
		have_y = walk_entry(&next_after, &y);
		if (!have_x && !have_y)
			break;
		c = !have_x ? 1 : !have_y ? -1 : entry_order(&x, &y);
		if (!differs(w, c <= 0 ? &x : NULL, c >= 0 ? &y : NULL,
			path_len, depth, e))
			return false;
		if (c <= 0)
			before = next_before;
		if (c >= 0)
			after = next_after;
	}
	if (before.len || after.len)
		return err_set(e, ERR_FORMAT, "git: a tree object is damaged");
	return true;
}

/* Marks in w->changed the known files that differ; NULL is no tree. */
static bool
compare(struct walk *w, const struct object_id *before,
	const struct object_id *after, size_t path_len, int depth,
	struct err *e)
{
	const struct walk_source *s = w->source;
	struct walk_tree x = { 0 };
	struct walk_tree y = { 0 };
	bool ok;

	if (before && after && same_id(before, after))
		return true;
	ok = (!before || s->tree(s->context, before, &x, e)) &&
		(!after || s->tree(s->context, after, &y, e)) &&
		compare_raw(w, x.raw, y.raw, path_len, depth, e);
	s->tree_done(s->context, &x);
	s->tree_done(s->context, &y);
	return ok;
}

/* ---- commits met ------------------------------------------------------- */

static size_t
slot_of(const struct walk *w, const struct object_id *id)
{
	size_t i;

	memcpy(&i, id->bytes, sizeof i);
	for (i &= w->node_cap - 1; w->nodes[i]; i = (i + 1) & (w->node_cap - 1))
		if (same_id(&w->nodes[i]->id, id))
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

/* ---- the walk ---------------------------------------------------------- */

static void
record(struct walk *w, const struct node *n, const uint64_t *files)
{
	for (size_t i = 0; i < w->words; i++) {
		for (uint64_t bits = files[i]; bits; bits &= bits - 1) {
			size_t at = i * 64 +
				(size_t)__builtin_ctzll(bits);
			struct history_dates *d = &w->out[w->known[at].index];

			if (!d->known)
				d->last = n->commit.date;
			d->known = true;
			d->first = n->commit.date;
		}
	}
}

static bool
compare_with(struct walk *w, const struct node *n,
	const struct object_id *parent, struct err *e)
{
	struct node *p = NULL;

	memset(w->changed, 0, w->words * sizeof *w->changed);
	if (parent && !meet(w, parent, &p, e))
		return false;
	return compare(w, p ? &p->commit.tree : NULL, &n->commit.tree, 0, 0,
		e);
}

/* A commit with one parent or none. */
static bool
take_plain(struct walk *w, const struct waiting *item, struct err *e)
{
	struct walk_commit *c = &item->node->commit;
	const struct object_id *parent = c->parent_count ? c->parents : NULL;

	if (!compare_with(w, item->node, parent, e))
		return false;
	for (size_t i = 0; i < w->words; i++)
		w->changed[i] &= item->files.words[i];
	record(w, item->node, w->changed);
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
	struct set left = set_new(w);
	struct set *to = arena_array(&w->arena, c->parent_count, sizeof *to);

	memcpy(left.words, item->files.words, w->words * sizeof *left.words);
	for (size_t k = 0; k < c->parent_count; k++) {
		if (!compare_with(w, item->node, &c->parents[k], e))
			return false;
		to[k] = set_new(w);
		for (size_t i = 0; i < w->words; i++) {
			to[k].words[i] = left.words[i] & ~w->changed[i];
			left.words[i] &= w->changed[i];
		}
	}
	record(w, item->node, left.words);
	for (size_t k = 0; k < c->parent_count; k++) {
		uint64_t any = 0;

		for (size_t i = 0; i < w->words; i++)
			any |= to[k].words[i] |= left.words[i];
		if (any && !enqueue(w, &c->parents[k], to[k], e))
			return false;
	}
	return true;
}

static int
by_path(const void *x, const void *y)
{
	const struct known *a = x;
	const struct known *b = y;

	return text_cmp(a->path, b->path);
}

static void
prepare(struct walk *w, const struct text *paths, size_t count)
{
	arena_init(&w->arena, false);
	w->count = count;
	w->words = (count + 63) / 64;
	w->changed = set_new(w).words;
	w->known = arena_array(&w->arena, count ? count : 1, sizeof *w->known);
	for (size_t i = 0; i < count; i++) {
		w->known[i] = (struct known){ paths[i], i };
		w->out[i] = (struct history_dates){ 0 };
	}
	if (count)
		qsort(w->known, count, sizeof *w->known, by_path);
}

bool
walk_dates(const struct walk_source *s, const struct object_id *head,
	const struct text *paths, size_t count, struct history_dates *out,
	struct err *e)
{
	struct walk w = { .source = s, .out = out };
	struct set all;
	bool ok;

	prepare(&w, paths, count);
	all = set_new(&w);
	for (size_t i = 0; i < count; i++)
		all.words[i / 64] |= (uint64_t)1 << i % 64;
	ok = count == 0 || enqueue(&w, head, all, e);
	while (ok && w.heap_count) {
		struct waiting item = heap_pop(&w);

		ok = item.node->commit.parent_count > 1
			? take_merge(&w, &item, e) : take_plain(&w, &item, e);
	}
	arena_release(&w.arena);
	return ok;
}
