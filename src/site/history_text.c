/* history_text: a commit's date and subject as they are written. */
#include "site/history.h"


#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "base/banned.h"

static bool
is_blank(struct text line)
{
	return text_trim(line).len == 0;
}

/* Not allowed in XML 1.0 (section 2.2), or not to be seen. */
static bool
is_unfit(uint32_t point)
{
	return utf8_is_hostile(point) || (point & 0xFFFE) == 0xFFFE ||
		point == '\n';
}

/* Appends the line, at most *left characters of it. */
static void
put_line(struct buf *b, struct text line, size_t *left)
{
	uint32_t point;
	char bytes[4];

	while (*left && utf8_next(&line, &point)) {
		uint32_t fit = point == '\t' ? ' ' :
			is_unfit(point) ? 0xFFFD : point;

		if (--*left == 0 && line.len)
			fit = 0x2026;
		buf_put(b, bytes, utf8_encode(fit, bytes));
	}
}

struct text
history_subject(struct arena *a, struct text message)
{
	size_t left = HISTORY_SUBJECT;
	struct text line, out;
	struct buf b;

	buf_init(&b, 4 * HISTORY_SUBJECT);
	while (left && text_line(&message, &line)) {
		if (is_blank(line) && b.len)
			break;
		if (is_blank(line))
			continue;
		if (b.len)
			put_line(&b, text_of(" "), &left);
		put_line(&b, text_trim(line), &left);
	}
	out = arena_copy(a, text_trim(buf_view(&b)));
	buf_release(&b);
	return out;
}
