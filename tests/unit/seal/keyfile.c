/* tests of seal/keyfile, seal/sign and seal/keyring: keys in files. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "seal/hash.h"
#include "seal/keyfile.h"
#include "seal/keyring.h"
#include "seal/secret.h"
#include "seal/sign.h"

static const struct text none = { 0 };

struct place {
	struct arena a;
	char dir[32];
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof *p);

	if (!p)
		return -1;
	*state = p;
	arena_init(&p->a, false);
	memcpy(p->dir, "/tmp/blankett-key-XXXXXX", 25);
	return mkdtemp(p->dir) ? 0 : -1;
}

static int
teardown(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	bool removed = fs_remove_tree(p->dir, &e);

	arena_release(&p->a);
	free(p);
	return removed ? 0 : -1;
}

static const char *
path(struct place *p, const char *name)
{
	return fs_join(&p->a, p->dir, name);
}

static void
a_key_comes_back_from_a_bare_file(void **state)
{
	struct place *p = *state;
	const char *file = path(p, "kundcenter.key");
	struct open_key *k = open_key_new(), *back;
	struct stat st;
	struct err e = { 0 };

	assert_true(open_key_save(k, file, "kundcenter", none, &e));
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_false(key_file_is_wrapped(file));
	assert_true(open_key_load(file, "kundcenter", none, &back, &e));
	assert_memory_equal(open_key_public(k), open_key_public(back),
		sizeof(struct seal_key));
	open_key_close(back);
	/* A passphrase for a bare file does no harm. */
	assert_true(open_key_load(file, NULL, text_of("x"), &back, &e));
	open_key_close(back);
	/* Never over an existing one. */
	assert_false(open_key_save(k, file, "kundcenter", none, &e));
	open_key_close(k);
}

static void
a_wrapped_key_needs_its_passphrase(void **state)
{
	struct place *p = *state;
	const char *file = path(p, "collector.key");
	struct text right = text_of("sju sorters kakor");
	struct sign_key *k = sign_key_new(), *back;
	struct text bytes;
	unsigned char sig[SIGNATURE_BYTES];
	struct err e = { 0 };

	assert_true(sign_key_save(k, file, "collector", right, &e));
	assert_true(key_file_is_wrapped(file));
	assert_true(fs_read(&p->a, file, 4096, &bytes, &e));
	assert_true(text_search(bytes, "argon2id 3 268435456 ") < bytes.len);
	assert_false(sign_key_load(file, "collector", none, &back, &e));
	assert_null(back);
	assert_true(text_ends(text_of(e.text), "needs its passphrase"));
	assert_false(sign_key_load(
		file, "collector", text_of("sju sorters kaka"), &back, &e));
	assert_null(back);
	assert_int_equal(e.kind, ERR_CRYPTO);
	assert_true(sign_key_load(file, "collector", right, &back, &e));
	sign_message(back, text_of("hej"), sig);
	assert_true(verify_signature(
		sign_key_public(k), text_of("hej"), sig));
	assert_false(verify_signature(
		sign_key_public(k), text_of("Hej"), sig));
	sign_key_close(back);
	sign_key_close(k);
}

static void
rewrapping_changes_the_passphrase_and_nothing_else(void **state)
{
	struct place *p = *state;
	const char *file = path(p, "reserve.key");
	struct open_key *k = open_key_new(), *back;
	struct text fresh = text_of("ett nytt");
	struct err e = { 0 };

	assert_true(open_key_save(k, file, "reserve", none, &e));
	assert_true(key_file_rewrap(file, none, fresh, &e));
	assert_true(key_file_is_wrapped(file));
	assert_true(key_file_opens(file, fresh, &e));
	assert_false(key_file_rewrap(file, text_of("fel"), none, &e));
	assert_true(open_key_load(file, "reserve", fresh, &back, &e));
	assert_memory_equal(open_key_public(k), open_key_public(back),
		sizeof(struct seal_key));
	open_key_close(back);
	open_key_close(k);
}

