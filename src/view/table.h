/*
 * table: the lines of a GFM pipe table (GitHub Flavored Markdown 4.10).
 *
 *     | Post  | Belopp |
 *     |-------|-------:|
 *     | Omkostnad | 500 kr |
 *
 * Only lines and cells; markdown decides which paragraphs are tables and
 * reads what stands in the cells.
 */
#ifndef VIEW_TABLE_H
#define VIEW_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"

enum { TABLE_COLUMNS_MAX = 32, TABLE_ROWS_MAX = 10000 };

enum table_align { TABLE_PLAIN, TABLE_LEFT, TABLE_CENTER, TABLE_RIGHT };

/*
 * Reads a delimiter row ("|---|:-:|") and returns its number of columns,
 * which may be more than TABLE_COLUMNS_MAX; 0 if the line is none.
 */
size_t table_delimiter(struct text line,
	enum table_align align[TABLE_COLUMNS_MAX]);

/*
 * Cuts a row at its unescaped pipes, trims the cells and takes the escape
 * off "\|".  Writes at most max cells; returns how many there are, which may
 * be more; 0 if the row has no pipe.
 */
size_t table_row(struct arena *a, struct text line, struct text *cells,
	size_t max);

#endif
