/* history_files: what a commit holds, and how the work tree differs. */
#include "site/history.h"

#include <string.h>

#include "base/fs.h"
#include "base/sort.h"
#include "site/history_git.h"
#include "base/banned.h"

enum { TREE_DEPTH_MAX = 32, NS_IN_S = 1000 * 1000 * 1000 };

/* ---- files of the commit ----------------------------------------------- */

struct object {
	struct text path; /* relative to root */
	git_oid id;
};

struct listing {
	struct history *h;
	struct arena *a;
	bool any; /* links and submodules too, under no id */
	struct object *items;
	size_t count;
	size_t cap;
};

static void
list_add(struct listing *l, const char *path, const git_oid *id)
{
	if (l->count == l->cap) {
		struct object *more;

		l->cap = l->cap ? l->cap * 2 : 64;
		more = arena_array(l->a, l->cap, sizeof *more);
		if (l->count)
			memcpy(more, l->items, l->count * sizeof *more);
		l->items = more;
	}
	l->items[l->count++] = (struct object){ text_of(path), *id };
}

static bool
list_tree(struct listing *l, const git_oid *id, const char *dir, int depth,
	struct err *e)
{
	const struct git *g = &l->h->git;
	const git_oid none = { { 0 } };
	git_tree *tree = NULL;
	bool ok = true;

	if (depth > TREE_DEPTH_MAX)
		return err_set(e, ERR_LIMIT, "%s: nested too deeply", dir);
	if (g->tree_lookup(&tree, l->h->repo, id) != 0)
		return history_fail(l->h, "cannot read a tree", e);
	for (size_t i = 0; ok && i < g->tree_entrycount(tree); i++) {
		const git_tree_entry *entry = g->tree_entry_byindex(tree, i);
		const char *path = fs_join(l->a, dir,
			g->tree_entry_name(entry));
		git_filemode_t mode = g->tree_entry_filemode(entry);

		if (mode == GIT_FILEMODE_TREE)
			ok = list_tree(l, g->tree_entry_id(entry), path,
				depth + 1, e);
		else if (l->any && mode != GIT_FILEMODE_BLOB &&
			mode != GIT_FILEMODE_BLOB_EXECUTABLE)
			list_add(l, path, &none);
		else if (mode == GIT_FILEMODE_LINK)
			ok = err_set(e, ERR_FORMAT, "%s: is a symbolic link",
				path);
		else if (mode == GIT_FILEMODE_COMMIT)
			ok = err_set(e, ERR_FORMAT, "%s: is a submodule", path);
		else
			list_add(l, path, g->tree_entry_id(entry));
	}
	g->tree_free(tree);
	return ok;
}

/* The commit's tree of a directory, "" or "content/bild"; NULL if there is
 * none.  It is h's. */
static git_tree *
find_tree(struct history *h, struct text dir)
{
	git_tree_entry *entry = NULL;
	git_tree *tree = NULL;
	struct arena a;

	if (h->near && text_eq(h->near_path, dir))
		return h->near;
	if (h->git.commit_tree(&tree, h->commit) != 0 || dir.len == 0)
		goto out;
	arena_init(&a, false);
	if (h->git.tree_entry_bypath(&entry, tree, arena_string(&a, dir)) != 0)
		entry = NULL;
	arena_release(&a);
	h->git.tree_free(tree);
	tree = NULL;
	if (entry && h->git.tree_lookup(&tree, h->repo,
		h->git.tree_entry_id(entry)) != 0)
		tree = NULL;
	h->git.tree_entry_free(entry);
out:
	if (tree) {
		h->git.tree_free(h->near);
		h->near = tree;
		h->near_path = arena_copy(&h->arena, dir);
	}
	return tree;
}

/* The entry at a path below root; NULL if there is none. */
static git_tree_entry *
find_entry(struct history *h, const char *path)
{
	git_tree_entry *entry = NULL;
	const git_tree_entry *found;
	const git_tree *tree;
	struct arena a;
	struct text full, name;
	size_t slash;

	arena_init(&a, false);
	full = arena_printf(&a, "%s%s", h->prefix, path);
	name = full;
	while (text_find(name, '/') < name.len)
		name = text_from(name, text_find(name, '/') + 1);
	slash = full.len - name.len;
	tree = find_tree(h, text_sub(full, 0, slash ? slash - 1 : 0));
	found = tree ? h->git.tree_entry_byname(tree, name.p) : NULL;
	if (found && h->git.tree_entry_dup(&entry, found) != 0)
		entry = NULL;
	arena_release(&a);
	return entry;
}

static int
by_path(const void *x, const void *y)
{
	return text_cmp(((const struct object *)x)->path,
		((const struct object *)y)->path);
}

static bool
list_objects(struct listing *l, const char *dir, struct err *e)
{
	struct history *h = l->h;
	git_tree_entry *entry = find_entry(h, dir);
	bool ok = true;

	if (entry && h->git.tree_entry_type(entry) == GIT_OBJECT_TREE)
		ok = list_tree(l, h->git.tree_entry_id(entry), dir, 0, e);
	h->git.tree_entry_free(entry);
	sort_items(l->items, l->count, sizeof *l->items, by_path);
	return ok;
}

bool
history_list(struct history *h, struct arena *a, const char *dir,
	struct text **paths, size_t *count, struct err *e)
{
	struct listing l = { .h = h, .a = a };

	*paths = NULL;
	*count = 0;
	if (!list_objects(&l, dir, e))
		return false;
	*paths = arena_array(a, l.count + 1, sizeof **paths);
	for (size_t i = 0; i < l.count; i++)
		(*paths)[i] = l.items[i].path;
	*count = l.count;
	return true;
}

