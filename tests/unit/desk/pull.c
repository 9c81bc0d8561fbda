/* tests of desk/pull: what a pull fetches, and what it finds out. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/check.h"
#include "queue/head.h"
#include "seal/note.h"
#include "place.h"

static size_t
count_stored(struct place *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->store->case_count; i++)
		n += p->store->cases[i]->stored;
	return n;
}

static void
tell_nobody(void *context, const char *fault)
{
	(void)context;
	(void)printf("# %s\n", fault);
}

/* Is the store whole, as it lies on the disk? */
static void
assert_whole(struct place *p, size_t cases)
{
	struct check c = { .tell = tell_nobody };

	place_reopen(p);
	check_store(p->store, sign_key_public(p->organisation), p->ring, &c);
	assert_int_equal(c.faults, 0);
	assert_int_equal(c.opened, cases);
}

/* So many cases are here, after a pull that stopped half-way. */
static void
assert_whole_so_far(struct place *p, size_t cases)
{
	place_reopen(p);
	assert_int_equal(p->store->case_count, cases);
	assert_int_equal(count_stored(p), cases);
}

/* The next pull fails, says so, and leaves the store as it was. */
static void
assert_refuses(struct place *p, const char *what, size_t cases)
{
	struct err e = { 0 };

	place_reopen(p);
	if (place_pull_with(p, false, &e))
		fail_msg("was accepted, not: %s", what);
	if (!strstr(e.text, what))
		fail_msg("%s", e.text);
	assert_int_equal(e.kind, ERR_CRYPTO);
	assert_whole(p, cases);
}

/* ---- what comes in ---------------------------------------------------- */

static void
new_cases_are_fetched_and_known_the_next_time(void **state)
{
	struct place *p = *state;
	const unsigned char *subid = place_send(p);
	struct store_case *c;

	place_send(p);
	place_pull(p);
	assert_int_equal(p->pulled.fresh, 2);
	assert_int_equal(p->pulled.refused, 0);
	c = store_find(p->store, subid);
	assert_true(c->opens && c->valid && c->stored);
	assert_true(text_is(c->form, "synpunkt"));
	assert_true(text_eq(c->reference, reference_text(&p->a,
		text_of("SYN"), subid)));
	assert_int_equal(c->answer_days, 10);
	assert_int_equal(c->retain_days, 90);
	place_reopen(p);
	place_pull(p);
	assert_int_equal(p->pulled.fresh, 0);
	place_send(p);
	place_pull(p);
	assert_int_equal(p->pulled.fresh, 1);
	assert_whole(p, 3);
}

static void
other_roles_cases_are_only_leaves(void **state)
{
	struct place *p = *state;

	place_send_as(p, (struct sending){ .role = "lexsarah" });
	place_send(p);
	place_send_as(p, (struct sending){ .role = "lexsarah" });
	place_pull(p);
	assert_int_equal(p->pulled.fresh, 1);
	assert_int_equal(p->store->case_count, 1);
	assert_true(store_current(p->store)->lines[0].is_leaf);
	assert_whole(p, 1);
}

static void
what_does_not_open_is_kept_and_counted(void **state)
{
	struct place *p = *state;

	place_send_as(p, (struct sending){ .to_strangers = true });
	place_send_as(p, (struct sending){ .inside = "no JSON at all",
		.mode = ENVELOPE_MODE_BROWSER });
	place_send_as(p, (struct sending){ .inside = "{\"form\":\"other\"}",
		.mode = ENVELOPE_MODE_BROWSER });
	place_send(p);
	place_pull(p);
	assert_int_equal(p->pulled.fresh, 4);
	assert_int_equal(p->pulled.refused, 1);
	assert_int_equal(p->pulled.flagged, 2);
	assert_int_equal(count_stored(p), 4);
	place_pull(p);
	assert_int_equal(p->pulled.fresh, 0);
	assert_whole(p, 3);
}

