/* theme_load: a theme from a directory, for who has no site to read. */
#include "view/theme.h"

#include "base/fs.h"
#include "base/banned.h"

enum {
	THEME_FILE_MAX = 4 * 1024 * 1024,
	FILES_MAX = 2000,
	FOLDERS_MAX = 4 /* in each other */
};

struct reading {
	struct arena *a;
	const char *dir;
	struct theme_file *files;
	size_t count;
};

/* Everything below dir/folder but for hidden names. */
static bool
read_folder(struct reading *r, const char *folder, int depth, struct err *e)
{
	const char *dir = fs_join(r->a, r->dir, folder);
	struct fs_list l;

	if (depth > FOLDERS_MAX)
		return err_set(e, ERR_LIMIT, "%s: too deep", dir);
	if (!fs_list(r->a, dir, &l, e))
		return false;
	for (size_t i = 0; i < l.count; i++) {
		struct theme_file *f = &r->files[r->count];
		const char *path = folder[0] ? fs_join(r->a, folder,
			l.items[i].name.p) : l.items[i].name.p;

		if (text_starts(l.items[i].name, "."))
			continue;
		if (l.items[i].is_dir) {
			if (!read_folder(r, path, depth + 1, e))
				return false;
			continue;
		}
		if (r->count == FILES_MAX)
			return err_set(e, ERR_LIMIT, "%s: more than %d files",
				r->dir, FILES_MAX);
		f->path = text_of(path);
		if (!fs_read(r->a, fs_join(r->a, r->dir, path), THEME_FILE_MAX,
			&f->bytes, e))
			return false;
		r->count++;
	}
	return true;
}

bool
theme_load(struct arena *a, const char *dir, struct theme **out,
	struct err *e)
{
	struct reading r = { .a = a, .dir = dir,
		.files = arena_array(a, FILES_MAX + 1, sizeof *r.files) };

	return read_folder(&r, "", 0, e) &&
		theme_make(a, dir, r.files, r.count, out, e);
}