static bool
is_file(const struct history *h, const git_tree_entry *entry)
{
	return entry && h->git.tree_entry_type(entry) == GIT_OBJECT_BLOB &&
		h->git.tree_entry_filemode(entry) != GIT_FILEMODE_LINK;
}

bool
history_has(struct history *h, const char *path)
{
	git_tree_entry *entry = find_entry(h, path);
	bool has = is_file(h, entry);

	h->git.tree_entry_free(entry);
	return has;
}

bool
history_read(struct history *h, struct arena *a, const char *path, size_t max,
	struct text *out, struct err *e)
{
	git_tree_entry *entry = find_entry(h, path);
	git_blob *blob = NULL;
	bool ok = false;

	if (!is_file(h, entry)) {
		(void)err_set(e, ERR_SYSTEM, "%s: no such file in the commit",
			path);
		goto out;
	}
	if (h->git.blob_lookup(&blob, h->repo,
		h->git.tree_entry_id(entry)) != 0) {
		(void)history_fail(h, path, e);
		goto out;
	}
	if ((uintmax_t)h->git.blob_rawsize(blob) > max) {
		(void)err_set(e, ERR_LIMIT, "%s: is larger than %zu bytes",
			path, max);
		goto out;
	}
	*out = arena_copy(a, (struct text){ h->git.blob_rawcontent(blob),
		(size_t)h->git.blob_rawsize(blob) });
	ok = true;
out:
	h->git.blob_free(blob);
	h->git.tree_entry_free(entry);
	return ok;
}

/* ---- files of the work tree -------------------------------------------- */

static void
open_index(struct history *h)
{
	struct fs_stamp stamp;
	struct arena a;

	if (h->index || h->git.repository_index(&h->index, h->repo) != 0)
		return;
	arena_init(&a, false);
	/* Without its time nothing is older, and nothing is trusted. */
	if (fs_stamp(fs_join(&a, h->git.repository_path(h->repo), "index"),
		&stamp))
		h->index_ns = stamp.modified_ns;
	arena_release(&a);
}

static bool
is_time(int64_t ns, const git_index_time *t)
{
	return ns == (int64_t)t->seconds * NS_IN_S + t->nanoseconds;
}

/* Does git know by heart what the file holds? */
static bool
is_in_index(struct history *h, const char *path, const struct fs_stamp *s,
	const git_oid *id)
{
	const git_index_entry *entry = h->index
		? h->git.index_get_bypath(h->index, path, 0) : NULL;

	return entry && memcmp(entry->id.id, id->id, OBJECT_ID_BYTES) == 0 &&
		entry->file_size == (uint32_t)s->size &&
		entry->ino == (uint32_t)s->inode &&
		is_time(s->modified_ns, &entry->mtime) &&
		is_time(s->changed_ns, &entry->ctime) &&
		s->modified_ns < h->index_ns && s->changed_ns < h->index_ns;
}

/* Is this file of the work tree what the commit has there? */
static bool
is_same(struct history *h, struct arena *a, const struct history_file *f,
	const git_oid *id, bool *same, struct err *e)
{
	const char *path = arena_printf(a, "%s%.*s", h->prefix,
		(int)f->path.len, f->path.p).p;
	const char *full = fs_join(a, h->git.repository_workdir(h->repo), path);
	struct fs_stamp stamp = f->stamp;
	git_oid is;

	*same = false;
	if (!stamp.inode && !fs_stamp(full, &stamp))
		return true;
	if (!is_in_index(h, path, &stamp, id)) {
		if (h->git.odb_hashfile(&is, full, GIT_OBJECT_BLOB) != 0)
			return history_fail(h, "cannot read the work tree", e);
		*same = memcmp(is.id, id->id, OBJECT_ID_BYTES) == 0;
		return true;
	}
	*same = true;
	return true;
}

bool
history_file_differs(struct history *h, const struct history_file *f,
	bool *differs, struct err *e)
{
	git_tree_entry *entry;
	struct arena a;
	bool same = false;
	bool ok = true;

	*differs = false;
	if (!history_start(h, e))
		return false;
	arena_init(&a, false);
	entry = find_entry(h, arena_string(&a, f->path));
	if (is_file(h, entry))
		ok = is_same(h, &a, f, h->git.tree_entry_id(entry), &same, e);
	*differs = ok && !same;
	h->git.tree_entry_free(entry);
	arena_release(&a);
	return ok;
}

bool
history_differs(struct history *h, const char *dir,
	const struct history_file *files, size_t count,
	bool (*takes)(struct text), struct text *first, struct err *e)
{
	struct arena a;
	struct listing l = { .h = h, .a = &a, .any = true };
	size_t i = 0;
	bool ok;

	*first = (struct text){ 0 };
	if (!history_start(h, e))
		return false;
	arena_init(&a, false);
	open_index(h);
	ok = list_objects(&l, dir, e);
	for (size_t k = 0; ok && !first->len && (k < count || i < l.count); ) {
		int c = k == count ? 1 : i == l.count ? -1 :
			text_cmp(files[k].path, l.items[i].path);
		bool same = true;

		if (c > 0 && takes(l.items[i].path))
			*first = arena_copy(&h->arena, l.items[i].path);
		else if (c == 0)
			ok = is_same(h, &a, &files[k], &l.items[i].id,
				&same, e);
		if (c < 0 || !same)
			*first = files[k].path;
		k += c <= 0;
		i += c >= 0;
	}
	arena_release(&a);
	return ok;
}
