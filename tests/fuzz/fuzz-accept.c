/*
 * fuzz-accept: any Accept-Encoding gets a coding that is at hand, and one
 * that was refused only where nothing else was.
 *
 * Input: a byte, whose lowest bits say what is at hand, then the header.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "http/accept.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bool at_hand[ACCEPT_CODINGS] = { false };
	struct text header;
	struct arena a;
	enum accept_coding best;

	if (size == 0)
		return 0;
	for (int i = 0; i < ACCEPT_CODINGS; i++)
		at_hand[i] = data[0] & (1 << i);
	arena_init(&a, false);
	/* A copy of its own, so that reading past the end is seen. */
	header = arena_copy(&a, (struct text){ (const char *)data + 1,
		size - 1 });
	best = accept_best(header, at_hand);
	if (best >= ACCEPT_CODINGS ||
		(best != ACCEPT_IDENTITY && !at_hand[best]))
		abort();
	/* Who names nothing that we have gets the page as it is. */
	if (best != ACCEPT_IDENTITY && text_search(header, "*") == header.len &&
		text_find(header, 'z') == header.len &&
		text_find(header, 'Z') == header.len &&
		text_find(header, 'r') == header.len &&
		text_find(header, 'R') == header.len)
		abort();
	arena_release(&a);
	return 0;
}
