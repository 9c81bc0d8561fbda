/* fuzz-page: front matter of any bytes is parsed or refused, in bounds. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "site/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text source = { (const char *)data, size };
	struct page p;
	struct err e = { 0 };
	struct arena a;

	arena_init(&a, false);
	if (page_parse(&a, "content/a/b.en.md", source, &p, &e)) {
		/* The body is the tail of the source, and its line is in it. */
		if (p.title.len == 0 || p.body.len > size ||
			p.body_line < 3 || p.body_line > (int)size + 1)
			abort();
		(void)page_is_public(&p, (struct date){ 2026, 11, 22 });
		(void)page_is_overdue(&p, (struct date){ 2026, 11, 22 });
	} else if (e.kind == ERR_NONE || e.text[0] == '\0') {
		abort();
	}
	arena_release(&a);
	return 0;
}
