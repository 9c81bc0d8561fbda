/* tests of seal/envelope: what can be judged without a key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "seal/envelope.h"

struct padding_case {
	uint64_t length;
	uint64_t padded;
};

/* Computed by hand from the paper's algorithm 1. */
static const struct padding_case paddings[] = {
	{ 0, 4096 }, { 1, 4096 }, { 4095, 4096 }, { 4096, 4096 },
	/* E = 12, S = 4: multiples of 256. */
	{ 4097, 4352 }, { 4352, 4352 }, { 4353, 4608 }, { 8191, 8192 },
	{ 8192, 8192 },
	/* E = 13, S = 4: of 512. */
	{ 8193, 8704 }, { 16384, 16384 },
	/* E = 15, S = 4: of 2048. */
	{ 63489, 65536 }, { 65535, 65536 }, { 65536, 65536 },
	/* E = 16, S = 5: of 2048. */
	{ 65537, 67584 }, { 131072, 131072 },
	/* E = 24, S = 5: of 524288. */
	{ 26000000, 26214400 },
	{ 0xFFFFFFFFu, 0x100000000u },
};

static void
padding_follows_padme(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof paddings / sizeof *paddings; i++)
		assert_int_equal(envelope_padded(paddings[i].length),
			paddings[i].padded);
	/* Padding what is padded changes nothing; overhead is at most 12%. */
	for (uint64_t n = 4096; n < 40000000; n += 997) {
		uint64_t p = envelope_padded(n);

		assert_true(p >= n && (p - n) * 100 <= n * 12);
		assert_int_equal(envelope_padded(p), p);
	}
}

/* One header, of which each part can be replaced. */
struct parts {
	const char *magic;
	int hlen; /* -1: the right one */
	unsigned suite, mode, flags;
	struct text form_id;
	uint32_t epoch;
	unsigned count;  /* as written */
	unsigned stored; /* recipients that follow */
	const unsigned char *ids; /* first byte of each key id */
	size_t body;
};

static const unsigned char ascending[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
	11, 12, 13, 14, 15, 16, 17 };

static struct parts
good_parts(void)
{
	return (struct parts){ .magic = "BLKTENV\x01", .hlen = -1, .suite = 1,
		.form_id = { "synpunkt", 8 }, .epoch = 3, .count = 2,
		.stored = 2, .ids = ascending, .body = 4096 + 17 };
}

static void
put_number(struct buf *b, uint64_t n, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		buf_char(b, (char)(unsigned char)(n >> (8 * i)));
}

static void
put_zeros(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_char(b, 0);
}

static void
build(struct buf *b, const struct parts *p)
{
	size_t hlen = 64 + 1 + p->form_id.len + 4 + 1 + p->stored * 88u + 56;

	buf_clear(b);
	buf_put(b, p->magic, 8);
	put_number(b, p->hlen < 0 ? hlen : (size_t)p->hlen, 4);
	put_number(b, p->suite, 1);
	put_number(b, p->mode, 1);
	put_number(b, p->flags, 2);
	put_zeros(b, 16 + 32);
	put_number(b, p->form_id.len, 1);
	buf_text(b, p->form_id);
	put_number(b, p->epoch, 4);
	put_number(b, p->count, 1);
	for (size_t i = 0; i < p->stored; i++) {
		put_number(b, p->ids[i], 1);
		put_zeros(b, 7 + 80);
	}
	put_zeros(b, 24 + 32 + p->body);
}

static bool
parses(struct parts p)
{
	struct buf b;
	struct envelope env;
	struct err e = { 0 };
	bool ok;

	buf_init(&b, (size_t)ENVELOPE_MAX + 4096);
	build(&b, &p);
	ok = envelope_parse(buf_view(&b), &env, &e);
	assert_int_equal(ok, e.kind == ERR_NONE);
	buf_release(&b);
	return ok;
}

static void
a_good_header_is_read(void **state)
{
	struct parts p = good_parts();
	struct buf b;
	struct envelope env;
	struct err e = { 0 };

	(void)state;
	p.mode = 1;
	buf_init(&b, 65536);
	build(&b, &p);
	assert_true(envelope_parse(buf_view(&b), &env, &e));
	assert_int_equal(env.mode, ENVELOPE_MODE_BROWSER);
	assert_true(text_is(env.form_id, "synpunkt"));
	assert_int_equal(env.epoch, 3);
	assert_int_equal(env.recipient_count, 2);
	assert_int_equal(env.recipients[1][0], 2);
	assert_int_equal(env.plain_len, 4096);
	assert_int_equal(env.header_len, b.len - 4096 - 17);
	buf_release(&b);
}

