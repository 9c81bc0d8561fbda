/*
 * fault: what is wrong, kept line by line, so that a check can go on.
 *
 * Where a function meets a fault it calls fault_seen: in a build the fault is
 * passed up and everything stops; in a check the line is kept and work goes
 * on with what there is.
 */
#ifndef SITE_FAULT_H
#define SITE_FAULT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "site/site.h"

struct faults {
	struct arena *arena;
	struct text *lines;
	size_t count;
	size_t cap;
};

void fault_add(struct faults *f, struct text line);

/* With f: keeps e's line, empties e and returns true.  Without: false, and e
 * is the fault.  `return fault_seen(f, e)` reads as what it does. */
bool fault_seen(struct faults *f, struct err *e)
	__attribute__((warn_unused_result));

/* Sorts by file and by line as a number, and drops repeated lines. */
void fault_sort(struct faults *f);

#endif
