/* fs: the only place that opens files for writing. */
#define _GNU_SOURCE /* syncfs, O_TMPFILE */

#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/banned.h"

enum { TEMPORARY_TRIES = 100, NS_IN_S = 1000 * 1000 * 1000 };

/* ---- reading --------------------------------------------------------- */

static bool
read_all(int fd, char *p, size_t len, size_t *got)
{
	*got = 0;
	while (*got < len) {
		ssize_t n = read(fd, p + *got, len - *got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			break;
		*got += (size_t)n;
	}
	return true;
}

static int64_t
nanoseconds(struct timespec t)
{
	return (int64_t)t.tv_sec * NS_IN_S + t.tv_nsec;
}

static struct fs_stamp
stamp_of(const struct stat *st)
{
	return (struct fs_stamp){ st->st_dev, st->st_ino,
		(uint64_t)st->st_size, nanoseconds(st->st_mtim),
		nanoseconds(st->st_ctim) };
}

bool
fs_read_stamped(struct arena *a, const char *path, size_t max,
	struct text *out, struct fs_stamp *stamp, struct err *e)
{
	struct stat st;
	bool ok = false;
	char *p;
	size_t got;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return err_errno(e, path, "cannot read");
	if (fstat(fd, &st) != 0) {
		(void)err_errno(e, path, "cannot read");
		goto out;
	}
	if (!S_ISREG(st.st_mode)) {
		(void)err_set(e, ERR_SYSTEM, "%s: is not a file", path);
		goto out;
	}
	if ((uintmax_t)st.st_size > max) {
		(void)err_set(e, ERR_LIMIT, "%s: is larger than %zu bytes",
			path, max);
		goto out;
	}
	*stamp = stamp_of(&st);
	p = arena_room(a, (size_t)st.st_size + 1);
	if (!read_all(fd, p, (size_t)st.st_size, &got)) {
		(void)err_errno(e, path, "cannot read");
		goto out;
	}
	p[got] = '\0';
	*out = (struct text){ p, got };
	ok = true;
out:
	(void)close(fd);
	return ok;
}

bool
fs_read(struct arena *a, const char *path, size_t max, struct text *out,
	struct err *e)
{
	struct fs_stamp ignored;

	return fs_read_stamped(a, path, max, out, &ignored, e);
}

/* ---- writing --------------------------------------------------------- */

static bool
write_all(int fd, struct text bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.p, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes = text_from(bytes, (size_t)n);
	}
	return true;
}

static bool
sync_directory_of(struct arena *a, const char *path, struct err *e)
{
	const char *slash = strrchr(path, '/');
	const char *dir = !slash ? "." : slash == path ? "/" :
		arena_string(a, (struct text){ path, (size_t)(slash - path) });
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return err_errno(e, dir, "cannot open the directory");
	ok = fsync(fd) == 0 || err_errno(e, dir, "cannot sync the directory");
	(void)close(fd);
	return ok;
}

/*
 * Opens a new file beside `path`.  Each process and try has a name of its
 * own, so that what a crash left behind blocks nobody.
 */
static int
open_temporary(struct arena *a, const char *path, mode_t mode,
	const char **name)
{
	for (int i = 0; i < TEMPORARY_TRIES; i++) {
		struct timespec ts;
		int fd;

		(void)clock_gettime(CLOCK_MONOTONIC, &ts);
		*name = arena_printf(a, "%s.%ld-%lx-%d.tmp", path,
			(long)getpid(), (unsigned long)ts.tv_nsec, i).p;
		fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC |
			O_NOFOLLOW, mode);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

enum replace_flags { REPLACE_SYNC = 1, REPLACE_NEW_ONLY = 2 };

static bool
replace(const char *path, mode_t mode, struct text bytes, int flags,
	struct err *e)
{
	struct arena a;
	const char *temporary = NULL;
	bool made = false;
	bool ok = false;
	int fd;

	arena_init(&a, false);
	fd = open_temporary(&a, path, mode, &temporary);
	if (fd < 0) {
		(void)err_errno(e, path, "cannot write");
		goto out;
	}
	made = true;
	/* Not what the umask made of it. */
	if (fchmod(fd, mode) != 0 || !write_all(fd, bytes) ||
		((flags & REPLACE_SYNC) && fsync(fd) != 0)) {
		(void)err_errno(e, path, "cannot write");
		goto out;
	}
	if (close(fd) != 0) {
		fd = -1;
		(void)err_errno(e, path, "cannot write");
		goto out;
	}
	fd = -1;
	/* link refuses an existing name, which rename would replace. */
	if (flags & REPLACE_NEW_ONLY) {
		if (link(temporary, path) != 0) {
			(void)(errno == EEXIST ? err_set(e, ERR_USAGE,
				"%s: is there already; it is left as it is",
				path) : err_errno(e, path, "cannot write"));
			goto out;
		}
	} else if (rename(temporary, path) != 0) {
		(void)err_errno(e, path, "cannot write");
		goto out;
	} else {
		made = false;
	}
	ok = !(flags & REPLACE_SYNC) || sync_directory_of(&a, path, e);
out:
	if (fd >= 0)
		(void)close(fd);
	if (made)
		(void)unlink(temporary);
	arena_release(&a);
	return ok;
}

bool
fs_replace(const char *path, mode_t mode, struct text bytes, struct err *e)
{
	return replace(path, mode, bytes, REPLACE_SYNC, e);
}

bool
fs_publish(const char *path, mode_t mode, struct text bytes, struct err *e)
{
	return replace(path, mode, bytes, 0, e);
}

struct fs_stamp
fs_stamp_never(void)
{
	return (struct fs_stamp){ .size = UINT64_MAX };
}

bool
fs_publish_stamped(const char *path, mode_t mode, struct text bytes,
	struct fs_stamp *stamp, struct err *e)
{
	*stamp = fs_stamp_never();
	if (!replace(path, mode, bytes, 0, e))
		return false;
	/* Somebody else's file by now: its stamp is not this one's. */
	if (!fs_stamp(path, stamp) || stamp->size != bytes.len)
		*stamp = fs_stamp_never();
	return true;
}

bool
fs_publish_new(const char *path, mode_t mode, struct text bytes,
	struct fs_stamp *stamp, struct err *e)
{
	struct stat st;
	bool ok;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC |
		O_NOFOLLOW, mode);

	*stamp = fs_stamp_never();
	if (fd < 0)
		return err_errno(e, path, "cannot write");
	ok = write_all(fd, bytes) && fstat(fd, &st) == 0;
	/* Not what the umask made of it. */
	if (ok && (st.st_mode & 07777) != mode)
		ok = fchmod(fd, mode) == 0 && fstat(fd, &st) == 0;
	if (ok)
		*stamp = stamp_of(&st);
	ok = close(fd) == 0 && ok;
	if (!ok) {
		(void)err_errno(e, path, "cannot write");
		(void)unlink(path);
	}
	return ok;
}

