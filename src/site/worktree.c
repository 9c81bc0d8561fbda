/* worktree: is what the site was read from as the commit has it? */
#include "site/worktree.h"

#include <string.h>

#include "base/buf.h"
#include "base/pack.h"
#include "site/head.h"
#include "site/keep.h"
#include "base/banned.h"

enum { LIST_MAX = 256 * 1024 * 1024, EDITED_MAX = 8 };

/* A directory that is read. */
struct part {
	const char *dir;
	struct history_file *files;
	size_t count;
};

/* Of forms/ only forms are read. */
static bool
is_read(struct text path)
{
	return source_takes(path) && (!text_starts(path, "forms/") ||
		text_ends(path, ".md"));
}

/* A directory of which everything is read, and little. */
static bool
list(const struct site *s, struct arena *a, const char *dir, struct part *out,
	struct err *e)
{
	struct history_file *files;
	struct text *paths;
	size_t count;
	size_t n = 0;

	if (!source_list_unseen(&s->source, a, dir, &paths, &count, e))
		return false;
	files = arena_array(a, count + 1, sizeof *files);
	for (size_t i = 0; i < count; i++)
		if (is_read(paths[i]) && source_stamp(&s->source, a,
			paths[i].p, &files[n].stamp))
			files[n++].path = paths[i];
	*out = (struct part){ dir, files, n };
	return true;
}

/* The settings, which are read apart, have no stamp yet; who has none in the
 * end is gone, and known by nothing. */
static void
fill_stamps(const struct site *s, struct arena *a, struct part *p)
{
	for (size_t i = 0; i < p->count; i++) {
		struct fs_stamp *stamp = &p->files[i].stamp;

		if (!stamp->inode && !source_stamp(&s->source, a,
			p->files[i].path.p, stamp))
			*stamp = (struct fs_stamp){ 0 };
	}
}

/* All there is to compare, in one hash; none that could be another's if a
 * file is too young to be known by its stamp. */
static struct hash
sum(const struct site *s, const struct part *parts, size_t count)
{
	struct hash none = { { 0 } };
	bool known = s->keep != NULL;
	struct hash h;
	struct buf b;

	buf_init(&b, LIST_MAX);
	pack_text(&b, history_prefix(s->source.history));
	for (size_t i = 0; i < count; i++) {
		pack_text(&b, text_of(parts[i].dir));
		pack_u32(&b, (uint32_t)parts[i].count);
		for (size_t k = 0; known && k < parts[i].count; k++) {
			const struct history_file *f = &parts[i].files[k];

			pack_text(&b, f->path);
			pack_stamp(&b, &f->stamp);
			known = f->stamp.inode && keep_trusts(s, &f->stamp);
		}
	}
	h = hash_bytes(buf_view(&b));
	known = known && !b.full;
	buf_release(&b);
	return known ? h : none;
}

static bool
was_compared(const struct site *s, const struct hash *by)
{
	const struct head *before = s->head_before;
	const struct hash none = { { 0 } };
	const struct object_id head = history_head(s->source.history);

	return before && !hash_eq(by, &none) &&
		hash_eq(by, &before->compared) &&
		memcmp(&before->commit, &head, sizeof head) == 0;
}

/* Who edits a page is told of it without all of the commit being read. */
static bool
find_edited(struct site *s, struct err *e)
{
	int tried = 0;

	for (size_t i = 0; !s->changed.len && i < s->page_count &&
		tried < EDITED_MAX; i++) {
		struct history_file f = { s->pages[i].path,
			s->origins[i].stamp };
		bool differs = false;

		if (s->origins[i].same)
			continue;
		tried++;
		if (!history_file_differs(s->source.history, &f, &differs, e))
			return false;
		if (differs)
			s->changed = f.path;
	}
	return true;
}

bool
worktree_compare(struct site *s, struct arena *a, struct err *e)
{
	struct part *parts = arena_array(a, 2 + s->config.theme_count,
		sizeof *parts);
	size_t n = 0;

	parts[n++] = (struct part){ "content", s->content, s->content_count };
	fill_stamps(s, a, &parts[0]);
	if (!list(s, a, "forms", &parts[n++], e))
		return false;
	for (size_t i = 0; i < s->config.theme_count; i++)
		if (!list(s, a, arena_printf(a, "themes/%s", arena_string(a,
			s->config.themes[i])).p, &parts[n++], e))
			return false;
	s->compared = true;
	s->compared_by = sum(s, parts, n);
	if (was_compared(s, &s->compared_by)) {
		s->changed = s->head_before->changed;
		return true;
	}
	if (!find_edited(s, e))
		return false;
	for (size_t i = 0; !s->changed.len && i < n; i++)
		if (!history_differs(s->source.history, parts[i].dir,
			parts[i].files, parts[i].count, is_read, &s->changed,
			e))
			return false;
	return true;
}
