/* tests of base/buf and base/arena. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

static void
bytes_past_the_ceiling_are_dropped_and_remembered(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 5);
	buf_str(&b, "abc");
	assert_false(b.full);
	buf_str(&b, "def");
	assert_true(b.full);
	assert_true(text_is(buf_view(&b), "abc"));
	/* Once full it stays full: no later piece slips in. */
	buf_str(&b, "x");
	assert_true(text_is(buf_view(&b), "abc"));
	buf_clear(&b);
	assert_false(b.full);
	buf_str(&b, "12345");
	assert_true(text_is(buf_view(&b), "12345"));
	buf_release(&b);
}

static void
printf_keeps_to_the_ceiling(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 8);
	buf_printf(&b, "%d-%s", 12, "ab");
	assert_true(text_is(buf_view(&b), "12-ab"));
	buf_printf(&b, "%s", "cdef");
	assert_true(b.full);
	assert_int_equal(b.len, 5);
	buf_release(&b);
}

static void
a_buf_grows_without_losing_bytes(void **state)
{
	struct buf b;

	(void)state;
	buf_init_wipe(&b, 100000);
	for (int i = 0; i < 10000; i++)
		buf_char(&b, (char)('a' + i % 26));
	assert_int_equal(b.len, 10000);
	for (int i = 0; i < 10000; i++)
		assert_int_equal(b.p[i], 'a' + i % 26);
	buf_release(&b);
	assert_null(b.p);
}

static void
clearing_a_wiping_buf_overwrites_what_it_held(void **state)
{
	struct buf b;
	char before[6];

	(void)state;
	buf_init_wipe(&b, 100);
	buf_str(&b, "hemlig");
	memset(before, 0, sizeof before);
	buf_clear(&b);
	assert_memory_equal(b.p, before, sizeof before);
	buf_release(&b);
}

static void
arena_memory_is_zeroed_aligned_and_separate(void **state)
{
	struct arena a;
	unsigned char *last = NULL;

	(void)state;
	arena_init(&a, false);
	for (size_t size = 1; size < 5000; size += 37) {
		unsigned char *p = arena_alloc(&a, size);

		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xAA, size);
		assert_ptr_not_equal(p, last);
		last = p;
	}
	arena_release(&a);
	assert_null(a.blocks);
}

static void
a_copy_ends_in_nul_that_is_not_counted(void **state)
{
	struct arena a;
	struct text t;

	(void)state;
	arena_init(&a, true);
	t = arena_copy(&a, (struct text){ "abcdef", 3 });
	assert_int_equal(t.len, 3);
	assert_string_equal(t.p, "abc");
	t = arena_printf(&a, "%s-%04d", "x", 7);
	assert_string_equal(t.p, "x-0007");
	assert_int_equal(t.len, 6);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_past_the_ceiling_are_dropped_and_remembered),
		cmocka_unit_test(printf_keeps_to_the_ceiling),
		cmocka_unit_test(a_buf_grows_without_losing_bytes),
		cmocka_unit_test(clearing_a_wiping_buf_overwrites_what_it_held),
		cmocka_unit_test(arena_memory_is_zeroed_aligned_and_separate),
		cmocka_unit_test(a_copy_ends_in_nul_that_is_not_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
