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

/*
 * What an output depends on beside what all depend on (site/keep.h): it is
 * kept while that is as it was.  Reading more than it says here makes an
 * output stale; the first is always right.
 */
enum job_needs {
	JOB_EVERYTHING, /* all files, all bodies, all dates */
	JOB_CHAPTERS,   /* the bodies of the brochure */
	JOB_PAGE,       /* its page's file and what git knows of it */
	JOB_DATES,      /* what git knows of all pages and forms */
	JOB_SHARED      /* nothing more: titles and places of pages, forms,
			   theme, site.yaml */
};

/* One output to be made. */
struct job {
	/* Fills `data` with what the template gets beside common; NULL: the
	 * bytes are there already. */
	bool (*put)(const struct site *s, struct arena *a,
		const struct job *job, struct value *data, struct err *e);
	enum job_needs needs;
	const char *template;
	const struct site_file *file; /* to be published as it is, or NULL */
	struct frame_page page;
	const struct tree_page *target; /* of an alias */
	struct output out;
	struct text fault; /* when faults are kept; empty: none */
};

struct jobs {
	struct job *items;
	size_t count;
};

/* The job of one page, that of job_list for it. */
struct job job_page(struct arena *a, const struct tree_page *t);
/* Every page, form, alias, file and asset, and what the build adds. */
void job_list(struct site *s, struct jobs *out);
/* The large versions of diagrams, once the pages they stand on are made or
 * known to be kept; there is nothing more to do for them. */
void job_sheets(struct site *s, struct jobs *out);

#endif