static void
a_thousand_cases_come_in_several_answers(void **state)
{
	struct place *p = *state;

	for (size_t i = 0; i < 1000; i++)
		place_send(p);
	place_pull(p);
	assert_int_equal(p->pulled.fresh, 1000);
	assert_whole(p, 1000);
}

static void
an_envelope_of_megabytes_comes_whole(void **state)
{
	struct place *p = *state;
	size_t len = 20 * 1024 * 1024;
	char *bytes = malloc(len + 1);

	assert_non_null(bytes);
	memset(bytes, 'x', len);
	bytes[len] = '\0';
	place_send_as(p, (struct sending){ .file_bytes = bytes, .file_meta =
		"{\"name\":\"a\",\"question\":\"b\",\"type\":\"c\"}" });
	place_send(p);
	place_pull(p);
	assert_int_equal(p->pulled.fresh, 2);
	assert_whole(p, 2);
	free(bytes);
}

/* ---- interruptions ---------------------------------------------------- */

static void
a_pull_cut_off_after_any_write_is_continued(void **state)
{
	struct place *p = *state;
	struct store_log *l;
	const char *log;
	struct text all;
	struct err e = { 0 };

	for (size_t i = 0; i < 5; i++)
		place_send(p);
	place_pull(p);
	l = store_current(p->store);
	log = arena_printf(&p->a, "%s/logs/%s.log", p->store_dir,
		hex_encode(&p->a, l->incarnation, 16).p).p;
	assert_true(fs_read(&p->a, log, 1 << 20, &all, &e));
	/* The log and journal as a crash could leave them, cut anywhere. */
	for (size_t cut = 0; cut < all.len; cut += 37) {
		assert_true(fs_replace(log, 0600, text_sub(all, 0, cut), &e));
		(void)remove(fs_join(&p->a, p->store_dir, "journal"));
		place_reopen(p);
		place_pull(p);
		assert_whole(p, 5);
	}
}

static void
a_torn_journal_is_mended(void **state)
{
	struct place *p = *state;
	const char *path;
	struct text all;
	struct err e = { 0 };

	place_send(p);
	place_send(p);
	place_pull(p);
	path = fs_join(&p->a, p->store_dir, "journal");
	assert_true(fs_read(&p->a, path, 1 << 20, &all, &e));
	assert_true(fs_replace(path, 0600, text_sub(all, 0, all.len - 9),
		&e));
	place_reopen(p);
	place_pull(p);
	assert_int_equal(p->pulled.fresh, 1);
	assert_whole(p, 2);
}

static void
two_pulls_at_once_are_refused(void **state)
{
	struct place *p = *state;
	struct store *other;
	struct err e = { 0 };

	assert_false(store_open(p->store_dir, STORE_WRITE, &other, &e));
	assert_non_null(strstr(e.text, "another command is using this store"));
	assert_true(store_open(p->store_dir, STORE_READ, &other, &e));
	store_close(other);
}

/* ---- tampering -------------------------------------------------------- */

/* What is done to the server's database after three cases and a pull, two
 * more cases, and what the next pull says. */
