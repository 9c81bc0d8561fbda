/*
 * fuzz-memo: any bytes are a memo, or none, in bounds; one that is read is
 * put as it was.
 *
 * Input: a memo without the hash at its end, so that a mutation of one is
 * read at all.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "site/memo.h"
#include "site/page_pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOM = 16 * 1024 * 1024 };

static void
check(struct arena *a, const struct memo *m, struct text bytes)
{
	struct buf again;
	struct page p;

	for (size_t i = 0; i < m->page_count; i++) {
		if (memo_page(m, m->pages[i].path) != &m->pages[i])
			abort();
		if (page_unpack(a, m->pages[i].front, &p) &&
			(p.variant >= PAGE_VARIANTS || p.body.p))
			abort();
	}
	for (size_t i = 0; i < m->output_count; i++)
		if (memo_output(m, m->outputs[i].path) != &m->outputs[i])
			abort();
	buf_init(&again, ROOM);
	memo_put_pages(&again, m);
	memo_put_outputs(&again, m);
	if (!text_eq(buf_view(&again), bytes))
		abort();
	buf_release(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text input = { (const char *)data, size };
	struct hash hash = hash_bytes(input);
	struct memo m;
	struct arena a;
	struct buf b;

	if (size > ROOM / 2)
		return 0;
	arena_init(&a, false);
	buf_init(&b, ROOM);
	buf_text(&b, input);
	buf_put(&b, hash.b, HASH_BYTES);
	if (memo_parse(&a, buf_view(&b), &m))
		check(&a, &m, buf_view(&b));
	/* As it is, too: hardly ever whole. */
	if (memo_parse(&a, input, &m))
		check(&a, &m, input);
	buf_release(&b);
	arena_release(&a);
	return 0;
}
