/* stage: where new files grow before they are put in their place. */
#include "site/stage.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

struct stage {
	struct arena arena;
	const char *home; /* .blankett/ */
	const char *dir;
	const char *out_dir;
	bool has_dir;     /* made, and not moved or removed */
	bool has_out_dir; /* likewise: it moves as a whole */
	atomic_size_t next;
};

/* The directory that holds `path`. */
static const char *
parent_of(struct arena *a, const char *path)
{
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/')
		n--;
	while (n && path[n - 1] != '/')
		n--;
	return n ? arena_string(a, (struct text){ path, n }) : ".";
}

static bool
make(struct stage *s)
{
	struct err ignored = { 0 };

	if (fs_is_link(s->home) || !fs_mkdirs(s->home, 0777, &ignored) ||
		!fs_remove_tree(s->dir, &ignored) ||
		!fs_mkdir(s->dir, 0777, &s->has_dir, &ignored) || !s->has_dir)
		return false;
	if (fs_exists(s->out_dir))
		return fs_dir_may_move(s->dir, s->out_dir);
	return fs_is_dir(parent_of(&s->arena, s->out_dir)) &&
		fs_mkdir(s->out_dir, 0777, &s->has_out_dir, &ignored) &&
		s->has_out_dir && fs_dir_is_like(s->dir, s->out_dir);
}

struct stage *
stage_open(const char *root, const char *out_dir)
{
	struct stage *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	arena_init(&s->arena, false);
	s->home = fs_join(&s->arena, root, ".blankett");
	s->dir = fs_join(&s->arena, s->home, "stage");
	s->out_dir = out_dir;
	if (make(s))
		return s;
	stage_close(s);
	return NULL;
}

const char *
stage_whole(const struct stage *s)
{
	return s->has_out_dir ? s->dir : NULL;
}

/* Does the path stay in its directory? */
static bool
is_below(struct text path)
{
	struct text part;
	bool ok = path.len > 0;

	while (ok && text_split(&path, '/', &part))
		ok = part.len && !text_is(part, ".") && !text_is(part, "..");
	return ok;
}

/* Where a file grows. */
static const char *
place_of(const struct stage *s, struct arena *a, struct text path,
	size_t number)
{
	return s->has_out_dir ? fs_join(a, s->dir, arena_string(a, path))
		: arena_printf(a, "%s/%zu", s->dir, number).p;
}

static bool
make_parent(const struct stage *s, struct arena *a, struct text path,
	struct err *e)
{
	size_t n = path.len;
	bool made;

	while (n && path.p[n - 1] != '/')
		n--;
	return n == 0 || fs_mkdir(fs_join(a, s->dir, arena_string(a,
		text_sub(path, 0, n - 1))), 0777, &made, e);
}

bool
stage_is_there(const struct stage *s, struct text path, struct text bytes,
	struct arena *scratch, struct fs_stamp *stamp)
{
	struct err ignored = { 0 };
	struct text old;

	return !s->has_out_dir && is_below(path) &&
		fs_read_stamped(scratch, fs_join(scratch, s->out_dir,
			arena_string(scratch, path)), bytes.len, &old, stamp,
			&ignored) && text_eq(old, bytes);
}

bool
stage_put(struct stage *s, struct text path, struct text bytes,
	struct arena *scratch, size_t *number, struct fs_stamp *stamp)
{
	struct err ignored = { 0 };

	*number = atomic_fetch_add(&s->next, 1);
	return is_below(path) &&
		(!s->has_out_dir || make_parent(s, scratch, path, &ignored)) &&
		fs_publish_new(place_of(s, scratch, path, *number), 0644,
			bytes, stamp, &ignored);
}

bool
stage_settle(const struct stage *s, struct arena *scratch, struct text path,
	size_t number, const char *to, struct fs_stamp *stamp, struct err *e)
{
	if (s->has_out_dir)
		return true;
	if (!fs_move(place_of(s, scratch, path, number), to, e))
		return false;
	if (!fs_stamp(to, stamp))
		*stamp = fs_stamp_never();
	return true;
}

bool
stage_move(struct stage *s, struct err *e)
{
	if (!fs_move(s->dir, s->out_dir, e))
		return false;
	s->has_dir = s->has_out_dir = false;
	return true;
}

void
stage_close(struct stage *s)
{
	struct err e = { 0 };

	if (!s)
		return;
	if (s->has_out_dir)
		fs_remove_empty_dir(s->out_dir);
	if (s->has_dir && fs_remove_tree(s->dir, &e))
		fs_remove_empty_dir(s->home);
	arena_release(&s->arena);
	free(s);
}
