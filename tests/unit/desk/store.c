/* tests of desk/store: what is found again, by whom, and what is refused. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>

#include "desk/check.h"
#include "place.h"

static void
everything_in_a_store_is_its_owners_only(void **state)
{
	static const char *const names[] = { "", "logs", "envelopes",
		"current", "journal", "server" };
	struct place *p = *state;
	struct err e = { 0 };

	place_send(p);
	place_pull(p);
	assert_true(store_set_server(p->store, text_of("https://x"), &e));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct stat st;

		assert_int_equal(stat(fs_join(&p->a, p->store_dir, names[i]),
			&st), 0);
		assert_int_equal(st.st_mode & 0777,
			S_ISDIR(st.st_mode) ? 0700 : 0600);
	}
	place_reopen(p);
	assert_true(text_is(p->store->server, "https://x"));
}

static void
a_store_is_not_made_by_those_who_only_read(void **state)
{
	struct place *p = *state;
	const char *dir = fs_join(&p->a, p->dir, "other");
	struct store *s;
	struct err e = { 0 };

	assert_false(store_open(dir, STORE_READ, &s, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text, "there is no store here"));
	assert_false(store_open(dir, STORE_WRITE, &s, &e));
	assert_false(fs_exists(dir));
}

/* "SYN-7KQ4-M2XD" in the ways that people write it. */
static struct text
written(struct arena *a, struct text reference, bool lower, const char *hyphen)
{
	struct buf b;
	struct text t;

	buf_init(&b, 64);
	for (size_t i = 0; i < reference.len; i++) {
		char c = reference.p[i];

		if (c == '-')
			buf_str(&b, hyphen);
		else
			buf_char(&b, lower && c >= 'A' && c <= 'Z'
				? (char)(c + 32) : c);
	}
	t = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return t;
}

static void
a_case_is_found_however_its_reference_is_written(void **state)
{
	struct place *p = *state;
	static const char *const hyphens[] = { "-", "", " ", " - ", "--" };
	const unsigned char *subid = place_send(p);
	struct text right = reference_text(&p->a, text_of("SYN"), subid);
	struct store_case *c;
	struct err e = { 0 };

	place_send(p);
	place_pull(p);
	for (size_t i = 0; i < 10; i++) {
		if (!store_resolve(p->store, written(&p->a, right, i >= 5,
			hyphens[i % 5]).p, &c, &e))
			fail_msg("%s", e.text);
		assert_memory_equal(c->subid, subid, SUBID_BYTES);
	}
	assert_true(store_resolve(p->store, hex_encode(&p->a, subid,
		SUBID_BYTES).p, &c, &e));
	assert_memory_equal(c->subid, subid, SUBID_BYTES);
}

static void
a_reference_that_is_none_or_nobodys_is_refused(void **state)
{
	struct place *p = *state;
	static const unsigned char nobody[SUBID_BYTES] = { 1 };
	struct text right;
	char *wrong;
	struct store_case *c;
	struct err e = { 0 };

	right = reference_text(&p->a, text_of("SYN"), place_send(p));
	place_pull(p);
	wrong = arena_alloc(&p->a, right.len + 1);
	memcpy(wrong, right.p, right.len);
	wrong[right.len - 1] = wrong[right.len - 1] == '0' ? '1' : '0';
	assert_false(store_resolve(p->store, wrong, &c, &e));
	assert_non_null(strstr(e.text, "is a letter or digit wrong?"));
	assert_false(store_resolve(p->store, "", &c, &e));
	assert_false(store_resolve(p->store, reference_text(&p->a,
		text_of("SYN"), nobody).p, &c, &e));
	assert_non_null(strstr(e.text, "no such case in the store"));
	assert_false(store_resolve(p->store,
		"00000000000000000000000000000000", &c, &e));
	assert_non_null(strstr(e.text, "no such case in the store"));
}

static void
an_ambiguous_reference_is_answered_with_subids(void **state)
{
	struct place *p = *state;
	const unsigned char *one = place_send(p);
	const unsigned char *two = place_send(p);
	struct store_case *c;
	struct err e = { 0 };

	place_pull(p);
	/* Two cases in 2^35 have the same; here they are given it. */
	store_find(p->store, two)->reference =
		store_find(p->store, one)->reference;
	assert_false(store_resolve(p->store, reference_text(&p->a,
		text_of("SYN"), one).p, &c, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text,
		hex_encode(&p->a, one, SUBID_BYTES).p));
	assert_non_null(strstr(e.text,
		hex_encode(&p->a, two, SUBID_BYTES).p));
}

