/* spool: bytes that wait on disk, not in memory, until they are wanted. */
#include "base/spool.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/banned.h"

struct spool {
	int fd;
	atomic_size_t used;
};

bool
spool_open(const char *dir, struct spool **out, struct err *e)
{
	struct spool *s;
	int fd;

	*out = NULL;
	if (!fs_unnamed(dir, &fd, e))
		return false;
	s = calloc(1, sizeof *s);
	if (!s) {
		(void)close(fd);
		return err_set(e, ERR_SYSTEM, "no memory for a spool");
	}
	s->fd = fd;
	*out = s;
	return true;
}

void
spool_close(struct spool *s)
{
	if (!s)
		return;
	(void)close(s->fd);
	free(s);
}

bool
spool_put(struct spool *s, struct text bytes, size_t *at, struct err *e)
{
	size_t done = 0;

	*at = atomic_fetch_add(&s->used, bytes.len);
	while (done < bytes.len) {
		ssize_t n = pwrite(s->fd, bytes.p + done, bytes.len - done,
			(off_t)(*at + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(e, ERR_SYSTEM, "cannot keep %zu bytes "
				"on disk: %s", bytes.len, strerror(errno));
		done += (size_t)n;
	}
	return true;
}

bool
spool_get(const struct spool *s, struct arena *a, size_t at, size_t len,
	struct text *out, struct err *e)
{
	char *p = arena_room(a, len + 1);
	size_t done = 0;

	while (done < len) {
		ssize_t n = pread(s->fd, p + done, len - done,
			(off_t)(at + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(e, ERR_SYSTEM, "cannot read back %zu "
				"bytes: %s", len,
				n < 0 ? strerror(errno) : "cut short");
		done += (size_t)n;
	}
	p[len] = '\0';
	*out = (struct text){ p, len };
	return true;
}