static const struct {
	const char *sql;
	const char *fault;
} meddling[] = {
	/* Entries that were fetched before. */
	{ "UPDATE log SET entry = substr(entry, 1, 60) || x'5a' ||"
		" substr(entry, 62) WHERE seq = 2",
		"log entry 2 was changed, swapped or put in" },
	{ "DELETE FROM log WHERE seq = 2", "log entry 2 is missing" },
	{ "DELETE FROM log WHERE seq = 1", "log entry 1 is missing" },
	{ "UPDATE log SET chain = zeroblob(32) WHERE seq = 3",
		"log entry 3 was changed, swapped or put in" },
	{ "UPDATE log SET subid = NULL; UPDATE log SET entry = CASE seq"
		" WHEN 1 THEN (SELECT entry FROM log WHERE seq = 2)"
		" WHEN 2 THEN (SELECT entry FROM log WHERE seq = 1) END"
		" WHERE seq IN (1, 2)",
		"log entry 1 was changed, swapped or put in" },
	/* New ones.  The fetch of the first pull is entry 4. */
	{ "UPDATE log SET entry = substr(entry, 1, 9) || x'5a' ||"
		" substr(entry, 11) WHERE seq = 5",
		"log entry 5 was changed, swapped or put in" },
	{ "DELETE FROM log WHERE seq = 5", "log entry 5 is missing" },
	{ "UPDATE log SET entry = substr(entry, 2) WHERE seq = 5",
		"log entry 5 was changed, swapped or put in" },
	{ "UPDATE log SET seq = -seq WHERE seq IN (4, 5);"
		" UPDATE log SET seq = 9 + seq WHERE seq < 0",
		"log entry 4 was changed, swapped or put in" },
	{ "UPDATE log SET entry = (SELECT entry FROM log WHERE seq = 4)"
		" WHERE seq = 5",
		"log entry 5 was changed, swapped or put in" },
	/* The end of the log, back to before the first pull. */
	{ "DELETE FROM log WHERE seq > 2",
		"the log was rolled back: it has 2 entries, at the last pull"
		" it had 3" },
	{ "DELETE FROM log", "the log was rolled back: it has 0 entries" },
};

static void
a_changed_log_is_named_and_the_store_stays_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof meddling / sizeof *meddling; i++) {
		struct place *p;
		void *one;

		assert_int_equal(place_setup(&one), 0);
		p = one;
		for (size_t k = 0; k < 3; k++)
			place_send(p);
		place_pull(p);
		place_send(p);
		place_send(p);
		place_meddle(p, meddling[i].sql);
		assert_refuses(p, meddling[i].fault, 3);
		place_teardown(&one);
	}
}

static void
entries_that_are_not_those_of_the_chain_are_refused(void **state)
{
	struct place *p = *state;
	struct text real;
	struct text rest;
	struct frame f;
	struct buf b;
	uint64_t last;
	struct err e = { 0 };

	place_send(p);
	place_send(p);
	buf_init(&b, 1 << 20);
	assert_true(queue_read(p->q, 0, text_of("kundcenter"), 1 << 20, &b,
		&last, &e));
	real = arena_copy(&p->a, buf_view(&b));
	/* The second entry first. */
	rest = real;
	assert_true(frame_next(&rest, &f, &e));
	p->queue_instead = rest;
	assert_false(place_pull_with(p, false, &e));
	assert_non_null(strstr(e.text, "log entry 1 is not the one in the "
		"chain"));
	assert_whole_so_far(p, 0);
	/* The first entry, then nothing that could be read. */
	buf_clear(&b);
	buf_put(&b, real.p, real.len - rest.len);
	buf_char(&b, 3);
	p->queue_instead = arena_copy(&p->a, buf_view(&b));
	assert_false(place_pull_with(p, false, &e));
	assert_non_null(strstr(e.text, "a frame of unknown kind 3"));
	/* What was right before the fault is kept, and the rest comes. */
	p->queue_instead = text_of("");
	assert_whole_so_far(p, 1);
	place_pull(p);
	assert_whole(p, 2);
	buf_release(&b);
}

/* Appends an entry as a server could that lies, with its chain. */
static void
append_entry(struct place *p, struct queue_entry en, uint64_t at,
	struct hash *chain)
{
	unsigned char bytes[ENTRY_BYTES];
	struct hash leaf;

	entry_write(&en, bytes);
	leaf = entry_leaf(bytes);
	*chain = chain_next(chain, &leaf);
	place_meddle(p, arena_printf(&p->a, "INSERT INTO log VALUES(%d, %d,"
		" '', NULL, x'%s', x'%s')", (int)at, (int)en.kind,
		hex_encode(&p->a, bytes, sizeof bytes).p,
		hex_encode(&p->a, chain->b, HASH_BYTES).p).p);
}