static void
a_key_of_another_role_or_kind_is_refused(void **state)
{
	struct place *p = *state;
	const char *server = path(p, "server.key");
	const char *kundcenter = path(p, "kundcenter.key");
	struct sign_key *s = sign_key_new(), *signer;
	struct open_key *k = open_key_new(), *opener;
	struct err e = { 0 };

	assert_true(sign_key_save(s, server, "server", none, &e));
	assert_true(open_key_save(k, kundcenter, "kundcenter", none, &e));
	assert_false(sign_key_load(server, "collector", none, &signer, &e));
	assert_null(signer);
	assert_false(open_key_load(kundcenter, "reserve", none, &opener, &e));
	assert_null(opener);
	assert_false(open_key_load(server, NULL, none, &opener, &e));
	assert_false(sign_key_load(kundcenter, NULL, none, &signer, &e));
	sign_key_close(s);
	open_key_close(k);
}

static void
a_key_that_others_may_read_is_refused(void **state)
{
	struct place *p = *state;
	const char *file = path(p, "server.key");
	static const mode_t modes[] = { 0640, 0604, 0660, 0601, 0620, 0644 };
	struct sign_key *s = sign_key_new(), *back;
	struct err e = { 0 };

	assert_true(sign_key_save(s, file, "server", none, &e));
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		assert_int_equal(chmod(file, modes[i]), 0);
		assert_false(sign_key_load(file, "server", none, &back, &e));
		assert_true(text_ends(text_of(e.text), "chmod 600"));
	}
	assert_int_equal(chmod(file, 0400), 0);
	assert_true(sign_key_load(file, "server", none, &back, &e));
	sign_key_close(back);
	sign_key_close(s);
}

/* Every byte of a bare key file matters, so does its length. */
static void
a_damaged_file_is_refused(void **state)
{
	struct place *p = *state;
	const char *file = path(p, "server.key");
	struct sign_key *s = sign_key_new(), *back;
	struct text good;
	struct err e = { 0 };

	assert_true(sign_key_save(s, file, "server", none, &e));
	assert_true(fs_read(&p->a, file, 4096, &good, &e));
	for (size_t i = 0; i < good.len; i++) {
		struct text t = arena_copy(&p->a, good);

		((char *)(uintptr_t)t.p)[i] ^= 1;
		assert_true(fs_publish(file, 0600, t, &e));
		if (sign_key_load(file, "server", none, &back, &e))
			fail_msg("byte %zu", i);
		assert_null(back);
		assert_true(fs_publish(
			file, 0600, text_sub(good, 0, i), &e));
		assert_false(sign_key_load(file, "server", none, &back, &e));
	}
	assert_true(fs_publish(file, 0600,
		arena_printf(&p->a, "%s\n", good.p), &e));
	assert_false(sign_key_load(file, "server", none, &back, &e));
	assert_true(fs_publish(file, 0600, good, &e));
	assert_true(sign_key_load(file, "server", none, &back, &e));
	sign_key_close(back);
	sign_key_close(s);
}

static const char *const wraps[] = {
	"argon2id", "argon2id 3", "argon2id 3 8192", "argon2i 3 8192 SALT",
	"argon2id 0 8192 SALT", "argon2id 17 8192 SALT",
	"argon2id 3 8191 SALT", "argon2id 3 1073741825 SALT",
	"argon2id 3 8192 AAAA", "argon2id 3 8192 SALT x", "none ", "", NULL
};

static void
a_wrap_that_costs_too_much_or_makes_no_sense_is_refused(void **state)
{
	struct place *p = *state;
	const char *file = path(p, "x.key");
	struct err e = { 0 };

	for (size_t i = 0; wraps[i]; i++) {
		const char *salt = strstr(wraps[i], "SALT");
		struct text bytes = arena_printf(&p->a,
			"blankett signing key v1\nrole: server\n"
			"public: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
			"wrap: %.*s%s%s\nsecret: AAAA\n",
			salt ? (int)(salt - wraps[i]) : (int)strlen(wraps[i]),
			wraps[i], salt ? "AAAAAAAAAAAAAAAAAAAAAA==" : "",
			salt ? salt + 4 : "");
		struct key_file look;

		assert_true(fs_publish(file, 0600, bytes, &e));
		assert_false(key_file_look(&p->a, file, &look, &e));
	}
}

