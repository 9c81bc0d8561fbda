/* past: what git knew of the site's files at an earlier build. */
#include "site/past.h"

#include <stdlib.h>
#include <string.h>

#include "seal/hash.h"
#include "base/banned.h"

#define FIRST_LINE "blankett history v1"

enum { OFFSET_MAX = 24 * 60 };

/* What is being read: lines, and the commits among them. */
struct reader {
	struct arena *arena;
	struct history_commit *commits;
	size_t commit_count;
};

/* ---- reading ------------------------------------------------------------ */

/* "head 3f2a" with key "head" gives "3f2a". */
static bool
take_key(struct text *line, const char *key)
{
	size_t n = strlen(key);

	if (!text_starts(*line, key) || line->len <= n || line->p[n] != ' ')
		return false;
	*line = text_from(*line, n + 1);
	return true;
}

static bool
take_number(struct text *line, int64_t min, int64_t max, int64_t *out)
{
	size_t n = text_find(*line, ' ');

	if (n == line->len || !text_to_int(text_sub(*line, 0, n), min, max,
		out))
		return false;
	*line = text_from(*line, n + 1);
	return true;
}

static bool
take_date(struct text *line, struct history_date *out)
{
	int64_t offset;

	if (!take_number(line, INT64_MIN / 2, INT64_MAX / 2, &out->utc_s) ||
		!take_number(line, -OFFSET_MAX, OFFSET_MAX, &offset))
		return false;
	out->offset_minutes = (int)offset;
	return true;
}

static bool
parse_id(struct text hex, struct object_id *out)
{
	return hex.len == 2 * (size_t)OBJECT_ID_BYTES &&
		hex_decode(hex, out->bytes, OBJECT_ID_BYTES);
}

static bool
parse_commit(struct reader *r, struct text line)
{
	struct history_commit *c = &r->commits[r->commit_count];
	size_t n = text_find(line, ' ');

	if (!parse_id(text_sub(line, 0, n), &c->id) || n == line.len)
		return false;
	line = text_from(line, n + 1);
	if (!take_date(&line, &c->date))
		return false;
	c->subject = line;
	r->commit_count++;
	return true;
}

static bool
parse_file(struct reader *r, struct text line, struct text *path,
	struct history_dates *out)
{
	int64_t count, listed, at;

	if (!take_number(&line, 0, INT64_MAX, &count) ||
		!take_number(&line, 0, HISTORY_KEPT, &listed) ||
		!take_date(&line, &out->first) ||
		listed != (count < HISTORY_KEPT ? count : HISTORY_KEPT))
		return false;
	out->known = count > 0;
	out->count = (size_t)count;
	out->latest_count = (size_t)listed;
	out->latest = arena_array(r->arena, (size_t)listed + 1,
		sizeof *out->latest);
	for (size_t i = 0; i < out->latest_count; i++) {
		if (!take_number(&line, 0, (int64_t)r->commit_count - 1, &at))
			return false;
		out->latest[i] = &r->commits[at];
	}
	if (out->known)
		out->last = out->latest[0]->date;
	*path = line;
	return path->len > 0;
}

/* The hash over everything before its own line, which is the last. */
static bool
is_whole(struct text *bytes)
{
	const size_t n = strlen("hash \n") + 2 * (size_t)HASH_BYTES;
	struct text last, line;
	struct hash told, is;

	if (bytes->len < n)
		return false;
	last = text_from(*bytes, bytes->len - n);
	bytes->len -= n;
	is = hash_bytes(*bytes);
	return text_line(&last, &line) && last.len == 0 &&
		take_key(&line, "hash") && line.len == 2 * HASH_BYTES &&
		hex_decode(line, told.b, HASH_BYTES) && hash_eq(&is, &told);
}

static bool
parse_lines(struct reader *r, struct text rest, struct text *paths,
	struct history_dates *files, struct past *out)
{
	struct text line;

