/* fuzz-frame: any bytes as a log stream, a chain, and a log head. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "queue/entry.h"
#include "queue/head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was read, written again, is what was there. */
static void
frames(struct text stream)
{
	struct text rest = stream;
	struct frame f;
	struct buf b;
	struct err e = { 0 };

	buf_init(&b, stream.len + 1);
	while (rest.len && frame_next(&rest, &f, &e)) {
		unsigned char bytes[ENTRY_BYTES];

		if (f.is_leaf) {
			frame_put_leaf(&b, &f.leaf);
		} else {
			entry_write(&f.entry, bytes);
			frame_put_entry(&b, bytes, f.envelope);
		}
	}
	if (b.full || b.len > stream.len ||
		(b.len && memcmp(b.p, stream.p, b.len) != 0))
		abort();
	if (rest.len && b.len < stream.len && e.kind == ERR_NONE)
		abort();
	buf_release(&b);
}

static void
links(struct text stream)
{
	struct text rest = stream;
	struct link l;
	struct buf b;
	struct err e = { 0 };

	buf_init(&b, stream.len + 1);
	while (rest.len && link_next(&rest, &l, &e))
		link_put(&b, &l);
	if (b.len != stream.len - stream.len % LINK_BYTES ||
		(b.len && memcmp(b.p, stream.p, b.len) != 0))
		abort();
	buf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text stream = { (const char *)data, size };
	struct queue_head h;
	struct arena a;
	struct err e = { 0 };

	frames(stream);
	links(stream);
	arena_init(&a, false);
	/* A head within the years of four digits can be written again. */
	if (head_read(stream, &h, &e))
		(void)head_write(&a, &h, h.time_s);
	else if (e.kind == ERR_NONE)
		abort();
	arena_release(&a);
	return 0;
}
