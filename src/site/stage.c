/* stage: a site that is made for the first time is written once. */
#include "site/stage.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

struct stage {
	struct arena arena;
	const char *home; /* .blankett/ */
	const char *dir;
	const char *out_dir;
	bool has_dir, has_out_dir; /* made, and not moved or removed */
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

	return !fs_is_link(s->home) && fs_mkdirs(s->home, 0777, &ignored) &&
		fs_remove_tree(s->dir, &ignored) &&
		fs_mkdir(s->dir, 0777, &s->has_dir, &ignored) && s->has_dir &&
		fs_mkdir(s->out_dir, 0777, &s->has_out_dir, &ignored) &&
		s->has_out_dir && fs_dir_is_like(s->dir, s->out_dir);
}

struct stage *
stage_open(const char *root, const char *out_dir)
{
	struct stage *s;

	if (fs_exists(out_dir))
		return NULL;
	s = calloc(1, sizeof *s);
	if (!s)
		return NULL;
	arena_init(&s->arena, false);
	s->home = fs_join(&s->arena, root, ".blankett");
	s->dir = fs_join(&s->arena, s->home, "stage");
	s->out_dir = out_dir;
	if (fs_is_dir(parent_of(&s->arena, out_dir)) && make(s))
		return s;
	stage_close(s);
	return NULL;
}

const char *
stage_dir(const struct stage *s)
{
	return s->dir;
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

bool
stage_put(const struct stage *s, struct text path, struct text bytes,
	struct arena *scratch, struct fs_stamp *stamp)
{
	struct err ignored = { 0 };
	size_t n = path.len;
	bool made;

	if (!is_below(path))
		return false;
	while (n && path.p[n - 1] != '/')
		n--;
	return (n == 0 || fs_mkdir(fs_join(scratch, s->dir, arena_string(
			scratch, text_sub(path, 0, n - 1))), 0777, &made,
			&ignored)) &&
		fs_publish_new(fs_join(scratch, s->dir, arena_string(scratch,
			path)), 0644, bytes, stamp, &ignored);
}

bool
stage_move(struct stage *s, struct err *e)
{
	if (!fs_move_dir(s->dir, s->out_dir, e))
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
