/* qr: an address as a QR code (ISO/IEC 18004); the only user of libqrencode. */
#include "site/qr.h"

#include <qrencode.h>

#include "base/buf.h"
#include "base/banned.h"

enum { PATH_MAX_BYTES = 1024 * 1024 };

/* A column from the top down, "v7m0 1v3": lines where it is dark, leaps where
 * it is light.  A pen that only moves on says this shortest. */
static void
put_column(struct buf *b, const unsigned char *code, int width, int x)
{
	for (int y = 0, end; y < width; y = end) {
		bool dark = code[y * width + x] & 1;

		for (end = y + 1; end < width &&
			(code[end * width + x] & 1) == dark; end++)
			;
		buf_printf(b, dark ? "v%d" : "m0 %d", end - y);
	}
}

bool
qr_make(struct arena *a, struct text t, struct qr *out, struct err *e)
{
	QRcode *code = QRcode_encodeString8bit(arena_string(a, t), 0,
		QR_ECLEVEL_M);
	struct buf b;

	if (!code)
		return err_set(e, ERR_LIMIT, "%zu bytes do not fit in a QR "
			"code", t.len);
	buf_init(&b, PATH_MAX_BYTES);
	buf_printf(&b, "M%d.5 %d", QR_QUIET, QR_QUIET);
	for (int x = 0; x < code->width; x++) {
		if (x > 0)
			buf_printf(&b, "m1-%d", code->width);
		put_column(&b, code->data, code->width, x);
	}
	out->size = code->width + 2 * QR_QUIET;
	out->path = arena_copy(a, buf_view(&b));
	buf_release(&b);
	QRcode_free(code);
	return true;
}
