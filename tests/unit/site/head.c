/* head: what was known of HEAD comes back whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "site/head.h"

static struct head_file files[] = {
	{ { "/srv/site/.git/HEAD", 19 }, { 1, 2, 3, 4, 5 } },
	{ { "/srv/site/.git/shallow", 22 }, { 0 } },
};
static const struct head whole = {
	.root = { "/srv/site", 9 }, .commit = { { 7 } }, .prefix = { "", 0 },
	.files = files, .count = 2, .compared = { { 8 } },
	.changed = { "content/a.md", 12 },
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
	buf_init(&f.b, HEAD_MAX);
	head_put(&f.b, &whole);
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
	struct head h;

	assert_true(head_parse(&f->a, buf_view(&f->b), &h));
	assert_true(text_is(h.root, "/srv/site"));
	assert_memory_equal(&h.commit, &whole.commit, sizeof h.commit);
	assert_true(text_is(h.prefix, ""));
	assert_int_equal(h.count, 2);
	for (size_t i = 0; i < h.count; i++) {
		assert_true(text_eq(h.files[i].path, files[i].path));
		assert_true(fs_stamp_eq(&h.files[i].stamp, &files[i].stamp));
	}
	assert_memory_equal(&h.compared, &whole.compared, HASH_BYTES);
	assert_true(text_is(h.changed, "content/a.md"));
}

static void
one_bit_or_byte_wrong_is_none(void **state)
{
	struct fixture *f = *state;
	struct head h;

	for (size_t i = 0; i < f->b.len; i++) {
		f->b.p[i] = (char)(f->b.p[i] ^ 4);
		assert_false(head_parse(&f->a, buf_view(&f->b), &h));
		f->b.p[i] = (char)(f->b.p[i] ^ 4);
		assert_false(head_parse(&f->a, (struct text){ f->b.p, i },
			&h));
	}
	buf_char(&f->b, '\0');
	assert_false(head_parse(&f->a, buf_view(&f->b), &h));
}

static void
what_is_of_another_place_does_not_stand(void **state)
{
	struct head empty = { .root = { "/", 1 } };

	(void)state;
	assert_true(head_stands(&empty, "/"));
	assert_false(head_stands(&empty, "/dev"));
	assert_false(head_stands(&empty, "/there/is/none"));
	assert_false(head_stands(&whole, "/"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_put_comes_back, setup,
			teardown),
		cmocka_unit_test_setup_teardown(one_bit_or_byte_wrong_is_none,
			setup, teardown),
		cmocka_unit_test(what_is_of_another_place_does_not_stand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
