/* pack: numbers and texts in a row of bytes, and back. */
#define _DEFAULT_SOURCE /* htole32 */

#include "base/pack.h"

#include <endian.h>
#include <string.h>

#include "base/banned.h"

void
pack_u8(struct buf *b, uint8_t n)
{
	buf_put(b, &n, sizeof n);
}

void
pack_u32(struct buf *b, uint32_t n)
{
	n = htole32(n);
	buf_put(b, &n, sizeof n);
}

void
pack_u64(struct buf *b, uint64_t n)
{
	n = htole64(n);
	buf_put(b, &n, sizeof n);
}

void
pack_text(struct buf *b, struct text t)
{
	/* Longer than its number can say: the buffer is no good any more. */
	if (t.len > UINT32_MAX) {
		b->full = true;
		return;
	}
	pack_u32(b, (uint32_t)t.len);
	buf_text(b, t);
	buf_char(b, '\0');
}

const void *
unpack_bytes(struct unpack *u, size_t len)
{
	const char *p = u->rest.p;

	if (u->bad || len > u->rest.len) {
		u->bad = true;
		return NULL;
	}
	u->rest = text_from(u->rest, len);
	return p;
}

void
unpack_into(struct unpack *u, void *out, size_t len)
{
	const void *p = unpack_bytes(u, len);

	if (p)
		memcpy(out, p, len);
}

uint8_t
unpack_u8(struct unpack *u)
{
	uint8_t n = 0;

	unpack_into(u, &n, sizeof n);
	return n;
}

uint32_t
unpack_u32(struct unpack *u)
{
	uint32_t n = 0;

	unpack_into(u, &n, sizeof n);
	return le32toh(n);
}

uint64_t
unpack_u64(struct unpack *u)
{
	uint64_t n = 0;

	unpack_into(u, &n, sizeof n);
	return le64toh(n);
}

struct text
unpack_text(struct unpack *u)
{
	size_t len = unpack_u32(u);
	const char *p = unpack_bytes(u, len + 1);

	if (p && p[len] == '\0')
		return (struct text){ p, len };
	u->bad = true;
	return (struct text){ "", 0 };
}

size_t
unpack_count(struct unpack *u, size_t least)
{
	size_t n = unpack_u32(u);

	if (n <= u->rest.len / least)
		return n;
	u->bad = true;
	return 0;
}

bool
unpack_ended(const struct unpack *u)
{
	return !u->bad && u->rest.len == 0;
}

void
pack_texts(struct buf *b, const struct text *items, size_t count)
{
	pack_u32(b, (uint32_t)count);
	for (size_t i = 0; i < count; i++)
		pack_text(b, items[i]);
}

struct text *
unpack_texts(struct unpack *u, struct arena *a, size_t *count)
{
	struct text *items;

	*count = unpack_count(u, PACK_TEXT_LEAST);
	if (*count == 0)
		return NULL;
	items = arena_array(a, *count, sizeof *items);
	for (size_t i = 0; i < *count; i++)
		items[i] = unpack_text(u);
	return items;
}

void
pack_stamp(struct buf *b, const struct fs_stamp *s)
{
	const uint64_t numbers[] = { htole64(s->device), htole64(s->inode),
		htole64(s->size), htole64((uint64_t)s->modified_ns),
		htole64((uint64_t)s->changed_ns) };

	_Static_assert(sizeof numbers == PACK_STAMP_BYTES, "all of them");
	buf_put(b, numbers, sizeof numbers);
}

struct fs_stamp
unpack_stamp(struct unpack *u)
{
	uint64_t n[PACK_STAMP_BYTES / 8] = { 0 };

	unpack_into(u, n, sizeof n);
	return (struct fs_stamp){ le64toh(n[0]), le64toh(n[1]), le64toh(n[2]),
		(int64_t)le64toh(n[3]), (int64_t)le64toh(n[4]) };
}
