/*
 * fence: which lines of Markdown stand in fenced code (CommonMark 0.30,
 * 4.5), where nothing else has a meaning.
 */
#ifndef VIEW_FENCE_H
#define VIEW_FENCE_H

#include <stddef.h>

#include "base/text.h"

/* Zero it to begin. */
struct fence {
	char mark;     /* '`' or '~'; 0 outside */
	size_t length;
};

/* Takes the next line; a fence's own lines are inside it or not as `mark`
 * then says. */
void fence_line(struct fence *f, struct text line);

#endif
