/* markdown_memory: where cmark takes its memory: an arena. */
#include "view/markdown_memory.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/banned.h"

/* Stands before each piece, so that it can be made larger. */
struct piece {
	size_t size; /* of data */
	_Alignas(max_align_t) unsigned char data[];
};

static _Thread_local struct arena *markdown_arena;

static void *
take(size_t size)
{
	/* So large that the arena ends the process. */
	struct piece *p = arena_room(markdown_arena, sizeof *p +
		(size > SIZE_MAX / 2 ? SIZE_MAX / 2 : size));

	p->size = size;
	return p->data;
}

static void *
take_zeroed(size_t count, size_t size)
{
	size_t all = size && count > SIZE_MAX / size ? SIZE_MAX
		: count * size;

	return memset(take(all), 0, all);
}

static void *
take_more(void *old, size_t size)
{
	struct piece *p;

	if (!old)
		return take(size);
	p = (void *)((unsigned char *)old - offsetof(struct piece, data));
	if (size <= p->size)
		return old;
	if (size > SIZE_MAX / 2)
		size = SIZE_MAX / 2;
	p = arena_grow(markdown_arena, p, sizeof *p + p->size,
		sizeof *p + size);
	p->size = size;
	return p->data;
}

static void
leave(void *p)
{
	(void)p;
}

struct arena *
markdown_memory_begin(struct arena *a)
{
	struct arena *before = markdown_arena;

	markdown_arena = a;
	return before;
}

void
markdown_memory_end(struct arena *before)
{
	markdown_arena = before;
}

cmark_mem *
markdown_memory(void)
{
	static const cmark_mem memory = { take_zeroed, take_more, leave };

	/* cmark only reads it, but does not say so. */
	return (cmark_mem *)(uintptr_t)&memory;
}
