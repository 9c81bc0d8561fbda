/* tests of seal/key. */
#define _DEFAULT_SOURCE /* mkstemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <unistd.h>

#include "base/fs.h"
#include "seal/hash.h"
#include "seal/key.h"

/* Base64 of 32 bytes, and whether they are a key of each kind. */
struct point {
	const char *b64;
	bool seals;
	bool verifies;
};

static const struct point points[] = {
	/* A right key of each: RFC 7748 6.1 (Alice), RFC 8032 7.1 test 1. */
	{ "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=", true, false },
	{ "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", true, true },
	/* 0 and 1: order 4 and 1. */
	{ "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", false, false },
	{ "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", false, false },
	/* Order 8 on curve25519 (e0eb7a7c...). */
	{ "4Ot6fDtBuK4WVuP68Z/EatoJjeucMrH9hmIFFl9JuAA=", false, false },
	/* Order 8 on edwards25519 (26e8958f...). */
	{ "JuiVj8KyJ7BFw/SJ8u+Y8NXfrAXTxjM5sTgCiG1T/AU=", true, false },
	/* p + 1, another way to write 1. */
	{ "7v///////////////////////////////////////38=", false, false },
	/* Short, long, not base64. */
	{ "", false, false },
	{ "AAAA", false, false },
	{ "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=AAAA", false, false },
	{ "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHUR", false, false },
	{ "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo= ", false, false },
};

static void
only_real_points_are_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		struct seal_key s;
		struct verify_key v;

		if (seal_key_parse(text_of(points[i].b64), &s) !=
			points[i].seals)
			fail_msg("recipient %zu", i);
		if (verify_key_parse(text_of(points[i].b64), &v) !=
			points[i].verifies)
			fail_msg("signer %zu", i);
	}
}

static void
an_id_is_the_hashs_first_bytes(void **state)
{
	static const unsigned char pk[PUBLIC_KEY_BYTES] = { 1 };
	struct text part = { (const char *)pk, sizeof pk };
	struct hash h = hash_parts("blankett key v1", &part, 1);
	struct seal_key s;
	struct verify_key v;

	(void)state;
	seal_key_set(&s, pk);
	verify_key_set(&v, pk);
	assert_memory_equal(s.id, h.b, KEY_ID_BYTES);
	assert_memory_equal(v.id, h.b, KEY_ID_BYTES);
	assert_memory_equal(s.pk, pk, sizeof pk);
}

struct word_case {
	const char *word;
	bool valid;
};

static const struct word_case words[] = {
	{ "a", true }, { "kundcenter-1", true }, { "0123456789", true },
	{ "", false }, { "A", false }, { "a b", false }, { "a_b", false },
	{ "\xC3\xA5", false }, { "kundcenter-10", false },
};

static void
names_and_roles_are_plain(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (key_word_is_valid(text_of(words[i].word), 12) !=
			words[i].valid)
			fail_msg("%s", words[i].word);
}

static void
a_pin_file_is_one_line_of_base64(void **state)
{
	static const char *const bad[] = { "", "\n", "x\n", NULL };
	const char *good = points[1].b64;
	char path[] = "/tmp/blankett-pin-XXXXXX";
	int fd = mkstemp(path);
	struct verify_key k;
	struct text written;
	struct err e = { 0 };
	struct arena a;

	(void)state;
	assert_true(fd >= 0);
	(void)close(fd);
	arena_init(&a, false);
	assert_true(fs_publish(path, 0600,
		arena_printf(&a, "%s\n", good), &e));
	assert_true(verify_key_load(path, &k, &e));
	assert_true(fs_publish(path, 0600, text_of(good), &e));
	assert_true(verify_key_load(path, &k, &e));
	assert_true(fs_publish(path, 0600,
		arena_printf(&a, "%s\n\n", good), &e));
	assert_false(verify_key_load(path, &k, &e));
	for (size_t i = 0; bad[i]; i++) {
		assert_true(fs_publish(path, 0600, text_of(bad[i]), &e));
		assert_false(verify_key_load(path, &k, &e));
		assert_int_equal(e.kind, ERR_FORMAT);
	}
	(void)unlink(path);
	assert_false(verify_key_load(path, &k, &e));
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_true(verify_key_parse(text_of(good), &k));
	assert_true(verify_key_save(&k, path, &e));
	assert_true(fs_read(&a, path, 100, &written, &e));
	assert_true(text_eq(written, arena_printf(&a, "%s\n", good)));
	assert_false(verify_key_save(&k, path, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	(void)unlink(path);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_real_points_are_keys),
		cmocka_unit_test(an_id_is_the_hashs_first_bytes),
		cmocka_unit_test(names_and_roles_are_plain),
		cmocka_unit_test(a_pin_file_is_one_line_of_base64),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
