/* tests of http/signed: what is signed, and what is not accepted as it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "http/signed.h"
#include "seal/hash.h"

static const unsigned char seed[PUBLIC_KEY_BYTES] = { 1, 2, 3 };
static const int64_t now = 1795352709;

static void
the_message_is_six_lines(void **state)
{
	static const unsigned char nonce[SIGNED_NONCE_BYTES] = { 0xAB };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	/* The third line from below is what `b2sum -l 256` prints. */
	assert_string_equal(signed_message(&a, "POST", text_of("/api/v1/ack"),
		text_of("abc"), now, nonce).p,
		"blankett request v1\nPOST\n/api/v1/ack\n"
		"bddd813c634239723171ef3fee98579b"
		"94964e3bb1cb3e427262c8c068d52319\n"
		"1795352709\nab000000000000000000000000000000\n");
	arena_release(&a);
}

static void
a_request_signed_here_holds(void **state)
{
	struct sign_key *key = sign_key_of(seed);
	struct signed_header h;
	struct text header;
	struct arena a;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, false);
	header = signed_make(&a, key, "GET", text_of("/api/v1/queue?after=7"),
		text_of(""), now);
	assert_true(signed_parse(header, &h, &e));
	assert_int_equal(h.time_s, now);
	assert_memory_equal(h.key_id, sign_key_public(key)->id, KEY_ID_BYTES);
	assert_true(signed_holds(&a, &h, sign_key_public(key), "GET",
		text_of("/api/v1/queue?after=7"), text_of("")));
	sign_key_close(key);
	arena_release(&a);
}

static void
no_two_requests_have_the_same_nonce(void **state)
{
	struct sign_key *key = sign_key_of(seed);
	struct text one;
	struct text two;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	one = signed_make(&a, key, "GET", text_of("/"), text_of(""), now);
	two = signed_make(&a, key, "GET", text_of("/"), text_of(""), now);
	assert_false(text_eq(one, two));
	sign_key_close(key);
	arena_release(&a);
}

/* A request that differs from the signed one in one thing. */
static const struct {
	const char *method;
	const char *target;
	const char *body;
} other[] = {
	{ "GET", "/api/v1/ack?x=1", "body" },
	{ "post", "/api/v1/ack?x=1", "body" },
	{ "POST", "/api/v1/ack", "body" },
	{ "POST", "/api/v1/ack?x=2", "body" },
	{ "POST", "/api/v1/ack?x=1&y", "body" },
	{ "POST", "/api/v1/ack?x=1", "bodY" },
	{ "POST", "/api/v1/ack?x=1", "" },
	{ "POST", "/api/v1/ack?x=1", "body " },
};

static void
a_signature_holds_for_its_own_request_only(void **state)
{
	struct sign_key *key = sign_key_of(seed);
	struct sign_key *stranger = sign_key_new();
	struct signed_header h;
	struct signed_header changed;
	struct text target = text_of("/api/v1/ack?x=1");
	struct arena a;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, false);
	assert_true(signed_parse(signed_make(&a, key, "POST", target,
		text_of("body"), now), &h, &e));
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		assert_false(signed_holds(&a, &h, sign_key_public(key),
			other[i].method, text_of(other[i].target),
			text_of(other[i].body)));
	assert_false(signed_holds(&a, &h, sign_key_public(stranger), "POST",
		target, text_of("body")));
	changed = h;
	changed.time_s++;
	assert_false(signed_holds(&a, &changed, sign_key_public(key), "POST",
		target, text_of("body")));
	changed = h;
	changed.nonce[15] ^= 1;
	assert_false(signed_holds(&a, &changed, sign_key_public(key), "POST",
		target, text_of("body")));
	for (size_t bit = 0; bit < SIGNATURE_BYTES * 8; bit++) {
		changed = h;
		changed.sig[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_false(signed_holds(&a, &changed, sign_key_public(key),
			"POST", target, text_of("body")));
	}
	sign_key_close(key);
	sign_key_close(stranger);
	arena_release(&a);
}

/* What is replaced in a right header, by what. */
static const struct {
	const char *was;
	const char *is;
} wrong[] = {
	{ "Blankett ", "" },
	{ "Blankett ", "Blankett  " },
	{ "Blankett ", "blankett " },
	{ "Blankett ", "Bearer " },
	{ "key=", "kex=" },
	{ "key=", "key=0" },
	{ "time=", "time=-" },
	{ "time=", "time=+" },
	{ "time=", "time= " },
	{ "time=", "time=99999999999" },
	{ ",nonce=", ",nonce=00" },
	{ ",nonce=", ",nonce" },
	{ ",nonce=", ", nonce=" },
	{ ",nonce=", ",nonce=," },
	{ ",nonce=", ",time=1,nonce=" },
	{ ",sig=", ",sig=A" },
	{ ",sig=", ",sig=AAAA" },
	{ "==", "=" },
	{ "==", "" },
	{ "==", "==," },
	{ "==", "== " },
	{ "==", "==,sig=" },
};

static void
a_malformed_header_is_refused(void **state)
{
	struct sign_key *key = sign_key_of(seed);
	struct signed_header h;
	struct text right;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	right = signed_make(&a, key, "GET", text_of("/"), text_of(""), now);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		size_t at = text_search(right, wrong[i].was);
		struct err e = { 0 };
		struct buf b;

		assert_true(at < right.len);
		buf_init(&b, 1024);
		buf_text(&b, text_sub(right, 0, at));
		buf_str(&b, wrong[i].is);
		buf_text(&b, text_from(right, at + strlen(wrong[i].was)));
		if (signed_parse(buf_view(&b), &h, &e))
			fail_msg("was accepted: %s", wrong[i].is);
		assert_int_equal(e.kind, ERR_FORMAT);
		buf_release(&b);
	}
	for (size_t cut = 0; cut < right.len; cut++) {
		struct err e = { 0 };

		assert_false(signed_parse(text_sub(right, 0, cut), &h, &e));
	}
	sign_key_close(key);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_message_is_six_lines),
		cmocka_unit_test(a_request_signed_here_holds),
		cmocka_unit_test(no_two_requests_have_the_same_nonce),
		cmocka_unit_test(a_signature_holds_for_its_own_request_only),
		cmocka_unit_test(a_malformed_header_is_refused),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
