/* pack: numbers and texts in a row of bytes, and back, never past the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/pack.h"

enum { ROOM = 1024 };

static void
put_all(struct buf *b)
{
	pack_u8(b, 200);
	pack_u32(b, UINT32_MAX - 1);
	pack_u64(b, UINT64_C(0x0102030405060708));
	pack_text(b, text_of("åäö"));
	pack_text(b, text_of(""));
	pack_u32(b, 2);
	pack_text(b, text_of("x"));
	pack_text(b, text_of("y"));
}

static void
get_all(struct unpack *u)
{
	(void)unpack_u8(u);
	(void)unpack_u32(u);
	(void)unpack_u64(u);
	(void)unpack_text(u);
	(void)unpack_text(u);
	for (size_t n = unpack_count(u, 6); n; n--)
		(void)unpack_text(u);
}

static void
what_is_put_comes_back(void **state)
{
	struct unpack u = { 0 };
	struct text t;
	struct buf b;

	(void)state;
	buf_init(&b, ROOM);
	put_all(&b);
	u.rest = buf_view(&b);
	assert_int_equal(unpack_u8(&u), 200);
	assert_int_equal(unpack_u32(&u), UINT32_MAX - 1);
	assert_true(unpack_u64(&u) == UINT64_C(0x0102030405060708));
	t = unpack_text(&u);
	assert_true(text_is(t, "åäö"));
	assert_int_equal(t.p[t.len], '\0');
	assert_int_equal(unpack_text(&u).len, 0);
	assert_int_equal(unpack_count(&u, 6), 2);
	assert_true(text_is(unpack_text(&u), "x"));
	assert_false(unpack_ended(&u));
	assert_true(text_is(unpack_text(&u), "y"));
	assert_true(unpack_ended(&u));
	buf_release(&b);
}

static void
one_byte_less_is_bad(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, ROOM);
	put_all(&b);
	for (size_t len = 0; len < b.len; len++) {
		struct unpack u = { { b.p, len }, false };

		get_all(&u);
		assert_true(u.bad);
		assert_false(unpack_ended(&u));
	}
	buf_release(&b);
}

static void
one_byte_more_has_not_ended(void **state)
{
	struct unpack u = { 0 };
	struct buf b;

	(void)state;
	buf_init(&b, ROOM);
	put_all(&b);
	buf_char(&b, 'x');
	u.rest = buf_view(&b);
	get_all(&u);
	assert_false(u.bad);
	assert_false(unpack_ended(&u));
	buf_release(&b);
}

static void
lengths_and_counts_that_there_is_no_room_for_are_bad(void **state)
{
	static const char large[] = "\xff\xff\xff\xff" "abc";
	static const char unended[] = "\1\0\0\0" "ab";
	struct unpack text = { { large, sizeof large }, false };
	struct unpack count = { { large, sizeof large }, false };
	struct unpack nul = { { unended, sizeof unended - 1 }, false };

	(void)state;
	assert_int_equal(unpack_text(&text).len, 0);
	assert_true(text.bad);
	assert_int_equal(unpack_count(&count, 1), 0);
	assert_true(count.bad);
	assert_int_equal(unpack_text(&nul).len, 0);
	assert_true(nul.bad);
	/* Once bad, always bad. */
	assert_int_equal(unpack_u8(&nul), 0);
	assert_true(nul.bad);
}

static void
a_list_of_texts_comes_back(void **state)
{
	const struct text items[] = { text_of("a"), text_of(""),
		text_of("åäö") };
	struct arena a;
	struct buf b;
	struct unpack u;
	struct text *got;
	size_t count;

	(void)state;
	arena_init(&a, false);
	buf_init(&b, 1000);
	pack_texts(&b, items, 3);
	pack_texts(&b, NULL, 0);
	u = (struct unpack){ .rest = buf_view(&b) };
	got = unpack_texts(&u, &a, &count);
	assert_int_equal(count, 3);
	for (size_t i = 0; i < 3; i++)
		assert_true(text_eq(got[i], items[i]));
	assert_null(unpack_texts(&u, &a, &count));
	assert_int_equal(count, 0);
	assert_true(unpack_ended(&u));
	buf_release(&b);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_put_comes_back),
		cmocka_unit_test(a_list_of_texts_comes_back),
		cmocka_unit_test(one_byte_less_is_bad),
		cmocka_unit_test(one_byte_more_has_not_ended),
		cmocka_unit_test(
			lengths_and_counts_that_there_is_no_room_for_are_bad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
