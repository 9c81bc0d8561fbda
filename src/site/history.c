/* history: what git knows of the site's files; the only file with git2.h. */
#define _DEFAULT_SOURCE /* realpath */

#include "site/history.h"

#include <stdlib.h>
#include <string.h>

#include <git2.h>

#include "base/clock.h"
#include "base/fs.h"
#include "site/past.h"
#include "site/walk.h"
#include "base/banned.h"

enum { TREES_KEPT = 16, TREE_DEPTH_MAX = 32 };

struct history {
	git_repository *repo;
	git_odb *odb;
	git_commit *commit;
	struct arena arena;
	const char *prefix; /* of root in the repository: "", "site/" */
	/* The directory that was looked into last: a file's neighbours are
	 * asked for next, and a large tree takes long to read. */
	git_tree *near;
	struct text near_path; /* in the repository; "" is its root */
};

/* ---- opening ----------------------------------------------------------- */

static bool
fail(struct err *e, const char *what)
{
	const git_error *g = git_error_last();

	return err_set(e, ERR_SYSTEM, "git: %s: %s", what,
		g && g->message ? g->message : "no reason given");
}

/*
 * libgit2 1.5 answers "not found" also when the owner is another and no
 * safe.directory is set at all; since the repository has been discovered by
 * then, both mean the same.
 */
static bool
open_found(const char *path, git_repository **repo, struct err *e)
{
	int rc = git_repository_open(repo, path);
	size_t n = strlen(path);

	if (rc == 0)
		return true;
	if (rc != GIT_EOWNER && rc != GIT_ENOTFOUND)
		return fail(e, "cannot open the repository");
	/* "/srv/site/.git/" is the directory of "/srv/site". */
	while (n > 1 && path[n - 1] == '/')
		n--;
	if (n > 5 && memcmp(path + n - 5, "/.git", 5) == 0)
		n -= 5;
	return err_set(e, ERR_SYSTEM, "git: %.*s belongs to another user; if "
		"you trust it: git config --global --add safe.directory %.*s",
		(int)n, path, (int)n, path);
}

static bool
find_commit(struct history *h, const char *revision, bool *empty,
	struct err *e)
{
	git_object *object = NULL;
	int rc = git_revparse_single(&object, h->repo,
		revision ? revision : "HEAD");

	*empty = !revision && rc == GIT_ENOTFOUND;
	if (rc != 0)
		return *empty || err_set(e, ERR_USAGE,
			"git: there is no commit \"%s\"",
			revision ? revision : "HEAD");
	rc = git_object_peel((git_object **)&h->commit, object,
		GIT_OBJECT_COMMIT);
	git_object_free(object);
	if (rc != 0)
		return err_set(e, ERR_USAGE, "git: \"%s\" is no commit",
			revision ? revision : "HEAD");
	return true;
}

/* Where root lies in the work tree: "" or "site/". */
static bool
find_prefix(struct history *h, const char *root, struct err *e)
{
	const char *workdir = git_repository_workdir(h->repo);
	char *top = workdir ? realpath(workdir, NULL) : NULL;
	char *here = realpath(root, NULL);
	size_t n = top ? strlen(top) : 0;

	h->prefix = "";
	if (top && here && strncmp(top, here, n) == 0 && here[n] == '/')
		h->prefix = arena_printf(&h->arena, "%s/", here + n + 1).p;
	free(top);
	free(here);
	if (git_repository_odb(&h->odb, h->repo) != 0)
		return fail(e, "cannot read the objects");
	return true;
}

static bool
open_at(struct history *h, const char *path, const char *root,
	const char *revision, bool *empty, struct err *e)
{
	if (!open_found(path, &h->repo, e) ||
		!find_commit(h, revision, empty, e))
		return false;
	if (*empty)
		return true;
	if (git_repository_is_shallow(h->repo))
		return err_set(e, ERR_SYSTEM, "git: this is a shallow clone, "
			"so the pages' dates would be wrong: git fetch "
			"--unshallow");
	return find_prefix(h, root, e);
}

