/* memo: what a build knew comes back whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "site/memo.h"

enum { ROOM = 64 * 1024 };

static struct text ids[] = { { "forst", 5 }, { "sedan", 5 } };
static struct text sheets[] = { { "/a/steg.svg", 11 } };
static struct memo_anchor anchors[] = {
	{ 1, 12, { "forst", 5 }, { "b.md#forst", 10 } },
};
static struct memo_page pages[] = {
	{ .path = { "content/a.md", 12 }, .stamp = { 1, 2, 3, 4, 5 },
		.front = { "front", 5 }, .shown = true,
		.history = { { 7 } }, .ids = ids, .id_count = 2,
		.anchors = anchors, .anchor_count = 1, .sheets = sheets,
		.sheet_count = 1 },
	{ .path = { "content/b.png", 13 }, .stamp = { 6, 7, 8, -9, 10 },
		.front = { "", 0 } },
};
static struct memo_output outputs[] = {
	{ { "a/index.html", 12 }, { { 1 } }, { 1, 2, 3, 4, 5 },
		{ { true, { { 8 } }, { 5, 4, 3, 2, 1 } },
			{ true, { { 9 } }, { 0 } } } },
	{ { "b.png", 5 }, { { 2 } }, { 0 }, { { 0 } } },
};
static const struct memo whole = {
	.program = { "program", 7 }, .globals = { { 3 } },
	.dates = { { 4 } }, .head = { { 5 } }, .pages = pages,
	.page_count = 2, .outputs = outputs, .output_count = 2,
};

struct fixture {
	struct arena a;
	struct buf b;
};

static int
setup(void **state)
{
	static struct fixture f;

	arena_init(&f.a, false);
	buf_init(&f.b, ROOM);
	memo_put_pages(&f.b, &whole);
	memo_put_outputs(&f.b, &whole);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	buf_release(&f->b);
	arena_release(&f->a);
	return 0;
}

static void
what_is_put_comes_back(void **state)
{
	struct fixture *f = *state;
	const struct memo_page *p;
	const struct memo_output *o;
	struct memo m;

	assert_true(memo_parse(&f->a, buf_view(&f->b), &m));
	assert_true(text_is(m.program, "program"));
	assert_memory_equal(&m.globals, &whole.globals, sizeof m.globals);
	assert_memory_equal(&m.dates, &whole.dates, sizeof m.dates);
	assert_memory_equal(&m.head, &whole.head, sizeof m.head);
	assert_int_equal(m.page_count, 2);
	assert_int_equal(m.output_count, 2);
	p = memo_page(&m, text_of("content/a.md"));
	assert_non_null(p);
	assert_true(fs_stamp_eq(&p->stamp, &pages[0].stamp));
	assert_true(text_is(p->front, "front"));
	assert_true(p->shown);
	assert_memory_equal(&p->history, &pages[0].history, HASH_BYTES);
	assert_int_equal(p->id_count, 2);
	assert_true(text_is(p->ids[1], "sedan"));
	assert_int_equal(p->anchor_count, 1);
	assert_int_equal(p->anchors[0].to, 1);
	assert_int_equal(p->anchors[0].line, 12);
	assert_true(text_is(p->anchors[0].id, "forst"));
	assert_true(text_is(p->anchors[0].written, "b.md#forst"));
	assert_int_equal(p->sheet_count, 1);
	p = memo_page(&m, text_of("content/b.png"));
	assert_non_null(p);
	assert_false(p->shown);
	assert_true(fs_stamp_eq(&p->stamp, &pages[1].stamp));
	o = memo_output(&m, text_of("a/index.html"));
	assert_non_null(o);
	assert_int_equal(o->hash.b[0], 1);
	assert_true(o->siblings[COMPRESS_BR].listed);
	assert_int_equal(o->siblings[COMPRESS_BR].mark.b[0], 8);
	assert_true(fs_stamp_eq(&o->siblings[COMPRESS_BR].stamp,
		&outputs[0].siblings[COMPRESS_BR].stamp));
	assert_true(o->siblings[COMPRESS_GZ].listed);
	o = memo_output(&m, text_of("b.png"));
	assert_non_null(o);
	assert_false(o->siblings[COMPRESS_GZ].listed);
	/* In order, out of order, and not there: near or not, the same. */
	for (size_t near = 0; near < 4; near++) {
		size_t at = near;

		assert_ptr_equal(memo_output_near(&m, text_of("b.png"), &at),
			o);
		assert_ptr_equal(memo_output_near(&m,
			text_of("a/index.html"), &at), &m.outputs[0]);
		assert_ptr_equal(memo_output_near(&m, text_of("b.png"), &at),
			o);
		assert_null(memo_output_near(&m, text_of("a"), &at));
	}
	assert_null(memo_page(&m, text_of("content/c.md")));
	assert_null(memo_output(&m, text_of("")));
}

static void
one_bit_or_byte_wrong_is_none(void **state)
{
	struct fixture *f = *state;
	struct memo m;

	for (size_t i = 0; i < f->b.len; i++) {
		f->b.p[i] = (char)(f->b.p[i] ^ 4);
		assert_false(memo_parse(&f->a, buf_view(&f->b), &m));
		f->b.p[i] = (char)(f->b.p[i] ^ 4);
		assert_false(memo_parse(&f->a, (struct text){ f->b.p, i },
			&m));
	}
	assert_true(memo_parse(&f->a, buf_view(&f->b), &m));
	buf_char(&f->b, '\0');
	assert_false(memo_parse(&f->a, buf_view(&f->b), &m));
}

/* With a hash that is right. */
static void
what_is_out_of_order_is_none(void **state)
{
	struct fixture *f = *state;
	struct memo_page swapped[] = { pages[1], pages[0] };
	struct memo_output twice[] = { outputs[0], outputs[0] };
	struct memo wrong = whole;
	struct memo m;

	wrong.pages = swapped;
	buf_clear(&f->b);
	memo_put_pages(&f->b, &wrong);
	memo_put_outputs(&f->b, &wrong);
	assert_false(memo_parse(&f->a, buf_view(&f->b), &m));
	wrong.pages = pages;
	wrong.outputs = twice;
	buf_clear(&f->b);
	memo_put_pages(&f->b, &wrong);
	memo_put_outputs(&f->b, &wrong);
	assert_false(memo_parse(&f->a, buf_view(&f->b), &m));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_put_comes_back, setup,
			teardown),
		cmocka_unit_test_setup_teardown(one_bit_or_byte_wrong_is_none,
			setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_out_of_order_is_none,
			setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
