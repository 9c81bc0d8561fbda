/* buf: bytes being produced, with a ceiling given at birth. */
#define _DEFAULT_SOURCE /* explicit_bzero */

#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { CAP_MIN = 256 };

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max };
}

void
buf_init_wipe(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max, .wipe = true };
}

static void
give_back(const struct buf *b)
{
	if (b->wipe && b->p)
		explicit_bzero(b->p, b->cap);
	free(b->p);
}

void
buf_release(struct buf *b)
{
	give_back(b);
	*b = (struct buf){ .max = b->max, .wipe = b->wipe };
}

void
buf_clear(struct buf *b)
{
	if (b->wipe && b->p)
		explicit_bzero(b->p, b->len);
	b->len = 0;
	b->full = false;
}

/* Not realloc: it may leave a copy of plaintext behind. */
static void
grow(struct buf *b, size_t cap)
{
	char *p = malloc(cap);

	if (!p) {
		static const char line[] = "blankett: out of memory\n";

		(void)fwrite(line, 1, sizeof line - 1, stderr);
		abort();
	}
	if (b->len)
		memcpy(p, b->p, b->len);
	give_back(b);
	b->p = p;
	b->cap = cap;
}

void
buf_reserve(struct buf *b, size_t more)
{
	size_t need;
	size_t cap = b->cap ? b->cap : CAP_MIN;

	if (more > b->max - b->len)
		more = b->max - b->len;
	need = b->len + more;
	if (need <= b->cap)
		return;
	if (cap > b->max)
		cap = b->max;
	while (cap < need)
		cap = cap > b->max / 2 ? b->max : cap * 2;
	grow(b, cap);
}

void
buf_put(struct buf *b, const void *bytes, size_t len)
{
	if (len == 0)
		return;
	if (b->full || len > b->cap - b->len) {
		if (b->full || len > b->max - b->len) {
			b->full = true;
			return;
		}
		buf_reserve(b, len);
	}
	memcpy(b->p + b->len, bytes, len);
	b->len += len;
}

void
buf_text(struct buf *b, struct text t)
{
	buf_put(b, t.p, t.len);
}

void
buf_str(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

void
buf_char(struct buf *b, char c)
{
	buf_put(b, &c, 1);
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0 || b->full || (size_t)n >= b->max - b->len) {
		b->full = true;
		return;
	}
	buf_reserve(b, (size_t)n + 1);
	va_start(ap, fmt);
	(void)vsnprintf(b->p + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

struct text
buf_view(const struct buf *b)
{
	return (struct text){ b->p, b->len };
}
