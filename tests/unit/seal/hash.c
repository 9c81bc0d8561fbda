/* tests of seal/hash. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "seal/hash.h"

struct hash_case {
	const char *input;
	const char *hex;
};

/* Printed by `printf ... | b2sum -l 256`. */
static const struct hash_case plain[] = {
	{ "", "0e5751c026e543b2e8ab2eb06099daa1"
	      "d1e5df47778f7787faab45cdf12fe3a8" },
	{ "abc", "bddd813c634239723171ef3fee98579b"
		 "94964e3bb1cb3e427262c8c068d52319" },
};

static void
plain_hash_is_what_b2sum_prints(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		struct hash h = hash_bytes(text_of(plain[i].input));

		assert_string_equal(
			hex_encode(&a, h.b, sizeof h.b).p, plain[i].hex);
	}
	arena_release(&a);
}

static void
parts_are_hashed_with_their_lengths(void **state)
{
	struct text parts[] = { text_of("ab"), text_of("c") };
	/* u64le(1) "d" u64le(2) "ab" u64le(1) "c" */
	static const char spelt[] = "\1\0\0\0\0\0\0\0d"
				    "\2\0\0\0\0\0\0\0ab"
				    "\1\0\0\0\0\0\0\0c";
	struct hash h = hash_parts("d", parts, 2);
	struct hash want = hash_bytes(
		(struct text){ spelt, sizeof spelt - 1 });

	(void)state;
	assert_true(hash_eq(&h, &want));
}

static void
another_cut_domain_or_key_gives_another_hash(void **state)
{
	struct text one[] = { text_of("ab"), text_of("c") };
	struct text two[] = { text_of("a"), text_of("bc") };
	struct text three[] = { text_of("abc") };
	unsigned char key[HASH_BYTES] = { 1 }, other[HASH_BYTES] = { 2 };
	struct hash h[] = {
		hash_parts("d", one, 2),
		hash_parts("d", two, 2),
		hash_parts("d", three, 1),
		hash_parts("e", one, 2),
		hash_parts("d", NULL, 0),
		hash_keyed(key, "d", one, 2),
		hash_keyed(other, "d", one, 2),
	};

	(void)state;
	for (size_t i = 0; i < sizeof h / sizeof *h; i++)
		for (size_t k = 0; k < i; k++)
			assert_false(hash_eq(&h[i], &h[k]));
}

static void
hex_reads_only_exactly_what_fits(void **state)
{
	unsigned char out[2];

	(void)state;
	assert_true(hex_decode(text_of("00fF"), out, 2));
	assert_int_equal(out[1], 0xFF);
	assert_false(hex_decode(text_of("00f"), out, 2));
	assert_false(hex_decode(text_of("00ff0"), out, 2));
	assert_false(hex_decode(text_of("00fg"), out, 2));
	assert_false(hex_decode(text_of("00 f"), out, 2));
	assert_false(hex_decode(text_of(""), out, 2));
}

struct base64_case {
	const char *b64;
	int len; /* -1: refused */
};

static const struct base64_case base64[] = {
	{ "", 0 }, { "Zg==", 1 }, { "Zm8=", 2 }, { "Zm9v", 3 },
	{ "Zg=", -1 }, { "Zg", -1 }, { "Z", -1 }, { "Zg===", -1 },
	{ "Zh==", -1 }, /* spare bits set */
	{ "Zm9v\n", -1 }, { " Zm9v", -1 }, { "Zm 9v", -1 },
	{ "Zm9-", -1 }, { "Zm9vYg==", -1 }, /* too long for three bytes */
};

static void
base64_is_strict(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof base64 / sizeof *base64; i++) {
		unsigned char out[3];
		size_t len;
		bool ok = base64_decode(
			text_of(base64[i].b64), out, sizeof out, &len);

		assert_int_equal(ok, base64[i].len >= 0);
		if (ok)
			assert_int_equal(len, base64[i].len);
	}
}

static void
base64_comes_back(void **state)
{
	struct arena a;
	unsigned char in[100], out[100];
	size_t len;

	(void)state;
	arena_init(&a, false);
	random_bytes(in, sizeof in);
	for (size_t n = 0; n <= sizeof in; n++) {
		struct text t = base64_encode(&a, in, n);

		assert_int_equal(strlen(t.p), t.len);
		assert_true(base64_decode(t, out, sizeof out, &len));
		assert_int_equal(len, n);
		assert_memory_equal(in, out, n);
	}
	arena_release(&a);
}

static void
wiped_memory_holds_nothing(void **state)
{
	unsigned char secret[8] = "secret!", zero[8] = { 0 };

	(void)state;
	secret_wipe(secret, sizeof secret);
	assert_memory_equal(secret, zero, sizeof zero);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_hash_is_what_b2sum_prints),
		cmocka_unit_test(parts_are_hashed_with_their_lengths),
		cmocka_unit_test(another_cut_domain_or_key_gives_another_hash),
		cmocka_unit_test(hex_reads_only_exactly_what_fits),
		cmocka_unit_test(base64_is_strict),
		cmocka_unit_test(base64_comes_back),
		cmocka_unit_test(wiped_memory_holds_nothing),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
