/*
 * check_number: numbers as people write them, stored as JSON does.
 *
 * Numbers stay text all the way, so that nothing is rounded.
 */
#include "base/utf8.h"
#include "form/check.h"
#include "form/clean.h"
#include "form/form.h"
#include "base/banned.h"

enum { WHOLE_MAX = 12, DECIMALS_MAX = 6 };

struct number {
	bool negative;
	bool mark; /* a decimal comma or point was there */
	char whole[WHOLE_MAX + 1];
	size_t whole_len; /* without leading zeros, but at least one digit */
	char decimals[DECIMALS_MAX + 1];
	size_t decimals_len;
};

/* A space in "1 200" stands between groups of three. */
struct groups {
	bool any;
	size_t digits; /* since the last space */
};

static bool
take_space(struct groups *g)
{
	bool ok = g->digits == 3 || (!g->any && g->digits > 0 && g->digits < 3);

	g->any = true;
	g->digits = 0;
	return ok;
}

static bool
take_digit(struct number *n, char c)
{
	if (n->mark) {
		if (n->decimals_len == DECIMALS_MAX)
			return false;
		n->decimals[n->decimals_len++] = c;
		return true;
	}
	if (n->whole_len == 1 && n->whole[0] == '0')
		n->whole_len = 0;
	if (n->whole_len == WHOLE_MAX)
		return false;
	n->whole[n->whole_len++] = c;
	return true;
}

static bool
read_number(struct text t, struct number *n)
{
	struct groups g = { 0 };
	uint32_t c;
	bool first = true;

	for (; utf8_next(&t, &c); first = false) {
		bool ok;

		if (c >= '0' && c <= '9') {
			g.digits += !n->mark;
			ok = take_digit(n, (char)c);
		} else if (first && (clean_is_dash(c) || c == '+')) {
			n->negative = c != '+';
			ok = true;
		} else if (c == ',' || c == '.') {
			ok = !n->mark && t.len > 0;
			n->mark = true;
		} else {
			ok = clean_is_space(c) && !n->mark && take_space(&g);
		}
		if (!ok)
			return false;
	}
	return n->whole_len + n->decimals_len > 0 &&
		(!g.any || g.digits == 3) &&
		(g.any || !n->mark || n->decimals_len != 3 ||
			n->whole_len > 3 || n->whole_len == 0 ||
			n->whole[0] == '0');
}

/* The nearest whole number below (up: above). */
static int64_t
rounded(const struct number *n, bool up)
{
	int64_t whole = 0;
	bool fraction = false;

	for (size_t i = 0; i < n->whole_len; i++)
		whole = whole * 10 + (n->whole[i] - '0');
	for (size_t i = 0; i < n->decimals_len; i++)
		fraction = fraction || n->decimals[i] != '0';
	if (n->negative)
		whole = -whole;
	if (fraction && up != n->negative)
		whole += up ? 1 : -1;
	return whole;
}

static bool
is_zero(const struct number *n)
{
	return rounded(n, true) == 0 && rounded(n, false) == 0;
}

static struct text
write(struct arena *a, const struct number *n, const char *mark)
{
	return arena_printf(a, "%s%s%s%s",
		n->negative && !is_zero(n) ? "-" : "",
		n->whole_len ? n->whole : "0", n->decimals_len ? mark : "",
		n->decimals);
}

void
check_number(struct arena *a, const struct field_input *in,
	struct field_result *out)
{
	const struct question *q = in->question;
	int64_t least = q->min == FIELD_UNSET ? -q->type->ceiling : q->min;
	struct number n = { 0 };

	if (!read_number(in->parts[0], &n)) {
		out->fault = MESSAGE_NUMBER;
		return;
	}
	if (rounded(&n, false) < least) {
		out->fault = MESSAGE_NUMBER_MIN;
		return;
	}
	if (rounded(&n, true) > q->max) {
		out->fault = MESSAGE_NUMBER_MAX;
		return;
	}
	out->value = write(a, &n, ".");
	out->shown = write(a, &n, text_is(in->lang, "en") ? "." : ",");
}
