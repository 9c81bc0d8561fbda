/* tests of seal/unseal: what goes in comes out, and nothing else does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "seal/hash.h"
#include "seal/seal.h"
#include "seal/unseal.h"

enum { HLEN = 64 + 1 + 8 + 4 + 1 + 2 * 88 + 56 };

struct fixture {
	struct arena a;
	struct open_key *kundcenter;
	struct open_key *reserve;
	struct open_key *stranger;
	struct seal_key keys[2]; /* ascending */
	struct buf small;        /* an envelope of the least size */
};

static const unsigned char subid[SUBID_BYTES] = "0123456789abcdef";
static const unsigned char reply_pk[REPLY_PK_BYTES] = { 9, 9, 9 };

static struct seal_meta
meta(void)
{
	return (struct seal_meta){ .mode = ENVELOPE_MODE_SERVER,
		.subid = subid, .form_hash = { { 7 } },
		.form_id = text_of("synpunkt"), .epoch = 3 };
}

static bool
seal_answers(const struct fixture *f, struct text answers, struct buf *out)
{
	struct seal_meta m = meta();
	struct sealer *s;
	struct hash h, want;
	struct err e = { 0 };

	if (!seal_open(&m, f->keys, 2, out, &s, &e))
		return false;
	seal_record(s, RECORD_ANSWERS, answers);
	seal_record(s, RECORD_REPLY_KEY,
		(struct text){ (const char *)reply_pk, sizeof reply_pk });
	if (!seal_close(s, &h, &e))
		return false;
	want = hash_bytes(buf_view(out));
	return hash_eq(&h, &want);
}

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	if (!f)
		return -1;
	*state = f;
	arena_init(&f->a, true);
	f->kundcenter = open_key_new();
	f->reserve = open_key_new();
	f->stranger = open_key_new();
	f->keys[0] = *open_key_public(f->kundcenter);
	f->keys[1] = *open_key_public(f->reserve);
	if (memcmp(f->keys[0].id, f->keys[1].id, KEY_ID_BYTES) > 0) {
		struct seal_key k = f->keys[0];

		f->keys[0] = f->keys[1];
		f->keys[1] = k;
	}
	buf_init(&f->small, ENVELOPE_MAX);
	return seal_answers(f, text_of("{\"a\":\"b\"}"), &f->small) ? 0 : -1;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	open_key_close(f->kundcenter);
	open_key_close(f->reserve);
	open_key_close(f->stranger);
	buf_release(&f->small);
	arena_release(&f->a);
	free(f);
	return 0;
}

/* Opens with a key; nothing may be released when it fails. */
static bool
opens(struct text envelope, const struct open_key *key)
{
	static const struct opened nothing;
	struct arena a;
	struct opened o;
	struct err e = { 0 };
	bool ok;

	arena_init(&a, true);
	memset(&o, 0xAA, sizeof o);
	ok = unseal(&a, envelope, key, &o, &e);
	assert_int_equal(ok, e.kind == ERR_NONE);
	if (!ok)
		assert_memory_equal(&o, &nothing, sizeof o);
	arena_release(&a);
	return ok;
}

static void
each_recipient_opens_what_was_sealed(void **state)
{
	struct fixture *f = *state;
	const struct open_key *keys[] = { f->kundcenter, f->reserve };

	for (size_t i = 0; i < 2; i++) {
		struct opened o;
		struct err e = { 0 };

		assert_true(unseal(
			&f->a, buf_view(&f->small), keys[i], &o, &e));
		assert_true(text_is(o.answers, "{\"a\":\"b\"}"));
		assert_memory_equal(o.reply_pk, reply_pk, sizeof reply_pk);
		assert_int_equal(o.earlier.len, 0);
		assert_int_equal(o.file_count, 0);
		assert_int_equal(o.head.mode, ENVELOPE_MODE_SERVER);
		assert_memory_equal(o.head.subid, subid, sizeof subid);
		assert_int_equal(o.head.form_hash.b[0], 7);
		assert_true(text_is(o.head.form_id, "synpunkt"));
		assert_int_equal(o.head.epoch, 3);
	}
	assert_int_equal(f->small.len, HLEN + 4096 + 17);
}

