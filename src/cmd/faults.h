/* faults: what is wrong with a site, shown in the pages of serve --watch. */
#ifndef CMD_FAULTS_H
#define CMD_FAULTS_H

#include "base/err.h"
#include "cmd/generation.h"

/*
 * Reads the site once more, for all of its faults and not only the first, and
 * shows them in the looks of `now`.  `first` is what stopped the build, shown
 * alone if reading cannot go on past it.
 */
void faults_show(const struct generation_config *c,
	const struct generation *now, const struct err *first);

#endif
