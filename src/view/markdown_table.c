/*
 * markdown_table: paragraphs that are pipe tables become tables.
 *
 * Cells must be read as inlines, with the page's link references.  So
 * paragraphs that are tables are found before the walk, their cells are
 * parsed as paragraphs of a second document, and the walk moves them to
 * where they belong.  Most cells of most tables hold nothing that Markdown
 * gives a meaning: those are written as they are, which more than halves the
 * time that a table of them takes.
 */
#include "view/markdown_walk.h"

#include <limits.h>
#include <stdint.h>

#include "view/html.h"
#include "view/table.h"
#include "view/typography.h"
#include "base/banned.h"

/* A table that was a paragraph. */
struct markdown_grid {
	struct markdown_grid *next;
	size_t columns;
	size_t rows; /* the header included */
	enum table_align align[TABLE_COLUMNS_MAX];
	struct text *cells; /* rows * columns, as written */
	int line;           /* of the header, in the file */
	cmark_node *first;  /* its first cell's paragraph, plain ones apart */
};

/* Length of the line end that t begins with: "\n", "\r\n" or "\r". */
static size_t
line_end(struct text t)
{
	if (text_starts(t, "\r\n"))
		return 2;
	return t.len && (t.p[0] == '\n' || t.p[0] == '\r');
}

/* Cuts the source into the lines that cmark counts. */
static void
cut_lines(struct markdown_walk *w, struct text source)
{
	bool returns = text_find(source, '\r') < source.len;
	struct text rest = source;
	size_t most = 1;

	for (; rest.len; most++)
		rest = text_from(rest, text_find(rest, '\n') + 1);
	if (returns)
		for (size_t i = 0; i < source.len; i++)
			most += source.p[i] == '\r';
	w->lines = arena_array(w->a, most, sizeof *w->lines);
	for (rest = source; rest.len;) {
		struct text line = text_sub(rest, 0, text_find(rest, '\n'));

		if (returns)
			line = text_sub(line, 0, text_find(line, '\r'));
		w->lines[w->line_count++] = line;
		rest = text_from(rest, line.len);
		rest = text_from(rest, line_end(rest));
	}
}

/* Line k of a paragraph without what its block quotes and lists put before. */
static struct text
paragraph_line(const struct markdown_walk *w, cmark_node *paragraph, size_t k)
{
	size_t at = (size_t)cmark_node_get_start_line(paragraph) - 1 + k;
	struct text t = { NULL, 0 };

	if (at >= w->line_count)
		return t;
	t = w->lines[at];
	if (k == 0)
		return text_trim(text_from(t,
			(size_t)cmark_node_get_start_column(paragraph) - 1));
	t = text_trim(t);
	for (cmark_node *n = cmark_node_parent(paragraph); n;
		n = cmark_node_parent(n))
		if (cmark_node_get_type(n) == CMARK_NODE_BLOCK_QUOTE &&
			text_starts(t, ">"))
			t = text_trim(text_from(t, 1));
	return t;
}

/* A table that cmark reads as text is a slip of the writer: say so. */
static bool
refuse_stray_delimiter(const struct markdown_walk *w, cmark_node *n,
	size_t rows)
{
	enum table_align align[TABLE_COLUMNS_MAX];

	for (size_t k = 0; k < rows; k++) {
		if (table_delimiter(paragraph_line(w, n, k), align) == 0)
			continue;
		return err_set(w->e, ERR_FORMAT, "%s:%d: %s", w->o->path,
			markdown_line(w, n) + (int)k, k == 0
			? "a table begins with a row of headings"
			: "a table needs an empty line before its headings");
	}
	return true;
}

static bool
read_row(const struct markdown_walk *w, struct markdown_grid *g,
	struct text line, size_t row)
{
	int at = g->line + (int)row + (row > 0);
	size_t n = table_row(w->a, line, g->cells + row * g->columns,
		g->columns);

	if (n == 0)
		return err_set(w->e, ERR_FORMAT, "%s:%d: a table's row has no"
			" \"|\" (or an empty line is missing after the table)",
			w->o->path, at);
	if (n > g->columns || (row == 0 && n < g->columns))
		return err_set(w->e, ERR_FORMAT, "%s:%d: the table's row has"
			" %zu cells, its line of dashes %zu", w->o->path, at,
			n, g->columns);
	return true;
}

/* Replaces the paragraph by a custom block that holds the table's grid. */
static bool
read_table(struct markdown_walk *w, cmark_node *paragraph,
	struct markdown_grid ***tail)
{
	size_t lines = (size_t)(cmark_node_get_end_line(paragraph) -
		cmark_node_get_start_line(paragraph) + 1);
	struct markdown_grid grid = { .line = markdown_line(w, paragraph) };
	struct markdown_grid *g;
	cmark_node *place;

