/* percent: percent-encoding, and undone. */
#include "http/percent.h"

#include <string.h>

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

struct text
percent_encode(struct arena *a, struct text path)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/";
	static const char hex[] = "0123456789ABCDEF";
	char *out = arena_alloc(a, path.len * 3 + 1);
	size_t n = 0;

	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.p[i];

		if (c && strchr(plain, c)) {
			out[n++] = (char)c;
			continue;
		}
		out[n++] = '%';
		out[n++] = hex[c >> 4];
		out[n++] = hex[c & 15];
	}
	return (struct text){ out, n };
}
