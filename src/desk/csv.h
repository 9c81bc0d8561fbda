/*
 * csv: RFC 4180 for spreadsheets that people open.
 *
 * UTF-8 with a byte order mark (Excel takes it for Latin-1 otherwise); lines
 * end in CRLF.  A cell beginning with = + - @ tab or CR would be run as a
 * formula: it gets an apostrophe in front.  Control and bidi characters are
 * shown as U+FFFD.
 */
#ifndef DESK_CSV_H
#define DESK_CSV_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

struct csv {
	struct buf *out;
	char separator; /* ',' or ';' or tab */
	bool begun;     /* the line has a cell already */
};

/* Begins a file: the byte order mark. */
void csv_begin(struct csv *c, struct buf *out, char separator);
void csv_cell(struct csv *c, struct text cell);
void csv_end_line(struct csv *c);

#endif
