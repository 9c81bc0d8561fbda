/* program: which program this is, to the last byte of it. */
#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * Appends the build ids (the linker's, of their contents) of this program
 * and of every library that is loaded: what one program has kept is no use to
 * another.  False if one of them has none.
 */
bool program_put_id(struct buf *b) __attribute__((warn_unused_result));

#endif
