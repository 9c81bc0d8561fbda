/*
 * attach: the files of a case, written where they cannot do harm.
 *
 * A name from outside is reduced to its last part, without control and bidi
 * characters and what some system gives a meaning to, and gets a number in
 * front, so that it can neither leave its folder nor hide nor meet another.
 */
#ifndef DESK_ATTACH_H
#define DESK_ATTACH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "desk/casefile.h"

enum { ATTACH_NAME_MAX = 80 /* bytes, without the number */ };

/* "2-brev.pdf" for the file that has the number 2. */
struct text attach_name(struct arena *a, size_t number, struct text name);

/*
 * Writes the files of a case to DIR/files/CASE/, where `name` is its
 * reference or subid.  *paths are the names below DIR, one a file.
 */
bool attach_write(struct arena *a, const char *dir, struct text name,
	const struct casefile *file, struct text **paths, struct err *e)
	__attribute__((warn_unused_result));

#endif
