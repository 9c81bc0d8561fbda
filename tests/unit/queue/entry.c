/* tests of queue/entry: what a log entry may be, and its frames. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "queue/entry.h"

static struct queue_entry
submit_entry(void)
{
	struct queue_entry en = { .seq = 7, .time_s = 1795439109,
		.kind = ENTRY_SUBMIT };

	assert_true(entry_set_role(&en, text_of("kundcenter")));
	memset(en.subid, 0xA1, sizeof en.subid);
	memset(en.hash.b, 0xB2, sizeof en.hash.b);
	return en;
}

static void
an_entry_is_laid_out_as_its_table_says(void **state)
{
	struct queue_entry en = submit_entry();
	unsigned char b[ENTRY_BYTES];

	(void)state;
	entry_write(&en, b);
	assert_memory_equal(b, "\7\0\0\0\0\0\0\0", 8);
	assert_memory_equal(b + 8, "\x05\x3a\x04\x6b\0\0\0\0", 8);
	assert_int_equal(b[16], 1);
	assert_memory_equal(b + 17, "kundcenter\0\0\0", 13);
	assert_int_equal(b[17 + 32], 0xA1);
	assert_int_equal(b[17 + 32 + 16], 0xB2);
	assert_int_equal(b[ENTRY_BYTES - 1], 0);
}

static void
what_was_written_is_read_back(void **state)
{
	struct queue_entry en = submit_entry();
	struct queue_entry got;
	struct err e = { 0 };
	unsigned char b[ENTRY_BYTES];

	(void)state;
	en.kind = ENTRY_ACK;
	memset(en.key_id, 0xC3, sizeof en.key_id);
	entry_write(&en, b);
	assert_true(entry_read(b, &got, &e));
	assert_memory_equal(&got, &en, sizeof en);
	assert_true(entry_role_is(&got, text_of("kundcenter")));
	assert_false(entry_role_is(&got, text_of("kundcente")));
	assert_false(entry_role_is(&got, text_of("kundcenter2")));
	assert_false(entry_role_is(&got, text_of("")));
}

/* One byte changed in a right entry of a kind, and what is said of it. */
static const struct {
	enum entry_kind kind;
	size_t at;
	unsigned char byte;
	const char *fault;
} wrong[] = {
	{ ENTRY_SUBMIT, 16, 0, "log entry of unknown kind 0" },
	{ ENTRY_SUBMIT, 16, 6, "log entry of unknown kind 6" },
	{ ENTRY_SUBMIT, 17, 0, "parts it must not have" },
	{ ENTRY_SUBMIT, 17, 'K', "parts it must not have" },
	{ ENTRY_SUBMIT, 48, 'x', "parts it must not have" },
	{ ENTRY_SUBMIT, 104, 1, "parts it must not have" },
	{ ENTRY_FETCH, 49, 1, "parts it must not have" },
	{ ENTRY_FETCH, 73, 1, "parts it must not have" },
	{ ENTRY_KEYSET, 17, 'a', "parts it must not have" },
	{ ENTRY_KEYSET, 49, 1, "parts it must not have" },
	{ ENTRY_KEYSET, 97, 1, "parts it must not have" },
	{ ENTRY_DELETE, 97, 1, "parts it must not have" },
	{ ENTRY_SUBMIT, 7, 0x80, "impossible number or time" },
	{ ENTRY_SUBMIT, 15, 0x80, "impossible number or time" },
	{ ENTRY_SUBMIT, 0, 0, "impossible number or time" },
};

static void
an_entry_with_parts_of_another_kind_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct queue_entry en = { .seq = 7, .kind = wrong[i].kind };
		unsigned char b[ENTRY_BYTES];
		struct err e = { 0 };

		if (en.kind != ENTRY_KEYSET)
			assert_true(entry_set_role(&en, text_of("roll-2")));
		entry_write(&en, b);
		assert_true(entry_read(b, &en, &e));
		b[wrong[i].at] = wrong[i].byte;
		assert_false(entry_read(b, &en, &e));
		assert_int_equal(e.kind, ERR_FORMAT);
		assert_non_null(strstr(e.text, wrong[i].fault));
	}
}

static void
only_a_name_is_a_role(void **state)
{
	struct queue_entry en = { 0 };

	(void)state;
	assert_true(entry_set_role(&en, text_of("a")));
	assert_true(entry_set_role(&en,
		text_of("abcdefghijklmnopqrstuvwxyz012345")));
	assert_false(entry_set_role(&en,
		text_of("abcdefghijklmnopqrstuvwxyz0123456")));
	assert_false(entry_set_role(&en, text_of("")));
	assert_false(entry_set_role(&en, text_of("Å")));
	assert_false(entry_set_role(&en, text_of("a b")));
}