static void
a_log_that_contradicts_itself_is_refused(void **state)
{
	struct place *p = *state;
	struct queue_entry en = { .seq = 2, .kind = ENTRY_KEYSET,
		.time_s = clock_now_s() - 1000 };
	struct queue_head head;
	struct hash chain;
	struct err e = { 0 };

	place_send(p);
	assert_true(queue_head(p->q, &head, &e));
	chain = head.chain;
	append_entry(p, en, 2, &chain);
	assert_false(place_pull_with(p, false, &e));
	assert_non_null(strstr(e.text, "log entry 2 is dated before the one "
		"before it"));
	place_meddle(p, "DELETE FROM log WHERE seq > 1");
	/* The fetch that was logged is gone with it, so this is a fork. */
	store_close(p->store);
	assert_true(fs_remove_tree(p->store_dir, &e));
	assert_true(store_open(p->store_dir, STORE_MAKE, &p->store, &e));
	en.time_s = clock_now_s();
	en.seq = 7;
	chain = head.chain;
	append_entry(p, en, 2, &chain);
	append_entry(p, (struct queue_entry){ .seq = 3, .kind = ENTRY_KEYSET,
		.time_s = en.time_s }, 3, &chain);
	assert_false(place_pull_with(p, false, &e));
	if (!strstr(e.text, "log entry 2 says it is 7"))
		fail_msg("%s", e.text);
}

static void
a_server_names_its_own_damage(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };

	place_send(p);
	place_pull(p);
	place_send(p);
	place_meddle(p, "UPDATE log SET entry = substr(entry, 2)"
		" WHERE seq = 3");
	assert_false(place_pull_with(p, false, &e));
	assert_non_null(strstr(e.text,
		"answered 503: queue: log entry 3 is damaged"));
	assert_whole(p, 1);
}

/* What is done to envelopes that were not fetched yet. */
static const struct {
	const char *sql;
	const char *fault;
	size_t damaged;
} swapping[] = {
	{ "UPDATE envelope SET bytes = substr(bytes, 1, 200) || x'00' ||"
		" substr(bytes, 202) WHERE seq = 2",
		"log entry 2: the envelope is not the one that was received",
		1 },
	{ "UPDATE envelope SET bytes = (SELECT bytes FROM envelope"
		" WHERE seq = 3) WHERE seq = 2",
		"log entry 2: the envelope is not the one that was received",
		1 },
	{ "UPDATE envelope SET bytes = (SELECT bytes FROM kept"
		" WHERE kept.seq = 4 - envelope.seq) WHERE seq IN (1, 3)",
		"log entry 1: the envelope is not the one that was received",
		2 },
	{ "UPDATE envelope SET bytes = NULL WHERE seq = 3",
		"log entry 3: the envelope is gone", 1 },
	{ "DELETE FROM envelope WHERE seq = 1",
		"log entry 1: the envelope is gone", 1 },
};

static void
a_changed_envelope_is_named_and_the_others_come(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof swapping / sizeof *swapping; i++) {
		struct place *p;
		struct err e = { 0 };
		void *one;

		assert_int_equal(place_setup(&one), 0);
		p = one;
		for (size_t k = 0; k < 3; k++)
			place_send(p);
		place_meddle(p, "CREATE TABLE kept AS SELECT * FROM envelope");
		place_meddle(p, swapping[i].sql);
		/* Also by every later pull. */
		for (size_t times = 0; times < 2; times++) {
			assert_true(place_pull_with(p, false, &e));
			assert_int_equal(p->pulled.damaged,
				swapping[i].damaged);
			if (!strstr(p->pulled.fault.text, swapping[i].fault))
				fail_msg("%s", p->pulled.fault.text);
			assert_int_equal(count_stored(p),
				3 - swapping[i].damaged);
		}
		/* Put right, it comes. */
		place_meddle(p, "REPLACE INTO envelope SELECT * FROM kept");
		place_pull(p);
		assert_int_equal(p->pulled.fresh, swapping[i].damaged);
		assert_whole(p, 3);
		place_teardown(&one);
	}
}

