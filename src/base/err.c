/* err: one fault, one line, set where it is seen and passed up untouched. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

/* Shortens text so that it does not end inside a UTF-8 sequence. */
static void
cut_at_character(char *text)
{
	size_t n = strlen(text);
	size_t tail = 0;

	while (n > tail && ((unsigned char)text[n - 1 - tail] & 0xC0) == 0x80)
		tail++;
	if (n > tail && (unsigned char)text[n - 1 - tail] >= 0xC0)
		text[n - 1 - tail] = '\0';
}

bool
err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	va_list ap;
	int n;

	e->kind = kind;
	va_start(ap, fmt);
	n = vsnprintf(e->text, sizeof e->text, fmt, ap);
	va_end(ap);
	if (n >= (int)sizeof e->text)
		cut_at_character(e->text);
	for (char *p = e->text; *p; p++)
		if (*p == '\n' || *p == '\r')
			*p = ' ';
	return false;
}