/* ---- the store's own damage ------------------------------------------- */

static void
keep_fault(void *context, const char *fault)
{
	char *to = context;

	(void)snprintf(to, 512, "%s", fault);
}

/* Verifying finds this one fault. */
static void
assert_finds(struct place *p, const char *fault)
{
	char found[512] = "";
	struct check c = { .tell = keep_fault, .context = found };

	place_reopen(p);
	check_store(p->store, sign_key_public(p->organisation), p->ring, &c);
	assert_int_equal(c.faults, 1);
	if (!strstr(found, fault))
		fail_msg("%s", found);
}

static const char *
log_path(struct place *p, const char *suffix)
{
	return arena_printf(&p->a, "%s/logs/%s.%s", p->store_dir,
		hex_encode(&p->a, store_current(p->store)->incarnation, 16).p,
		suffix).p;
}

static void
flip(struct place *p, const char *path, size_t at)
{
	struct text t;
	char *bytes;
	struct err e = { 0 };

	assert_true(fs_read(&p->a, path, 1 << 20, &t, &e));
	bytes = arena_alloc(&p->a, t.len);
	memcpy(bytes, t.p, t.len);
	bytes[at] = (char)(bytes[at] ^ 1);
	assert_true(fs_replace(path, 0600, (struct text){ bytes, t.len },
		&e));
}

static void
verifying_finds_what_was_changed_here(void **state)
{
	struct place *p = *state;
	const unsigned char *subid = place_send(p);
	const char *envelope;
	size_t second;
	struct err e = { 0 };

	place_send(p);
	place_pull(p);
	envelope = arena_printf(&p->a, "%s/envelopes/%s.blkt", p->store_dir,
		hex_encode(&p->a, subid, SUBID_BYTES).p).p;
	flip(p, envelope, 300);
	assert_finds(p, "is not the envelope that was fetched");
	flip(p, envelope, 300);
	/* The time of the first entry. */
	flip(p, log_path(p, "log"), 1 + 8);
	assert_finds(p, "the log does not lead to its head");
	flip(p, log_path(p, "log"), 1 + 8);
	/* The second at which the head was signed. */
	second = text_search(store_current(p->store)->head_note, "+0") - 1;
	flip(p, log_path(p, "head"), second);
	assert_finds(p, "signature does not hold");
	flip(p, log_path(p, "head"), second);
	assert_true(fs_remove(envelope, &e));
	assert_finds(p, "its envelope is not here");
}

static void
a_store_that_cannot_be_read_says_where(void **state)
{
	struct place *p = *state;
	struct store *s;
	struct err e = { 0 };

	place_send(p);
	place_pull(p);
	/* The kind of the first frame. */
	flip(p, log_path(p, "log"), 0);
	assert_false(store_open(p->store_dir, STORE_READ, &s, &e));
	assert_non_null(strstr(e.text, ".log: entry 1: "));
	flip(p, log_path(p, "log"), 0);
	assert_true(fs_replace(fs_join(&p->a, p->store_dir, "journal"), 0600,
		text_of("{\"looked\":1}\nnot JSON\n"), &e));
	assert_false(store_open(p->store_dir, STORE_READ, &s, &e));
	assert_non_null(strstr(e.text, "/journal"));
	assert_true(fs_replace(fs_join(&p->a, p->store_dir, "journal"), 0600,
		text_of(""), &e));
	assert_true(fs_replace(fs_join(&p->a, p->store_dir, "current"), 0600,
		text_of("x"), &e));
	assert_false(store_open(p->store_dir, STORE_READ, &s, &e));
	assert_non_null(strstr(e.text, "/current: is no incarnation"));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
		TEST(everything_in_a_store_is_its_owners_only),
		TEST(a_store_is_not_made_by_those_who_only_read),
		TEST(a_case_is_found_however_its_reference_is_written),
		TEST(a_reference_that_is_none_or_nobodys_is_refused),
		TEST(an_ambiguous_reference_is_answered_with_subids),
		TEST(verifying_finds_what_was_changed_here),
		TEST(a_store_that_cannot_be_read_says_where),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, place_begin, place_end);
}
