/* answer: a template and its data become a response; personal by default. */
#ifndef INTAKE_ANSWER_H
#define INTAKE_ANSWER_H

#include "base/text.h"
#include "base/value.h"
#include "http/request.h"
#include "http/response.h"
#include "intake/intake.h"

/* How a page with answers may be kept by the browser that asked for it. */
extern const char answer_cache_step[];    /* Back works */
extern const char answer_cache_receipt[]; /* not even that */

/*
 * Renders themes/…/NAME.mustache into rs with that status.  If the template
 * fails, which its data should not let it, rs is the 503 message and the
 * fault is logged.  Every copy of the page in memory is wiped.
 */
void answer_page(const struct intake *in, struct request *rq,
	struct response *rs, const char *name, const struct value *data,
	int status, const char *cache);

/* As answer_page, offered as a file to save under that (ASCII) name. */
void answer_file(const struct intake *in, struct request *rq,
	struct response *rs, const char *name, const struct value *data,
	struct text file_name);

/* The message of that status in the language of the request's path. */
void answer_message(const struct intake *in, const struct request *rq,
	struct response *rs, int status);

/* The language of what is at this path: "sv" or "en". */
struct text answer_lang(struct text path);

/* {iso, text}: a moment in Swedish time. */
struct value *answer_time(struct arena *a, int64_t utc_s, struct text lang);

/* A map with the items of another, so that more can be added. */
struct value *answer_extend(struct arena *a, const struct value *map);

#endif