bool
fs_flush(const char *dir, struct err *e)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return err_errno(e, dir, "cannot open the directory");
	ok = syncfs(fd) == 0 || err_errno(e, dir, "cannot sync the file system");
	(void)close(fd);
	return ok;
}

bool
fs_create(const char *path, mode_t mode, struct text bytes, struct err *e)
{
	return replace(path, mode, bytes, REPLACE_SYNC | REPLACE_NEW_ONLY, e);
}

bool
fs_unnamed(const char *dir, int *fd, struct err *e)
{
	*fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	return *fd >= 0 || err_errno(e, dir, "cannot make a file here");
}

bool
fs_append(const char *path, mode_t mode, struct text bytes, struct err *e)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC |
		O_NOFOLLOW, mode);
	bool ok;

	if (fd < 0)
		return err_errno(e, path, "cannot write");
	ok = (write_all(fd, bytes) && fsync(fd) == 0) ||
		err_errno(e, path, "cannot write");
	if (close(fd) != 0 && ok)
		ok = err_errno(e, path, "cannot write");
	return ok;
}

bool
fs_remove(const char *path, struct err *e)
{
	if (unlink(path) == 0 || errno == ENOENT)
		return true;
	return err_errno(e, path, "cannot remove");
}

/* ---- looking --------------------------------------------------------- */

bool
fs_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

bool
fs_is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool
fs_is_link(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

bool
fs_stamp(const char *path, struct fs_stamp *out)
{
	struct stat st;

	if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	*out = stamp_of(&st);
	return true;
}

bool
fs_dir_open(const char *path, struct fs_dir *out)
{
	out->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return out->fd >= 0;
}

void
fs_dir_close(struct fs_dir *d)
{
	if (d->fd >= 0)
		(void)close(d->fd);
	d->fd = -1;
}

bool
fs_dir_stamp(const struct fs_dir *d, const char *path, struct fs_stamp *out)
{
	struct stat st;

	if (fstatat(d->fd, path, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
		!S_ISREG(st.st_mode))
		return false;
	*out = stamp_of(&st);
	return true;
}

bool
fs_stamp_eq(const struct fs_stamp *a, const struct fs_stamp *b)
{
	return a->device == b->device && a->inode == b->inode &&
		a->size == b->size && a->modified_ns == b->modified_ns &&
		a->changed_ns == b->changed_ns;
}

bool
fs_stamp_is_old(const struct fs_stamp *s, int64_t clock_ns)
{
	return s->changed_ns < clock_ns;
}

bool
fs_clock(const char *dir, int64_t *out_ns, struct err *e)
{
	struct arena a;
	struct err ignored = { 0 };
	const char *name = NULL;
	struct stat st;
	bool ok;
	int fd;

	arena_init(&a, false);
	/* One without a name leaves nothing behind if we are killed. */
	if (!fs_unnamed(dir, &fd, &ignored))
		fd = open_temporary(&a, fs_join(&a, dir, "clock"), 0600,
			&name);
	ok = fd >= 0 && fstat(fd, &st) == 0;
	if (!ok)
		(void)err_errno(e, dir, "cannot write there");
	else
		*out_ns = nanoseconds(st.st_ctim);
	if (fd >= 0 && name)
		(void)unlink(name);
	if (fd >= 0)
		(void)close(fd);
	arena_release(&a);
	return ok;
}

/* ---- paths ----------------------------------------------------------- */

const char *
fs_join(struct arena *a, const char *dir, const char *name)
{
	size_t n = strlen(dir);
	const struct text parts[] = { { dir, n },
		text_of(!name[0] || (n && dir[n - 1] == '/') ? "" : "/"),
		text_of(name) };

	return arena_join(a, parts, 3).p;
}

bool
fs_under(struct arena *a, const char *root, struct text path,
	const char **out, struct err *e)
{
	struct text rest = path;
	struct text part;
	const char *so_far = root;

	if (path.len == 0 || path.p[0] == '/' ||
		text_find(path, '\0') < path.len)
		return err_set(e, ERR_FORMAT, "%s: not a path below it", root);
	while (text_split(&rest, '/', &part)) {
		if (part.len == 0 || text_is(part, ".") || text_is(part, ".."))
			return err_set(e, ERR_FORMAT,
				"%s/%.*s: leads out of its directory", root,
				(int)path.len, path.p);
		so_far = fs_join(a, so_far, arena_string(a, part));
		if (fs_is_link(so_far))
			return err_set(e, ERR_FORMAT,
				"%s: is a symbolic link", so_far);
	}
	*out = so_far;
	return true;
}