static void
a_stranger_opens_nothing(void **state)
{
	struct fixture *f = *state;
	struct opened o;
	struct err e = { 0 };

	assert_false(unseal(
		&f->a, buf_view(&f->small), f->stranger, &o, &e));
	assert_int_equal(e.kind, ERR_CRYPTO);
}

static void
every_flipped_bit_is_refused(void **state)
{
	struct fixture *f = *state;
	struct text t = arena_copy(&f->a, buf_view(&f->small));
	char *p = (char *)(uintptr_t)t.p;

	for (size_t i = 0; i < t.len * 8; i++) {
		p[i / 8] = (char)(p[i / 8] ^ (1 << (i % 8)));
		if (opens(t, f->kundcenter))
			fail_msg("bit %zu", i);
		/* The box of the other is under the mac, not under our key. */
		if (i / 8 < HLEN && opens(t, f->reserve))
			fail_msg("bit %zu, reserve", i);
		p[i / 8] = (char)(p[i / 8] ^ (1 << (i % 8)));
	}
	assert_true(opens(t, f->kundcenter));
}

static void
every_truncation_is_refused(void **state)
{
	struct fixture *f = *state;

	for (size_t n = 0; n < f->small.len; n++)
		if (opens(text_sub(buf_view(&f->small), 0, n), f->kundcenter))
			fail_msg("%zu bytes", n);
}

static void
trailing_bytes_are_refused(void **state)
{
	struct fixture *f = *state;
	static const size_t more[] = { 1, 17, 18, 256, 273, 65536 };

	for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
		char *p = arena_alloc(&f->a, f->small.len + more[i]);

		memcpy(p, f->small.p, f->small.len);
		assert_false(opens((struct text){ p, f->small.len + more[i] },
			f->kundcenter));
	}
}

/* Lengths of the records, end included, around where chunks end. */
static const size_t lengths[] = { 60, 4095, 4096, 4097, 4352, 4353, 65527,
	65528, 65529, 65535, 65536, 65537, 131071, 131072, 131073, 200000 };

static void
any_length_comes_back_whole(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		/* Two more heads, the reply key and the end stand around. */
		size_t n = lengths[i] - 9 - (9 + 32) - 9;
		char *answers = arena_alloc(&f->a, n);
		struct buf b;
		struct opened o;
		struct err e = { 0 };

		random_bytes(answers, n);
		buf_init(&b, ENVELOPE_MAX);
		assert_true(seal_answers(f, (struct text){ answers, n }, &b));
		assert_true(unseal(
			&f->a, buf_view(&b), f->kundcenter, &o, &e));
		assert_true(text_eq(o.answers, (struct text){ answers, n }));
		assert_int_equal(
			o.head.plain_len, envelope_padded(lengths[i]));
		/* The last byte carries the last tag: it must count. */
		b.p[b.len - 1] = (char)(b.p[b.len - 1] ^ 1);
		assert_false(opens(buf_view(&b), f->kundcenter));
		buf_release(&b);
	}
}

static void
body_lengths_around_4088_and_a_chunk_come_back(void **state)
{
	static const size_t answers[] = { 4087, 4088, 4089, 65527, 65528,
		65529 };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		char *p = arena_alloc(&f->a, answers[i]);
		struct buf b;

		buf_init(&b, ENVELOPE_MAX);
		assert_true(seal_answers(
			f, (struct text){ p, answers[i] }, &b));
		assert_true(opens(buf_view(&b), f->kundcenter));
		assert_true(opens(buf_view(&b), f->reserve));
		buf_release(&b);
	}
}

