/* tests of desk/ack: only what lies safe here is acknowledged. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/ack.h"
#include "place.h"

static bool
ack(struct place *p, const unsigned char *subid, struct err *e)
{
	struct fetch *f = place_fetch(p);
	struct store_case *c = store_find(p->store, subid);
	bool ok = ack_cases(p->store, f, p->ring, &c, 1, e);

	fetch_close(f);
	return ok;
}

static enum queue_state
state_of(struct place *p, const unsigned char *subid)
{
	struct queue_receipt receipt;
	enum queue_state state;
	struct hash commit;
	struct err e;

	assert_true(queue_find(p->q, subid, &state, &commit, &receipt, &e));
	return state;
}

static void
an_acknowledged_case_is_done_on_both_sides(void **state)
{
	struct place *p = *state;
	const unsigned char *subid = place_send(p);
	struct err e = { 0 };
	int64_t done_s;

	place_pull(p);
	assert_int_equal(state_of(p, subid), QUEUE_FETCHED);
	assert_true(ack(p, subid, &e));
	assert_int_equal(state_of(p, subid), QUEUE_ACKED);
	done_s = store_find(p->store, subid)->done_s;
	assert_true(clock_now_s() - done_s < 60);
	/* Once more does no harm and changes nothing. */
	assert_true(ack(p, subid, &e));
	place_reopen(p);
	place_pull(p);
	assert_true(store_find(p->store, subid)->done_s <= done_s);
	assert_true(store_find(p->store, subid)->done_s > 0);
}

static void
an_envelope_that_has_changed_is_not_acknowledged(void **state)
{
	struct place *p = *state;
	const unsigned char *subid = place_send(p);
	const char *path;
	struct text bytes;
	struct err e = { 0 };

	place_pull(p);
	path = arena_printf(&p->a, "%s/envelopes/%s.blkt", p->store_dir,
		hex_encode(&p->a, subid, SUBID_BYTES).p).p;
	assert_true(fs_read(&p->a, path, 1 << 20, &bytes, &e));
	assert_true(fs_replace(path, 0600, text_sub(bytes, 0, bytes.len - 1),
		&e));
	assert_false(ack(p, subid, &e));
	assert_non_null(strstr(e.text, "is not the envelope that was fetched"));
	assert_true(fs_remove(path, &e));
	assert_false(ack(p, subid, &e));
	assert_int_equal(state_of(p, subid), QUEUE_FETCHED);
	assert_int_equal(store_find(p->store, subid)->done_s, 0);
}

static void
what_does_not_open_is_not_acknowledged(void **state)
{
	struct place *p = *state;
	const unsigned char *subid = place_send_as(p,
		(struct sending){ .to_strangers = true });
	struct err e = { 0 };

	place_pull(p);
	assert_false(ack(p, subid, &e));
	assert_non_null(strstr(e.text, "it is not acknowledged"));
	assert_int_equal(state_of(p, subid), QUEUE_FETCHED);
}

static void
nothing_is_written_down_when_the_server_cannot_be_told(void **state)
{
	struct place *p = *state;
	const unsigned char *subid = place_send(p);
	struct err e = { 0 };

	place_pull(p);
	place_stop(p);
	assert_false(ack(p, subid, &e));
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_int_equal(store_find(p->store, subid)->done_s, 0);
	place_reopen(p);
	assert_int_equal(store_find(p->store, subid)->done_s, 0);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
		TEST(an_acknowledged_case_is_done_on_both_sides),
		TEST(an_envelope_that_has_changed_is_not_acknowledged),
		TEST(what_does_not_open_is_not_acknowledged),
		TEST(nothing_is_written_down_when_the_server_cannot_be_told),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, place_begin, place_end);
}
