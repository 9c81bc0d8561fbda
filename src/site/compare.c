/* compare: which of some files differ between two trees. */
#include "site/compare.h"

#include <string.h>

#include "base/banned.h"

bool
object_id_eq(const struct object_id *a, const struct object_id *b)
{
	return memcmp(a->bytes, b->bytes, OBJECT_ID_BYTES) == 0;
}

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

/* Index of the first of the paths that is not before `path`. */
static size_t
known_from(const struct compare *c, struct text path)
{
	size_t low = 0;
	size_t high = c->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (text_cmp(c->paths[middle], path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool compare(struct compare *c, const struct object_id *before,
	const struct object_id *after, size_t path_len, int depth,
	struct err *e);

/* A name that stands in one tree only, or with another id in the other. */
static bool
differs(struct compare *c, const struct walk_entry *before,
	const struct walk_entry *after, size_t path_len, int depth,
	struct err *e)
{
	const struct walk_entry *any = before ? before : after;
	size_t len = path_len + any->name.len;
	struct text path = { c->path, len };
	size_t at;

	/* Longer than any path we ask for. */
	if (len + 2 > sizeof c->path || depth > WALK_DEPTH_MAX)
		return true;
	memcpy(c->path + path_len, any->name.p, any->name.len);
	if (walk_entry_is_tree(any)) {
		c->path[path.len++] = '/';
		at = known_from(c, path);
		if (at == c->count || c->paths[at].len < path.len ||
			memcmp(c->paths[at].p, path.p, path.len) != 0)
			return true;
		return compare(c, before ? &before->id : NULL,
			after ? &after->id : NULL, path.len, depth + 1, e);
	}
	at = known_from(c, path);
	if (at < c->count && text_eq(c->paths[at], path))
		c->changed[at / 64] |= (uint64_t)1 << at % 64;
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
compare_raw(struct compare *c, struct text before, struct text after,
	size_t path_len, int depth, struct err *e)
{
	for (;;) {
		struct walk_entry x, y;
		struct text next_before, next_after;
		bool have_x, have_y;
		int order;

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
		order = !have_x ? 1 : !have_y ? -1 : entry_order(&x, &y);
		if (!differs(c, order <= 0 ? &x : NULL, order >= 0 ? &y : NULL,
			path_len, depth, e))
			return false;
		if (order <= 0)
			before = next_before;
		if (order >= 0)
			after = next_after;
	}
	if (before.len || after.len)
		return err_set(e, ERR_FORMAT, "git: a tree object is damaged");
	return true;
}

/* Marks the files that differ; NULL is no tree. */
static bool
compare(struct compare *c, const struct object_id *before,
	const struct object_id *after, size_t path_len, int depth,
	struct err *e)
{
	const struct walk_source *s = c->source;
	struct walk_tree x = { 0 };
	struct walk_tree y = { 0 };
	bool ok;

	if (before && after && object_id_eq(before, after))
		return true;
	ok = (!before || s->tree(s->context, before, &x, e)) &&
		(!after || s->tree(s->context, after, &y, e)) &&
		compare_raw(c, x.raw, y.raw, path_len, depth, e);
	s->tree_done(s->context, &x);
	s->tree_done(s->context, &y);
	return ok;
}

bool
compare_trees(struct compare *c, const struct object_id *before,
	const struct object_id *after, struct err *e)
{
	memset(c->changed, 0, (c->count + 63) / 64 * sizeof *c->changed);
	return compare(c, before, after, 0, 0, e);
}
