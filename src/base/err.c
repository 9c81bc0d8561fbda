/* err: one fault, one line, set where it is seen and passed up untouched. */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "base/banned.h"

/* How a character is shown that a terminal must not get as it is; false if
 * it may have it.  Without a code point it is a byte that is no UTF-8. */
static bool
escaped(struct text c, uint32_t point, char out[12])
{
	if (c.len == 1 && (unsigned char)c.p[0] >= 0x80)
		(void)snprintf(out, 12, "\\x%02X", (unsigned char)c.p[0]);
	else if (point == '\n' || point == '\t' || point == '\r')
		(void)snprintf(out, 12, "\\%c", point == '\n' ? 'n' :
			point == '\t' ? 't' : 'r');
	else if (!utf8_is_hostile(point))
		return false;
	else
		(void)snprintf(out, 12, point < 0x80 ? "\\x%02X" : "\\u%04X",
			(unsigned)point);
	return true;
}

/* The bytes at the end of a cut text that begin a character and do not
 * finish it. */
static size_t
cut_off(struct text t)
{
	for (size_t n = 1; n < 4 && n <= t.len; n++) {
		unsigned char c = (unsigned char)t.p[t.len - n];

		if (c >= 0xC0)
			return (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : 2u) > n ? n
				: 0;
		if (c < 0x80)
			return 0;
	}
	return 0;
}

/* Copies raw to out, a text of ERR_TEXT_MAX bytes. */
static void
put_visible(struct text raw, char *out)
{
	size_t len = 0;
	uint32_t point;

	while (raw.len) {
		struct text rest = raw;
		char buffer[12];
		struct text c;

		(void)utf8_next(&rest, &point);
		c = text_sub(raw, 0, raw.len - rest.len);
		if (escaped(c, point, buffer))
			c = text_of(buffer);
		if (len + c.len >= ERR_TEXT_MAX)
			break;
		memcpy(out + len, c.p, c.len);
		len += c.len;
		raw = rest;
	}
	out[len] = '\0';
}

bool
err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	char raw[ERR_TEXT_MAX];
	struct text t;
	va_list ap;
	int n;

	e->kind = kind;
	va_start(ap, fmt);
	n = vsnprintf(raw, sizeof raw, fmt, ap);
	va_end(ap);
	t = text_of(n < 0 ? fmt : raw);
	if (n >= (int)sizeof raw)
		t.len -= cut_off(t);
	put_visible(t, e->text);
	return false;
}

bool
err_errno(struct err *e, const char *path, const char *what)
{
	return err_set(e, ERR_SYSTEM, "%s: %s: %s", path, what,
		strerror(errno));
}
