/* base32: Crockford's base32, for what people copy by hand. */
#include "base/base32.h"

#include <string.h>

#include "base/banned.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* The digit's value; -1 for what separates digits; -2 for anything else. */
static int
digit_value(char c)
{
	const char *at;

	if (c == ' ' || c == '-' || c == '\t')
		return -1;
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		c = '0';
	if (c == 'I' || c == 'L')
		c = '1';
	at = c ? strchr(alphabet, c) : NULL;
	return at ? (int)(at - alphabet) : -2;
}

void
base32_encode(const unsigned char *bytes, size_t digits, char *out)
{
	for (size_t i = 0; i < digits; i++) {
		unsigned value = 0;

		for (size_t bit = i * 5; bit < i * 5 + 5; bit++)
			value = value << 1 |
				(bytes[bit / 8] >> (7 - bit % 8) & 1u);
		out[i] = alphabet[value];
	}
	out[digits] = '\0';
}

bool
base32_decode(struct text t, size_t digits, unsigned char *out)
{
	size_t n = 0;

	memset(out, 0, (digits * 5 + 7) / 8);
	for (size_t i = 0; i < t.len; i++) {
		int value = digit_value(t.p[i]);

		if (value == -1)
			continue;
		if (value == -2 || n == digits)
			return false;
		for (size_t k = 0; k < 5; k++) {
			size_t bit = n * 5 + k;

			if (value >> (4 - k) & 1)
				out[bit / 8] |=
					(unsigned char)(0x80u >> bit % 8);
		}
		n++;
	}
	return n == digits;
}

char
base32_check(const char *digits, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int value = digit_value(digits[n - 1 - i]);

		if (i % 2 == 0)
			value = value * 2 / 32 + value * 2 % 32;
		sum += value;
	}
	return alphabet[(32 - sum % 32) % 32];
}