static void
an_envelope_of_another_case_is_named(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };

	place_send_as(p, (struct sending){ .misfiled = true });
	place_send(p);
	assert_true(place_pull_with(p, false, &e));
	assert_int_equal(p->pulled.damaged, 1);
	assert_string_equal(p->pulled.fault.text,
		"log entry 1: the envelope is of another case");
	assert_int_equal(count_stored(p), 1);
}

/* Copies the queue as it is now to p->dir/NAME. */
static const char *
copy_queue(struct place *p, const char *name)
{
	const char *to = fs_join(&p->a, p->dir, name);
	struct err e = { 0 };

	if (!queue_backup(p->data, to, &e))
		fail_msg("%s", e.text);
	return to;
}

/* Serves another directory from now on. */
static void
serve_instead(struct place *p, const char *data, const struct sign_key *key)
{
	place_stop(p);
	p->data = data;
	assert_true(place_serve(p, key));
}

static void
an_old_copy_is_a_roll_back(void **state)
{
	struct place *p = *state;
	const char *copy;

	place_send(p);
	copy = copy_queue(p, "copy");
	place_send(p);
	place_send(p);
	place_pull(p);
	serve_instead(p, copy, p->server);
	assert_refuses(p, "the log was rolled back: it has 1 entries, at the "
		"last pull it had 3", 3);
}

static void
an_old_copy_that_has_grown_is_a_fork(void **state)
{
	struct place *p = *state;
	const char *copy;

	place_send(p);
	copy = copy_queue(p, "copy");
	place_send(p);
	place_send(p);
	place_pull(p);
	serve_instead(p, copy, p->server);
	for (size_t i = 0; i < 6; i++)
		place_send(p);
	assert_refuses(p, "the log was forked or rewritten: entry 2 is not "
		"the one fetched before", 3);
}

static void
another_incarnation_is_told_and_accepted_on_request(void **state)
{
	struct place *p = *state;
	const char *copy;
	struct err e = { 0 };

	place_send(p);
	place_send(p);
	copy = copy_queue(p, "copy");
	place_send(p);
	place_pull(p);
	serve_instead(p, copy, p->server);
	/* As serve --restored does: another incarnation over the same log. */
	place_stop(p);
	place_meddle(p, "DELETE FROM log; DELETE FROM envelope; UPDATE meta"
		" SET value = randomblob(16) WHERE name = 'incarnation'");
	assert_true(place_serve(p, p->server));
	place_send(p);
	assert_refuses(p, "the queue was restored: its incarnation is ", 3);
	assert_true(place_pull_with(p, true, &e));
	assert_int_equal(p->pulled.fresh, 1);
	assert_int_equal(p->store->log_count, 2);
	place_reopen(p);
	place_pull(p);
	assert_int_equal(p->pulled.fresh, 0);
	assert_int_equal(p->store->case_count, 4);
	assert_whole(p, 4);
}

static void
a_head_of_another_key_or_another_time_is_refused(void **state)
{
	struct place *p = *state;
	struct sign_key *stranger = sign_key_new();
	struct queue_head h;
	struct err e = { 0 };
	struct text body;

	place_send(p);
	place_pull(p);
	assert_true(queue_head(p->q, &h, &e));
	body = head_write(&p->a, &h, clock_now_s());
	p->head_instead = note_sign(&p->a, body, "server-1", stranger);
	assert_refuses(p, "signed by no server key", 1);
	body = head_write(&p->a, &h, clock_now_s() - 3600);
	p->head_instead = note_sign(&p->a, body, "server-1", p->server);
	assert_refuses(p, "the log head was signed 60 minutes ago", 1);
	body = head_write(&p->a, &h, clock_now_s() + 3600);
	p->head_instead = note_sign(&p->a, body, "server-1", p->server);
	assert_refuses(p, "minutes from now", 1);
	h.chain.b[0] ^= 1;
	body = head_write(&p->a, &h, clock_now_s());
	p->head_instead = note_sign(&p->a, body, "server-1", p->server);
	assert_refuses(p, "does not lead to the head that the server signed",
		1);
	h.size++;
	body = head_write(&p->a, &h, clock_now_s());
	p->head_instead = note_sign(&p->a, body, "server-1", p->server);
	assert_refuses(p, "log entry 3 is missing", 1);
	sign_key_close(stranger);
}

