/* table: the lines of a GFM pipe table (GitHub Flavored Markdown 4.10). */
#include "view/table.h"

#include "base/banned.h"

/* Takes the next cell off the row, its closing pipe included; raw bytes. */
static bool
next_cell(struct text *rest, struct text *cell, bool *piped)
{
	size_t i = 0;

	if (rest->len == 0)
		return false;
	while (i < rest->len && rest->p[i] != '|')
		i += rest->p[i] == '\\' && i + 1 < rest->len ? 2 : 1;
	*piped = i < rest->len;
	*cell = text_trim(text_sub(*rest, 0, i));
	*rest = text_from(*rest, i + 1);
	return true;
}

/* The row without the pipe that may stand before its first cell. */
static struct text
opened(struct text line, bool *piped)
{
	line = text_trim(line);
	*piped = text_starts(line, "|");
	return *piped ? text_from(line, 1) : line;
}

static bool
read_dashes(struct text cell, enum table_align *align)
{
	bool left = text_starts(cell, ":");
	bool right = cell.len > 1 && text_ends(cell, ":");

	cell = text_sub(cell, left, cell.len - left - right);
	if (cell.len == 0)
		return false;
	for (size_t i = 0; i < cell.len; i++)
		if (cell.p[i] != '-')
			return false;
	*align = left && right ? TABLE_CENTER :
		left ? TABLE_LEFT :
		right ? TABLE_RIGHT : TABLE_PLAIN;
	return true;
}

size_t
table_delimiter(struct text line, enum table_align align[TABLE_COLUMNS_MAX])
{
	enum table_align beyond;
	struct text cell;
	bool any, piped;
	size_t n = 0;

	line = opened(line, &any);
	while (next_cell(&line, &cell, &piped)) {
		any = any || piped;
		if (!read_dashes(cell, n < TABLE_COLUMNS_MAX ? &align[n]
			: &beyond))
			return 0;
		n++;
	}
	return any ? n : 0;
}

static struct text
unescape(struct arena *a, struct text cell)
{
	char *p;
	size_t n = 0;

	if (text_search(cell, "\\|") == cell.len)
		return cell;
	p = arena_alloc(a, cell.len);
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.p[i] == '\\' && i + 1 < cell.len) {
			if (cell.p[i + 1] != '|')
				p[n++] = '\\';
			i++;
		}
		p[n++] = cell.p[i];
	}
	return (struct text){ p, n };
}

size_t
table_row(struct arena *a, struct text line, struct text *cells, size_t max)
{
	struct text cell;
	bool any, piped;
	size_t n = 0;

	line = opened(line, &any);
	while (next_cell(&line, &cell, &piped)) {
		any = any || piped;
		if (n < max)
			cells[n] = unescape(a, cell);
		n++;
	}
	return any ? n : 0;
}
