/* pack: numbers and texts in a row of bytes, and back. */
#include "base/pack.h"

#include "base/banned.h"

static void
put(struct buf *b, uint64_t n, size_t bytes)
{
	unsigned char p[sizeof n];

	for (size_t i = 0; i < bytes; i++)
		p[i] = (unsigned char)(n >> (8 * i));
	buf_put(b, p, bytes);
}

void
pack_u8(struct buf *b, uint8_t n)
{
	put(b, n, sizeof n);
}

void
pack_u32(struct buf *b, uint32_t n)
{
	put(b, n, sizeof n);
}

void
pack_u64(struct buf *b, uint64_t n)
{
	put(b, n, sizeof n);
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

static uint64_t
get(struct unpack *u, size_t bytes)
{
	const unsigned char *p = unpack_bytes(u, bytes);
	uint64_t n = 0;

	for (size_t i = 0; p && i < bytes; i++)
		n |= (uint64_t)p[i] << (8 * i);
	return n;
}

uint8_t
unpack_u8(struct unpack *u)
{
	return (uint8_t)get(u, sizeof(uint8_t));
}

uint32_t
unpack_u32(struct unpack *u)
{
	return (uint32_t)get(u, sizeof(uint32_t));
}

uint64_t
unpack_u64(struct unpack *u)
{
	return get(u, sizeof(uint64_t));
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
