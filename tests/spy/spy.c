/*
 * spy: blankett that writes down what its templates are given.
 *
 * Linked before the program's own theme_render (--wrap): appends a line
 * "TEMPLATE PATH" to the file $SPY for each name in the data, with lists left
 * out of the path: "page page.toc.id".  tests/cli/data.t compares them with
 * themes/DATA.md.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "view/theme.h"

enum { SPY_MAX = 64 * 1024 * 1024 };

bool __wrap_theme_render(const struct theme *t, const char *name,
	const struct value *data, struct buf *out, struct err *e);
bool __real_theme_render(const struct theme *t, const char *name,
	const struct value *data, struct buf *out, struct err *e);

/* What is nested in lists and maps; the program's data is a few levels. */
static void
put(struct buf *b, const char *name, struct text above, struct arena *a,
	const struct value *v)
{
	for (const struct value_item *i = v->first; i; i = i->next) {
		struct text path = i->key.len == 0 ? above : arena_printf(a,
			"%.*s%s%.*s", (int)above.len, above.p,
			above.len ? "." : "", (int)i->key.len, i->key.p);

		if (i->key.len)
			buf_text(b, arena_printf(a, "%s %s\n", name, path.p));
		if (!text_is(path, "words"))
			put(b, name, path, a, i->value);
	}
}

bool
__wrap_theme_render(const struct theme *t, const char *name,
	const struct value *data, struct buf *out, struct err *e)
{
	const char *file = getenv("SPY");
	struct arena a;
	struct buf b;
	int f;

	arena_init(&a, false);
	buf_init(&b, SPY_MAX);
	put(&b, name, text_of(""), &a, data);
	f = file ? open(file, O_WRONLY | O_APPEND | O_CREAT, 0600) : -1;
	if (f >= 0) {
		/* One write, so that threads and processes do not mix. */
		if (write(f, b.p, b.len) != (ssize_t)b.len)
			abort();
		(void)close(f);
	}
	buf_release(&b);
	arena_release(&a);
	return __real_theme_render(t, name, data, out, e);
}
