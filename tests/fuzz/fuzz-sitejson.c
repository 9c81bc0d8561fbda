/* fuzz-sitejson: any bytes as what a live site says it consists of. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "site/sitejson.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text bytes = { (const char *)data, size };
	struct arena a;
	struct sitejson j;
	struct err e = { 0 };
	struct buf b;

	arena_init(&a, false);
	buf_init(&b, SITEJSON_MAX);
	if (sitejson_parse(&a, "f", bytes, &j, &e)) {
		sitejson_put(&b, &j);
		if (b.full || !text_eq(buf_view(&b), bytes))
			abort();
		for (size_t i = 1; i < j.count; i++)
			if (text_cmp(j.files[i - 1].path, j.files[i].path) >= 0)
				abort();
	} else if (e.kind == ERR_NONE || !utf8_valid(text_of(e.text))) {
		abort();
	}
	buf_release(&b);
	arena_release(&a);
	return 0;
}
