/* history: the repository, and the commits that changed each file. */
#define _DEFAULT_SOURCE /* realpath */

#include "site/history.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "seal/hash.h"
#include "site/head.h"
#include "site/history_git.h"
#include "site/past.h"
#include "site/walk.h"
#include "base/banned.h"

enum { TREES_KEPT = 16 };

/* ---- opening ----------------------------------------------------------- */

bool
history_fail(const struct history *h, const char *what, struct err *e)
{
	const git_error *g = h->git.error_last();

	return err_set(e, ERR_SYSTEM, "git: %s: %s", what,
		g && g->message ? g->message : "no reason given");
}

/*
 * libgit2 1.5 answers "not found" also when the owner is another and no
 * safe.directory is set at all; since the repository has been discovered by
 * then, both mean the same.
 */
static bool
open_found(struct history *h, const char *path, struct err *e)
{
	int rc = h->git.repository_open(&h->repo, path);
	size_t n = strlen(path);

	if (rc == 0)
		return true;
	if (rc != GIT_EOWNER && rc != GIT_ENOTFOUND)
		return history_fail(h, "cannot open the repository", e);
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
	int rc = h->git.revparse_single(&object, h->repo,
		revision ? revision : "HEAD");

	*empty = !revision && rc == GIT_ENOTFOUND;
	if (rc != 0)
		return *empty || err_set(e, ERR_USAGE,
			"git: there is no commit \"%s\"",
			revision ? revision : "HEAD");
	rc = h->git.object_peel((git_object **)&h->commit, object,
		GIT_OBJECT_COMMIT);
	h->git.object_free(object);
	if (rc != 0)
		return err_set(e, ERR_USAGE, "git: \"%s\" is no commit",
			revision ? revision : "HEAD");
	memcpy(h->head.bytes, h->git.commit_id(h->commit)->id,
		OBJECT_ID_BYTES);
	return true;
}

/* Where root lies in the work tree: "" or "site/". */
static void
find_prefix(struct history *h)
{
	const char *workdir = h->git.repository_workdir(h->repo);
	char *top = workdir ? realpath(workdir, NULL) : NULL;
	char *here = realpath(h->root, NULL);
	size_t n = top ? strlen(top) : 0;

	h->prefix = "";
	if (top && here && strncmp(top, here, n) == 0 && here[n] == '/')
		h->prefix = arena_printf(&h->arena, "%s/", here + n + 1).p;
	free(top);
	free(here);
}

static bool
open_at(struct history *h, const char *path, const char *revision,
	bool *empty, struct err *e)
{
	struct head *head;

	if (!open_found(h, path, e))
		return false;
	find_prefix(h);
	/* What changes between this and the next then shows. */
	head = revision ? NULL : history_note_head(h);
	if (!find_commit(h, revision, empty, e) || *empty)
		return *empty;
	if (head) {
		head->commit = h->head;
		h->known = head;
	}
	if (h->git.repository_is_shallow(h->repo))
		return err_set(e, ERR_SYSTEM, "git: this is a shallow clone, "
			"so the pages' dates would be wrong: git fetch "
			"--unshallow");
	return true;
}

/* Opens the repository at a commit; *empty if there is none, or no commit
 * yet. */
static bool
start(struct history *h, const char *revision, bool *empty, struct err *e)
{
	git_buf found = { 0 };
	bool ok;

	*empty = true;
	if (!git_load(&h->git, e))
		return false;
	(void)h->git.libgit2_init();
	h->started = true;
	/* Trees are read once each: keeping them costs memory, not time; and
	 * hashing every object again is fsck's work. */
	(void)h->git.libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
	(void)h->git.libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	if (h->git.repository_discover(&found, h->root, 0, NULL) != 0)
		ok = !revision || err_set(e, ERR_USAGE, "git: %s is in no "
			"repository, so it has no \"%s\"", h->root, revision);
	else
		ok = open_at(h, found.ptr, revision, empty, e);
	h->git.buf_dispose(&found);
	return ok;
}

bool
history_start(struct history *h, struct err *e)
{
	bool empty;

	/* At the commit that HEAD was known to be, wherever it is by now. */
	return h->started || start(h, hex_encode(&h->arena, h->head.bytes,
		OBJECT_ID_BYTES).p, &empty, e);
}

