/* percent: percent-encoding undone. */
#include "http/percent.h"

#include "base/banned.h"

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
percent_decode(struct text t, char *out, size_t *len)
{
	bool clean = true;

	*len = 0;
	for (size_t i = 0; i < t.len; i++) {
		bool fits = t.p[i] == '%' && i + 2 < t.len;
		int hi = fits ? digit(t.p[i + 1]) : -1;
		int lo = fits ? digit(t.p[i + 2]) : -1;

		if (hi >= 0 && lo >= 0) {
			out[(*len)++] = (char)(hi * 16 + lo);
			i += 2;
		} else {
			clean = clean && t.p[i] != '%';
			out[(*len)++] = t.p[i];
		}
	}
	return clean;
}