bool
history_open(const char *root, const char *revision, struct history **out,
	struct err *e)
{
	git_buf found = { 0 };
	struct history *h = NULL;
	struct arena a;
	bool empty = true;
	bool ok = true;

	*out = NULL;
	(void)git_libgit2_init();
	/* Trees are read once each: keeping them costs memory, not time; and
	 * hashing every object again is fsck's work. */
	(void)git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
	(void)git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	if (git_repository_discover(&found, root, 0, NULL) != 0) {
		if (revision)
			ok = err_set(e, ERR_USAGE, "git: %s is in no "
				"repository, so it has no \"%s\"", root,
				revision);
		goto out;
	}
	arena_init(&a, false);
	h = arena_alloc(&a, sizeof *h);
	h->arena = a;
	ok = open_at(h, found.ptr, root, revision, &empty, e);
	if (ok && !empty) {
		*out = h;
		h = NULL;
	}
out:
	git_buf_dispose(&found);
	if (h)
		history_close(h);
	else if (!*out)
		(void)git_libgit2_shutdown();
	return ok;
}

void
history_close(struct history *h)
{
	struct arena a;

	if (!h)
		return;
	git_tree_free(h->near);
	git_commit_free(h->commit);
	git_odb_free(h->odb);
	git_repository_free(h->repo);
	/* h itself lies on the arena. */
	a = h->arena;
	arena_release(&a);
	(void)git_libgit2_shutdown();
}

/* ---- objects for walk -------------------------------------------------- */

/* The trees read last: a commit's trees are its child's parent's trees. */
struct kept {
	struct history *h;
	git_odb_object *trees[TREES_KEPT];
	size_t next;
};

static bool
walk_commit_read(void *context, struct arena *a, const struct object_id *id,
	struct walk_commit *out, struct err *e)
{
	struct kept *k = context;
	git_commit *commit = NULL;
	const git_signature *who;
	git_oid oid;

	(void)git_oid_fromraw(&oid, id->bytes);
	if (git_commit_lookup(&commit, k->h->repo, &oid) != 0)
		return fail(e, "cannot read a commit");
	who = git_commit_committer(commit);
	out->date = (struct history_date){ who->when.time, who->when.offset };
	out->subject = history_subject(a, text_of(git_commit_message(commit)));
	memcpy(out->tree.bytes, git_commit_tree_id(commit)->id,
		OBJECT_ID_BYTES);
	out->parent_count = git_commit_parentcount(commit);
	out->parents = arena_array(a, out->parent_count ? out->parent_count : 1,
		sizeof *out->parents);
	for (size_t i = 0; i < out->parent_count; i++)
		memcpy(out->parents[i].bytes,
			git_commit_parent_id(commit, (unsigned)i)->id,
			OBJECT_ID_BYTES);
	git_commit_free(commit);
	return true;
}

static bool
walk_tree_read(void *context, const struct object_id *id,
	struct walk_tree *out, struct err *e)
{
	struct kept *k = context;
	git_odb_object *object = NULL;
	git_oid oid;

	(void)git_oid_fromraw(&oid, id->bytes);
	for (size_t i = 0; !object && i < TREES_KEPT; i++)
		if (k->trees[i] &&
			git_oid_equal(git_odb_object_id(k->trees[i]), &oid))
			(void)git_odb_object_dup(&object, k->trees[i]);
	if (!object) {
		if (git_odb_read(&object, k->h->odb, &oid) != 0 ||
			git_odb_object_type(object) != GIT_OBJECT_TREE) {
			git_odb_object_free(object);
			return fail(e, "cannot read a tree");
		}
		git_odb_object_free(k->trees[k->next]);
		(void)git_odb_object_dup(&k->trees[k->next], object);
		k->next = (k->next + 1) % TREES_KEPT;
	}
	out->handle = object;
	out->raw = (struct text){ git_odb_object_data(object),
		git_odb_object_size(object) };
	return true;
}

