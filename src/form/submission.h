/*
 * submission: answers checked against a form.
 *
 * What a request sent (names and values) goes in; one struct answer a
 * question comes out, normalised or with its fault, whatever was sent: bad
 * input is data here, never an error.  Fields no question has are ignored
 * and not kept.  Answers to hidden questions are dropped.
 */
#ifndef FORM_SUBMISSION_H
#define FORM_SUBMISSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/value.h"
#include "form/form.h"
#include "form/message.h"

/* One field as sent, decoded under the WHATWG URL standard (urlencoded) or
 * RFC 7578 (multipart); need not be valid UTF-8. */
struct sent {
	struct text name;  /* never empty */
	struct text value; /* may be empty; lives as long as the request */
};

struct answer {
	const struct question *question;
	/* Its show-if holds.  If not, only raw, values and labels are filled,
	 * so that a page can show again what was typed, and nothing of it is
	 * kept: everything that reads answers asks `shown` first. */
	bool shown;
	bool required;
	bool answered; /* something was sent, right or wrong */
	/* As sent, cleaned (see form/clean.h): what the field shows again.
	 * One for a type without parts, else one a part; for choices empty,
	 * see values. */
	struct text raw[FIELD_PARTS_MAX];
	struct text value;   /* stored form; empty unless right and answered */
	struct text parts[FIELD_PARTS_MAX]; /* stored parts of an address */
	struct text shown_as; /* as check-answers reads it; an option's label */
	struct text *values; /* choices: stored values, in the form's order */
	struct text *labels; /* choices: their labels */
	size_t value_count;
	enum message fault;
	enum message warning;
	unsigned fault_parts; /* as in struct field_result */
};

struct submission {
	const struct form *form;
	struct date today;
	struct answer *answers; /* form->question_count of them */
	size_t fault_count;
	size_t warning_count;
};

/*
 * Checks `n` sent fields against the form as of `today`.  Never fails: see
 * fault_count.  Everything made lives on `a`; the sent bytes must outlive it.
 * File questions are not judged here: their fields are ignored.
 */
void submission_check(struct arena *a, const struct form *form,
	const struct sent *sent, size_t n, struct date today,
	struct submission *out);

/*
 * The submission as it is sealed: a map with
 * form, title, lang, form_hash (hex), reference, and answers: one map a
 * shown, rightly answered question with id, question (label as shown), type,
 * and
 *   value   the stored text (date 2026-11-22, number with a point, yes-no
 *           ja or nej); for an address a map of street, postcode, city
 *   label   for yes-no and choice: the option's label as shown
 *   values, labels   for choices: two lists, instead of value and label
 * json_put_canonical of it is record 1 of the envelope.
 */
struct value *submission_value(struct arena *a, const struct submission *s,
	struct text form_hash_hex, struct text reference);

#endif
