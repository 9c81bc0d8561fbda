/* history: the repository, and the commits that changed each file. */
#define _DEFAULT_SOURCE /* realpath */

#include "site/history.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "site/history_git.h"
#include "site/past.h"
#include "site/walk.h"
#include "base/banned.h"

enum { TREES_KEPT = 16 };

/* ---- opening ----------------------------------------------------------- */

bool
history_fail(struct err *e, const char *what)
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
		return history_fail(e, "cannot open the repository");
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
static void
find_prefix(struct history *h, const char *root)
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
	find_prefix(h, root);
	return true;
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
	git_index_free(h->index);
	git_tree_free(h->near);
	git_commit_free(h->commit);
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
	git_odb *odb;
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
		return history_fail(e, "cannot read a commit");
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
		if (git_odb_read(&object, k->odb, &oid) != 0 ||
			git_odb_object_type(object) != GIT_OBJECT_TREE) {
			git_odb_object_free(object);
			return history_fail(e, "cannot read a tree");
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
	if (git_repository_odb(&kept.odb, h->repo) != 0)
		return history_fail(e, "cannot read the objects");
	ok = walk_dates(&source, a, &head, &known_then, full, count, out, e);
	for (size_t i = 0; i < TREES_KEPT; i++)
		git_odb_object_free(kept.trees[i]);
	git_odb_free(kept.odb);
	/* What it keeps of the packs takes megabytes, and malloc keeps those;
	 * it can open the packs anew. */
	(void)git_repository__cleanup(h->repo);
	(void)malloc_trim(0);
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
