/* tests of seal/note. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "seal/hash.h"
#include "seal/note.h"

static const char body_text[] = "blankett test v1\nname: value\n\nlast: 2\n";

struct fixture {
	struct arena a;
	struct sign_key *key;
	struct sign_key *other;
	struct text note;
};

static int
setup(void **state)
{
	static struct fixture f;
	static const unsigned char seed[32] = { 1 }, seed2[32] = { 2 };

	arena_init(&f.a, false);
	f.key = sign_key_of(seed);
	f.other = sign_key_of(seed2);
	f.note = note_sign(&f.a, text_of(body_text), "server-1", f.key);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	sign_key_close(f->key);
	sign_key_close(f->other);
	arena_release(&f->a);
	return 0;
}

static bool
opens(struct fixture *f, struct text note, struct err *e)
{
	struct text body;
	bool ok;

	*e = (struct err){ 0 };
	ok = note_open(note, "test", sign_key_public(f->key), &body, e);
	assert_int_equal(ok, e->kind == ERR_NONE);
	assert_int_equal(ok, body.len > 0);
	return ok;
}

static void
a_signed_note_gives_its_body_back(void **state)
{
	struct fixture *f = *state;
	struct text body;
	struct err e = { 0 };

	assert_true(note_open(
		f->note, "test", sign_key_public(f->key), &body, &e));
	assert_true(text_is(body, body_text));
	assert_true(text_is(note_field(body, "name"), "value"));
	assert_true(text_is(note_field(body, "last"), "2"));
	assert_int_equal(note_field(body, "nam").len, 0);
	assert_int_equal(note_field(body, "absent").len, 0);
}

static void
every_changed_bit_is_seen(void **state)
{
	struct fixture *f = *state;
	struct err e;

	for (size_t i = 0; i < f->note.len * 8; i++) {
		struct text t = arena_copy(&f->a, f->note);
		char *p = (char *)(uintptr_t)t.p;

		p[i / 8] = (char)(p[i / 8] ^ (1 << (i % 8)));
		/* A signature's name is not signed: it only helps readers. */
		if (opens(f, t, &e))
			assert_in_range(i / 8, sizeof body_text + 4,
				sizeof body_text + 12);
	}
}

static void
every_truncation_is_refused(void **state)
{
	struct fixture *f = *state;
	struct err e;

	for (size_t n = 0; n < f->note.len; n++)
		assert_false(opens(f, text_sub(f->note, 0, n), &e));
}

static void
another_key_does_not_open_it(void **state)
{
	struct fixture *f = *state;
	struct text body;
	struct err e = { 0 };

	assert_false(note_open(
		f->note, "test", sign_key_public(f->other), &body, &e));
	assert_int_equal(e.kind, ERR_CRYPTO);
	assert_true(note_names(f->note, sign_key_public(f->key)));
	assert_false(note_names(f->note, sign_key_public(f->other)));
}

static void
a_second_signature_beside_ours_is_allowed(void **state)
{
	struct fixture *f = *state;
	struct text two = note_sign(
		&f->a, text_of(body_text), "witness", f->other);
	struct text line = text_from(two, sizeof body_text);
	struct err e;

	assert_true(opens(f,
		arena_printf(&f->a, "%s%s", f->note.p, line.p), &e));
	assert_false(opens(f,
		arena_printf(&f->a, "%s%s%s", f->note.p, line.p, line.p), &e));
}

/* What may be put after a good note without it being good any more. */
static const char *const tails[] = {
	"x", "\n", "x\n", "\n\n", "\xE2\x80\x94 \n", "\xE2\x80\x94 a b\n",
	"\xE2\x80\x94 name AAAA\n", "- name AAAA\n", "\r\n", NULL
};

static void
nothing_may_follow_the_signatures(void **state)
{
	struct fixture *f = *state;
	struct err e;

	for (size_t i = 0; tails[i]; i++)
		assert_false(opens(f,
			arena_printf(&f->a, "%s%s", f->note.p, tails[i]), &e));
	assert_false(opens(f,
		(struct text){ arena_printf(&f->a, "%s%c", f->note.p, 0).p,
			f->note.len + 1 }, &e));
}

static const char *const bodies[] = {
	"tab\there\n", "return\r\n", "bell\a\n", "delete\x7F\n",
	"not utf-8 \xFF\n", NULL
};

static void
a_body_with_control_characters_is_refused_though_signed(void **state)
{
	struct fixture *f = *state;
	struct err e;

	for (size_t i = 0; bodies[i]; i++) {
		struct text t = note_sign(
			&f->a, text_of(bodies[i]), "server-1", f->key);

		assert_false(opens(f, t, &e));
		assert_int_equal(e.kind, ERR_FORMAT);
	}
}

static void
a_note_longer_than_the_limit_is_refused(void **state)
{
	struct fixture *f = *state;
	char *p = arena_alloc(&f->a, NOTE_MAX + 1);
	struct err e;

	memset(p, 'a', NOTE_MAX);
	p[NOTE_MAX - 1] = '\n';
	assert_false(opens(f,
		note_sign(&f->a, (struct text){ p, NOTE_MAX }, "s", f->key),
		&e));
	assert_int_equal(e.kind, ERR_LIMIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signed_note_gives_its_body_back),
		cmocka_unit_test(every_changed_bit_is_seen),
		cmocka_unit_test(every_truncation_is_refused),
		cmocka_unit_test(another_key_does_not_open_it),
		cmocka_unit_test(a_second_signature_beside_ours_is_allowed),
		cmocka_unit_test(nothing_may_follow_the_signatures),
		cmocka_unit_test(
			a_body_with_control_characters_is_refused_though_signed),
		cmocka_unit_test(a_note_longer_than_the_limit_is_refused),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, setup, teardown);
}
