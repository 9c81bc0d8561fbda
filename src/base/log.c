/* log: one line per event on standard error. */
#include "base/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/banned.h"

enum { LINE_MAX_BYTES = 1024 };

/* Copies a line's pairs; inside a quoted value, which is the last, a quote
 * or a backslash gets a backslash before it.  Returns how many bytes. */
static size_t
put_pairs(char *out, size_t max, const char *pairs)
{
	const char *open = strstr(pairs, "=\"");
	size_t len = strlen(pairs);
	size_t n = 0;

	for (size_t i = 0; i < len && n + 2 < max; i++) {
		bool inside = open && pairs + i > open + 1 && i + 1 < len;

		if (inside && (pairs[i] == '"' || pairs[i] == '\\'))
			out[n++] = '\\';
		out[n++] = (unsigned char)pairs[i] < 0x20 ? ' ' : pairs[i];
	}
	return n;
}

/* One write per line, so that threads do not mix theirs. */
static void __attribute__((format(printf, 3, 0)))
line(const char *level, const char *event, const char *fmt, va_list ap)
{
	char out[LINE_MAX_BYTES], pairs[LINE_MAX_BYTES];
	struct arena a;
	size_t len;
	int n;

	arena_init(&a, false);
	n = snprintf(out, sizeof out, "time=%s level=%s event=%s ",
		clock_rfc3339(&a, clock_now_s()).p, level, event);
	arena_release(&a);
	if (n < 0 || n >= (int)sizeof out ||
		vsnprintf(pairs, sizeof pairs, fmt, ap) < 0)
		return;
	len = (size_t)n;
	len += put_pairs(out + len, sizeof out - len - 1, pairs);
	out[len++] = '\n';
	(void)fwrite(out, 1, len, stderr);
}

void
log_info(const char *event, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	line("info", event, fmt, ap);
	va_end(ap);
}

void
log_warn(const char *event, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	line("warn", event, fmt, ap);
	va_end(ap);
}

void
log_error(const char *event, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	line("error", event, fmt, ap);
	va_end(ap);
}
