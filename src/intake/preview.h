/*
 * preview: what the editor of a site sees of it while it is written
 * (serve --watch).
 *
 * Every page is sent fresh, may run the theme's one script, watch.js, and
 * carries the number of its build.  The script asks which build there is,
 * is answered when it is another, and loads the page again.  While the last
 * build has faults, every page is the one that shows them.
 *
 *     GET /_watch?NUMBER   the number of the build, when it is not this one,
 *                          or after PREVIEW_WAIT_MS
 *     GET /_watch.js       the script
 */
#ifndef INTAKE_PREVIEW_H
#define INTAKE_PREVIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/value.h"
#include "http/request.h"
#include "http/response.h"

enum {
	PREVIEW_WAIT_MS = 20 * 1000,
	PREVIEW_WAITERS_MAX = 64 /* each holds a thread */
};

struct intake;
struct preview; /* thread-safe; outlives every intake */

struct preview *preview_open(void);
void preview_close(struct preview *p); /* NULL is allowed */
/* Answers everybody who waits; from now on nobody does. */
void preview_stop(struct preview *p);

/* A number for a build that is about to be made. */
int64_t preview_next(struct preview *p);
/* Build `number` is what is served now. */
void preview_show(struct preview *p, int64_t number);
/*
 * Build `number` has these faults (list of {file, line, text}, see
 * build-error.mustache): until another is shown they stand on every page, in
 * the looks of `in`, the last that had none.
 */
bool preview_fail(struct preview *p, int64_t number, const struct intake *in,
	struct value *faults, struct err *e)
	__attribute__((warn_unused_result));

/* Answers a request as above; `answer` is what the site answers itself. */
void preview_handle(struct intake *in, struct request *rq,
	struct response *rs, void (*answer)(struct intake *in,
		struct request *rq, struct response *rs));

#endif
