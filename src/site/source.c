/* source: where the site's files are read from: the work tree, or a commit. */
#include "site/source.h"

#include <string.h>

#include "base/fs.h"
#include "base/sort.h"
#include "base/banned.h"

enum { DEPTH_MAX = 16 };

struct listing {
	const struct source *s;
	struct arena *a;
	struct text *paths;
	size_t count;
	size_t cap;
};

static const char *
on_disk(const struct source *s, struct arena *a, const char *path)
{
	if (strcmp(s->root, ".") == 0)
		return path;
	return fs_join(a, s->root, path);
}

void
source_saw(struct source *s, struct text path, struct text what)
{
	const struct text parts[] = {
		{ (const char *)s->seen.b, HASH_BYTES }, path, what
	};

	s->seen = hash_parts("blankett source", parts,
		sizeof parts / sizeof *parts);
}

bool
source_open(struct arena *a, const char *root, const char *revision,
	struct source *out, struct err *e)
{
	*out = (struct source){ .arena = a, .root = root,
		.revision = revision, .at_commit = revision != NULL };
	return fs_is_dir(root) || err_set(e, ERR_USAGE, "%s: is not a "
		"directory", root);
}

bool
source_open_history(struct source *s, const struct head *known,
	struct err *e)
{
	return history_open(s->root, s->revision, known, &s->history, e);
}

void
source_close(struct source *s)
{
	history_close(s->history);
	*s = (struct source){ 0 };
}

static void
add(struct listing *l, const char *path)
{
	if (l->count == l->cap) {
		struct text *old = l->paths;

		l->cap = l->cap ? l->cap * 2 : 64;
		l->paths = arena_array(l->a, l->cap, sizeof *l->paths);
		if (l->count)
			memcpy(l->paths, old, l->count * sizeof *old);
	}
	l->paths[l->count++] = text_of(path);
}

static bool
is_passed_over(struct text name)
{
	return text_starts(name, ".") || text_ends(name, "~");
}

bool
source_takes(struct text path)
{
	struct text part;

	while (text_split(&path, '/', &part))
		if (is_passed_over(part))
			return false;
	return true;
}

static bool
no_link(const char *path, struct err *e)
{
	return err_set(e, ERR_FORMAT, "%s: is a symbolic link; put the file "
		"itself there", path);
}

static bool
walk(struct listing *l, const char *dir, int depth, struct err *e)
{
	struct fs_list found;

	if (depth > DEPTH_MAX)
		return err_set(e, ERR_LIMIT, "%s: nested too deeply", dir);
	if (!fs_list(l->a, on_disk(l->s, l->a, dir), &found, e))
		return false;
	for (size_t i = 0; i < found.count; i++) {
		const struct fs_entry *entry = &found.items[i];
		const char *path;

		if (is_passed_over(entry->name))
			continue;
		path = fs_join(l->a, dir, entry->name.p);
		if (entry->is_link)
			return no_link(path, e);
		if (!entry->is_dir)
			add(l, path);
		else if (!walk(l, path, depth + 1, e))
			return false;
	}
	return true;
}

static int
by_text(const void *x, const void *y)
{
	return text_cmp(*(const struct text *)x, *(const struct text *)y);
}

/* Commits hold what was committed, passed over or not. */
static size_t
without_passed_over(struct text *paths, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (source_takes(paths[i]))
			paths[kept++] = paths[i];
	return kept;
}

bool
source_plain(const struct source *s, struct arena *a, const char *path,
	struct err *e)
{
	struct text t = text_of(path);

	for (size_t i = 1; !s->at_commit && i <= t.len; i++) {
		const char *above;

		if (i < t.len && t.p[i] != '/')
			continue;
		above = arena_string(a, text_sub(t, 0, i));
		if (fs_is_link(on_disk(s, a, above)))
			return no_link(above, e);
	}
	return true;
}

bool
source_list_unseen(const struct source *s, struct arena *a, const char *dir,
	struct text **paths, size_t *count, struct err *e)
{
	struct listing l = { .s = s, .a = a };

	*paths = NULL;
	*count = 0;
	if (s->at_commit) {
		if (!history_list(s->history, a, dir, paths, count, e))
			return false;
		*count = without_passed_over(*paths, *count);
		return true;
	}
	if (!source_plain(s, a, dir, e))
		return false;
	if (!fs_is_dir(on_disk(s, a, dir)))
		return true;
	if (!walk(&l, dir, 0, e))
		return false;
	sort_items(l.paths, l.count, sizeof *l.paths, by_text);
	*paths = l.paths;
	*count = l.count;
	return true;
}

bool
source_list(struct source *s, const char *dir, struct text **paths,
	size_t *count, struct err *e)
{
	struct hash names;

	if (!source_list_unseen(s, s->arena, dir, paths, count, e))
		return false;
	names = hash_parts("blankett names", *paths, *count);
	source_saw(s, text_of(dir), (struct text){ (const char *)names.b,
		HASH_BYTES });
	return true;
}

bool
source_has(struct source *s, const char *path)
{
	bool has = s->at_commit ? history_has(s->history, path)
		: fs_exists(on_disk(s, s->arena, path));

	source_saw(s, text_of(path), text_of(has ? "there" : "not there"));
	return has;
}

bool
source_read_unseen(const struct source *s, struct arena *a, const char *path,
	size_t max, struct text *out, struct fs_stamp *stamp, struct err *e)
{
	const char *full = on_disk(s, a, path);
	size_t above = strlen(full) - strlen(path);

	*stamp = (struct fs_stamp){ 0 };
	if (s->at_commit)
		return history_read(s->history, a, path, max, out, e);
	if (fs_read_stamped(a, full, max, out, stamp, e))
		return true;
	/* As every other message names it. */
	if (text_starts(text_of(e->text), full))
		memmove(e->text, e->text + above, strlen(e->text) - above + 1);
	return false;
}

bool
source_read(struct source *s, const char *path, size_t max, struct text *out,
	struct err *e)
{
	struct fs_stamp ignored;

	if (!source_read_unseen(s, s->arena, path, max, out, &ignored, e))
		return false;
	source_saw(s, text_of(path), *out);
	return true;
}

bool
source_stamp(const struct source *s, struct arena *a, const char *path,
	struct fs_stamp *out)
{
	return !s->at_commit && fs_stamp(on_disk(s, a, path), out);
}
