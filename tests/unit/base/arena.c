/* arena: unit tests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"

static void
what_is_taken_is_zero_even_where_something_was(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	memset(arena_alloc(&a, 5000), 'x', 5000);
	arena_clear(&a);
	for (const char *p = arena_alloc(&a, 5000), *end = p + 5000; p < end;
		p++)
		assert_int_equal(*p, 0);
	arena_release(&a);
}

static void
a_number_is_its_digits(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	assert_true(text_is(arena_int(&a, 0), "0"));
	assert_true(text_is(arena_int(&a, 907), "907"));
	assert_true(text_is(arena_int(&a, -10), "-10"));
	assert_string_equal(arena_int(&a, INT64_MAX).p, "9223372036854775807");
	assert_true(text_is(arena_int(&a, INT64_MIN), "-9223372036854775808"));
	arena_release(&a);
}

static void
clearing_gives_back_all_but_one_block(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	arena_clear(&a);
	for (int i = 0; i < 100; i++)
		(void)arena_alloc(&a, 10000);
	arena_clear(&a);
	assert_non_null(a.blocks);
	arena_release(&a);
	assert_null(a.blocks);
}

static void
a_wiped_arena_keeps_nothing_when_cleared(void **state)
{
	struct arena a;
	const char *p;

	(void)state;
	arena_init(&a, true);
	p = arena_copy(&a, text_of("hemligt")).p;
	arena_clear(&a);
	/* The block is still there to be looked at. */
	assert_memory_equal(p, "\0\0\0\0\0\0\0", 7);
	arena_release(&a);
}

static void
a_copy_ends_in_nul(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	memset(arena_alloc(&a, 100), 'x', 100);
	arena_clear(&a);
	assert_string_equal(arena_copy(&a, text_of("abc")).p, "abc");
	assert_string_equal(arena_copy(&a, (struct text){ 0 }).p, "");
	assert_string_equal(arena_join(&a, (struct text[]){ text_of("en"),
		{ 0 }, text_of(" sak") }, 3).p, "en sak");
	assert_string_equal(arena_join(&a, NULL, 0).p, "");
	arena_release(&a);
}

/* Whatever is left of a block: too little, just enough, more. */
static void
printing_is_whole_wherever_a_block_ends(void **state)
{
	static const bool wipe[] = { false, true };
	char want[301];

	(void)state;
	memset(want, 'y', 300);
	want[300] = '\0';
	for (size_t w = 0; w < 2; w++) {
		for (size_t left = 0; left < 400; left += 16) {
			struct arena a;
			struct text t;
			char *before;

			arena_init(&a, wipe[w]);
			before = arena_alloc(&a, 8 * 1024 - left);
			t = arena_printf(&a, "%s", want);
			assert_int_equal(t.len, 300);
			assert_string_equal(t.p, want);
			/* What comes next does not overwrite it. */
			memset(arena_alloc(&a, 32), 'z', 32);
			assert_string_equal(t.p, want);
			assert_int_equal(before[0], 0);
			arena_release(&a);
		}
	}
}

static void
a_piece_grows_where_it_is_if_it_was_the_last(void **state)
{
	struct arena a;
	char *p, *q;

	(void)state;
	arena_init(&a, false);
	memset(arena_alloc(&a, 4000), 'x', 4000);
	arena_clear(&a);
	p = arena_alloc(&a, 10);
	memcpy(p, "0123456789", 10);
	q = arena_grow(&a, p, 10, 40);
	assert_ptr_equal(p, q);
	assert_memory_equal(q, "0123456789", 10);
	(void)arena_alloc(&a, 1);
	q = arena_grow(&a, p, 40, 80);
	assert_ptr_not_equal(p, q);
	assert_memory_equal(q, "0123456789", 10);
	/* Out of its block. */
	p = arena_grow(&a, q, 80, 100000);
	assert_memory_equal(p, "0123456789", 10);
	p[99999] = 1;
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_taken_is_zero_even_where_something_was),
		cmocka_unit_test(a_number_is_its_digits),
		cmocka_unit_test(clearing_gives_back_all_but_one_block),
		cmocka_unit_test(a_wiped_arena_keeps_nothing_when_cleared),
		cmocka_unit_test(a_piece_grows_where_it_is_if_it_was_the_last),
		cmocka_unit_test(a_copy_ends_in_nul),
		cmocka_unit_test(printing_is_whole_wherever_a_block_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
