/* history_head: the files by which HEAD is known. */
#define _DEFAULT_SOURCE /* realpath */

#include "site/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "site/head.h"
#include "site/history_git.h"
#include "base/banned.h"

enum { FILES_MAX = 64, LINKS_MAX = 5 };

struct noting {
	struct history *h;
	struct head *head;
	bool known; /* there is telling, so far */
};

/* The file, or that there is none. */
static void
note(struct noting *n, const char *dir, const char *name)
{
	struct head *head = n->head;
	const char *path = fs_join(&n->h->arena, dir, name);
	struct fs_stamp stamp = { 0 };

	if (head->count == FILES_MAX ||
		(!fs_stamp(path, &stamp) && fs_exists(path))) {
		n->known = false;
		return;
	}
	head->files[head->count++] = (struct head_file){ text_of(path), stamp };
}

/* "/srv/site" becomes "/srv", and that "/"; false at the top. */
static bool
go_up(struct text *dir)
{
	size_t n = dir->len;

	if (n <= 1)
		return false;
	while (n > 1 && dir->p[n - 1] != '/')
		n--;
	dir->len = n > 1 ? n - 1 : 1;
	return true;
}

bool
history_may_be_above(const char *root)
{
	char *here = realpath(root, NULL);
	struct text dir = text_of(here ? here : "/");
	bool may = false;
	struct arena a;

	arena_init(&a, false);
	do {
		const char *path = arena_string(&a, dir);

		may = fs_exists(fs_join(&a, path, ".git")) ||
			fs_exists(fs_join(&a, path, "HEAD"));
	} while (!may && go_up(&dir));
	arena_release(&a);
	free(here);
	return may;
}

/* No repository lies between root and this one's top. */
static void
note_way(struct noting *n, const char *top)
{
	struct arena *a = &n->h->arena;
	struct text dir = n->head->root;

	for (;;) {
		const char *here = arena_string(a, dir);
		const char *git = fs_join(a, here, ".git");

		if (fs_is_dir(git) && !fs_is_link(git))
			break;
		note(n, here, ".git");
		/* A file there names the directory, as in a linked tree. */
		if (fs_exists(git))
			break;
		note(n, here, "HEAD");
		if (!go_up(&dir)) {
			n->known = false;
			return;
		}
	}
	n->known = n->known && text_is(dir, top);
}

/* Every reference from HEAD to a commit's id. */
static void
note_references(struct noting *n, const char *own, const char *common)
{
	const struct git *g = &n->h->git;
	const char *name = "HEAD";

	for (int i = 0; n->known; i++) {
		git_reference *ref = NULL;
		bool is_link;

		note(n, own, name);
		if (strcmp(own, common) != 0)
			note(n, common, name);
		if (i == LINKS_MAX ||
			g->reference_lookup(&ref, n->h->repo, name) != 0) {
			n->known = false;
			return;
		}
		is_link = g->reference_type(ref) == GIT_REFERENCE_SYMBOLIC;
		if (is_link)
			name = arena_string(&n->h->arena, text_of(
				g->reference_symbolic_target(ref)));
		g->reference_free(ref);
		if (!is_link)
			return;
	}
}

struct head *
history_note_head(struct history *h)
{
	const char *workdir = h->git.repository_workdir(h->repo);
	const char *own = h->git.repository_path(h->repo);
	const char *common = h->git.repository_commondir(h->repo);
	struct noting n = { .h = h, .known = true };
	char *top = workdir ? realpath(workdir, NULL) : NULL;
	char *here = realpath(h->root, NULL);

	if (!top || !here || !own || !common)
		goto out;
	n.head = arena_alloc(&h->arena, sizeof *n.head);
	n.head->root = arena_copy(&h->arena, text_of(here));
	n.head->prefix = text_of(h->prefix);
	n.head->files = arena_array(&h->arena, FILES_MAX,
		sizeof *n.head->files);
	note_way(&n, top);
	note(&n, own, "commondir");
	note(&n, common, "packed-refs");
	note(&n, common, "shallow");
	note(&n, common, "config");
	note_references(&n, own, common);
out:
	free(top);
	free(here);
	return n.known ? n.head : NULL;
}
