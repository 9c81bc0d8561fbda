/* show: one case as text to read on a terminal, in Swedish. */
#ifndef DESK_SHOW_H
#define DESK_SHOW_H

#include "base/buf.h"
#include "desk/casefile.h"
#include "desk/store.h"

/*
 * Appends the case.  Control and bidi characters in it are shown as U+FFFD:
 * nothing that was sent in can steer the terminal.
 */
void show_case(const struct store_case *c, const struct casefile *file,
	struct buf *out);

/* How it was sealed, as a sentence. */
const char *show_mode(enum envelope_mode mode);

#endif