static void
files_come_back_under_their_names(void **state)
{
	struct fixture *f = *state;
	struct seal_meta m = meta();
	struct buf b;
	struct sealer *s;
	struct opened o;
	struct hash h;
	struct err e = { 0 };
	char *bytes = arena_alloc(&f->a, 100000);

	random_bytes(bytes, 100000);
	buf_init(&b, ENVELOPE_MAX);
	assert_true(seal_open(&m, f->keys, 2, &b, &s, &e));
	seal_record(s, RECORD_ANSWERS, text_of("{}"));
	seal_record(s, RECORD_REPLY_KEY,
		(struct text){ (const char *)reply_pk, sizeof reply_pk });
	seal_record(s, RECORD_EARLIER, text_of("SYN-0000-0000"));
	seal_record(s, RECORD_FILE, text_of("{\"name\":\"a\"}"));
	seal_record_begin(s, RECORD_FILE_BYTES, 100000);
	for (size_t i = 0; i < 100000; i += 1000)
		seal_record_bytes(s, (struct text){ bytes + i, 1000 });
	seal_record(s, RECORD_FILE, text_of("{\"name\":\"b\"}"));
	seal_record(s, RECORD_FILE_BYTES, text_of(""));
	assert_true(seal_close(s, &h, &e));
	assert_true(unseal(&f->a, buf_view(&b), f->reserve, &o, &e));
	assert_true(text_is(o.earlier, "SYN-0000-0000"));
	assert_int_equal(o.file_count, 2);
	assert_true(text_is(o.files[0].meta, "{\"name\":\"a\"}"));
	assert_int_equal(o.files[0].bytes.len, 100000);
	assert_memory_equal(o.files[0].bytes.p, bytes, 100000);
	assert_true(text_is(o.files[1].meta, "{\"name\":\"b\"}"));
	assert_int_equal(o.files[1].bytes.len, 0);
	buf_release(&b);
}

/*
 * An envelope sealed rightly over plaintext that no sealer of ours would
 * write: what a browser of ill will can send.
 */
struct forged {
	struct text plain;
	size_t cut;        /* plaintext bytes of the first message; 0: all */
	unsigned char first_tag;
	unsigned char last_tag;
};

static void
forge(const struct fixture *f, const struct forged *g, struct buf *out)
{
	crypto_secretstream_xchacha20poly1305_state st;
	unsigned char fk[32] = { 5 }, key[32], mac[32], head[24];
	unsigned char c[70000];
	size_t at = 0, cut = g->cut ? g->cut : g->plain.len;

	buf_put(out, f->small.p, HLEN - 56 - 2 * 88);
	for (size_t i = 0; i < 2; i++) {
		unsigned char sealed[80];

		(void)crypto_box_seal(sealed, fk, 32, f->keys[i].pk);
		buf_put(out, f->keys[i].id, KEY_ID_BYTES);
		buf_put(out, sealed, sizeof sealed);
	}
	envelope_stream_key(fk, key);
	(void)crypto_secretstream_xchacha20poly1305_init_push(&st, head, key);
	buf_put(out, head, sizeof head);
	envelope_mac(fk, buf_view(out), mac);
	buf_put(out, mac, sizeof mac);
	while (at < g->plain.len) {
		size_t n = g->plain.len - at < cut ? g->plain.len - at : cut;
		bool last = at + n == g->plain.len;

		(void)crypto_secretstream_xchacha20poly1305_push(&st, c, NULL,
			(const unsigned char *)g->plain.p + at, n, mac, 32,
			last ? g->last_tag : g->first_tag);
		buf_put(out, c, n + 17);
		at += n;
	}
}

static bool
forged_opens(const struct fixture *f, struct forged g)
{
	struct buf b;
	bool ok;

	buf_init(&b, ENVELOPE_MAX);
	forge(f, &g, &b);
	ok = opens(buf_view(&b), f->kundcenter);
	buf_release(&b);
	return ok;
}

