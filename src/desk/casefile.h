/*
 * casefile: one opened case, checked.
 *
 * What was sealed in a browser may be anything: what does not agree with
 * the outside, or has not the form it must have, is left out and the case is
 * flagged, never obeyed.  Texts are as sealed: whoever shows them makes them
 * visible first (utf8.h), whoever names a file by them cleans them first.
 */
#ifndef DESK_CASEFILE_H
#define DESK_CASEFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "base/value.h"
#include "seal/keyring.h"
#include "seal/unseal.h"

enum { CASEFILE_DAYS_MAX = 36500 };

struct casefile_file {
	struct text question; /* id; empty if it was malformed */
	struct text name;     /* as the sender's machine called it */
	struct text type;     /* media type, as claimed */
	struct text bytes;
};

struct casefile {
	struct envelope head;
	bool valid;            /* the inside agrees with the outside */
	struct text reference; /* empty if it could not be made */
	struct text title;     /* of the form, as shown to the sender */
	struct text earlier;   /* earlier reference; empty if none */
	/* List of maps, each with the texts id, question, type and either
	 * value (text or map) or values (list of texts), and label(s). */
	struct value *answers;
	struct casefile_file *files;
	size_t file_count;
	int64_t answer_days;   /* working days; 0 if none is promised */
	int64_t retain_days;   /* 0 if not known */
};

/*
 * Opens an envelope; all of it lives on `a`, which should wipe.  Fails only
 * if it does not open with any key of the ring.
 */
bool casefile_open(struct arena *a, struct text envelope,
	const struct keyring *ring, struct casefile *out, struct err *e)
	__attribute__((warn_unused_result));

/*
 * The map of a JSON line:
 *
 *     {"reference","form","title","form_hash","received","mode","valid",
 *      "answers":[{"id","question","value"|"values","label"|"labels"}],
 *      "files":[{"question","name","type","bytes","path"}],"earlier"}
 *
 * received_s below 0 becomes null; `paths`, one for each file, may be NULL.
 */
struct value *casefile_line(struct arena *a, const struct casefile *c,
	int64_t received_s, const struct text *paths);

/*
 * One answer as one text for people: the labels where the question had
 * options, an address on lines; `between` joins several.
 */
struct text casefile_answer_text(struct arena *a, const struct value *answer,
	const char *between);

#endif
