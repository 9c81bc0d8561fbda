/* job: the list of everything the site consists of, ready to be made. */
#ifndef SITE_JOB_H
#define SITE_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/value.h"
#include "site/frame.h"
#include "site/parts.h"

/* One output to be made. */
struct job {
	/* Fills `data` with what the template gets beside common; NULL: the
	 * bytes are there already. */
	bool (*put)(const struct site *s, struct arena *a,
		const struct job *job, struct value *data, struct err *e);
	const char *template;
	struct frame_page page;
	const struct tree_page *target; /* of an alias */
	struct output out;
	struct text fault; /* when faults are kept; empty: none */
};

struct jobs {
	struct job *items;
	size_t count;
};

/* Every page, form, alias, file and asset, and what the build adds. */
void job_list(struct site *s, struct jobs *out);

#endif
