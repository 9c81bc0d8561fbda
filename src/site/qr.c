/* qr: an address as a QR code (ISO/IEC 18004); the only user of libqrencode. */
#include "site/qr.h"

#include <qrencode.h>

#include "base/buf.h"
#include "base/banned.h"

enum { PATH_MAX_BYTES = 1024 * 1024 };

/* The dark modules of a row as one broken line along its middle,
 * "M4 5.5h7m2 0h1": half as long as squares to be filled. */
static void
put_row(struct buf *b, const unsigned char *row, int width, int y)
{
	int from = 0; /* where the line has come to */
	bool begun = false;

	for (int x = 0; x < width; ) {
		int end = x;

		while (end < width && (row[end] & 1))
			end++;
		if (end == x) {
			x++;
			continue;
		}
		if (begun)
			buf_printf(b, "m%d 0h%d", x - from, end - x);
		else
			buf_printf(b, "M%d %d.5h%d", x + QR_QUIET,
				y + QR_QUIET, end - x);
		begun = true;
		from = x = end;
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
	for (int y = 0; y < code->width; y++)
		put_row(&b, code->data + y * code->width, code->width, y);
	out->size = code->width + 2 * QR_QUIET;
	out->path = arena_copy(a, buf_view(&b));
	buf_release(&b);
	QRcode_free(code);
	return true;
}