static void
what_the_specification_does_not_allow_is_refused(void **state)
{
	static const unsigned char falling[] = { 2, 1 }, same[] = { 1, 1 };
	static const char long_id[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
				      "aaaaaaaaaaaaaaaaaaaaaaaaa";
	struct parts p;

	(void)state;
	assert_true(parses(good_parts()));
	p = good_parts(), p.magic = "BLKTENV\x02";
	assert_false(parses(p));
	p = good_parts(), p.suite = 0;
	assert_false(parses(p));
	p = good_parts(), p.suite = 2;
	assert_false(parses(p));
	p = good_parts(), p.mode = 2;
	assert_false(parses(p));
	p = good_parts(), p.flags = 1;
	assert_false(parses(p));
	p = good_parts(), p.flags = 0x100;
	assert_false(parses(p));
	p = good_parts(), p.epoch = 0;
	assert_false(parses(p));
	p = good_parts(), p.form_id = text_of("");
	assert_false(parses(p));
	p = good_parts(), p.form_id = text_of("Synpunkt");
	assert_false(parses(p));
	p = good_parts(), p.form_id = text_of("../x");
	assert_false(parses(p));
	p = good_parts(), p.form_id = text_of(long_id);
	assert_false(parses(p));
	p.form_id.len = 64;
	assert_true(parses(p));
	p = good_parts(), p.ids = falling;
	assert_false(parses(p));
	p = good_parts(), p.ids = same;
	assert_false(parses(p));
}

static void
recipients_are_two_to_sixteen(void **state)
{
	struct parts p = good_parts();

	(void)state;
	for (unsigned n = 0; n <= 17; n++) {
		p.count = p.stored = n;
		assert_int_equal(parses(p), n >= 2 && n <= 16);
	}
	p.count = 3, p.stored = 2;
	assert_false(parses(p));
	p.count = 2, p.stored = 3;
	assert_false(parses(p));
	p.count = 255, p.stored = 2;
	assert_false(parses(p));
}

static void
the_header_has_exactly_the_length_it_says(void **state)
{
	const int right = 64 + 1 + 8 + 4 + 1 + 2 * 88 + 56;
	struct parts p = good_parts();

	(void)state;
	p.hlen = right;
	assert_true(parses(p));
	for (int n = 0; n < right + 300; n++) {
		p.hlen = n;
		assert_int_equal(parses(p), n == right);
	}
	p.hlen = 8193;
	assert_false(parses(p));
	p.hlen = INT32_MAX;
	assert_false(parses(p));
}

static void
the_body_has_a_length_that_padding_gives(void **state)
{
	struct parts p = good_parts();

	(void)state;
	for (size_t n = 0; n < 9000; n++) {
		p.body = n;
		assert_int_equal(parses(p), n >= 17 + 4096 &&
			envelope_padded(n - 17) == n - 17);
	}
	p.body = 65536 + 17;
	assert_true(parses(p));
	/* A second message must hold something, and 67584 is the next step. */
	p.body = 65536 + 17 + 17;
	assert_false(parses(p));
	p.body = 65536 + 17 + 2048 + 17;
	assert_true(parses(p));
	p.body = 131072 + 2 * 17;
	assert_true(parses(p));
	p.body = 131072 + 3 * 17;
	assert_false(parses(p));
	p.body = ENVELOPE_MAX;
	assert_false(parses(p));
}

struct order_case {
	enum envelope_record prev;
	unsigned type;
	uint64_t len;
	bool fits;
};

static const struct order_case orders[] = {
	{ RECORD_END, RECORD_ANSWERS, 2, true },
	{ RECORD_END, RECORD_ANSWERS, 0, false },
	{ RECORD_END, RECORD_ANSWERS, ENVELOPE_ANSWERS_MAX, true },
	{ RECORD_END, RECORD_ANSWERS, ENVELOPE_ANSWERS_MAX + 1, false },
	{ RECORD_END, RECORD_END, 0, false },
	{ RECORD_END, RECORD_REPLY_KEY, 32, false },
	{ RECORD_ANSWERS, RECORD_ANSWERS, 2, false },
	{ RECORD_ANSWERS, RECORD_END, 0, false },
	{ RECORD_ANSWERS, RECORD_REPLY_KEY, 32, true },
	{ RECORD_ANSWERS, RECORD_REPLY_KEY, 31, false },
	{ RECORD_ANSWERS, RECORD_REPLY_KEY, 33, false },
	{ RECORD_ANSWERS, RECORD_REPLY_KEY, 0, false },
	{ RECORD_REPLY_KEY, RECORD_REPLY_KEY, 32, false },
	{ RECORD_REPLY_KEY, RECORD_END, 0, true },
	{ RECORD_REPLY_KEY, RECORD_END, 1, false },
	{ RECORD_REPLY_KEY, RECORD_EARLIER, 13, true },
	{ RECORD_REPLY_KEY, RECORD_EARLIER, 0, false },
	{ RECORD_REPLY_KEY, RECORD_EARLIER, 65, false },
	{ RECORD_EARLIER, RECORD_EARLIER, 13, false },
	{ RECORD_EARLIER, RECORD_FILE, 10, true },
	{ RECORD_EARLIER, RECORD_END, 0, true },
	{ RECORD_REPLY_KEY, RECORD_FILE, 10, true },
	{ RECORD_REPLY_KEY, RECORD_FILE, 0, false },
	{ RECORD_REPLY_KEY, RECORD_FILE, 4097, false },
	{ RECORD_REPLY_KEY, RECORD_FILE_BYTES, 10, false },
	{ RECORD_FILE, RECORD_FILE, 10, false },
	{ RECORD_FILE, RECORD_END, 0, false },
	{ RECORD_FILE, RECORD_FILE_BYTES, 0, true },
	{ RECORD_FILE, RECORD_FILE_BYTES, UINT64_MAX, false },
	{ RECORD_FILE_BYTES, RECORD_FILE, 10, true },
	{ RECORD_FILE_BYTES, RECORD_EARLIER, 10, false },
	{ RECORD_FILE_BYTES, RECORD_END, 0, true },
	{ RECORD_FILE_BYTES, 6, 0, false },
	{ RECORD_FILE_BYTES, 255, 0, false },
};

static void
records_come_in_one_order(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
		if (envelope_record_fits(orders[i].prev, orders[i].type,
			    orders[i].len) != orders[i].fits)
			fail_msg("case %zu", i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(padding_follows_padme),
		cmocka_unit_test(a_good_header_is_read),
		cmocka_unit_test(
			what_the_specification_does_not_allow_is_refused),
		cmocka_unit_test(recipients_are_two_to_sixteen),
		cmocka_unit_test(the_header_has_exactly_the_length_it_says),
		cmocka_unit_test(the_body_has_a_length_that_padding_gives),
		cmocka_unit_test(records_come_in_one_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
