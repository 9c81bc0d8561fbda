/* arena: memory that lives and dies with one document or one request. */
#define _DEFAULT_SOURCE /* explicit_bzero */

#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { BLOCK_MIN = 8 * 1024, BLOCK_MAX = 1024 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t size; /* bytes of data */
	size_t used; /* bytes of data handed out */
	_Alignas(max_align_t) unsigned char data[];
};

static _Noreturn void
out_of_memory(void)
{
	static const char line[] = "blankett: out of memory\n";

	(void)fwrite(line, 1, sizeof line - 1, stderr);
	abort();
}

void
arena_init(struct arena *a, bool wipe)
{
	*a = (struct arena){ .wipe = wipe };
}

void
arena_release(struct arena *a)
{
	struct arena_block *b = a->blocks;

	while (b) {
		struct arena_block *next = b->next;

		if (a->wipe)
			explicit_bzero(b->data, b->used);
		free(b);
		b = next;
	}
	a->blocks = NULL;
}

void
arena_clear(struct arena *a)
{
	struct arena_block *b = a->blocks;
	struct arena rest = { .wipe = a->wipe };

	if (!b)
		return;
	rest.blocks = b->next;
	arena_release(&rest);
	if (a->wipe)
		explicit_bzero(b->data, b->used);
	b->next = NULL;
	b->used = 0;
}

/* Kept out of arena_room, which is all there is to most calls. */
static __attribute__((noinline)) struct arena_block *
block_add(struct arena *a, size_t need)
{
	/* Each block doubles the last, so a large document has few. */
	size_t size = a->blocks ? a->blocks->size * 2 : BLOCK_MIN;
	struct arena_block *b;

	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	if (size < need)
		size = need;
	if (size > SIZE_MAX - sizeof *b)
		out_of_memory();
	b = malloc(sizeof *b + size);
	if (!b)
		out_of_memory();
	b->next = a->blocks;
	b->size = size;
	b->used = 0;
	a->blocks = b;
	return b;
}

static size_t
aligned(size_t size)
{
	const size_t align = _Alignof(max_align_t);

	if (size > SIZE_MAX / 2)
		out_of_memory();
	return (size + align - 1) / align * align;
}

void *
arena_room(struct arena *a, size_t size)
{
	struct arena_block *b = a->blocks;
	size_t need = aligned(size);

	if (!b || b->size - b->used < need)
		b = block_add(a, need);
	b->used += need;
	return b->data + b->used - need;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	return memset(arena_room(a, size), 0, size);
}

void *
arena_array(struct arena *a, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / 2 / size)
		out_of_memory();
	return arena_alloc(a, count * size);
}

void *
arena_grow(struct arena *a, void *p, size_t old, size_t size)
{
	struct arena_block *b = a->blocks;
	unsigned char *bytes = p;
	size_t was = aligned(old);
	size_t more = aligned(size) - was;

	if (b && was && bytes + was == b->data + b->used &&
		more <= b->size - b->used) {
		b->used += more;
	} else {
		bytes = arena_room(a, size);
		if (old)
			memcpy(bytes, p, old);
	}
	return bytes;
}

struct text
arena_copy(struct arena *a, struct text t)
{
	char *p = arena_room(a, t.len + 1);

	if (t.len)
		memcpy(p, t.p, t.len);
	p[t.len] = '\0';
	return (struct text){ p, t.len };
}

struct text
arena_join(struct arena *a, const struct text *parts, size_t count)
{
	size_t len = 0;
	char *p, *end;

	for (size_t i = 0; i < count; i++)
		len += parts[i].len;
	p = end = arena_room(a, len + 1);
	for (size_t i = 0; i < count; i++) {
		if (parts[i].len)
			memcpy(end, parts[i].p, parts[i].len);
		end += parts[i].len;
	}
	*end = '\0';
	return (struct text){ p, len };
}

struct text
arena_int(struct arena *a, int64_t n)
{
	char digits[sizeof "-9223372036854775808"];
	char *end = digits + sizeof digits;
	char *p = end;
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	do {
		*--p = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (n < 0)
		*--p = '-';
	return arena_copy(a, (struct text){ p, (size_t)(end - p) });
}

const char *
arena_string(struct arena *a, struct text t)
{
	return arena_copy(a, t).p;
}

struct text
arena_printf(struct arena *a, const char *fmt, ...)
{
	struct arena_block *b = a->blocks;
	/* What does not fit would stay behind where nothing wipes it. */
	size_t room = b && !a->wipe ? b->size - b->used : 0;
	char *p = b ? (char *)b->data + b->used : NULL;
	va_list ap;
	int n;

	/* Most often it fits in what is left of the block, and is there. */
	va_start(ap, fmt);
	n = vsnprintf(p, room, fmt, ap);
	va_end(ap);
	if (n < 0)
		out_of_memory();
	if ((size_t)n < room)
		return (struct text){ arena_room(a, (size_t)n + 1), (size_t)n };
	p = arena_room(a, (size_t)n + 1);
	va_start(ap, fmt);
	(void)vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return (struct text){ p, (size_t)n };
}
