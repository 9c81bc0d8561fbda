/*
 * check: what each field type makes of an answer.
 *
 * The signatures are those of field_type.check; only field.c and address
 * call them.  Each has its own file where the rules are many.
 */
#ifndef FORM_CHECK_H
#define FORM_CHECK_H

#include <stdbool.h>

#include "base/arena.h"
#include "form/field.h"

/* text and long-text: only the number of code points. */
void check_text(struct arena *a, const struct field_input *in,
	struct field_result *out);

/* Refuses only what cannot be an address; warns about what looks odd. */
void check_email(struct arena *a, const struct field_input *in,
	struct field_result *out);

/* Stored as typed; see field_tel for the form that can be rung. */
void check_phone(struct arena *a, const struct field_input *in,
	struct field_result *out);

/*
 * Personnummer or samordningsnummer, 10 or 12 digits (18 and 18 a §§
 * folkbokföringslagen 1991:481): stored as "19121212-1212", shown with the
 * date in words.
 */
void check_personnummer(struct arena *a, const struct field_input *in,
	struct field_result *out);

/* Swedish ones stored as "434 81", foreign ones as typed. */
void check_postcode(struct arena *a, const struct field_input *in,
	struct field_result *out);

/* Parts day, month (number or name), year (four digits). */
void check_date(struct arena *a, const struct field_input *in,
	struct field_result *out);

/*
 * Decimal comma or point, spaces as thousands separators.  "1.200" and
 * "1,200" are refused: they mean 1200 to one reader and 1.2 to another.
 */
void check_number(struct arena *a, const struct field_input *in,
	struct field_result *out);

/* Parts street, postcode, city. */
void check_address(struct arena *a, const struct field_input *in,
	struct field_result *out);

#endif
