/*
 * message: what a person is told about an answer, in Swedish and English.
 *
 * The table in message.c holds one row a message: code, Swedish, English.
 * A text may contain {label} (the question), {max}, {min} (for a date: that
 * day in words) and {example}; so may the own wording of a form file, which
 * goes before the table's: error-missing for MISSING and MISSING_CHOICE,
 * error-max for what is too long, too many, too high or too late,
 * error-format for the rest, except where only the table knows what is wrong
 * (no such day, a check digit, a reserve number, a repeated field).
 * Every text says how to mend it; none says "ogiltig".
 */
#ifndef FORM_MESSAGE_H
#define FORM_MESSAGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"

enum message {
	MESSAGE_NONE,
	MESSAGE_MISSING,          /* "Du har inte svarat på …" */
	MESSAGE_MISSING_CHOICE,
	MESSAGE_MISSING_PART,
	MESSAGE_TOO_LONG,
	MESSAGE_TOO_SHORT,
	MESSAGE_NOT_TEXT,         /* NUL or malformed UTF-8 */
	MESSAGE_EMAIL,
	MESSAGE_EMAIL_ODD,        /* a warning */
	MESSAGE_PHONE,
	MESSAGE_PERSONNUMMER,
	MESSAGE_PERSONNUMMER_CHECK,   /* check digit */
	MESSAGE_PERSONNUMMER_DATE,    /* no such day, or in the future */
	MESSAGE_PERSONNUMMER_RESERVE, /* T or reserve number: point elsewhere */
	MESSAGE_POSTCODE,
	MESSAGE_DATE,
	MESSAGE_DATE_EXISTS,
	MESSAGE_DATE_EARLY,       /* before min */
	MESSAGE_DATE_LATE,        /* after max */
	MESSAGE_NUMBER,
	MESSAGE_NUMBER_MIN,
	MESSAGE_NUMBER_MAX,
	MESSAGE_NOT_AN_OPTION,
	MESSAGE_TOO_MANY,
	MESSAGE_REPEATED,         /* a single-answer field sent twice */
	MESSAGE_FILE,
	MESSAGE_COUNT
};

struct question;

/* The text for this question; `today` is what {min} and {max} of a date
 * count from.  Swedish for every lang but "en". */
struct text message_text(struct arena *a, enum message m,
	const struct question *q, struct text lang, struct date today);

/* Is the table written in this language? */
bool message_has_lang(struct text lang);

#endif
