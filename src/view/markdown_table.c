/*
 * markdown_table: paragraphs that are pipe tables become tables.
 *
 * Cells must be read as inlines, with the page's link references.  So
 * paragraphs that are tables are found before the walk, their cells are
 * parsed as paragraphs of a second document, and the walk moves them to
 * where they belong.
 */
#include "view/markdown_walk.h"

#include <stdint.h>

#include "view/html.h"
#include "view/table.h"
#include "base/banned.h"

/* A table that was a paragraph. */
struct markdown_grid {
	struct markdown_grid *next;
	size_t columns;
	size_t rows; /* the header included */
	enum table_align align[TABLE_COLUMNS_MAX];
	struct text *cells; /* rows * columns, as written */
	int line;           /* of the header, in the file */
	cmark_node *first;  /* its first cell's paragraph */
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
	place = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
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

			references = references ||
				text_find(cell, '[') < cell.len;
			buf_str(&b, MARKDOWN_GUARD " ");
			buf_text(&b, cell);
			buf_str(&b, "\n\n");
		}
	}
	if (references && text_search(source, "]:") < source.len)
		buf_text(&b, source);
	w->cells = cmark_parse_document(b.p, b.len, CMARK_OPT_DEFAULT);
	buf_release(&b);
	n = cmark_node_first_child(w->cells);
	for (struct markdown_grid *g = w->grids; g; g = g->next) {
		g->first = n;
		for (size_t i = 0; i < g->rows * g->columns; i++)
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

static cmark_node *
cell(cmark_node *paragraph, bool header, enum table_align align)
{
	static const char *const open[2][4] = {
		{ "<td>", "<td class=\"left\">", "<td class=\"center\">",
			"<td class=\"right\">" },
		{ "<th scope=\"col\">", "<th scope=\"col\" class=\"left\">",
			"<th scope=\"col\" class=\"center\">",
			"<th scope=\"col\" class=\"right\">" }
	};
	cmark_node *n = markdown_around(CMARK_NODE_CUSTOM_INLINE,
		open[header][align], header ? "</th>\n" : "</td>\n");

	markdown_move(paragraph, n);
	return n;
}

static cmark_node *
row(size_t at, size_t rows)
{
	return markdown_around(CMARK_NODE_CUSTOM_INLINE,
		at == 0 ? "<thead>\n<tr>\n" :
		at == 1 ? "<tbody>\n<tr>\n" : "<tr>\n",
		at == 0 ? "</tr>\n</thead>\n" :
		at == rows - 1 ? "</tr>\n</tbody>\n" : "</tr>\n");
}

/*
 * What a screen reader calls the box that a wide table scrolls in: the
 * heading above it, numbered if there are several, or the table's own.
 */
static struct text
table_label(struct markdown_walk *w, cmark_node *header)
{
	struct markdown_ids *ids = w->o->ids;
	struct heading *h;
	struct buf b;
	struct text t;

	if (ids && ids->count) {
		h = &ids->items[ids->count - 1];
		return ++h->tables == 1 ? h->title : arena_printf(w->a,
			"%.*s (%d)", (int)h->title.len, h->title.p, h->tables);
	}
	buf_init(&b, SIZE_MAX / 2);
	for (cmark_node *n = cmark_node_first_child(header); n;
		n = cmark_node_next(n)) {
		t = markdown_plain(w, n);
		if (b.len && t.len)
			buf_str(&b, ", ");
		buf_text(&b, t);
	}
	t = arena_copy(w->a, buf_view(&b));
	buf_release(&b);
	return t;
}

bool
markdown_table(struct markdown_walk *w, cmark_node *place)
{
	struct markdown_grid *g = cmark_node_get_user_data(place);
	cmark_node *paragraph = g ? g->first : NULL;
	struct text label;

	if (!g)
		return true;
	for (size_t r = 0; r < g->rows; r++) {
		cmark_node *tr = row(r, g->rows);

		cmark_node_append_child(place, tr);
		w->line = g->line + (int)r + (r > 0);
		for (size_t c = 0; c < g->columns; c++) {
			markdown_unguard(paragraph);
			if (!markdown_walk(w, paragraph))
				return false;
			cmark_node_append_child(tr, cell(paragraph,
				r == 0 && cmark_node_first_child(paragraph),
				g->align[c]));
			paragraph = cmark_node_next(paragraph);
		}
	}
	w->line = 0;
	label = html_text(w->a, table_label(w,
		cmark_node_first_child(place))).markup;
	cmark_node_set_on_enter(place, label.len ? arena_printf(w->a,
		"<section class=\"table\" tabindex=\"0\""
		" aria-label=\"%.*s\">\n<table>", (int)label.len, label.p).p
		: "<div class=\"table\" tabindex=\"0\">\n<table>");
	cmark_node_set_on_exit(place, label.len
		? "</table>\n</section>" : "</table>\n</div>");
	return true;
}