static void
a_ring_holds_all_recipients_keys_and_no_others(void **state)
{
	struct place *p = *state;
	struct open_key *now = open_key_new(), *before = open_key_new();
	struct sign_key *s = sign_key_new();
	struct keyring *ring;
	struct envelope head = { .recipient_count = 2 };
	struct key_files files;
	struct err e = { 0 };

	assert_false(keyring_open(p->dir, none, &ring, &e));
	assert_null(ring);
	assert_true(open_key_save(
		now, path(p, "kundcenter.key"), "kundcenter", none, &e));
	assert_true(open_key_save(before, path(p, "kundcenter-2025.key"),
		"kundcenter", none, &e));
	assert_true(open_key_save(before, path(p, "copy.key"), "kundcenter",
		none, &e));
	assert_true(sign_key_save(
		s, path(p, "collector.key"), "collector", none, &e));
	assert_true(fs_replace(
		path(p, "notes.txt"), 0644, text_of("x"), &e));
	assert_true(keyring_open(p->dir, none, &ring, &e));
	assert_non_null(keyring_key(ring, open_key_public(now)->id));
	assert_non_null(keyring_key(ring, open_key_public(before)->id));
	assert_null(keyring_key(ring, sign_key_public(s)->id));
	assert_null(keyring_find(ring, &head));
	memcpy(head.recipients[1], open_key_public(before)->id, KEY_ID_BYTES);
	assert_ptr_equal(keyring_find(ring, &head),
		keyring_key(ring, open_key_public(before)->id));
	keyring_close(ring);

	assert_true(fs_replace(
		path(p, "damaged.key"), 0600, text_of("x"), &e));
	assert_false(keyring_open(p->dir, none, &ring, &e));
	assert_false(key_files_list(&p->a, p->dir, &files, &e));
	assert_non_null(strstr(e.text, "damaged.key"));
	open_key_close(now);
	open_key_close(before);
	sign_key_close(s);
}

static void
key_files_are_listed_by_name_with_what_they_say(void **state)
{
	struct place *p = *state;
	struct open_key *open = open_key_new();
	struct sign_key *sign = sign_key_new();
	struct key_files files;
	struct err e = { 0 };

	assert_false(key_files_list(&p->a, path(p, "nowhere"), &files, &e));
	assert_true(key_files_list(&p->a, p->dir, &files, &e));
	assert_int_equal(files.count, 0);
	assert_true(sign_key_save(sign, path(p, "server.key"), "server", none,
		&e));
	assert_true(open_key_save(open, path(p, "reserve.key"), "reserve",
		text_of("sju sorters kakor"), &e));
	assert_true(fs_mkdirs(path(p, "folder.key"), 0700, &e));
	assert_true(fs_publish(path(p, "key"), 0600, text_of("x"), &e));
	assert_true(key_files_list(&p->a, p->dir, &files, &e));
	assert_int_equal(files.count, 2);
	assert_string_equal(files.items[0].path, path(p, "reserve.key"));
	assert_true(files.items[0].opens && files.items[0].wrapped);
	assert_string_equal(files.items[1].path, path(p, "server.key"));
	assert_false(files.items[1].opens || files.items[1].wrapped);
	assert_true(text_is(files.items[1].role, "server"));
	assert_memory_equal(files.items[1].id, sign_key_public(sign)->id,
		KEY_ID_BYTES);
	open_key_close(open);
	sign_key_close(sign);
}

static void
memory_for_keys_is_locked_or_says_so(void **state)
{
	void *p = secret_new(33);

	(void)state;
	memset(p, 1, 33);
	(void)secret_memory_locks();
	secret_free(p);
	secret_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_key_comes_back_from_a_bare_file, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_wrapped_key_needs_its_passphrase, setup, teardown),
		cmocka_unit_test_setup_teardown(
			rewrapping_changes_the_passphrase_and_nothing_else,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_key_of_another_role_or_kind_is_refused, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_key_that_others_may_read_is_refused, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_damaged_file_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_wrap_that_costs_too_much_or_makes_no_sense_is_refused,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_ring_holds_all_recipients_keys_and_no_others, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			key_files_are_listed_by_name_with_what_they_say, setup,
			teardown),
		cmocka_unit_test(memory_for_keys_is_locked_or_says_so),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
