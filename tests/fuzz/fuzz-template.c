/*
 * fuzz-template: any bytes as templates and their data.
 *
 * Lines "%%" cut the input into a template, the partials p and q, and JSON;
 * what is left out is empty, and the data then holds one of each kind.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "view/template.h"

enum { PIECES = 4, OUT_MAX = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct partials {
	struct template *p, *q;
};

static const struct template *
find(void *context, struct text name)
{
	const struct partials *t = context;

	return text_is(name, "p") ? t->p : text_is(name, "q") ? t->q : NULL;
}

static void
cut(struct text source, struct text pieces[PIECES])
{
	for (size_t i = 0; i < PIECES; i++) {
		size_t end = i + 1 < PIECES ? text_search(source, "\n%%\n")
			: source.len;

		pieces[i] = text_sub(source, 0, end);
		source = text_from(source, end + 4);
	}
}

static struct value *
some_data(struct arena *a, struct text json)
{
	static const char plain[] = "{\"a\":\"<&\\n\",\"n\":12,\"t\":true,"
		"\"f\":false,\"z\":null,\"p\":\"p\",\"l\":[1,\"<\",[2,3]],"
		"\"m\":{\"a\":\"b\",\"m\":{\"l\":[{\"a\":1},{}]}},\"e\":[]}";
	struct value *v;
	struct err e = { 0 };

	if (!json_parse(a, "json", json, &v, &e) &&
		!json_parse(a, "json", text_of(plain), &v, &e))
		abort();
	return v;
}

static bool
render(const struct template *t, struct partials *partials, bool strict,
	const struct value *v, struct buf *out)
{
	const struct template_set set = { find, partials, strict };
	struct err e = { 0 };
	bool ok = template_render(t, &set, v, out, &e);

	if (!ok && (e.kind == ERR_NONE || !utf8_valid(text_of(e.text))))
		abort();
	if (ok && out->full)
		abort();
	return ok;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text source = { (const char *)data, size };
	struct text pieces[PIECES];
	struct partials partials = { 0 };
	struct template *t;
	struct value *v;
	struct err e = { 0 };
	struct arena a;
	struct buf strict, loose;

	arena_init(&a, false);
	buf_init(&strict, OUT_MAX);
	buf_init(&loose, OUT_MAX);
	cut(source, pieces);
	if (!template_parse(&a, "main", pieces[0], &t, &e) ||
		!template_parse(&a, "p", pieces[1], &partials.p, &e) ||
		!template_parse(&a, "q", pieces[2], &partials.q, &e)) {
		if (e.kind == ERR_NONE || !utf8_valid(text_of(e.text)))
			abort();
	} else {
		v = some_data(&a, pieces[3]);
		if (render(t, &partials, true, v, &strict)) {
			/* Strictness changes what fails, nothing else. */
			if (!render(t, &partials, false, v, &loose) ||
				!text_eq(buf_view(&strict),
					buf_view(&loose)))
				abort();
			/* Data brings no tag of its own. */
			if (!memchr(data, '<', size - pieces[3].len) &&
				text_find(buf_view(&strict), '<') <
				strict.len)
				abort();
		} else {
			(void)render(t, &partials, false, v, &loose);
		}
	}
	buf_release(&loose);
	buf_release(&strict);
	arena_release(&a);
	return 0;
}
