/*
 * check_phone: phone numbers, kept as they were typed.
 *
 * People write numbers in many ways and with extensions; whoever rings reads
 * them well.  So only what cannot be rung is refused.
 */
#include "base/utf8.h"
#include "form/check.h"
#include "form/clean.h"
#include "form/form.h"
#include "base/banned.h"

enum {
	DIGITS_MIN = 5,
	DIGITS_MAX = 30,    /* two numbers, or one with an extension */
	TEL_DIGITS_MAX = 15, /* ITU-T E.164 6.1 */
	SHORT_DIGITS_MAX = 6
};

static bool
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

void
check_phone(struct arena *a, const struct field_input *in,
	struct field_result *out)
{
	struct text t = in->parts[0];
	struct text rest = t;
	size_t digits = 0;
	uint32_t c;

	(void)a;
	while (utf8_next(&rest, &c))
		digits += is_digit(c);
	if ((int64_t)utf8_count(t) > in->question->max)
		out->fault = MESSAGE_TOO_LONG;
	else if (digits < DIGITS_MIN || digits > DIGITS_MAX ||
		text_find(t, '@') < t.len)
		out->fault = MESSAGE_PHONE;
	else
		out->value = out->shown = t;
}

/*
 * The digits up to an extension ("ankn 12", ", 12", "/ 070...", a second
 * "+"), with one "+" first if it was typed; the "(0)" of "+46 (0)300" goes.
 */
static struct text
dialled(struct arena *a, struct text t)
{
	char *out = arena_alloc(a, t.len + 1);
	size_t len = 0;
	uint32_t c;

	while (t.len) {
		if (len > 1 && out[0] == '+' && text_starts(t, "(0)")) {
			t = text_from(t, 3);
			continue;
		}
		(void)utf8_next(&t, &c);
		if (is_digit(c) || (c == '+' && len == 0))
			out[len++] = (char)c;
		else if (len > 0 && !clean_is_space(c) && !clean_is_dash(c) &&
			c != '(' && c != ')' && c != '.')
			break;
	}
	return (struct text){ out, len };
}

struct text
field_tel(struct arena *a, struct text typed)
{
	struct text d = dialled(a, typed);
	struct text tel;

	if (d.len >= 3 && d.len <= SHORT_DIGITS_MAX && d.p[0] == '1')
		return d;
	if (text_starts(d, "+"))
		tel = d;
	else if (text_starts(d, "00"))
		tel = arena_printf(a, "+%.*s", (int)d.len - 2, d.p + 2);
	else if (text_starts(d, "0"))
		tel = arena_printf(a, "+46%.*s", (int)d.len - 1, d.p + 1);
	else
		return (struct text){ 0 };
	/* +460300...: the trunk 0 is no part of the number. */
	if (text_starts(tel, "+460"))
		tel = arena_printf(a, "+46%.*s", (int)tel.len - 4, tel.p + 4);
	if (tel.len <= DIGITS_MIN || tel.len > TEL_DIGITS_MAX + 1 ||
		tel.p[1] == '0')
		return (struct text){ 0 };
	return tel;
}
