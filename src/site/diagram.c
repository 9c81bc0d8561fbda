/* diagram: where everything stands in a map of a process or of a network. */
#include "site/diagram.h"

#include "base/buf.h"
#include "site/diagram_text.h"
#include "base/banned.h"

enum {
	PATH_BYTES_MAX = 64 * 1024,
	AIR = 6 /* between what belongs together */
};

/* A drawing that grows downwards, and what it measures. */
struct sheet {
	struct arena *a;
	int width;
	int margin;
	int radius;   /* of a stop; half the person in the middle */
	int columns;  /* most in a row of a process */
	int gap;      /* between things */
	int pad;      /* inside a box */
	struct diagram_type head, title, text;
	struct value *data;
};

static const struct sheet sizes[] = {
	{ .width = 600, .margin = 4, .radius = 22, .columns = 3, .gap = 24,
		.pad = 12, .title = { 16, 21, true, true },
		.text = { 14, 19, false, true } },
	{ .width = 1120, .margin = 44, .radius = 30, .columns = 3, .gap = 40,
		.pad = 18, .head = { 38, 46, true, false },
		.title = { 22, 28, true, false },
		.text = { 18, 25, false, false } },
};

static void
put(const struct sheet *s, struct value *map, const char *key, int n)
{
	(void)value_set(s->a, map, key, value_int(s->a, n));
}

/* Lines {x, y, text} under `key`; y is the base line. */
static void
put_lines(const struct sheet *s, struct value *map, const char *key,
	struct diagram_lines lines, const struct diagram_type *type, int x,
	int top)
{
	struct value *list = value_list(s->a);

	for (size_t i = 0; i < lines.count; i++) {
		struct value *line = value_map(s->a);

		put(s, line, "x", x);
		put(s, line, "y", top + type->size +
			(int)i * type->leading);
		value_set_str(s->a, line, "text", lines.items[i]);
		(void)value_push(s->a, list, line);
	}
	(void)value_set(s->a, map, key, list);
}

static int
height_of(struct diagram_lines lines, const struct diagram_type *type)
{
	return (int)lines.count * type->leading;
}

/* Begins a drawing; returns where there is room below its title. */
static int
begin(struct sheet *s, struct arena *a, struct text title, bool large)
{
	struct diagram_lines lines = { 0 };

	*s = sizes[large];
	s->a = a;
	s->data = value_map(a);
	if (large)
		lines = diagram_text_lines(a, title, &s->head,
			s->width - 2 * s->margin);
	put_lines(s, s->data, "head", lines, &s->head, s->margin, s->margin);
	put(s, s->data, "width", s->width);
	put(s, s->data, "head_size", s->head.size);
	put(s, s->data, "title_size", s->title.size);
	put(s, s->data, "text_size", s->text.size);
	return s->margin + (large ? height_of(lines, &s->head) + s->gap : 0);
}

/* A large one ends with a line about where it comes from. */
static struct value *
end(struct sheet *s, int bottom, bool large)
{
	if (large)
		bottom += s->gap + s->text.size;
	put(s, s->data, "foot_x", s->margin);
	put(s, s->data, "foot_y", bottom);
	put(s, s->data, "height", bottom + s->margin);
	return s->data;
}

static void
put_path(const struct sheet *s, struct value *map, struct buf *path)
{
	value_set_str(s->a, map, "path", arena_copy(s->a, buf_view(path)));
	buf_release(path);
}

/* ---- a process ---------------------------------------------------------- */

/* Rows as even as they come: six are three and three, not four and two. */
static int
steps_columns(const struct sheet *s, size_t count)
{
	size_t most = (size_t)s->columns;
	size_t rows = (count + most - 1) / most;

	return (int)((count + rows - 1) / rows);
}

/* One stop and its texts below; returns where they end. */
static int
put_stop(const struct sheet *s, const struct diagram_item *item, int number,
	int left, int top, int width, bool large, struct value *stops)
{
	struct value *v = value_map(s->a);
	struct diagram_type title = s->title;
	struct diagram_lines lines;
	int y = top + 2 * s->radius + s->gap / 3;

	title.even = false;
	put(s, v, "number", number);
	put(s, v, "x", left + s->radius);
	put(s, v, "y", top + s->radius);
	put(s, v, "radius", s->radius);
	put(s, v, "number_y", top + s->radius + s->title.size * 36 / 100);
	lines = diagram_text_lines(s->a, item->title, &title, width);
	put_lines(s, v, "title", lines, &title, left, y);
	y += height_of(lines, &title);
	lines = (struct diagram_lines){ 0 };
	if (large) {
		lines = diagram_text_lines(s->a, item->text, &s->text, width);
		y += AIR;
	}
	put_lines(s, v, "text", lines, &s->text, left, y);
	(void)value_push(s->a, stops, v);
	return y + height_of(lines, &s->text);
}

/* From one stop to the next in its row, with the head of an arrow. */
static void
draw_across(struct buf *path, int from, int to, int y)
{
	buf_printf(path, "M%d %dH%dm-9 -7l9 7l-9 7", from, y, to);
}

