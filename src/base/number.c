/* number: amounts as people write and read them. */
#include "base/number.h"

#include <inttypes.h>
#include <string.h>

#include "base/banned.h"

/* Thousands and separators of the largest amount, and its decimals. */
enum { WORDS_MAX = 64 };

/* Index of the decimal sign; t.len if there is none. */
static size_t
decimal_sign(struct text t)
{
	size_t comma = text_find(t, ',');

	return comma < t.len ? comma : text_find(t, '.');
}

bool
number_parse(struct text t, struct number *out)
{
	size_t sign = decimal_sign(t);
	struct text decimals = text_from(t, sign + 1);
	int64_t whole;
	int64_t part = 0;

	if (!text_to_int(text_sub(t, 0, sign), 0, NUMBER_HUNDREDTHS_MAX / 100,
		&whole))
		return false;
	if (sign < t.len && (decimals.len > 2 ||
		!text_to_int(decimals, 0, 99, &part)))
		return false;
	if (decimals.len == 1)
		part *= 10;
	*out = (struct number){ whole * 100 + part, sign == t.len };
	return true;
}

struct text
number_plain(struct arena *a, struct number n)
{
	return n.whole ? arena_printf(a, "%" PRId64, n.hundredths / 100)
		: arena_printf(a, "%" PRId64 ".%02d", n.hundredths / 100,
			(int)(n.hundredths % 100));
}

struct text
number_words(struct arena *a, struct number n, struct text lang)
{
	bool english = text_is(lang, "en");
	struct text between = text_of(english ? "," : "\xC2\xA0");
	struct text digits = number_plain(a, (struct number){ n.hundredths,
		true });
	char *p = arena_alloc(a, WORDS_MAX);
	size_t len = 0;

	for (size_t i = 0; i < digits.len; i++) {
		if (i && (digits.len - i) % 3 == 0) {
			memcpy(p + len, between.p, between.len);
			len += between.len;
		}
		p[len++] = digits.p[i];
	}
	if (n.whole)
		return (struct text){ p, len };
	return arena_printf(a, "%.*s%c%02d", (int)len, p, english ? '.' : ',',
		(int)(n.hundredths % 100));
}
