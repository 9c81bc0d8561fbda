/* fuzz-yaml: any bytes as a YAML file, then as JSON. */
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/utf8.h"
#include "base/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text source = { (const char *)data, size };
	struct arena a;
	struct buf b;
	struct value *v;
	struct value *again;
	struct err e = { 0 };

	arena_init(&a, true);
	buf_init(&b, (size_t)1 << 24);
	(void)utf8_visible(&a, source);
	if (yaml_parse(&a, "f", 1, source, &v, &e)) {
		/* What we write, we can read, and it says the same. */
		json_put_canonical(&b, v);
		if (!json_parse(&a, "f", buf_view(&b), &again, &e))
			abort();
	} else if (e.kind == ERR_NONE || !utf8_valid(text_of(e.text))) {
		abort();
	}
	if (json_parse(&a, "f", source, &v, &e))
		json_put(&b, v);
	buf_release(&b);
	arena_release(&a);
	return 0;
}