/* From the last stop of a row out to the right, down, and back to the left
 * to the stop below. */
static void
draw_back(const struct sheet *s, struct buf *path, int from, int y, int turn,
	int below)
{
	enum { BEND = 12 };
	int right = s->width - s->margin - 2;
	int left = s->margin + s->radius;

	buf_printf(path, "M%d %dH%da%d %d 0 0 1 %d %dV%da%d %d 0 0 1 -%d %d"
		"H%da%d %d 0 0 0 -%d %dV%dm-7 -9l7 9l7 -9", from, y,
		right - BEND, BEND, BEND, BEND, BEND, turn - BEND, BEND, BEND,
		BEND, BEND, left + BEND, BEND, BEND, BEND, BEND, below);
}

struct value *
diagram_steps(struct arena *a, const struct diagram_item *items, size_t count,
	const struct diagram_words *words, bool large)
{
	struct sheet s;
	struct value *stops = value_list(a);
	struct buf path;
	int top = begin(&s, a, words->title, large);
	int columns = steps_columns(&s, count);
	int pace = (s.width - 2 * s.margin) / columns;
	int bottom = top;

	buf_init(&path, PATH_BYTES_MAX);
	for (size_t i = 0; i < count; i++) {
		int left = s.margin + (int)(i % (size_t)columns) * pace;
		bool last = (i + 1) % (size_t)columns == 0;
		int after = left + 2 * s.radius + AIR;
		int foot = put_stop(&s, &items[i], (int)i + 1, left, top,
			pace - s.gap, large, stops);

		if (foot > bottom)
			bottom = foot;
		if (i + 1 < count && !last)
			draw_across(&path, after, left + pace - AIR,
				top + s.radius);
		if (i + 1 == count || !last)
			continue;
		draw_back(&s, &path, after, top + s.radius, bottom + s.gap / 2,
			bottom + s.gap / 2 + s.gap + AIR);
		top = bottom + s.gap / 2 + s.gap + 2 * AIR;
		bottom = top;
	}
	(void)value_set(a, s.data, "stops", stops);
	put_path(&s, s.data, &path);
	return end(&s, bottom, large);
}

/* ---- a network ---------------------------------------------------------- */

/* One area before it has its place. */
struct area {
	const struct diagram_item *item;
	struct diagram_lines title, text, own;
	int height;
	int y; /* of its upper edge */
};

/* Which areas stand where, each in its order downwards. */
struct around {
	struct area *top, *bottom; /* between the columns; NULL: none there */
	struct area **right, **left;
	int right_count, left_count;
};

static void
measure(const struct sheet *s, struct area *area,
	const struct diagram_words *words, int width, bool large)
{
	int inside = width - 2 * s->pad;

	area->title = diagram_text_lines(s->a, area->item->title, &s->title,
		inside);
	if (large)
		area->text = diagram_text_lines(s->a, area->item->text,
			&s->text, inside);
	if (area->item->own)
		area->own = diagram_text_lines(s->a, words->own, &s->text,
			inside);
	area->height = 2 * s->pad + height_of(area->title, &s->title) +
		height_of(area->text, &s->text) +
		height_of(area->own, &s->text) + (area->text.count ? AIR : 0);
}

/* Clockwise from the top: with an even number one is at the bottom too, and
 * two stand beside the person. */
static void
place(struct arena *a, struct area *areas, size_t count, struct around *out)
{
	size_t sides = count == 2 ? 2 : (count - 1) / 2 * 2;
	size_t i = 0;

	*out = (struct around){ 0 };
	out->right = arena_array(a, count, sizeof(struct area *));
	out->left = arena_array(a, count, sizeof(struct area *));
	if (count != 2)
		out->top = &areas[i++];
	for (size_t k = 0; k < sides / 2; k++)
		out->right[out->right_count++] = &areas[i++];
	if (i + sides / 2 < count)
		out->bottom = &areas[i++];
	for (size_t k = sides / 2; k--; out->left_count++)
		out->left[k] = &areas[i++];
}

static int
column_height(const struct sheet *s, struct area *const *areas, int count)
{
	int sum = count > 1 ? (count - 1) * s->gap : 0;

	for (int i = 0; i < count; i++)
		sum += areas[i]->height;
	return sum;
}

/* Spreads a column over the height between two edges. */
static void
spread(const struct sheet *s, struct area **areas, int count, int top,
	int bottom)
{
	int room = bottom - top - column_height(s, areas, count);
	int y = top;

	for (int i = 0; i < count; i++) {
		areas[i]->y = y + room * (2 * i + 1) / (2 * count);
		y += areas[i]->height + s->gap;
	}
}

static int
larger(int a, int b)
{
	return a > b ? a : b;
}

