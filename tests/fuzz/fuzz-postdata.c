/*
 * fuzz-postdata: a body of any bytes gives fields within it or is refused.
 *
 * Input: the Content-Type on the first line, then the body.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "http/postdata.h"
#include "http/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text rest = { (const char *)data, size };
	struct text type = { 0 };
	struct postdata p;
	struct err e = { 0 };
	struct arena a;
	size_t total = 0;

	arena_init(&a, true);
	(void)text_split(&rest, '\n', &type);
	if (postdata_parse(&a, type, rest, &p, &e)) {
		if (p.count > REQUEST_FIELDS_MAX)
			abort();
		for (size_t i = 0; i < p.count; i++) {
			if (p.fields[i].name.len == 0)
				abort();
			total += p.fields[i].name.len + p.fields[i].value.len;
		}
		/* Decoding never makes more of it. */
		if (total > size)
			abort();
		(void)postdata_get(&p, "_action");
	} else if (e.kind != ERR_FORMAT && e.kind != ERR_LIMIT) {
		abort();
	}
	arena_release(&a);
	return 0;
}
