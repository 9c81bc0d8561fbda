/*
 * field: the table of field types: what each accepts, how it is stored, how
 * its answer reads.
 *
 * Adding a type?  Also add: its checker in form/check.h, its messages in
 * form/message.c, its row in view/formview.c, a component in
 * themes/standard/components/field/, cases in tests/unit/form/field.c and a
 * corpus file.
 */
#ifndef FORM_FIELD_H
#define FORM_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "form/message.h"

#define FIELD_UNSET INT64_MIN

enum field_kind {
	FIELD_TEXT,
	FIELD_LONG_TEXT,
	FIELD_EMAIL,
	FIELD_PHONE,
	FIELD_PERSONNUMMER,
	FIELD_POSTCODE,
	FIELD_DATE,
	FIELD_NUMBER,
	FIELD_YES_NO,
	FIELD_CHOICE,
	FIELD_CHOICES,
	FIELD_FILE,
	FIELD_ADDRESS,
	FIELD_KIND_COUNT
};

enum { FIELD_PARTS_MAX = 3 };

struct question;

/* What a checker is given. */
struct field_input {
	const struct question *question;
	/* Cleaned (see form/clean.h) and not all empty: one text for a type
	 * without parts, else one a part. */
	const struct text *parts;
	struct date today;
	struct text lang; /* of `shown` */
};

/*
 * What the checker of a type makes of what was sent.  `value` is the stored
 * form, `shown` how check-answers writes it, `fault` MESSAGE_NONE if it is
 * right.  A warning does not stop the sender.
 */
struct field_result {
	struct text value;
	struct text shown;
	/* A type with parts that is stored as an object (address): the stored
	 * form of each; empty otherwise. */
	struct text parts[FIELD_PARTS_MAX];
	enum message fault;
	enum message warning;
	unsigned fault_parts; /* bit i: part i is the one to mend; 0: all */
};

struct field_type {
	const char *name;       /* as written in a form file */
	enum field_kind kind;
	const char *const *parts; /* suffixes ("day", "month" ...), or NULL */
	bool has_options;       /* the answer is one of a closed list */
	bool many;              /* may be sent several times */
	const char *max_unit;   /* what min and max count; NULL: not given */
	bool has_min;           /* a form may give min */
	int64_t max;            /* used if the form gives none */
	int64_t ceiling;        /* the most a form may ask for */
	/* NULL for types checked against options, and for file, whose answer
	 * is no text: submission never finds a fault in it. */
	void (*check)(struct arena *a, const struct field_input *in,
		struct field_result *out);
};

/* The type of that name, or NULL. */
const struct field_type *field_type(struct text name);
/* All names, NULL-terminated, for "did you mean". */
const char *const *field_type_names(void);
/* The type of that kind. */
const struct field_type *field_type_of(enum field_kind kind);

/*
 * A phone number as typed → "+46300834627" for tel: links.  Short numbers
 * that begin with 1 ("112", "1177") stay as they are.  Empty if it has no
 * form that can be rung from anywhere.
 */
struct text field_tel(struct arena *a, struct text typed);

#endif
