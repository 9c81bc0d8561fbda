/* dating: what git knows of every page and form. */
#include "site/dating.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fs.h"
#include "site/past.h"
#include "base/banned.h"

static const char *
past_path(const struct site *s, struct arena *a)
{
	return fs_join(a, s->options.root, ".blankett/history");
}

/* NULL if there is none, or none that is whole and of this repository. */
static struct past *
load_past(const struct site *s, struct arena *a)
{
	struct past *p = arena_alloc(a, sizeof *p);
	const char *path = past_path(s, a);
	struct err ignored = { 0 };
	struct text bytes;

	if (!fs_exists(path) ||
		!fs_read(a, path, PAST_MAX, &bytes, &ignored) ||
		!past_parse(a, bytes, p) ||
		!text_eq(p->prefix, history_prefix(s->source.history)))
		return NULL;
	return p;
}

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
	struct past *before, *now;
	struct text *paths;
	size_t count;

	if (!h)
		return true;
	before = load_past(s, a);
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

bool
dating_save(const struct site *s, struct err *e)
{
	struct arena a;
	struct buf b;
	bool ok;

	/* A build of an earlier commit must not cost the next one its past. */
	if (!s->past || s->past_is_kept || s->source.at_commit)
		return true;
	arena_init(&a, false);
	buf_init(&b, PAST_MAX);
	past_put(&b, s->past);
	ok = fs_mkdirs(fs_join(&a, s->options.root, ".blankett"), 0777, e) &&
		(b.full || fs_publish(past_path(s, &a), 0644, buf_view(&b),
			e));
	buf_release(&b);
	arena_release(&a);
	return ok;
}
