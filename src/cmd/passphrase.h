/* passphrase: asks for what wraps a key file, on a terminal or from a file. */
#ifndef CMD_PASSPHRASE_H
#define CMD_PASSPHRASE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

enum { PASSPHRASE_MAX = 1024, PASSPHRASE_MIN = 12 /* bytes, of a new one */ };

/*
 * The passphrase onto `a`, which should be an arena that wipes.
 *
 * With `file` it is that file's first line; a file that others than its
 * owner may read is refused.  Without, it is asked for on the controlling
 * terminal, unseen, after "Passphrase for WHAT: "; ERR_USAGE if there is no
 * terminal.  Never empty.
 */
bool passphrase_ask(struct arena *a, const char *file, const char *what,
	struct text *out, struct err *e) __attribute__((warn_unused_result));

/* As passphrase_ask for a new one: asked for twice on a terminal, and at
 * least PASSPHRASE_MIN bytes. */
bool passphrase_new(struct arena *a, const char *file, const char *what,
	struct text *out, struct err *e) __attribute__((warn_unused_result));

#endif
