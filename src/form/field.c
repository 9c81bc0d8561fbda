/* field: the table of field types. */
#include "form/field.h"

#include "form/check.h"
#include "base/banned.h"

static const char *const date_parts[] = { "day", "month", "year", NULL };
static const char *const address_parts[] = { "street", "postcode", "city",
	NULL };

/* Days in 200 years: no date on a form lies further away than that. */
enum { DAYS_MAX = 73000 };

/* clang-format off */
static const struct field_type types[FIELD_KIND_COUNT] = {
	/* name, kind, parts, has_options, many, max_unit, has_min, max, ceiling, check */
	{ "text", FIELD_TEXT, NULL, false, false,
		"characters", true, 200, 1000, check_text },
	{ "long-text", FIELD_LONG_TEXT, NULL, false, false,
		"characters", true, 4000, 10000, check_text },
	{ "email", FIELD_EMAIL, NULL, false, false,
		NULL, false, 254, 254, check_email },
	{ "phone", FIELD_PHONE, NULL, false, false,
		NULL, false, 60, 60, check_phone },
	{ "personnummer", FIELD_PERSONNUMMER, NULL, false, false,
		NULL, false, 40, 40, check_personnummer },
	{ "postcode", FIELD_POSTCODE, NULL, false, false,
		NULL, false, 12, 12, check_postcode },
	{ "date", FIELD_DATE, date_parts, false, false,
		"days", true, DAYS_MAX, DAYS_MAX, check_date },
	{ "number", FIELD_NUMBER, NULL, false, false,
		"units", true, 999999999999, 999999999999, check_number },
	{ "yes-no", FIELD_YES_NO, NULL, true, false,
		NULL, false, 1, 1, NULL },
	{ "choice", FIELD_CHOICE, NULL, true, false,
		NULL, false, 1, 1, NULL },
	{ "choices", FIELD_CHOICES, NULL, true, true,
		"options", false, 60, 60, NULL },
	{ "file", FIELD_FILE, NULL, false, true,
		"files", false, 1, 20, NULL },
	{ "address", FIELD_ADDRESS, address_parts, false, false,
		"characters", false, 200, 1000, check_address },
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
