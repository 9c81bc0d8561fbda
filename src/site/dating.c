/* dating: what git knows of every page and form. */
#include "site/dating.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fs.h"
#include "site/head.h"
#include "site/keep.h"
#include "site/past.h"
#include "base/banned.h"

/* ---- in .blankett/ ------------------------------------------------------- */

static const char *
kept_path(const struct site *s, struct arena *a, const char *name)
{
	return fs_join(a, fs_join(a, s->options.root, ".blankett"), name);
}

static bool
read_kept(const struct site *s, struct arena *a, const char *name, size_t max,
	struct text *out)
{
	const char *path = kept_path(s, a, name);
	struct err ignored = { 0 };

	return fs_exists(path) && fs_read(a, path, max, out, &ignored);
}

static bool
write_kept(const struct site *s, struct arena *a, const char *name,
	const struct buf *b, struct err *e)
{
	return fs_mkdirs(fs_join(a, s->options.root, ".blankett"), 0777, e) &&
		(b->full || fs_publish(kept_path(s, a, name), 0644,
			buf_view(b), e));
}

bool
dating_open(struct site *s, struct arena *a, struct err *e)
{
	struct past *past = arena_alloc(a, sizeof *past);
	struct head *head = arena_alloc(a, sizeof *head);
	struct text bytes;

	if (!s->options.clean && !s->options.revision &&
		read_kept(s, a, "head", HEAD_MAX, &bytes) &&
		head_parse(a, bytes, head))
		s->head_before = head;
	if (!source_open_history(&s->source, s->head_before, e))
		return false;
	/* Only if it is whole and of this repository. */
	if (s->source.history &&
		read_kept(s, a, "history", PAST_MAX, &bytes) &&
		past_parse(a, bytes, past) &&
		text_eq(past->prefix, history_prefix(s->source.history)))
		s->past_before = past;
	return true;
}

/* ---- of every file ------------------------------------------------------- */

static int
by_text(const void *x, const void *y)
{
	return text_cmp(*(const struct text *)x, *(const struct text *)y);
}

/* Every file that becomes one of the site's, whether shown today or not:
 * tomorrow's build finds them all. */
static struct text *
all_paths(const struct site *s, struct arena *a, size_t *count)
{
	size_t assets;
	const struct asset *asset = theme_assets(s->theme, &assets);
	struct text *paths = arena_array(a, s->page_count + s->form_count +
		s->file_count + assets + 1, sizeof *paths);
	size_t n = 0;

	for (size_t i = 0; i < s->page_count; i++)
		paths[n++] = s->pages[i].path;
	for (size_t i = 0; i < s->form_count; i++)
		paths[n++] = s->forms[i]->path;
	for (size_t i = 0; i < s->file_count; i++)
		paths[n++] = s->files[i].path;
	for (size_t i = 0; i < assets; i++)
		paths[n++] = asset[i].path;
	if (n)
		qsort(paths, n, sizeof *paths, by_text);
	*count = n;
	return paths;
}

/* Does the next build find all of it in `before` already? */
static bool
is_same(const struct past *before, const struct past *now)
{
	if (!before || memcmp(&before->head, &now->head, sizeof now->head) != 0)
		return false;
	for (size_t i = 0, k = 0; i < now->count; i++, k++) {
		while (k < before->count && text_cmp(before->paths[k],
			now->paths[i]) < 0)
			k++;
		if (k == before->count || !text_eq(before->paths[k],
			now->paths[i]))
			return false;
	}
	return true;
}

/* At the same commit there is nothing to walk. */
static void
recall(const struct past *before, const struct text *paths, size_t count,
	struct history_dates *files)
{
	size_t k = 0;

	for (size_t i = 0; i < count; i++) {
		while (text_cmp(before->paths[k], paths[i]) < 0)
			k++;
		files[i] = before->files[k];
	}
}

bool
dating_run(struct site *s, struct arena *a, struct err *e)
{
	struct history *h = s->source.history;
	struct history_dates *files;
	const struct past *before = s->past_before;
	struct past *now;
	struct text *paths;
	size_t count;

	if (!h)
		return true;
	paths = all_paths(s, a, &count);
	files = arena_array(a, count + 1, sizeof *files);
	now = arena_alloc(a, sizeof *now);
	*now = (struct past){ history_head(h), history_prefix(h), paths, files,
		count };
	s->past_is_kept = is_same(before, now);
	if (s->past_is_kept)
		recall(before, paths, count, files);
	else if (!history_dates(h, a, before, paths, count, files, e))
		return false;
	s->past = now;
	for (size_t i = 0; i < s->tree.count; i++)
		s->dates[i] = *past_find(now, s->tree.pages[i].page->path);
	for (size_t i = 0; i < s->form_count; i++)
		s->form_dates[i] = *past_find(now, s->forms[i]->path);
	return true;
}

/* ---- for the next build -------------------------------------------------- */

/* What HEAD is known by, if that can be trusted. */
static bool
find_head(const struct site *s, struct head *out)
{
	const struct head *by = s->source.history && s->keep
		? history_known_by(s->source.history) : NULL;

	for (size_t i = 0; by && i < by->count; i++)
		if (!keep_trusts(s, &by->files[i].stamp))
			by = NULL;
	if (!by)
		return false;
	*out = *by;
	out->compared = s->compared_by;
	out->changed = s->changed;
	return true;
}

static bool
save_head(const struct site *s, struct arena *a, struct buf *b,
	struct err *e)
{
	struct head head;

	/* One that was taken over is known. */
	if (!find_head(s, &head) || (s->head_before &&
		head.files == s->head_before->files &&
		hash_eq(&head.compared, &s->head_before->compared)))
		return true;
	head_put(b, &head);
	return write_kept(s, a, "head", b, e);
}

bool
dating_save(const struct site *s, struct err *e)
{
	struct arena a;
	struct buf b;
	bool ok = true;

	/* A build of an earlier commit must not cost the next one its past. */
	if (!s->past || s->source.at_commit)
		return true;
	arena_init(&a, false);
	buf_init(&b, PAST_MAX);
	if (!s->past_is_kept) {
		past_put(&b, s->past);
		ok = write_kept(s, &a, "history", &b, e);
		buf_clear(&b);
	}
	ok = ok && save_head(s, &a, &b, e);
	buf_release(&b);
	arena_release(&a);
	return ok;
}
