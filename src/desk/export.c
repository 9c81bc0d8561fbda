/* export: opened cases as files for other programs and for people. */
#include "desk/export.h"

#include "base/fs.h"
#include "desk/attach.h"
#include "desk/report.h"
#include "base/banned.h"

bool
export_open(struct export *x, const struct store_case *c, struct arena *a,
	struct casefile *file, bool *opened, struct err *e)
{
	struct text envelope;
	struct err why;

	*opened = false;
	if (!store_get(x->store, c, a, &envelope, e))
		return false;
	if (casefile_open(a, envelope, x->ring, file, &why))
		*opened = true;
	else if (x->refused++ == 0)
		(void)err_set(&x->fault, why.kind, "%s: %s",
			report_name(a, c).p, why.text);
	return true;
}

bool
export_files(struct export *x, const struct store_case *c, struct arena *a,
	const struct casefile *file, struct text **paths, struct err *e)
{
	*paths = NULL;
	if (!x->dir)
		return true;
	/* The file's own reference may be another case's. */
	return attach_write(a, x->dir, c->reference.len ? c->reference
		: hex_encode(a, c->subid, SUBID_BYTES), file, paths, e);
}

bool
export_put(struct export *x, const char *name, const struct buf *b,
	struct err *e)
{
	struct arena a;
	bool ok;

	if (b->full)
		return err_set(e, ERR_LIMIT, "%s: the export is larger than "
			"%d bytes; choose fewer cases", name, EXPORT_MAX);
	if (!x->dir)
		return fwrite(b->p ? b->p : "", 1, b->len, x->stream) ==
			b->len || err_set(e, ERR_SYSTEM,
			"cannot write to standard output");
	arena_init(&a, false);
	ok = fs_mkdirs(x->dir, 0700, e) && fs_replace(
		fs_join(&a, x->dir, name), 0600, buf_view(b), e);
	arena_release(&a);
	return ok;
}

bool
export_run(struct export *x, struct err *e)
{
	x->written = 0;
	x->refused = 0;
	switch (x->format) {
	case EXPORT_JSONL:
		return export_jsonl(x, e);
	case EXPORT_CSV:
		return export_csv(x, e);
	case EXPORT_HTML:
		return export_html(x, e);
	}
	return false;
}