static void
a_keyset_that_the_pin_does_not_hold_for_is_refused(void **state)
{
	struct place *p = *state;
	struct sign_key *real = p->organisation;
	struct sign_key *false_one = sign_key_new();
	struct err e = { 0 };

	place_send(p);
	place_stop(p);
	p->organisation = false_one;
	place_keyset(p, 1, p->server);
	p->organisation = real;
	assert_true(place_serve(p, p->server));
	assert_false(place_pull_with(p, false, &e));
	assert_non_null(strstr(e.text, "the server's keyset"));
	assert_int_equal(p->store->case_count, 0);
	sign_key_close(false_one);
}

/* Serves under a keyset of this epoch. */
static void
serve_epoch(struct place *p, uint32_t epoch, const struct sign_key *server)
{
	place_stop(p);
	place_keyset(p, epoch, server);
	assert_true(place_serve(p, server));
}

static void
an_epoch_never_goes_back(void **state)
{
	struct place *p = *state;
	struct sign_key *next = sign_key_new();
	struct sign_key *other = sign_key_new();

	place_send(p);
	place_pull(p);
	serve_epoch(p, 2, next);
	place_send(p);
	place_pull(p);
	assert_int_equal(p->pulled.fresh, 1);
	serve_epoch(p, 1, p->server);
	assert_refuses(p, "the server's keyset has epoch 1, but 2 has been "
		"seen", 2);
	serve_epoch(p, 2, other);
	assert_refuses(p, "there are two keysets of epoch 2", 2);
	serve_epoch(p, 2, next);
	sign_key_close(other);
	/* The same keyset once more is the same bytes. */
	place_pull(p);
	place_stop(p);
	sign_key_close(next);
}

static void
a_server_that_cannot_answer_is_an_error(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };

	place_send(p);
	place_stop(p);
	assert_false(place_pull_with(p, false, &e));
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_non_null(strstr(e.text, "answered 503"));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
		TEST(new_cases_are_fetched_and_known_the_next_time),
		TEST(other_roles_cases_are_only_leaves),
		TEST(what_does_not_open_is_kept_and_counted),
		TEST(a_thousand_cases_come_in_several_answers),
		TEST(an_envelope_of_megabytes_comes_whole),
		TEST(a_pull_cut_off_after_any_write_is_continued),
		TEST(a_torn_journal_is_mended),
		TEST(two_pulls_at_once_are_refused),
		cmocka_unit_test(
			a_changed_log_is_named_and_the_store_stays_whole),
		TEST(entries_that_are_not_those_of_the_chain_are_refused),
		TEST(a_log_that_contradicts_itself_is_refused),
		TEST(a_server_names_its_own_damage),
		cmocka_unit_test(
			a_changed_envelope_is_named_and_the_others_come),
		TEST(an_envelope_of_another_case_is_named),
		TEST(an_old_copy_is_a_roll_back),
		TEST(an_old_copy_that_has_grown_is_a_fork),
		TEST(another_incarnation_is_told_and_accepted_on_request),
		TEST(a_head_of_another_key_or_another_time_is_refused),
		TEST(a_keyset_that_the_pin_does_not_hold_for_is_refused),
		TEST(an_epoch_never_goes_back),
		TEST(a_server_that_cannot_answer_is_an_error),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, place_begin, place_end);
}