/* Records written as "TYPE LENGTH" pairs with bytes of 'x', then padded
 * with zeros to `total` bytes. */
static struct text
records(struct fixture *f, const unsigned *pairs, size_t total)
{
	char *p = arena_alloc(&f->a, total);
	size_t at = 0;

	for (; pairs[0] != 99; pairs += 2) {
		p[at] = (char)pairs[0];
		p[at + 1] = (char)(unsigned char)(pairs[1] & 0xFF);
		p[at + 2] = (char)(unsigned char)(pairs[1] >> 8);
		at += 9;
		/* The last may say more than there is. */
		memset(p + at, 'x',
			pairs[1] < total - at ? pairs[1] : total - at);
		at += pairs[1];
	}
	return (struct text){ p, total };
}

struct records_case {
	const char *what;
	unsigned pairs[16];
	bool opens;
};

static const struct records_case record_cases[] = {
	{ "the least", { 1, 2, 2, 32, 0, 0, 99 }, true },
	{ "everything", { 1, 2, 2, 32, 3, 13, 4, 2, 5, 9, 0, 0, 99 }, true },
	{ "nothing", { 99 }, false },
	{ "only an end", { 0, 0, 99 }, false },
	{ "no room for an end", { 1, 2, 2, 32, 4, 2, 5, 4024, 99 }, false },
	{ "no reply key", { 1, 2, 0, 0, 99 }, false },
	{ "no answers", { 2, 32, 0, 0, 99 }, false },
	{ "empty answers", { 1, 0, 2, 32, 0, 0, 99 }, false },
	{ "answers twice", { 1, 2, 1, 2, 2, 32, 0, 0, 99 }, false },
	{ "wrong order", { 2, 32, 1, 2, 0, 0, 99 }, false },
	{ "reply key of 0 bytes", { 1, 2, 2, 0, 0, 0, 99 }, false },
	{ "reply key of 31 bytes", { 1, 2, 2, 31, 0, 0, 99 }, false },
	{ "reply key of 33 bytes", { 1, 2, 2, 33, 0, 0, 99 }, false },
	{ "earlier twice", { 1, 2, 2, 32, 3, 1, 3, 1, 0, 0, 99 }, false },
	{ "a file without bytes", { 1, 2, 2, 32, 4, 2, 0, 0, 99 }, false },
	{ "bytes without a file", { 1, 2, 2, 32, 5, 2, 0, 0, 99 }, false },
	{ "earlier after files",
		{ 1, 2, 2, 32, 4, 2, 5, 2, 3, 13, 0, 0, 99 }, false },
	{ "an unknown record", { 1, 2, 2, 32, 6, 2, 0, 0, 99 }, false },
	{ "a long end", { 1, 2, 2, 32, 0, 1, 99 }, false },
	{ "something after the end", { 1, 2, 2, 32, 0, 0, 1, 2, 99 }, false },
	{ "a record past the end of all", { 1, 2, 2, 32, 4, 2, 5, 4030, 99 },
		false },
};

static void
only_the_records_of_the_specification_open(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof record_cases / sizeof *record_cases;
		i++) {
		struct forged g = {
			.plain = records(f, record_cases[i].pairs, 4096),
			.last_tag = 3,
		};

		if (forged_opens(f, g) != record_cases[i].opens)
			fail_msg("%s", record_cases[i].what);
	}
}

static void
more_files_than_allowed_are_refused(void **state)
{
	struct fixture *f = *state;

	for (unsigned n = ENVELOPE_FILES_MAX; n <= ENVELOPE_FILES_MAX + 1;
		n++) {
		unsigned pairs[4 * (ENVELOPE_FILES_MAX + 1) + 7] = { 1, 2, 2,
			32 };
		struct forged g = { .last_tag = 3 };

		for (unsigned i = 0; i < n; i++) {
			pairs[4 + 4 * i] = 4;
			pairs[5 + 4 * i] = 2;
			pairs[6 + 4 * i] = 5;
			pairs[7 + 4 * i] = 0;
		}
		pairs[4 + 4 * n + 2] = 99; /* after an end, 0 0 */
		g.plain = records(f, pairs, 4096);
		assert_int_equal(forged_opens(f, g), n <= ENVELOPE_FILES_MAX);
	}
}

