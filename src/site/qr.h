/* qr: an address as a QR code (ISO/IEC 18004); the only user of libqrencode. */
#ifndef SITE_QR_H
#define SITE_QR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

enum {
	QR_QUIET = 4,       /* modules of margin, as the standard asks */
	QR_BYTES_MAX = 2331 /* that the largest code holds at level M */
};

struct qr {
	int size;         /* modules a side, margin included */
	struct text path; /* SVG path data: lines of width 1 for dark runs */
};

/* Error correction level M; fails past QR_BYTES_MAX. */
bool qr_make(struct arena *a, struct text t, struct qr *out, struct err *e)
	__attribute__((warn_unused_result));

#endif
