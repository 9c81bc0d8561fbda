/* watch_fs: tells when something below some directories changes (inotify). */
#include "base/watch_fs.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/text.h"
#include "base/banned.h"

enum {
	EVENTS_BYTES = 16 * 1024,
	DEPTH_MAX = 32,
	SETTLE_MAX_MS = 5000
};

/* IN_CREATE of a file says only that it will be written: IN_CLOSE_WRITE says
 * when it has been. */
static const uint32_t events = IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO |
	IN_DELETE | IN_CREATE | IN_ONLYDIR | IN_DONT_FOLLOW;

struct watch_fs {
	int fd;
	int root;            /* the root's watch */
	struct arena arena;
	const char *path;    /* of the root */
	const char **names;
	size_t count;
};

/* ---- watching ------------------------------------------------------------ */

/* One directory; gone again since it was seen is no fault. */
static bool
add(struct watch_fs *w, const char *dir, int *watch, struct err *e)
{
	*watch = inotify_add_watch(w->fd, dir, events);
	if (*watch >= 0 || errno == ENOENT || errno == ENOTDIR)
		return true;
	if (errno == ENOSPC)
		return err_set(e, ERR_SYSTEM, "%s: no more directories can be "
			"watched (raise fs.inotify.max_user_watches)", dir);
	return err_errno(e, dir, "cannot be watched");
}

/* Watching a directory again changes nothing, so this also finds new ones. */
static bool
add_below(struct watch_fs *w, struct arena *a, const char *dir, int depth,
	struct err *e)
{
	struct fs_list list;
	struct err ignored = { 0 };
	int watch;

	if (depth == DEPTH_MAX || !fs_is_dir(dir))
		return true;
	/* First the watch, then the list: nothing comes unseen between. */
	if (!add(w, dir, &watch, e))
		return false;
	if (watch < 0 || !fs_list(a, dir, &list, &ignored))
		return true;
	for (size_t i = 0; i < list.count; i++)
		if (list.items[i].is_dir && !list.items[i].is_link &&
			!text_starts(list.items[i].name, ".") &&
			!add_below(w, a, fs_join(a, dir, list.items[i].name.p),
				depth + 1, e))
			return false;
	return true;
}

static bool
add_all(struct watch_fs *w, struct err *e)
{
	struct arena a;
	bool ok = true;

	arena_init(&a, false);
	for (size_t i = 0; ok && i < w->count; i++)
		ok = add_below(w, &a, fs_join(&a, w->path, w->names[i]), 0, e);
	arena_release(&a);
	return ok;
}

bool
watch_fs_open(const char *root, const char *const names[], size_t count,
	struct watch_fs **out, struct err *e)
{
	struct watch_fs *w = calloc(1, sizeof *w);

	*out = NULL;
	if (!w)
		return err_set(e, ERR_SYSTEM, "no memory to watch %s", root);
	arena_init(&w->arena, false);
	w->path = arena_string(&w->arena, text_of(root));
	w->names = arena_array(&w->arena, count + 1, sizeof *w->names);
	for (size_t i = 0; i < count; i++)
		w->names[w->count++] = arena_string(&w->arena,
			text_of(names[i]));
	w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (w->fd < 0)
		(void)err_errno(e, root, "cannot be watched");
	if (w->fd < 0 || !add(w, root, &w->root, e) || !add_all(w, e)) {
		watch_fs_close(w);
		return false;
	}
	*out = w;
	return true;
}

void
watch_fs_close(struct watch_fs *w)
{
	if (!w)
		return;
	if (w->fd >= 0)
		(void)close(w->fd);
	arena_release(&w->arena);
	free(w);
}

int
watch_fs_fd(const struct watch_fs *w)
{
	return w->fd;
}

/* ---- what has happened --------------------------------------------------- */

/* What has been read so far. */
struct news {
	bool changed;
	bool new_dirs;
};

static bool
is_watched_name(const struct watch_fs *w, struct text name)
{
	for (size_t i = 0; i < w->count; i++)
		if (text_is(name, w->names[i]))
			return true;
	return false;
}

static void
take(const struct watch_fs *w, const struct inotify_event *ev,
	struct text name, struct news *n)
{
	bool is_dir = (ev->mask & IN_ISDIR) != 0;

	/* Too much at once: something has changed, we do not know what. */
	if (ev->mask & IN_Q_OVERFLOW) {
		n->changed = true;
		n->new_dirs = true;
		return;
	}
	if (ev->mask & IN_IGNORED || name.len == 0 ||
		text_starts(name, ".") || text_ends(name, "~"))
		return;
	if (ev->wd == w->root && !(is_dir && is_watched_name(w, name)))
		return;
	if (ev->mask & IN_CREATE && !is_dir)
		return;
	n->changed = true;
	n->new_dirs = n->new_dirs || is_dir;
}

/* Everything that lies ready; `raw` holds EVENTS_BYTES. */
static bool
read_ready(struct watch_fs *w, char *raw, struct news *n, struct err *e)
{
	struct inotify_event ev;
	ssize_t got;

	while ((got = read(w->fd, raw, EVENTS_BYTES)) > 0) {
		size_t len = (size_t)got;

		for (size_t at = 0; at + sizeof ev <= len;
			at += sizeof ev + ev.len) {
			memcpy(&ev, raw + at, sizeof ev);
			/* The name is padded with NULs. */
			take(w, &ev, ev.len ? text_of(raw + at + sizeof ev)
				: (struct text){ 0 }, n);
		}
	}
	if (got < 0 && errno != EAGAIN && errno != EINTR)
		return err_errno(e, w->path, "cannot be watched");
	return true;
}

bool
watch_fs_read(struct watch_fs *w, int quiet_ms, bool *changed, struct err *e)
{
	int64_t end = clock_monotonic_ms() + SETTLE_MAX_MS;
	struct pollfd p = { .fd = w->fd, .events = POLLIN };
	struct news n = { 0 };
	char *raw = malloc(EVENTS_BYTES);
	bool ok;

	if (!raw)
		return err_set(e, ERR_SYSTEM, "no memory to watch %s",
			w->path);
	do {
		ok = read_ready(w, raw, &n, e);
		if (ok && n.new_dirs)
			ok = add_all(w, e);
		n.new_dirs = false;
	} while (ok && n.changed && poll(&p, 1, quiet_ms) > 0 &&
		clock_monotonic_ms() < end);
	free(raw);
	*changed = n.changed;
	return ok;
}