	if (lines < 2)
		return true;
	grid.columns = table_delimiter(paragraph_line(w, paragraph, 1),
		grid.align);
	if (grid.columns == 0)
		return refuse_stray_delimiter(w, paragraph, lines);
	if (grid.columns > TABLE_COLUMNS_MAX)
		return err_set(w->e, ERR_LIMIT, "%s:%d: a table of more than %d"
			" columns", w->o->path, grid.line, TABLE_COLUMNS_MAX);
	grid.rows = lines - 1;
	if (grid.rows > TABLE_ROWS_MAX)
		return err_set(w->e, ERR_LIMIT, "%s:%d: a table of more than %d"
			" rows", w->o->path, grid.line, TABLE_ROWS_MAX);
	grid.cells = arena_array(w->a, grid.rows * grid.columns,
		sizeof *grid.cells);
	for (size_t row = 0; row < grid.rows; row++)
		if (!read_row(w, &grid, paragraph_line(w, paragraph,
			row + (row > 0)), row))
			return false;
	g = arena_alloc(w->a, sizeof *g);
	*g = grid;
	**tail = g;
	*tail = &g->next;
	place = markdown_new(CMARK_NODE_CUSTOM_BLOCK);
	cmark_node_set_user_data(place, g);
	cmark_node_replace(paragraph, place);
	cmark_node_free(paragraph);
	return true;
}

/* The block after n in document order; containers are entered. */
static cmark_node *
next_block(cmark_node *n, cmark_node *root)
{
	cmark_node_type type = cmark_node_get_type(n);

	if ((type == CMARK_NODE_DOCUMENT || type == CMARK_NODE_BLOCK_QUOTE ||
		type == CMARK_NODE_LIST || type == CMARK_NODE_ITEM) &&
		cmark_node_first_child(n))
		return cmark_node_first_child(n);
	while (n != root && !cmark_node_next(n))
		n = cmark_node_parent(n);
	return n == root ? NULL : cmark_node_next(n);
}

static bool
read_tables(struct markdown_walk *w, cmark_node *document)
{
	struct markdown_grid **tail = &w->grids;
	cmark_node *next;

	for (cmark_node *n = document; n; n = next) {
		next = next_block(n, document);
		if (cmark_node_get_type(n) == CMARK_NODE_PARAGRAPH &&
			!read_table(w, n, &tail))
			return false;
	}
	return true;
}

/* Does cmark make one text of it, the same?  Quotes are typeset by what
 * stands around them, and left to cmark and its escapes too. */
static bool
is_plain(struct text cell)
{
	static const bool special[UCHAR_MAX + 1] = {
		['"'] = true, ['!'] = true, ['&'] = true, ['\''] = true,
		['*'] = true, ['<'] = true, ['['] = true, ['\\'] = true,
		[']'] = true, ['_'] = true, ['`'] = true
	};

	for (size_t i = 0; i < cell.len; i++) {
		unsigned char c = (unsigned char)cell.p[i];

		if (c < ' ' || special[c])
			return false;
	}
	return true;
}

/* Parses every cell as a paragraph; the page's own text stands after them
 * for the sake of the link references in it. */
static void
parse_cells(struct markdown_walk *w, struct text source)
{
	cmark_node *n;
	bool references = false;
	struct buf b;

	buf_init(&b, SIZE_MAX / 2);
	for (const struct markdown_grid *g = w->grids; g; g = g->next) {
		for (size_t i = 0; i < g->rows * g->columns; i++) {
			struct text cell = g->cells[i];

			if (is_plain(cell))
				continue;
			references = references ||
				text_find(cell, '[') < cell.len;
			buf_str(&b, MARKDOWN_GUARD " ");
			buf_text(&b, cell);
			buf_str(&b, "\n\n");
		}
	}
	if (references && text_search(source, "]:") < source.len)
		buf_text(&b, source);
	if (b.len)
		w->cells = markdown_parse(buf_view(&b));
	buf_release(&b);
	n = w->cells ? cmark_node_first_child(w->cells) : NULL;
	for (struct markdown_grid *g = w->grids; g; g = g->next) {
		g->first = n;
		for (size_t i = 0; i < g->rows * g->columns; i++)
			if (!is_plain(g->cells[i]))
				n = cmark_node_next(n);
	}
}

bool
markdown_tables(struct markdown_walk *w, cmark_node *document,
	struct text source)
{
	if (text_find(source, '|') == source.len)
		return true;
	cut_lines(w, source);
	if (!read_tables(w, document))
		return false;
	if (w->grids)
		parse_cells(w, source);
	return true;
}

/* ---- in the walk ---- */

