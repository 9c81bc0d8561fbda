/* check_text: text of a certain length, postcodes and addresses. */
#include "base/utf8.h"
#include "form/check.h"
#include "form/clean.h"
#include "form/form.h"
#include "base/banned.h"

void
check_text(struct arena *a, const struct field_input *in,
	struct field_result *out)
{
	struct text t = in->parts[0];
	int64_t n = (int64_t)utf8_count(t);

	(void)a;
	out->value = out->shown = t;
	if (n > in->question->max)
		out->fault = MESSAGE_TOO_LONG;
	else if (in->question->min != FIELD_UNSET && n < in->question->min)
		out->fault = MESSAGE_TOO_SHORT;
}

enum { POSTCODE_MIN = 3, POSTCODE_MAX = 12, SWEDISH_DIGITS = 5 };

/* Without the country: "SE-434 81" and "S 43481" → "434 81", "43481". */
static struct text
without_country(struct text t)
{
	size_t n = 0;

	if (t.len && (t.p[0] == 'S' || t.p[0] == 's'))
		n = t.len > 1 && (t.p[1] == 'E' || t.p[1] == 'e') ? 2 : 1;
	if (n && n < t.len && (t.p[n] == '-' || t.p[n] == ' '))
		return text_trim(text_from(t, n + 1));
	if (n && n < t.len && t.p[n] >= '0' && t.p[n] <= '9')
		return text_from(t, n);
	return t;
}

/* Five digits, the first not 0, perhaps with spaces: "434 81"; or empty. */
static struct text
swedish(struct arena *a, struct text t)
{
	char digits[SWEDISH_DIGITS] = { 0 };
	size_t n = 0;
	uint32_t point;

	t = without_country(t);
	while (utf8_next(&t, &point)) {
		if (clean_is_space(point))
			continue;
		if (point < '0' || point > '9' || n == SWEDISH_DIGITS)
			return (struct text){ 0 };
		digits[n++] = (char)point;
	}
	if (n < SWEDISH_DIGITS || digits[0] == '0')
		return (struct text){ 0 };
	return arena_printf(a, "%.3s %.2s", digits, digits + 3);
}

/* The stored form of a postcode, or empty if it cannot be one. */
static struct text
postcode_text(struct arena *a, struct text typed)
{
	struct text home = swedish(a, typed);
	struct text rest = typed;
	size_t points = utf8_count(typed);
	bool digit = false;
	uint32_t c;

	if (home.len)
		return home;
	while (utf8_next(&rest, &c)) {
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		digit = digit || (c >= '0' && c <= '9');
		if (!letter && !(c >= '0' && c <= '9') &&
			!clean_is_space(c) && !clean_is_dash(c))
			return (struct text){ 0 };
	}
	if (!digit || points < POSTCODE_MIN || points > POSTCODE_MAX)
		return (struct text){ 0 };
	return typed;
}

void
check_postcode(struct arena *a, const struct field_input *in,
	struct field_result *out)
{
	out->value = out->shown = postcode_text(a, in->parts[0]);
	if (!out->value.len)
		out->fault = MESSAGE_POSTCODE;
}

enum { STREET, POSTCODE, CITY };

void
check_address(struct arena *a, const struct field_input *in,
	struct field_result *out)
{
	const struct text *parts = in->parts;
	struct text postcode = postcode_text(a, parts[POSTCODE]);

	for (unsigned i = 0; i < FIELD_PARTS_MAX; i++) {
		if (!parts[i].len) {
			out->fault = MESSAGE_MISSING_PART;
			out->fault_parts |= 1u << i;
		}
	}
	for (unsigned i = 0; i < FIELD_PARTS_MAX && !out->fault_parts; i++) {
		if ((int64_t)utf8_count(parts[i]) > in->question->max) {
			out->fault = MESSAGE_TOO_LONG;
			out->fault_parts = 1u << i;
		}
	}
	if (!out->fault && !postcode.len) {
		out->fault = MESSAGE_POSTCODE;
		out->fault_parts = 1u << POSTCODE;
	}
	if (out->fault)
		return;
	out->parts[STREET] = parts[STREET];
	out->parts[POSTCODE] = postcode;
	out->parts[CITY] = parts[CITY];
	out->value = out->shown = arena_printf(a, "%.*s\n%.*s %.*s",
		(int)parts[STREET].len, parts[STREET].p, (int)postcode.len,
		postcode.p, (int)parts[CITY].len, parts[CITY].p);
}