static void
a_length_that_overflows_is_refused(void **state)
{
	struct fixture *f = *state;
	static const unsigned pairs[] = { 1, 2, 2, 32, 4, 2, 5, 2, 0, 0, 99 };
	struct forged g = { .plain = records(f, pairs, 4096), .last_tag = 3 };
	char *p = (char *)(uintptr_t)g.plain.p;
	size_t at = 9 + 2 + 9 + 32 + 9 + 2 + 1;

	assert_true(forged_opens(f, g));
	memset(p + at, 0xFF, 8);
	assert_false(forged_opens(f, g));
}

static void
padding_must_be_zeros_and_no_longer_than_needed(void **state)
{
	struct fixture *f = *state;
	static const unsigned pairs[] = { 1, 2, 2, 32, 0, 0, 99 };
	struct forged g = { .plain = records(f, pairs, 4096), .last_tag = 3 };
	char *p = (char *)(uintptr_t)g.plain.p;

	for (size_t i = 9 + 2 + 9 + 32 + 9; i < 4096; i += 7) {
		p[i] = 1;
		assert_false(forged_opens(f, g));
		p[i] = 0;
	}
	p[4095] = 1;
	assert_false(forged_opens(f, g));
	g.plain = records(f, pairs, 4352);
	assert_false(forged_opens(f, g));
	g.plain = records(f, pairs, 65536);
	assert_false(forged_opens(f, g));
}

static void
tags_and_cuts_other_than_ours_are_refused(void **state)
{
	struct fixture *f = *state;
	static const unsigned small[] = { 1, 2, 2, 32, 0, 0, 99 };
	static const unsigned large[] = { 1, 2, 2, 32, 4, 2, 5, 65000, 4, 2,
		5, 2000, 0, 0, 99 };
	struct forged g = { .plain = records(f, small, 4096), .last_tag = 3 };

	assert_true(forged_opens(f, g));
	for (unsigned char tag = 0; tag < 3; tag++) {
		g.last_tag = tag;
		assert_false(forged_opens(f, g));
	}
	g = (struct forged){ .plain = records(f, large, 67584),
		.cut = ENVELOPE_CHUNK, .last_tag = 3 };
	assert_true(forged_opens(f, g));
	for (unsigned char tag = 1; tag < 4; tag++) {
		g.first_tag = tag;
		assert_false(forged_opens(f, g));
	}
	g.first_tag = 0;
	g.cut = ENVELOPE_CHUNK - 1;
	assert_false(forged_opens(f, g));
	g.cut = 4096;
	assert_false(forged_opens(f, g));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_recipient_opens_what_was_sealed),
		cmocka_unit_test(a_stranger_opens_nothing),
		cmocka_unit_test(every_flipped_bit_is_refused),
		cmocka_unit_test(every_truncation_is_refused),
		cmocka_unit_test(trailing_bytes_are_refused),
		cmocka_unit_test(any_length_comes_back_whole),
		cmocka_unit_test(
			body_lengths_around_4088_and_a_chunk_come_back),
		cmocka_unit_test(files_come_back_under_their_names),
		cmocka_unit_test(only_the_records_of_the_specification_open),
		cmocka_unit_test(more_files_than_allowed_are_refused),
		cmocka_unit_test(a_length_that_overflows_is_refused),
		cmocka_unit_test(
			padding_must_be_zeros_and_no_longer_than_needed),
		cmocka_unit_test(tags_and_cuts_other_than_ours_are_refused),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, setup, teardown);
}