/* A table being written: markup, and between it the cells that cmark read. */
struct writer {
	struct markdown_walk *w;
	struct markdown_grid *g;
	cmark_node *place;
	cmark_node *paragraph; /* the next cell that is not plain */
	struct buf markup;     /* since the last such cell */
	struct buf label;      /* the headings, read aloud */
};

static const char *const align_class[] = {
	"", " class=\"left\"", " class=\"center\"", " class=\"right\""
};

static void
flush(struct writer *t)
{
	buf_char(&t->markup, '\0');
	cmark_node_append_child(t->place, markdown_around(
		CMARK_NODE_CUSTOM_INLINE, t->markup.p, ""));
	buf_clear(&t->markup);
}

static void
put_label(struct writer *t, struct text heading)
{
	if (t->label.len && heading.len)
		buf_str(&t->label, ", ");
	buf_text(&t->label, heading);
}

static void
open_cell(struct writer *t, bool heading, size_t column)
{
	buf_str(&t->markup, heading ? "<th scope=\"col\"" : "<td");
	buf_str(&t->markup, align_class[t->g->align[column]]);
	buf_char(&t->markup, '>');
}

static void
plain_cell(struct writer *t, struct text cell, bool header, size_t column)
{
	struct buf *typeset = &t->w->typeset;
	bool heading = header && cell.len;

	if (typography(cell, t->w->o->english, ' ', typeset))
		cell = buf_view(typeset);
	open_cell(t, heading, column);
	html_escape(&t->markup, cell);
	buf_str(&t->markup, heading ? "</th>\n" : "</td>\n");
	if (header)
		put_label(t, cell);
	buf_clear(typeset);
}

static bool
read_cell(struct writer *t, bool header, size_t column)
{
	cmark_node *paragraph = t->paragraph;
	bool heading;

	t->paragraph = cmark_node_next(paragraph);
	markdown_unguard(paragraph);
	if (!markdown_walk(t->w, paragraph))
		return false;
	heading = header && cmark_node_first_child(paragraph);
	if (header)
		put_label(t, markdown_plain(t->w, paragraph));
	open_cell(t, heading, column);
	flush(t);
	markdown_move(paragraph, t->place);
	buf_str(&t->markup, heading ? "</th>\n" : "</td>\n");
	return true;
}

static bool
write_row(struct writer *t, size_t row)
{
	const struct markdown_grid *g = t->g;

	buf_str(&t->markup, row == 0 ? "<thead>\n<tr>\n" :
		row == 1 ? "<tbody>\n<tr>\n" : "<tr>\n");
	t->w->line = g->line + (int)row + (row > 0);
	for (size_t c = 0; c < g->columns; c++) {
		struct text cell = g->cells[row * g->columns + c];

		if (is_plain(cell))
			plain_cell(t, cell, row == 0, c);
		else if (!read_cell(t, row == 0, c))
			return false;
	}
	buf_str(&t->markup, row == 0 ? "</tr>\n</thead>\n" :
		row == g->rows - 1 ? "</tr>\n</tbody>\n" : "</tr>\n");
	return true;
}

/*
 * What a screen reader calls the box that a wide table scrolls in: the
 * heading above it, numbered if there are several, or the table's own.
 */
static struct text
table_label(struct writer *t)
{
	struct markdown_ids *ids = t->w->o->ids;
	struct heading *h;

	if (!ids || !ids->count)
		return arena_copy(t->w->a, buf_view(&t->label));
	h = &ids->items[ids->count - 1];
	return ++h->tables == 1 ? h->title : arena_printf(t->w->a,
		"%.*s (%d)", (int)h->title.len, h->title.p, h->tables);
}

static void
put_box(struct writer *t)
{
	struct text label = html_text(t->w->a, table_label(t)).markup;

	cmark_node_set_on_enter(t->place, label.len ? arena_printf(t->w->a,
		"<section class=\"table\" tabindex=\"0\""
		" aria-label=\"%.*s\">\n<table>", (int)label.len, label.p).p
		: "<div class=\"table\" tabindex=\"0\">\n<table>");
	cmark_node_set_on_exit(t->place, label.len
		? "</table>\n</section>" : "</table>\n</div>");
}

bool
markdown_table(struct markdown_walk *w, cmark_node *place)
{
	struct writer t = { .w = w, .g = cmark_node_get_user_data(place),
		.place = place };
	bool ok = true;

	if (!t.g)
		return true;
	t.paragraph = t.g->first;
	buf_init(&t.markup, SIZE_MAX / 2);
	buf_init(&t.label, SIZE_MAX / 2);
	for (size_t row = 0; ok && row < t.g->rows; row++)
		ok = write_row(&t, row);
	w->line = 0;
	if (ok) {
		flush(&t);
		put_box(&t);
	}
	buf_release(&t.markup);
	buf_release(&t.label);
	return ok;
}
