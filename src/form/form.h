/*
 * form: one form file, forms/ID.md, as a manager can read it aloud.
 *
 * The grammar, read line by line before any Markdown:
 *
 *     ---
 *     title: Lämna en synpunkt        front matter; closed list of keys
 *     to: kundcenter
 *     ---
 *     Text before the first question.
 *
 *     ## Din synpunkt                 a section (a step if pages: steps)
 *
 *     ### svar: Vill du ha svar?      a question: id, label
 *     type: yes-no                    key lines directly under it
 *     optional                        a bare flag
 *     used-for: veta om vi ska svara
 *     - ja: Ja                        option lines
 *                                     the first blank line ends both
 *     Help text, ordinary Markdown.
 *
 * A value is the rest of the line; there is no quoting.  Ids are
 * [a-z][a-z0-9-]*, at most FORM_ID_MAX bytes, unique in the form.
 * Key lines: type max min hint optional show-if required-if used-for
 * autocomplete accept error-missing error-format error-max; what stands in a
 * key line or option line is text, not Markdown.  A yes-no question may name
 * its two answers by options "ja" and "nej"; choice has at least two options,
 * choices at least one.  max of choices is how many may be ticked; min and
 * max of date are days from today.  required-if stands with "optional".
 * Translations (synpunkt.en.md) have the same ids, types and options and
 * only other texts.
 */
#ifndef FORM_FORM_H
#define FORM_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "form/field.h"

enum {
	FORM_ID_MAX = 40,
	FORM_QUESTIONS_MAX = 100,
	FORM_OPTIONS_MAX = 60,
	FORM_LABEL_MAX = 500,      /* bytes of a title, label, hint ... */
	FORM_FILE_MAX = 256 * 1024 /* bytes of a form file */
};

struct option {
	struct text value; /* stored; [a-z0-9][a-z0-9-]* */
	struct text label; /* shown */
	int line;
};

/* "question = value": true when that question's answer is (for choices:
 * contains) the value. */
struct condition {
	int question; /* index of an earlier question; -1: no condition */
	struct text value;
	int line;
};

struct question {
	struct text id;
	struct text label;
	const struct field_type *type; /* never NULL */
	int line;                      /* of the ### line */
	size_t section;                /* index of its section */
	bool optional;
	int64_t min; /* FIELD_UNSET if not given; unit by type, see field.h */
	int64_t max; /* never unset: the type's own ceiling if not given */
	struct text hint;         /* one line under the label; may be empty */
	struct text used_for;     /* what the answer is used for */
	struct text autocomplete; /* HTML autofill token; may be empty */
	struct text accept;       /* file types; may be empty */
	struct text error_missing; /* own wording; empty: the type's */
	struct text error_format;
	struct text error_max;
	struct condition show_if;
	struct condition required_if;
	struct option *options;   /* yes-no has ja and nej */
	size_t option_count;
	struct text help;         /* Markdown; may be empty */
	int help_line;
};

struct section {
	struct text title; /* empty for questions before the first ## */
	struct text intro; /* Markdown before its first question, or empty */
	int intro_line;
	size_t first;      /* index of its first question */
	size_t count;
	int line;
};

struct form {
	struct text id;   /* "synpunkt" */
	struct text lang; /* "sv", or the suffix of the file name */
	struct text path; /* as given, for messages */
	struct text title;
	struct text description;
	struct text to;     /* role of the recipients, e.g. "kundcenter" */
	struct text prefix; /* of references: 2 to 4 letters A-Z */
	bool steps;         /* pages: steps; otherwise one page */
	int answer_within_days; /* working days; 0 if not given */
	int retain_days;        /* after the acknowledgement */
	struct text controller;
	struct text legal_basis;
	struct text audience;   /* may be empty */
	bool open;              /* false: the page says it is closed */
	struct text intro;      /* Markdown before the first section/question */
	int intro_line;
	struct section *sections; /* at least one */
	size_t section_count;
	struct question *questions; /* at least one, in order */
	size_t question_count;
};

/*
 * Parses a form.  `path` names it in messages ("forms/synpunkt.md:12: ...")
 * and gives id and lang.  Everything lives on `a`; source must too.  An open
 * form with an example left in it (base/unwritten.h) is refused.
 */
bool form_parse(struct arena *a, const char *path, struct text source,
	struct form *out, struct err *e) __attribute__((warn_unused_result));

/* A question by id; -1 if there is none. */
int form_question(const struct form *f, struct text id);

/*
 * Appends the canonical form: what decides which answers are right (ids,
 * types, limits, conditions, options) and every text shown, as canonical
 * JSON.  Its BLAKE2b-256 is the form's version.  Line numbers, the path and
 * `open` are no part of it: a form that closes and opens again is the same.
 */
void form_canonical(const struct form *f, struct buf *out);

/*
 * Is a translation the same form but for its texts?  If not, appends one
 * line a difference, "forms/synpunkt.en.md:12: ...\n", to out.
 */
bool form_matches(const struct form *original, const struct form *translation,
	struct buf *out);

#endif