static void
walk_tree_done(void *context, struct walk_tree *tree)
{
	(void)context;
	git_odb_object_free(tree->handle);
}

bool
history_dates(struct history *h, struct arena *a, const struct past *before,
	const struct text *paths, size_t count, struct history_dates *out,
	struct err *e)
{
	struct kept kept = { .h = h };
	struct walk_source source = { walk_commit_read, walk_tree_read,
		walk_tree_done, &kept };
	struct object_id head = history_head(h);
	const struct history_dates **known = arena_array(a, count + 1,
		sizeof *known);
	struct text *full = arena_array(a, count + 1, sizeof *full);
	struct walk_before known_then = { before ? &before->head : NULL,
		known };
	bool ok;

	for (size_t i = 0; i < count; i++) {
		full[i] = arena_printf(a, "%s%.*s", h->prefix,
			(int)paths[i].len, paths[i].p);
		known[i] = before ? past_find(before, paths[i]) : NULL;
	}
	ok = walk_dates(&source, a, &head, &known_then, full, count, out, e);
	for (size_t i = 0; i < TREES_KEPT; i++)
		git_odb_object_free(kept.trees[i]);
	return ok;
}

struct object_id
history_head(const struct history *h)
{
	struct object_id head;

	memcpy(head.bytes, git_commit_id(h->commit)->id, OBJECT_ID_BYTES);
	return head;
}

struct text
history_prefix(const struct history *h)
{
	return text_of(h->prefix);
}

/* ---- files of the commit ----------------------------------------------- */

struct listing {
	struct history *h;
	struct arena *a;
	struct text *paths;
	size_t count;
	size_t cap;
};

static void
list_add(struct listing *l, const char *path)
{
	if (l->count == l->cap) {
		struct text *more;

		l->cap = l->cap ? l->cap * 2 : 64;
		more = arena_array(l->a, l->cap, sizeof *more);
		if (l->count)
			memcpy(more, l->paths, l->count * sizeof *more);
		l->paths = more;
	}
	l->paths[l->count++] = text_of(path);
}

static bool
list_tree(struct listing *l, const git_oid *id, const char *dir, int depth,
	struct err *e)
{
	git_tree *tree = NULL;
	bool ok = true;

	if (depth > TREE_DEPTH_MAX)
		return err_set(e, ERR_LIMIT, "%s: nested too deeply", dir);
	if (git_tree_lookup(&tree, l->h->repo, id) != 0)
		return fail(e, "cannot read a tree");
	for (size_t i = 0; ok && i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
		const char *path = fs_join(l->a, dir,
			git_tree_entry_name(entry));
		git_filemode_t mode = git_tree_entry_filemode(entry);

		if (mode == GIT_FILEMODE_TREE)
			ok = list_tree(l, git_tree_entry_id(entry), path,
				depth + 1, e);
		else if (mode == GIT_FILEMODE_LINK)
			ok = err_set(e, ERR_FORMAT, "%s: is a symbolic link",
				path);
		else if (mode == GIT_FILEMODE_COMMIT)
			ok = err_set(e, ERR_FORMAT, "%s: is a submodule", path);
		else
			list_add(l, path);
	}
	git_tree_free(tree);
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
	if (git_commit_tree(&tree, h->commit) != 0 || dir.len == 0)
		goto out;
	arena_init(&a, false);
	if (git_tree_entry_bypath(&entry, tree, arena_string(&a, dir)) != 0)
		entry = NULL;
	arena_release(&a);
	git_tree_free(tree);
	tree = NULL;
	if (entry && git_tree_lookup(&tree, h->repo,
		git_tree_entry_id(entry)) != 0)
		tree = NULL;
	git_tree_entry_free(entry);
out:
	if (tree) {
		git_tree_free(h->near);
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
	found = tree ? git_tree_entry_byname(tree, name.p) : NULL;
	if (found && git_tree_entry_dup(&entry, found) != 0)
		entry = NULL;
	arena_release(&a);
	return entry;
}

static int
by_text(const void *x, const void *y)
{
	return text_cmp(*(const struct text *)x, *(const struct text *)y);
}

bool
history_list(struct history *h, struct arena *a, const char *dir,
	struct text **paths, size_t *count, struct err *e)
{
	struct listing l = { .h = h, .a = a };
	git_tree_entry *entry = find_entry(h, dir);
	bool ok = true;

