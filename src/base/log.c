/* log: one line per event on standard error. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/banned.h"

enum { LINE_MAX_BYTES = 1024 };

/* One write per line, so that threads do not mix theirs. */
static void __attribute__((format(printf, 3, 0)))
line(const char *level, const char *event, const char *fmt, va_list ap)
{
	char out[LINE_MAX_BYTES];
	struct arena a;
	int n, m;

	arena_init(&a, false);
	n = snprintf(out, sizeof out, "time=%s level=%s event=%s ",
		clock_rfc3339(&a, clock_now_s()).p, level, event);
	arena_release(&a);
	if (n < 0 || n >= (int)sizeof out)
		return;
	m = vsnprintf(out + n, sizeof out - (size_t)n, fmt, ap);
	if (m < 0)
		return;
	n = n + m < (int)sizeof out - 1 ? n + m : (int)sizeof out - 2;
	for (int i = 0; i < n; i++)
		if ((unsigned char)out[i] < 0x20)
			out[i] = ' ';
	out[n] = '\n';
	(void)fwrite(out, 1, (size_t)n + 1, stderr);
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