	while (text_line(&rest, &line)) {
		if (out->count == 0 && take_key(&line, "commit")) {
			if (!parse_commit(r, line))
				return false;
			continue;
		}
		if (!take_key(&line, "file") ||
			!parse_file(r, line, &paths[out->count],
				&files[out->count]) ||
			(out->count && text_cmp(paths[out->count - 1],
				paths[out->count]) >= 0))
			return false;
		out->count++;
	}
	return true;
}

bool
past_parse(struct arena *a, struct text bytes, struct past *out)
{
	struct reader r = { .arena = a };
	struct history_dates *files;
	struct text *paths;
	struct text line;
	size_t lines = 1;

	*out = (struct past){ 0 };
	if (!is_whole(&bytes) || !text_line(&bytes, &line) ||
		!text_is(line, FIRST_LINE) || !text_line(&bytes, &line) ||
		!take_key(&line, "head") || !parse_id(line, &out->head) ||
		!text_line(&bytes, &line) || !take_key(&line, "root"))
		return false;
	out->prefix = line;
	for (size_t i = 0; i < bytes.len; i++)
		lines += bytes.p[i] == '\n';
	r.commits = arena_array(a, lines, sizeof *r.commits);
	paths = arena_array(a, lines, sizeof *paths);
	files = arena_array(a, lines, sizeof *files);
	out->paths = paths;
	out->files = files;
	return parse_lines(&r, bytes, paths, files, out);
}

const struct history_dates *
past_find(const struct past *p, struct text path)
{
	size_t low = 0;
	size_t high = p->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int c = text_cmp(p->paths[middle], path);

		if (c == 0)
			return &p->files[middle];
		if (c < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* ---- writing ------------------------------------------------------------ */

static int
by_id(const void *x, const void *y)
{
	const struct history_commit *a = *(const struct history_commit *const *)x;
	const struct history_commit *b = *(const struct history_commit *const *)y;

	return memcmp(a->id.bytes, b->id.bytes, OBJECT_ID_BYTES);
}

/* Each commit once, by id. */
static size_t
gather(const struct past *p, const struct history_commit **all)
{
	size_t n = 0;
	size_t kept = 0;

	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < p->files[i].latest_count; k++)
			all[n++] = p->files[i].latest[k];
	if (n)
		qsort(all, n, sizeof *all, by_id);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || by_id(&all[i], &all[kept - 1]) != 0)
			all[kept++] = all[i];
	return kept;
}

static void
put_file(struct buf *b, const struct past *p, size_t at,
	const struct history_commit *const *all, size_t count)
{
	const struct history_dates *d = &p->files[at];

	buf_printf(b, "file %zu %zu %lld %d ", d->count, d->latest_count,
		(long long)d->first.utc_s, d->first.offset_minutes);
	for (size_t i = 0; i < d->latest_count; i++) {
		const struct history_commit *const *found = bsearch(
			&d->latest[i], all, count, sizeof *all, by_id);

		buf_printf(b, "%zu ", (size_t)(found - all));
	}
	buf_text(b, p->paths[at]);
	buf_char(b, '\n');
}

void
past_put(struct buf *b, const struct past *p)
{
	const struct history_commit **all;
	size_t count = 0;
	struct hash hash;
	struct arena a;

	arena_init(&a, false);
	for (size_t i = 0; i < p->count; i++)
		count += p->files[i].latest_count;
	all = arena_array(&a, count + 1, sizeof *all);
	count = gather(p, all);
	buf_printf(b, FIRST_LINE "\nhead %s\nroot %.*s\n", hex_encode(&a,
		p->head.bytes, OBJECT_ID_BYTES).p, (int)p->prefix.len,
		p->prefix.p);
	for (size_t i = 0; i < count; i++)
		buf_printf(b, "commit %s %lld %d %.*s\n", hex_encode(&a,
			all[i]->id.bytes, OBJECT_ID_BYTES).p,
			(long long)all[i]->date.utc_s,
			all[i]->date.offset_minutes,
			(int)all[i]->subject.len, all[i]->subject.p);
	for (size_t i = 0; i < p->count; i++)
		put_file(b, p, i, all, count);
	hash = hash_bytes(buf_view(b));
	buf_printf(b, "hash %s\n", hex_encode(&a, hash.b, HASH_BYTES).p);
	arena_release(&a);
}