/* Gives each area its y; returns where the person in the middle is. */
static int
arrange(const struct sheet *s, struct around *r, int top, int *bottom)
{
	int above = r->top ? r->top->height + 2 * s->gap : 0;
	int below = r->bottom ? r->bottom->height + 2 * s->gap : 0;
	int half = larger(above, below) + 2 * s->radius;
	int column = larger(column_height(s, r->right, r->right_count),
		column_height(s, r->left, r->left_count));
	int centre, edge;

	/* The columns begin and end a little inside the areas between them,
	 * so that the whole is round. */
	if (half < column / 2 + s->gap)
		half = column / 2 + s->gap;
	edge = larger(column / 2, r->top ? half - s->gap : 2 * s->radius);
	centre = top + (r->top ? half : edge);
	*bottom = centre + (r->bottom ? half : edge);
	if (r->top)
		r->top->y = top;
	if (r->bottom)
		r->bottom->y = *bottom - r->bottom->height;
	spread(s, r->right, r->right_count, centre - edge, centre + edge);
	spread(s, r->left, r->left_count, centre - edge, centre + edge);
	return centre;
}

/* The root of n, rounded down. */
static int
root(int n)
{
	int r = 0;

	while ((r + 1) * (r + 1) <= n)
		r++;
	return r;
}

/* From the circle around the person towards a point. */
static void
draw_line(struct buf *path, int cx, int cy, int radius, int x, int y)
{
	int far = root((x - cx) * (x - cx) + (y - cy) * (y - cy));

	if (far > radius)
		buf_printf(path, "M%d %dL%d %d", cx + (x - cx) * radius / far,
			cy + (y - cy) * radius / far, x, y);
}

/* An area in its place: `left` is its edge, `to_x`, `to_y` where its line
 * ends. */
static void
put_area(const struct sheet *s, const struct area *area, int left, int width,
	int cy, int to_x, int to_y, struct value *list)
{
	enum { INSET = 5 };
	struct value *v = value_map(s->a);
	int middle = left + width / 2;
	int y = area->y + s->pad;
	struct buf path;

	value_set_bool(s->a, v, "own", area->item->own);
	put(s, v, "x", left);
	put(s, v, "y", area->y);
	put(s, v, "width", width);
	put(s, v, "height", area->height);
	put(s, v, "inner_x", left + INSET);
	put(s, v, "inner_y", area->y + INSET);
	put(s, v, "inner_width", width - 2 * INSET);
	put(s, v, "inner_height", area->height - 2 * INSET);
	put_lines(s, v, "title", area->title, &s->title, middle, y);
	y += height_of(area->title, &s->title);
	put_lines(s, v, "tag", area->own, &s->text, middle, y);
	y += height_of(area->own, &s->text);
	put_lines(s, v, "text", area->text, &s->text, middle, y + AIR);
	buf_init(&path, PATH_BYTES_MAX);
	draw_line(&path, s->width / 2, cy, 2 * s->radius, to_x, to_y);
	put_path(s, v, &path);
	(void)value_push(s->a, list, v);
}

static void
put_centre(const struct sheet *s, struct text word, int y)
{
	struct value *v = value_map(s->a);
	struct diagram_lines lines = diagram_text_lines(s->a, word, &s->title,
		3 * s->radius);

	put(s, v, "x", s->width / 2);
	put(s, v, "y", y);
	put(s, v, "radius", 2 * s->radius);
	put_lines(s, v, "title", lines, &s->title, s->width / 2,
		y - height_of(lines, &s->title) / 2);
	(void)value_set(s->a, s->data, "centre", v);
}

/* In the order of the list, as they are read. */
static void
put_areas(const struct sheet *s, const struct around *r, int width, int cy)
{
	struct value *list = value_list(s->a);
	int middle = s->width / 2;
	int left = s->margin;
	int right = s->width - s->margin - width;

	if (r->top)
		put_area(s, r->top, middle - width / 2, width, cy, middle,
			r->top->y + r->top->height, list);
	for (int i = 0; i < r->right_count; i++)
		put_area(s, r->right[i], right, width, cy, right,
			r->right[i]->y + r->right[i]->height / 2, list);
	if (r->bottom)
		put_area(s, r->bottom, middle - width / 2, width, cy, middle,
			r->bottom->y, list);
	for (int i = r->left_count; i--; )
		put_area(s, r->left[i], left, width, cy, left + width,
			r->left[i]->y + r->left[i]->height / 2, list);
	(void)value_set(s->a, s->data, "areas", list);
}

struct value *
diagram_network(struct arena *a, const struct diagram_item *items,
	size_t count, const struct diagram_words *words, bool large)
{
	struct sheet s;
	struct around around;
	struct area *areas = arena_array(a, count, sizeof *areas);
	int top = begin(&s, a, words->title, large);
	int width = (s.width - 2 * s.margin - 2 * s.gap) / 3;
	int bottom, centre;

	for (size_t i = 0; i < count; i++) {
		areas[i].item = &items[i];
		measure(&s, &areas[i], words, width, large);
	}
	place(a, areas, count, &around);
	centre = arrange(&s, &around, top, &bottom);
	put_centre(&s, words->centre, centre);
	put_areas(&s, &around, width, centre);
	return end(&s, bottom, large);
}
