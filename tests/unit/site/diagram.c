/* diagram: nothing stands on anything else, whatever the list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "site/diagram.h"

enum { ITEMS = 100 };

/* Two corners. */
struct box {
	int64_t left, top, right, bottom;
};

static int64_t
number(const struct value *v, const char *key)
{
	int64_t n = -1;

	assert_true(text_to_int(value_get_text(v, key), INT64_MIN / 2,
		INT64_MAX / 2, &n));
	return n;
}

/* Items of very different length; the same every time. */
static void
fill(struct diagram_item *items, bool own)
{
	static const char *const titles[] = {
		"Bo", "Skola, arbete och daglig verksamhet", "V\xC3\xA5rd",
		"Kontaktpersonsutbildningssamordnarens", "" };
	static const char *const texts[] = {
		"", "Kort.", "En text som \xC3\xA4r s\xC3\xA5 l\xC3\xA5ng att "
		"den beh\xC3\xB6ver flera rader, hur stor rutan \xC3\xA4n "
		"blir, och sedan n\xC3\xA5gra till." };

	for (size_t i = 0; i < ITEMS; i++)
		items[i] = (struct diagram_item){
			text_of(titles[i * 7 % 5]), text_of(texts[i * 5 % 3]),
			own && i % 4 == 1 };
}

static const struct diagram_words words = { { "Karta", 5 }, { "Du", 2 },
	{ "kontaktpersonens plats", 22 } };

static void
assert_apart(const struct box *boxes, size_t count, int64_t width,
	int64_t height)
{
	for (size_t i = 0; i < count; i++) {
		const struct box *a = &boxes[i];

		assert_true(a->left >= 0 && a->right <= width);
		assert_true(a->top >= 0 && a->bottom <= height);
		for (size_t k = 0; k < i; k++) {
			const struct box *b = &boxes[k];

			assert_true(a->right <= b->left ||
				b->right <= a->left || a->bottom <= b->top ||
				b->bottom <= a->top);
		}
	}
}

/* The lowest base line among lists of lines. */
static int64_t
lowest(const struct value *v, const char *const keys[], int64_t least)
{
	for (; *keys; keys++) {
		const struct value *lines = value_get(v, *keys);

		for (const struct value_item *i = lines->first; i; i = i->next)
			if (number(i->value, "y") > least)
				least = number(i->value, "y");
	}
	return least;
}

static void
areas_of_a_network_stand_apart(void **state)
{
	static const char *const lines[] = { "title", "tag", "text", NULL };
	struct diagram_item items[ITEMS];

	(void)state;
	fill(items, true);
	for (size_t count = 1; count <= ITEMS; count++) {
		bool large = count % 2;
		struct box boxes[ITEMS + 1];
		struct value *v, *centre;
		struct arena a;
		size_t n = 0;

		arena_init(&a, false);
		v = diagram_network(&a, items, count, &words, large);
		for (const struct value_item *i = value_get(v, "areas")->first;
			i; i = i->next) {
			int64_t x = number(i->value, "x");
			int64_t y = number(i->value, "y");

			boxes[n++] = (struct box){ x, y,
				x + number(i->value, "width"),
				y + number(i->value, "height") };
			assert_true(lowest(i->value, lines, 0) <
				boxes[n - 1].bottom);
			assert_true(value_get_text(i->value, "path").len > 0);
		}
		assert_int_equal(n, count);
		centre = value_get(v, "centre");
		boxes[n++] = (struct box){
			number(centre, "x") - number(centre, "radius"),
			number(centre, "y") - number(centre, "radius"),
			number(centre, "x") + number(centre, "radius"),
			number(centre, "y") + number(centre, "radius") };
		assert_apart(boxes, n, number(v, "width"),
			number(v, "height"));
		arena_release(&a);
	}
}

static void
stops_of_a_process_stand_apart_with_their_texts(void **state)
{
	static const char *const lines[] = { "title", "text", NULL };
	struct diagram_item items[ITEMS];

	(void)state;
	fill(items, false);
	for (size_t count = 1; count <= ITEMS; count++) {
		bool large = count % 2;
		struct box boxes[ITEMS];
		struct value *v;
		struct arena a;
		size_t n = 0;

		arena_init(&a, false);
		v = diagram_steps(&a, items, count, &words, large);
		for (const struct value_item *i = value_get(v, "stops")->first;
			i; i = i->next) {
			int64_t x = number(i->value, "x");
			int64_t y = number(i->value, "y");
			int64_t r = number(i->value, "radius");

			assert_int_equal(number(i->value, "number"), n + 1);
			boxes[n++] = (struct box){ x - r, y - r, x + r,
				lowest(i->value, lines, y + r) };
		}
		assert_int_equal(n, count);
		assert_apart(boxes, n, number(v, "width"),
			number(v, "height"));
		assert_int_equal(value_get_text(v, "path").len > 0, count > 1);
		arena_release(&a);
	}
}

static void
only_a_large_one_has_texts_and_a_title(void **state)
{
	struct diagram_item item = { text_of("A"), text_of("text"), false };
	struct value *v;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (int large = 0; large <= 1; large++) {
		v = diagram_steps(&a, &item, 1, &words, large);
		assert_int_equal(value_get(v, "head")->count, large);
		v = value_get(v, "stops")->first->value;
		assert_int_equal(value_get(v, "text")->count, large);
		v = diagram_network(&a, &item, 1, &words, large);
		v = value_get(v, "areas")->first->value;
		assert_int_equal(value_get(v, "text")->count, large);
		assert_int_equal(value_get(v, "tag")->count, 0);
	}
	arena_release(&a);
}

static void
six_stops_are_two_rows_of_three(void **state)
{
	static const struct {
		size_t count, row;
	} rows[] = { { 1, 1 }, { 2, 2 }, { 3, 3 }, { 4, 2 }, { 5, 3 },
		{ 6, 3 }, { 7, 3 }, { 9, 3 } };
	struct diagram_item items[ITEMS];
	struct arena a;

	(void)state;
	fill(items, false);
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct value *stops = value_get(diagram_steps(&a, items,
			rows[i].count, &words, false), "stops");
		int64_t y = number(stops->first->value, "y");
		size_t n = 0;

		for (const struct value_item *k = stops->first; k; k = k->next)
			n += number(k->value, "y") == y;
		assert_int_equal(n, rows[i].row);
	}
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(areas_of_a_network_stand_apart),
		cmocka_unit_test(
			stops_of_a_process_stand_apart_with_their_texts),
		cmocka_unit_test(only_a_large_one_has_texts_and_a_title),
		cmocka_unit_test(six_stops_are_two_rows_of_three),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
