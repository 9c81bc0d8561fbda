/* output: results on standard output, which may be a terminal. */
#include "cmd/output.h"

#include <stdio.h>

#include "base/json.h"
#include "seal/envelope.h"
#include "base/banned.h"

bool
output_text(const struct buf *b, struct err *e)
{
	if (b->full)
		return err_set(e, ERR_LIMIT, "that is too much to print");
	return fwrite(b->p ? b->p : "", 1, b->len, stdout) == b->len ||
		err_set(e, ERR_SYSTEM, "cannot write to standard output");
}

bool
output_json(const struct value *v, struct err *e)
{
	struct buf b;
	bool ok;

	buf_init_wipe(&b, (size_t)ENVELOPE_MAX * 4);
	json_put_shown(&b, v);
	buf_char(&b, '\n');
	ok = output_text(&b, e);
	buf_release(&b);
	return ok;
}
