/* field: the table of field types. */
#include "form/field.h"

#include "form/check.h"
#include "form/form.h"
#include "base/banned.h"

static const char *const date_parts[] = { "day", "month", "year", NULL };
static const char *const address_parts[] = { "street", "postcode", "city",
	NULL };

/* Days in 200 years: no date on a form lies further away than that. */
enum { DAYS_MAX = 73000 };

/* clang-format off */
static const struct field_type types[FIELD_KIND_COUNT] = {
	[FIELD_TEXT] = { .kind = FIELD_TEXT, .name = "text",
		.max_unit = "characters", .has_min = true,
		.max = 200, .ceiling = 1000, .check = check_text },
	[FIELD_LONG_TEXT] = { .kind = FIELD_LONG_TEXT, .name = "long-text",
		.max_unit = "characters", .has_min = true,
		.max = 4000, .ceiling = 10000, .check = check_text },
	[FIELD_EMAIL] = { .kind = FIELD_EMAIL, .name = "email",
		.max = 254, .ceiling = 254, .check = check_email },
	[FIELD_PHONE] = { .kind = FIELD_PHONE, .name = "phone",
		.max = 60, .ceiling = 60, .check = check_phone },
	[FIELD_PERSONNUMMER] = { .kind = FIELD_PERSONNUMMER, .name = "personnummer",
		.max = 40, .ceiling = 40, .check = check_personnummer },
	[FIELD_POSTCODE] = { .kind = FIELD_POSTCODE, .name = "postcode",
		.max = 12, .ceiling = 12, .check = check_postcode },
	[FIELD_DATE] = { .kind = FIELD_DATE, .name = "date",
		.parts = date_parts, .max_unit = "days", .has_min = true,
		.max = DAYS_MAX, .ceiling = DAYS_MAX, .check = check_date },
	[FIELD_NUMBER] = { .kind = FIELD_NUMBER, .name = "number",
		.max_unit = "units", .has_min = true,
		.max = 999999999999, .ceiling = 999999999999,
		.check = check_number },
	[FIELD_YES_NO] = { .kind = FIELD_YES_NO, .name = "yes-no",
		.has_options = true,
		.max = 1, .ceiling = 1 },
	[FIELD_CHOICE] = { .kind = FIELD_CHOICE, .name = "choice",
		.has_options = true,
		.max = 1, .ceiling = 1 },
	[FIELD_CHOICES] = { .kind = FIELD_CHOICES, .name = "choices",
		.has_options = true, .many = true, .max_unit = "options",
		.max = FORM_OPTIONS_MAX, .ceiling = FORM_OPTIONS_MAX },
	[FIELD_FILE] = { .kind = FIELD_FILE, .name = "file",
		.many = true, .max_unit = "files",
		.max = 1, .ceiling = 20 },
	[FIELD_ADDRESS] = { .kind = FIELD_ADDRESS, .name = "address",
		.parts = address_parts, .max_unit = "characters",
		.max = 200, .ceiling = 1000, .check = check_address },
};
/* clang-format on */

/* The same names in the same order, for text_nearest. */
static const char *const names[FIELD_KIND_COUNT + 1] = {
	"text", "long-text", "email", "phone", "personnummer", "postcode",
	"date", "number", "yes-no", "choice", "choices", "file", "address",
	NULL
};

const struct field_type *
field_type(struct text name)
{
	for (size_t i = 0; i < FIELD_KIND_COUNT; i++)
		if (text_is(name, types[i].name))
			return &types[i];
	return NULL;
}

const char *const *
field_type_names(void)
{
	return names;
}

const struct field_type *
field_type_of(enum field_kind kind)
{
	return &types[kind];
}
