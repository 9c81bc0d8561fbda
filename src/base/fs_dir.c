/* fs_dir: directories as a whole. */
#define _XOPEN_SOURCE 700 /* nftw */
#define _DEFAULT_SOURCE /* d_type, DT_DIR */

#include "base/fs.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

enum { TREE_FILES_OPEN = 16 };

/* ---- making ---------------------------------------------------------- */

bool
fs_mkdir(const char *path, mode_t mode, bool *made, struct err *e)
{
	*made = mkdir(path, mode) == 0;
	return *made || fs_mkdirs(path, mode, e);
}

bool
fs_mkdirs(const char *path, mode_t mode, struct err *e)
{
	struct arena a;
	char *p;
	size_t len = strlen(path);
	bool ok = true;

	/* Those above it are there, mostly. */
	if (mkdir(path, mode) == 0)
		return true;
	arena_init(&a, false);
	p = arena_alloc(&a, len + 1);
	memcpy(p, path, len);
	for (size_t i = 1; ok && i <= len; i++) {
		char c = p[i];

		if (c != '/' && c != '\0')
			continue;
		p[i] = '\0';
		if (mkdir(p, mode) != 0 && errno != EEXIST)
			ok = err_errno(e, p, "cannot make the directory");
		p[i] = c;
	}
	arena_release(&a);
	if (ok && !fs_is_dir(path))
		ok = err_set(e, ERR_SYSTEM, "%s: is not a directory", path);
	return ok;
}

/* ---- removing and moving --------------------------------------------- */

void
fs_remove_empty_dir(const char *path)
{
	(void)rmdir(path);
}

static int
remove_one(const char *path, const struct stat *st, int kind,
	struct FTW *where)
{
	(void)st;
	(void)kind;
	(void)where;
	return remove(path);
}

bool
fs_remove_tree(const char *path, struct err *e)
{
	if (!fs_exists(path) || nftw(path, remove_one, TREE_FILES_OPEN,
		FTW_DEPTH | FTW_PHYS) == 0)
		return true;
	return err_errno(e, path, "cannot remove");
}

bool
fs_dir_is_like(const char *path, const char *other)
{
	struct stat a, b;

	return lstat(path, &a) == 0 && S_ISDIR(a.st_mode) &&
		lstat(other, &b) == 0 && a.st_mode == b.st_mode &&
		a.st_dev == b.st_dev && a.st_uid == b.st_uid &&
		a.st_gid == b.st_gid;
}

bool
fs_dir_may_move(const char *from, const char *to)
{
	struct stat a, b;

	return lstat(from, &a) == 0 && S_ISDIR(a.st_mode) &&
		stat(to, &b) == 0 && S_ISDIR(b.st_mode) &&
		a.st_dev == b.st_dev && !(a.st_mode & S_ISGID) &&
		!(b.st_mode & S_ISGID);
}

bool
fs_move(const char *from, const char *to, struct err *e)
{
	if (rename(from, to) == 0)
		return true;
	return err_errno(e, to, "cannot write");
}

/* ---- looking --------------------------------------------------------- */

static int
by_name(const void *x, const void *y)
{
	const struct fs_entry *a = x;
	const struct fs_entry *b = y;

	return text_cmp(a->name, b->name);
}

static void
list_add(struct arena *a, struct fs_list *l, size_t *cap, const char *dir,
	const struct dirent *d)
{
	bool unknown = d->d_type == DT_UNKNOWN;
	const char *path = unknown ? fs_join(a, dir, d->d_name) : NULL;

	if (l->count == *cap) {
		struct fs_entry *more;

		*cap = *cap ? *cap * 2 : 32;
		more = arena_array(a, *cap, sizeof *more);
		if (l->count)
			memcpy(more, l->items, l->count * sizeof *more);
		l->items = more;
	}
	l->items[l->count++] = (struct fs_entry){
		arena_copy(a, text_of(d->d_name)),
		d->d_type == DT_DIR ||
			(unknown && !fs_is_link(path) && fs_is_dir(path)),
		d->d_type == DT_LNK || (unknown && fs_is_link(path)),
	};
}

bool
fs_list(struct arena *a, const char *dir, struct fs_list *out, struct err *e)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	size_t cap = 0;

	*out = (struct fs_list){ 0 };
	if (!d)
		return err_errno(e, dir, "cannot read the directory");
	while ((entry = readdir(d)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
			strcmp(entry->d_name, "..") != 0)
			list_add(a, out, &cap, dir, entry);
	(void)closedir(d);
	if (out->count)
		qsort(out->items, out->count, sizeof *out->items, by_name);
	return true;
}