	if (entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		ok = list_tree(&l, git_tree_entry_id(entry), dir, 0, e);
	git_tree_entry_free(entry);
	if (l.count)
		qsort(l.paths, l.count, sizeof *l.paths, by_text);
	*paths = l.paths;
	*count = l.count;
	return ok;
}

static bool
is_file(const git_tree_entry *entry)
{
	return entry && git_tree_entry_type(entry) == GIT_OBJECT_BLOB &&
		git_tree_entry_filemode(entry) != GIT_FILEMODE_LINK;
}

bool
history_has(struct history *h, const char *path)
{
	git_tree_entry *entry = find_entry(h, path);
	bool has = is_file(entry);

	git_tree_entry_free(entry);
	return has;
}

bool
history_read(struct history *h, struct arena *a, const char *path, size_t max,
	struct text *out, struct err *e)
{
	git_tree_entry *entry = find_entry(h, path);
	git_blob *blob = NULL;
	bool ok = false;

	if (!is_file(entry)) {
		(void)err_set(e, ERR_SYSTEM, "%s: no such file in the commit",
			path);
		goto out;
	}
	if (git_blob_lookup(&blob, h->repo, git_tree_entry_id(entry)) != 0) {
		(void)fail(e, path);
		goto out;
	}
	if ((uintmax_t)git_blob_rawsize(blob) > max) {
		(void)err_set(e, ERR_LIMIT, "%s: is larger than %zu bytes",
			path, max);
		goto out;
	}
	*out = arena_copy(a, (struct text){ git_blob_rawcontent(blob),
		(size_t)git_blob_rawsize(blob) });
	ok = true;
out:
	git_blob_free(blob);
	git_tree_entry_free(entry);
	return ok;
}

/* ---- files of the work tree -------------------------------------------- */

static bool
has_moved(const struct history *h)
{
	git_oid head;

	return git_reference_name_to_id(&head, h->repo, "HEAD") != 0 ||
		!git_oid_equal(&head, git_commit_id(h->commit));
}

static int
take_changed(const char *path, unsigned int flags, void *context)
{
	struct listing *l = context;
	size_t n = strlen(l->h->prefix);

	if (flags != GIT_STATUS_CURRENT && strncmp(path, l->h->prefix, n) == 0)
		list_add(l, arena_printf(l->a, "%s", path + n).p);
	return 0;
}

bool
history_changed(struct history *h, struct arena *a, const char *const *dirs,
	size_t dir_count, struct text **paths, size_t *count, struct err *e)
{
	struct listing l = { .h = h, .a = a };
	git_status_options o = { .version = GIT_STATUS_OPTIONS_VERSION,
		.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR,
		.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED |
			GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
			GIT_STATUS_OPT_INCLUDE_IGNORED |
			GIT_STATUS_OPT_RECURSE_IGNORED_DIRS |
			GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH };
	char **specs = arena_array(a, dir_count + 1, sizeof *specs);

	for (size_t i = 0; i < dir_count; i++) {
		struct text t = arena_printf(a, "%s%s", h->prefix, dirs[i]);

		specs[i] = arena_alloc(a, t.len + 1);
		memcpy(specs[i], t.p, t.len);
	}
	o.pathspec = (git_strarray){ specs, dir_count };
	if (git_status_foreach_ext(h->repo, &o, take_changed, &l) != 0)
		return fail(e, "cannot compare the work tree with the commit");
	/* After the comparison, which was with HEAD as it was then. */
	for (size_t i = 0; has_moved(h) && i < dir_count; i++)
		list_add(&l, dirs[i]);
	*paths = l.paths;
	*count = l.count;
	return true;
}
