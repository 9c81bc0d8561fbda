/* chosen: of all that a check tells, what the files named have. */
#ifndef CMD_CHOSEN_H
#define CMD_CHOSEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "site/site.h"

struct chosen {
	struct text *paths; /* "content/roller.md", "content/rutin" */
	size_t count;       /* 0: everything is */
};

/*
 * The arguments of a call, files and folders of the site, as seen from where
 * the call is made or from the site's root.
 */
bool chosen_read(struct arena *a, const struct cmd_call *call,
	struct chosen *out, struct err *e)
	__attribute__((warn_unused_result));

/* Is a draft among them that was left out? */
bool chosen_has_draft(const struct chosen *c, const struct site *s);

/* Leaves in *f the lines of what is chosen; the others are counted in
 * *elsewhere. */
void chosen_keep(const struct chosen *c, struct site_faults *f,
	struct site_faults *elsewhere);

#endif
