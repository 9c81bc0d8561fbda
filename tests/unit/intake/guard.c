/* tests of intake/guard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "intake/guard.h"
#include "seal/hash.h"

static const int64_t noon_ms = 20000 * 86400000LL + 43200000;

static struct guard *
open_guard(void)
{
	struct guard *g;
	struct err e = { 0 };

	assert_true(seal_start());
	assert_true(guard_open(".", &g, &e));
	return g;
}

static int
take_all(struct guard *g, enum guard_kind kind, const char *address,
	int64_t now_ms)
{
	int n = 0;

	while (n < 1000 && guard_take(g, kind, text_of(address), now_ms))
		n++;
	return n;
}

static void
a_network_has_its_burst_and_then_its_rate(void **state)
{
	struct guard *g = open_guard();

	(void)state;
	assert_int_equal(take_all(g, GUARD_CODE, "192.0.2.1", noon_ms),
		GUARD_CODE_BURST);
	assert_int_equal(take_all(g, GUARD_CODE, "192.0.2.1",
		noon_ms + 60 * 1000), GUARD_CODE_PER_MINUTE);
	/* It never has more than its burst. */
	assert_int_equal(take_all(g, GUARD_CODE, "192.0.2.1",
		noon_ms + 3600 * 1000), GUARD_CODE_BURST);
	/* A clock that goes back gives nothing. */
	assert_int_equal(take_all(g, GUARD_CODE, "192.0.2.1", noon_ms), 0);
	guard_close(g);
}

struct same_case {
	const char *a;
	const char *b;
	bool same;
};

static const struct same_case networks[] = {
	{ "192.0.2.1", "192.0.2.2", false },
	{ "192.0.2.1", "::ffff:192.0.2.1", true },
	{ "2001:db8:0:1200::1", "2001:db8:0:12ff::2", true },
	{ "2001:db8:0:1200::1", "2001:db8:0:1300::1", false },
	{ "", "not an address", true },
	{ "", "192.0.2.1", false },
};

static void
a_network_is_an_address_or_a_56(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof networks / sizeof *networks; i++) {
		struct guard *g = open_guard();

		assert_int_equal(take_all(g, GUARD_FORM, networks[i].a,
			noon_ms), GUARD_FORM_BURST);
		assert_int_equal(take_all(g, GUARD_FORM, networks[i].b,
			noon_ms), networks[i].same ? 0 : GUARD_FORM_BURST);
		guard_close(g);
	}
}

static void
forms_and_codes_are_counted_apart(void **state)
{
	struct guard *g = open_guard();

	(void)state;
	assert_int_equal(take_all(g, GUARD_CODE, "192.0.2.1", noon_ms),
		GUARD_CODE_BURST);
	assert_int_equal(take_all(g, GUARD_FORM, "192.0.2.1", noon_ms),
		GUARD_FORM_BURST);
	guard_close(g);
}

static void
another_day_forgets_every_network(void **state)
{
	struct guard *g = open_guard();

	(void)state;
	assert_int_equal(take_all(g, GUARD_CODE, "192.0.2.1",
		noon_ms + 43200000 - 1), GUARD_CODE_BURST);
	assert_int_equal(take_all(g, GUARD_CODE, "192.0.2.1",
		noon_ms + 43200000), GUARD_CODE_BURST);
	guard_close(g);
}

static void
many_networks_do_not_shut_out_a_new_one(void **state)
{
	struct guard *g = open_guard();
	char address[40];

	(void)state;
	for (int i = 0; i < 3 * GUARD_SLOTS; i++) {
		(void)snprintf(address, sizeof address, "10.%d.%d.%d",
			i >> 16, i >> 8 & 255, i & 255);
		assert_true(guard_take(g, GUARD_CODE, text_of(address),
			noon_ms + i));
	}
	assert_int_equal(take_all(g, GUARD_CODE, "192.0.2.1",
		noon_ms + 3 * GUARD_SLOTS), GUARD_CODE_BURST);
	guard_close(g);
}

static void
a_form_fills_its_share_and_leaves_the_others_theirs(void **state)
{
	struct guard *g = open_guard();
	const struct text one = text_of("synpunkt"), two = text_of("sidfel");
	const size_t huge = (size_t)1 << 62;

	(void)state;
	assert_true(guard_has_disk(g));
	assert_true(guard_has_room(g, one, 5000, noon_ms / 1000));
	guard_stored(g, one, huge, noon_ms / 1000);
	assert_false(guard_has_room(g, one, 5000, noon_ms / 1000));
	assert_true(guard_has_room(g, two, 5000, noon_ms / 1000));
	/* And has it again the next day. */
	assert_true(guard_has_room(g, one, 5000, noon_ms / 1000 + 86400));
	guard_close(g);
}

static void
a_disk_that_cannot_be_asked_has_no_room(void **state)
{
	struct guard *g;
	struct err e = { 0 };

	(void)state;
	assert_true(guard_open("/nonexistent", &g, &e));
	assert_false(guard_has_disk(g));
	assert_false(guard_has_room(g, text_of("synpunkt"), 1, noon_ms / 1000));
	guard_close(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_network_has_its_burst_and_then_its_rate),
		cmocka_unit_test(a_network_is_an_address_or_a_56),
		cmocka_unit_test(forms_and_codes_are_counted_apart),
		cmocka_unit_test(another_day_forgets_every_network),
		cmocka_unit_test(many_networks_do_not_shut_out_a_new_one),
		cmocka_unit_test(
			a_form_fills_its_share_and_leaves_the_others_theirs),
		cmocka_unit_test(a_disk_that_cannot_be_asked_has_no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
