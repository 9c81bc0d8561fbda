/* tests of queue/head: the text of a log head, written and read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "queue/head.h"

static const char right[] =
	"blankett head v1\n"
	"incarnation: 000102030405060708090a0b0c0d0e0f\n"
	"size: 12\n"
	"chain: 00000000000000000000000000000000"
	"000000000000000000000000000000ff\n"
	"time: 2026-11-22T14:05:09+01:00\n";

static void
a_head_is_written_as_its_header_says_and_read_back(void **state)
{
	struct arena a;
	struct queue_head h = { .size = 12, .chain = { { 0 } } };
	struct queue_head got;
	struct text body;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, false);
	for (unsigned char i = 0; i < sizeof h.incarnation; i++)
		h.incarnation[i] = i;
	h.chain.b[HASH_BYTES - 1] = 0xFF;
	h.time_s = 1; /* of the last entry: not what is written */
	body = head_write(&a, &h, 1795352709);
	assert_string_equal(body.p, right);
	assert_true(head_read(body, &got, &e));
	h.time_s = 1795352709;
	assert_memory_equal(&got, &h, sizeof h);
	/* Summer time has another offset. */
	body = head_write(&a, &h, 1782129909);
	assert_true(head_read(body, &got, &e));
	assert_int_equal(got.time_s, 1782129909);
	arena_release(&a);
}

/* What is replaced in a right head, by what. */
static const struct {
	const char *was;
	const char *is;
} wrong[] = {
	{ "head v1", "head v2" },
	{ "incarnation: 00", "incarnation: 0" },
	{ "incarnation: 00", "incarnation: 0g" },
	{ "size: 12", "size: " },
	{ "size: 12", "size: -1" },
	{ "size: 12", "size: 9223372036854775808" },
	{ "size: 12", "size: 12 " },
	{ "size: 12\n", "" },
	{ "size: 12\n", "size: 12\nsize: 12\n" },
	{ "ff\n", "\n" },
	{ "2026-11-22", "2026-02-30" },
	{ "T14", "T24" },
	{ "T14", " 14" },
	{ "+01:00", "Z" },
	{ "+01:00\n", "+01:00\nmore\n" },
};

static void
anything_else_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct text t = text_of(right);
		size_t at = text_search(t, wrong[i].was);
		struct queue_head got;
		struct err e = { 0 };
		struct buf b;

		assert_true(at < t.len);
		buf_init(&b, 1024);
		buf_text(&b, text_sub(t, 0, at));
		buf_str(&b, wrong[i].is);
		buf_text(&b, text_from(t, at + strlen(wrong[i].was)));
		if (head_read(buf_view(&b), &got, &e))
			fail_msg("was accepted: %s", wrong[i].is);
		assert_int_equal(e.kind, ERR_FORMAT);
		buf_release(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_head_is_written_as_its_header_says_and_read_back),
		cmocka_unit_test(anything_else_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