bool
history_open(const char *root, const char *revision,
	const struct head *known, struct history **out, struct err *e)
{
	struct history *h;
	struct arena a;
	bool empty = false;
	bool ok = true;

	*out = NULL;
	if (!revision && !history_may_be_above(root))
		return true;
	arena_init(&a, false);
	h = arena_alloc(&a, sizeof *h);
	h->arena = a;
	h->root = arena_string(&h->arena, text_of(root));
	if (!revision && known && head_stands(known, root)) {
		h->known = known;
		h->head = known->commit;
		h->prefix = known->prefix.p;
	} else {
		ok = start(h, revision, &empty, e);
	}
	if (ok && !empty)
		*out = h;
	else
		history_close(h);
	return ok;
}

void
history_close(struct history *h)
{
	struct arena a;

	if (!h)
		return;
	if (h->started) {
		h->git.index_free(h->index);
		h->git.tree_free(h->near);
		h->git.commit_free(h->commit);
		h->git.repository_free(h->repo);
		(void)h->git.libgit2_shutdown();
	}
	/* h itself lies on the arena. */
	a = h->arena;
	arena_release(&a);
}

const struct head *
history_known_by(const struct history *h)
{
	return h->known;
}

struct object_id
history_head(const struct history *h)
{
	return h->head;
}

struct text
history_prefix(const struct history *h)
{
	return text_of(h->prefix);
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
	const struct git *g = &k->h->git;
	git_commit *commit = NULL;
	const git_signature *who;
	git_oid oid;

	memcpy(oid.id, id->bytes, OBJECT_ID_BYTES);
	if (g->commit_lookup(&commit, k->h->repo, &oid) != 0)
		return history_fail(k->h, "cannot read a commit", e);
	who = g->commit_committer(commit);
	out->date = (struct history_date){ who->when.time, who->when.offset };
	out->subject = history_subject(a, text_of(g->commit_message(commit)));
	memcpy(out->tree.bytes, g->commit_tree_id(commit)->id,
		OBJECT_ID_BYTES);
	out->parent_count = g->commit_parentcount(commit);
	out->parents = arena_array(a, out->parent_count ? out->parent_count : 1,
		sizeof *out->parents);
	for (size_t i = 0; i < out->parent_count; i++)
		memcpy(out->parents[i].bytes,
			g->commit_parent_id(commit, (unsigned)i)->id,
			OBJECT_ID_BYTES);
	g->commit_free(commit);
	return true;
}

static bool
walk_tree_read(void *context, const struct object_id *id,
	struct walk_tree *out, struct err *e)
{
	struct kept *k = context;
	const struct git *g = &k->h->git;
	git_odb_object *object = NULL;
	git_oid oid;

	memcpy(oid.id, id->bytes, OBJECT_ID_BYTES);
	for (size_t i = 0; !object && i < TREES_KEPT; i++)
		if (k->trees[i] &&
			memcmp(g->odb_object_id(k->trees[i])->id,
				id->bytes, OBJECT_ID_BYTES) == 0)
			(void)g->odb_object_dup(&object, k->trees[i]);
	if (!object) {
		if (g->odb_read(&object, k->odb, &oid) != 0 ||
			g->odb_object_type(object) != GIT_OBJECT_TREE) {
			g->odb_object_free(object);
			return history_fail(k->h, "cannot read a tree", e);
		}
		g->odb_object_free(k->trees[k->next]);
		(void)g->odb_object_dup(&k->trees[k->next], object);
		k->next = (k->next + 1) % TREES_KEPT;
	}
	out->handle = object;
	out->raw = (struct text){ g->odb_object_data(object),
		g->odb_object_size(object) };
	return true;
}

static void
walk_tree_done(void *context, struct walk_tree *tree)
{
	struct kept *k = context;

	k->h->git.odb_object_free(tree->handle);
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
	if (!history_start(h, e))
		return false;
	if (h->git.repository_odb(&kept.odb, h->repo) != 0)
		return history_fail(h, "cannot read the objects", e);
	ok = walk_dates(&source, a, &head, &known_then, full, count, out, e);
	for (size_t i = 0; i < TREES_KEPT; i++)
		h->git.odb_object_free(kept.trees[i]);
	h->git.odb_free(kept.odb);
	/* What it keeps of the packs takes megabytes, and malloc keeps those;
	 * it can open the packs anew. */
	(void)h->git.repository__cleanup(h->repo);
	(void)malloc_trim(0);
	return ok;
}
