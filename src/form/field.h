/*
 * field: the table of field types: what each accepts, how it is stored, how
 * its answer reads.
 *
 * Adding a type?  Also add: a component in themes/standard/components/field/,
 * its messages in form/message.c, its line in view/formview.h, cases in
 * tests/unit/form/field.c and a corpus file.
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

/*
 * What the checker of a type makes of what was sent.  `value` is the stored
 * form, `shown` how check-answers writes it (the same if equal), `fault`
 * MESSAGE_NONE if it is right.  A warning does not stop the sender.
 */
struct field_result {
	struct text value;
	struct text shown;
	enum message fault;
	enum message warning;
	unsigned fault_parts; /* bit i: part i is the one to mend; 0: all */
};

struct field_type {
	const char *name;       /* as written in a form file */
	enum field_kind kind;
	const char *const *parts; /* suffixes ("day", "month", "year"), or NULL */
	bool has_options;       /* needs option lines */
	bool many;              /* may be sent several times */
	int64_t max;            /* ceiling if the form gives none */
	const char *max_unit;   /* "characters", "years", "value", "files" ... */
	/* Checks trimmed, valid UTF-8, not wholly empty parts (one for a type
	 * without parts).  NULL for types checked against options. */
	void (*check)(struct arena *a, const struct question *q,
		const struct text *parts, struct date today,
		struct field_result *out);
};

/* The type of that name, or NULL. */
const struct field_type *field_type(struct text name);
/* All names, NULL-terminated, for "did you mean". */
const char *const *field_type_names(void);

/* A phone number as typed → "+46300834627" for tel: links; empty if it has
 * no sensible form. */
struct text field_tel(struct arena *a, struct text typed);

#endif