static void
the_chain_depends_on_every_entry_and_their_order(void **state)
{
	unsigned char b[ENTRY_BYTES] = { 1 };
	unsigned char incarnation[QUEUE_INCARNATION_BYTES] = { 2 };
	struct hash start = chain_start(incarnation);
	struct hash x = entry_leaf(b);
	struct hash y;
	struct hash xy;
	struct hash yx;

	(void)state;
	b[104] = 1;
	y = entry_leaf(b);
	assert_false(hash_eq(&x, &y));
	xy = chain_next(&start, &x);
	xy = chain_next(&xy, &y);
	yx = chain_next(&start, &y);
	yx = chain_next(&yx, &x);
	assert_false(hash_eq(&xy, &yx));
}

static void
put_stream(struct buf *b)
{
	struct queue_entry en = submit_entry();
	unsigned char bytes[ENTRY_BYTES];
	struct hash leaf = { { 9 } };

	buf_init(b, 4096);
	entry_write(&en, bytes);
	frame_put_entry(b, bytes, text_of("sealed"));
	frame_put_leaf(b, &leaf);
	frame_put_entry(b, bytes, text_of(""));
}

static void
frames_come_back_as_they_were_put(void **state)
{
	struct buf b;
	struct text rest;
	struct frame f;
	struct err e = { 0 };

	(void)state;
	put_stream(&b);
	rest = buf_view(&b);
	assert_true(frame_next(&rest, &f, &e));
	assert_false(f.is_leaf);
	assert_int_equal(f.entry.seq, 7);
	assert_true(text_is(f.envelope, "sealed"));
	assert_true(frame_next(&rest, &f, &e));
	assert_true(f.is_leaf);
	assert_int_equal(f.leaf.b[0], 9);
	assert_true(frame_next(&rest, &f, &e));
	assert_int_equal(f.envelope.len, 0);
	assert_int_equal(rest.len, 0);
	buf_release(&b);
}

static void
a_stream_cut_anywhere_inside_a_frame_is_refused(void **state)
{
	struct buf b;

	(void)state;
	put_stream(&b);
	for (size_t cut = 1; cut < b.len; cut++) {
		struct text rest = { b.p, cut };
		struct frame f;
		struct err e = { 0 };

		while (rest.len && frame_next(&rest, &f, &e))
			;
		/* Whole frames end at 116 and 149. */
		if (cut == 116 || cut == 149)
			assert_int_equal(e.kind, ERR_NONE);
		else
			assert_string_equal(e.text,
				"the log stream is cut short");
	}
	buf_release(&b);
}

static void
frames_of_unknown_kind_and_stray_envelopes_are_refused(void **state)
{
	struct queue_entry en = { .seq = 3, .kind = ENTRY_KEYSET };
	unsigned char bytes[ENTRY_BYTES];
	struct text rest = text_of("\3");
	struct frame f;
	struct err e = { 0 };
	struct buf b;

	(void)state;
	assert_false(frame_next(&rest, &f, &e));
	assert_string_equal(e.text,
		"the log stream holds a frame of unknown kind 3");
	buf_init(&b, 4096);
	entry_write(&en, bytes);
	frame_put_entry(&b, bytes, text_of("x"));
	rest = buf_view(&b);
	assert_false(frame_next(&rest, &f, &e));
	assert_string_equal(e.text,
		"log entry 3 has an envelope it must not have");
	buf_release(&b);
}

static void
links_come_back_as_they_were_put(void **state)
{
	const struct link l = { 300, { { 1 } }, { { 2 } } };
	struct link got;
	struct text rest;
	struct err e = { 0 };
	struct buf b;

	(void)state;
	buf_init(&b, 4096);
	link_put(&b, &l);
	assert_int_equal(b.len, LINK_BYTES);
	rest = buf_view(&b);
	assert_true(link_next(&rest, &got, &e));
	assert_memory_equal(&got, &l, sizeof l);
	assert_int_equal(rest.len, 0);
	for (size_t cut = 0; cut < LINK_BYTES; cut++) {
		rest = text_sub(buf_view(&b), 0, cut);
		assert_false(link_next(&rest, &got, &e));
		assert_int_equal(e.kind, ERR_FORMAT);
	}
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_is_laid_out_as_its_table_says),
		cmocka_unit_test(what_was_written_is_read_back),
		cmocka_unit_test(
			an_entry_with_parts_of_another_kind_is_refused),
		cmocka_unit_test(only_a_name_is_a_role),
		cmocka_unit_test(
			the_chain_depends_on_every_entry_and_their_order),
		cmocka_unit_test(frames_come_back_as_they_were_put),
		cmocka_unit_test(
			a_stream_cut_anywhere_inside_a_frame_is_refused),
		cmocka_unit_test(
			frames_of_unknown_kind_and_stray_envelopes_are_refused),
		cmocka_unit_test(links_come_back_as_they_were_put),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
