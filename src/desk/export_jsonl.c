/* export_jsonl: one JSON map a line. */
#include "base/json.h"
#include "desk/export.h"
#include "base/banned.h"

static bool
put_case(struct export *x, const struct store_case *c, struct buf *b,
	struct err *e)
{
	struct arena a;
	struct casefile file;
	struct text *paths;
	bool opened;
	bool ok;

	arena_init(&a, true);
	ok = export_open(x, c, &a, &file, &opened, e);
	if (ok && opened) {
		ok = export_files(x, c, &a, &file, &paths, e);
		if (ok) {
			json_put_shown(b, casefile_line(&a, &file,
				c->received_s, paths));
			buf_char(b, '\n');
			x->written++;
		}
	}
	arena_release(&a);
	return ok;
}

bool
export_jsonl(struct export *x, struct err *e)
{
	struct buf b;
	bool ok = true;

	buf_init_wipe(&b, EXPORT_MAX);
	for (size_t i = 0; ok && i < x->case_count; i++) {
		ok = put_case(x, x->cases[i], &b, e);
		/* To a stream, line by line. */
		if (ok && !x->dir) {
			ok = export_put(x, "standard output", &b, e);
			buf_clear(&b);
		}
	}
	ok = ok && export_put(x, "cases.jsonl", &b, e);
	buf_release(&b);
	return ok;
}
