/* csv: RFC 4180 for spreadsheets that people open. */
#include "desk/csv.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/banned.h"

void
csv_begin(struct csv *c, struct buf *out, char separator)
{
	*c = (struct csv){ .out = out, .separator = separator };
	buf_str(out, "\xEF\xBB\xBF");
}

static bool
would_run(struct text cell)
{
	return cell.len && strchr("=+-@\t\r", cell.p[0]);
}

/* Also on the separators of other countries, so that a file opened with
 * another one still has its cells whole. */
static bool
needs_quotes(struct text cell)
{
	for (size_t i = 0; i < cell.len; i++)
		if (strchr(",;\t\"\r\n", cell.p[i]))
			return true;
	return false;
}

static void
put_quoted(struct buf *out, struct text cell)
{
	buf_char(out, '"');
	for (size_t i = 0; i < cell.len; i++) {
		/* RFC 4180 2.7: a quote inside a field is doubled. */
		if (cell.p[i] == '"')
			buf_char(out, '"');
		buf_char(out, cell.p[i]);
	}
	buf_char(out, '"');
}

void
csv_cell(struct csv *c, struct text cell)
{
	struct arena a;
	bool apostrophe = would_run(cell);

	arena_init(&a, true);
	cell = utf8_visible(&a, cell);
	if (apostrophe)
		cell = arena_printf(&a, "'%.*s", (int)cell.len, cell.p);
	if (c->begun)
		buf_char(c->out, c->separator);
	c->begun = true;
	if (needs_quotes(cell))
		put_quoted(c->out, cell);
	else
		buf_text(c->out, cell);
	arena_release(&a);
}

void
csv_end_line(struct csv *c)
{
	buf_str(c->out, "\r\n");
	c->begun = false;
}
