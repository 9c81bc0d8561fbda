/* tests of queue/sqlite: what was put is there, whatever happens after. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "queue/queue.h"

enum { STREAM_MAX = 64 * 1024 * 1024, ENVELOPE_LEN = 2100 };

struct place {
	struct arena a;
	char dir[32];
	struct queue *q;
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof *p);
	struct err e = { 0 };

	arena_init(&p->a, false);
	memcpy(p->dir, "/tmp/blankett-queue-XXXXXX", 27);
	*state = p;
	if (!mkdtemp(p->dir) || !queue_open(p->dir, &p->q, &e))
		return -1;
	return 0;
}

static int
teardown(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	bool removed;

	queue_close(p->q);
	removed = fs_remove_tree(p->dir, &e);
	arena_release(&p->a);
	free(p);
	return removed ? 0 : -1;
}

/* The n-th envelope: its bytes, subid and commit say n. */
struct sample {
	struct queue_item item;
	char bytes[ENVELOPE_LEN];
};

static void
sample_make(struct sample *s, unsigned n)
{
	*s = (struct sample){ .item = {
		.role = { "kundcenter", 10 },
		.form_id = { "synpunkt", 8 },
	} };
	memset(s->bytes, (int)(n % 251), sizeof s->bytes);
	memcpy(s->bytes, &n, sizeof n);
	memcpy(s->item.subid, &n, sizeof n);
	s->item.subid[15] = 1;
	memcpy(s->item.commit.b, &n, sizeof n);
	s->item.envelope = (struct text){ s->bytes, sizeof s->bytes };
	s->item.envelope_hash = hash_bytes(s->item.envelope);
}

static bool
put(struct queue *q, unsigned n, enum queue_put_result *result,
	struct queue_receipt *receipt, struct err *e)
{
	struct sample s;

	sample_make(&s, n);
	return queue_put(q, &s.item, result, receipt, e);
}

static void
must_put(struct queue *q, unsigned n)
{
	enum queue_put_result result;
	struct queue_receipt receipt;
	struct err e = { 0 };

	if (!put(q, n, &result, &receipt, &e))
		fail_msg("%s", e.text);
	assert_int_equal(result, QUEUE_STORED);
}

/* What a collector of `role` gets from the whole log; checks the chain. */
struct seen {
	size_t entries;
	size_t leaves;
	size_t envelopes;
	size_t kinds[6];
	struct queue_entry last[6]; /* of each kind */
};

static void
see(struct queue *q, const char *role, struct seen *seen)
{
	struct queue_head head;
	struct hash chain;
	uint64_t after = 0;
	struct err e = { 0 };

	*seen = (struct seen){ 0 };
	assert_true(queue_head(q, &head, &e));
	chain = chain_start(head.incarnation);
	while (after < head.size) {
		struct buf b;
		struct text rest;
		uint64_t last;

		buf_init(&b, STREAM_MAX);
		assert_true(queue_read(q, after, text_of(role), 100000, &b,
			&last, &e));
		rest = buf_view(&b);
		while (rest.len) {
			struct frame f;

			assert_true(frame_next(&rest, &f, &e));
			after++;
			chain = chain_next(&chain, &f.leaf);
			seen->leaves += f.is_leaf;
			if (f.is_leaf)
				continue;
			assert_int_equal(f.entry.seq, after);
			seen->entries++;
			seen->kinds[f.entry.kind]++;
			seen->last[f.entry.kind] = f.entry;
			if (f.envelope.len) {
				struct hash h = hash_bytes(f.envelope);

				assert_true(hash_eq(&h, &f.entry.hash));
				seen->envelopes++;
			}
		}
		assert_int_equal(after, last);
		buf_release(&b);
	}
	assert_true(hash_eq(&chain, &head.chain));
}

static void
reopen(struct place *p)
{
	struct err e = { 0 };

	queue_close(p->q);
	p->q = NULL;
	if (!queue_open(p->dir, &p->q, &e))
		fail_msg("%s", e.text);
}

/* SQL behind the queue's back. */
static void
meddle(struct place *p, const char *statements)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(fs_join(&p->a, p->dir, "queue.db"), &db),
		SQLITE_OK);
	if (sqlite3_exec(db, statements, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	(void)sqlite3_close(db);
}

static void
only_its_owner_can_read_a_queue(void **state)
{
	struct place *p = *state;
	static const char *const names[] = { "queue.db", "queue.db-wal",
		"queue.db-shm" };
	const char *dir = fs_join(&p->a, p->dir, "a/b");
	struct stat st;
	struct err e = { 0 };

	queue_close(p->q);
	assert_true(queue_open(dir, &p->q, &e));
	must_put(p->q, 1);
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(stat(fs_join(&p->a, dir, names[i]), &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
}

static void
what_was_put_is_found_and_survives_closing(void **state)
{
	struct place *p = *state;
	enum queue_put_result result;
	enum queue_state where;
	struct queue_receipt receipt;
	struct queue_receipt found;
	struct hash commit;
	struct sample s;
	struct err e = { 0 };

	sample_make(&s, 5);
	assert_true(queue_put(p->q, &s.item, &result, &receipt, &e));
	assert_int_equal(result, QUEUE_STORED);
	assert_int_equal(receipt.seq, 1);
	assert_true(hash_eq(&receipt.envelope_hash, &s.item.envelope_hash));
	assert_true(clock_now_s() - receipt.received_s < 60);
	reopen(p);
	assert_true(queue_find(p->q, s.item.subid, &where, &commit, &found,
		&e));
	assert_int_equal(where, QUEUE_RECEIVED);
	assert_true(hash_eq(&commit, &s.item.commit));
	assert_memory_equal(&found, &receipt, sizeof found);
	s.item.subid[0] ^= 1;
	assert_true(queue_find(p->q, s.item.subid, &where, &commit, &found,
		&e));
	assert_int_equal(where, QUEUE_UNKNOWN);
}

static void
the_same_sending_again_gives_the_same_receipt(void **state)
{
	struct place *p = *state;
	enum queue_put_result result;
	struct queue_receipt first;
	struct queue_receipt again;
	struct sample s;
	struct queue_head head;
	struct err e = { 0 };

	assert_true(put(p->q, 1, &result, &first, &e));
	must_put(p->q, 2);
	/* The envelope differs, as it does when it is sealed once more. */
	sample_make(&s, 1);
	s.bytes[9] ^= 1;
	s.item.envelope_hash = hash_bytes(s.item.envelope);
	assert_true(queue_put(p->q, &s.item, &result, &again, &e));
	assert_int_equal(result, QUEUE_SAME);
	assert_memory_equal(&first, &again, sizeof first);
	s.item.commit.b[31] ^= 1;
	assert_true(queue_put(p->q, &s.item, &result, &again, &e));
	assert_int_equal(result, QUEUE_CHANGED);
	assert_memory_equal(&first, &again, sizeof first);
	assert_true(queue_head(p->q, &head, &e));
	assert_int_equal(head.size, 2);
}

/* Threads that all send the same cases, at the same time. */
enum { RACERS = 12, RACES = 40 };

struct racer {
	struct queue *q;
	bool change; /* sends other answers under the same subids */
	size_t stored;
	size_t same;
	size_t changed;
	size_t failed;
};

static void *
race(void *arg)
{
	struct racer *r = arg;

	for (unsigned n = 0; n < RACES; n++) {
		enum queue_put_result result = QUEUE_STORED;
		struct queue_receipt receipt;
		struct sample s;
		struct err e = { 0 };

		sample_make(&s, n);
		s.item.commit.b[31] = r->change;
		if (!queue_put(r->q, &s.item, &result, &receipt, &e))
			r->failed++;
		r->stored += result == QUEUE_STORED;
		r->same += result == QUEUE_SAME;
		r->changed += result == QUEUE_CHANGED;
	}
	return NULL;
}

static void
a_case_is_stored_once_however_many_send_it_at_once(void **state)
{
	struct place *p = *state;
	struct racer racers[RACERS] = { 0 };
	pthread_t threads[RACERS];
	struct racer sum = { 0 };
	struct seen seen;

	for (size_t i = 0; i < RACERS; i++) {
		racers[i] = (struct racer){ .q = p->q, .change = i % 2 };
		assert_int_equal(pthread_create(&threads[i], NULL, race,
			&racers[i]), 0);
	}
	for (size_t i = 0; i < RACERS; i++) {
		(void)pthread_join(threads[i], NULL);
		sum.stored += racers[i].stored;
		sum.same += racers[i].same;
		sum.changed += racers[i].changed;
		sum.failed += racers[i].failed;
	}
	assert_int_equal(sum.failed, 0);
	assert_int_equal(sum.stored, RACES);
	/* Of the others half are of the mind of the first. */
	assert_int_equal(sum.same, RACES * (RACERS / 2 - 1));
	assert_int_equal(sum.changed, RACES * (RACERS / 2));
	see(p->q, "kundcenter", &seen);
	assert_int_equal(seen.kinds[ENTRY_SUBMIT], RACES);
	assert_int_equal(seen.envelopes, RACES);
}

static const unsigned char key_id[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };

static void
a_collector_sees_only_its_own_role(void **state)
{
	struct place *p = *state;
	enum queue_put_result result;
	struct queue_receipt receipt;
	struct seen seen;
	struct sample s;
	struct err e = { 0 };

	must_put(p->q, 1);
	sample_make(&s, 2);
	s.item.role = text_of("lexsarah");
	assert_true(queue_put(p->q, &s.item, &result, &receipt, &e));
	must_put(p->q, 3);
	see(p->q, "kundcenter", &seen);
	assert_int_equal(seen.envelopes, 2);
	assert_int_equal(seen.leaves, 1);
	see(p->q, "lexsarah", &seen);
	assert_int_equal(seen.envelopes, 1);
	assert_int_equal(seen.leaves, 2);
	see(p->q, "kundcente", &seen);
	assert_int_equal(seen.leaves, 3);
	sample_make(&s, 4);
	s.item.role = text_of("Kund center");
	assert_false(queue_put(p->q, &s.item, &result, &receipt, &e));
	assert_int_equal(e.kind, ERR_FORMAT);
}

static void
a_case_is_followed_from_received_to_deleted(void **state)
{
	struct place *p = *state;
	static const struct hash request = { { 77 } };
	enum queue_state where;
	struct queue_receipt receipt;
	struct hash commit;
	struct sample s;
	struct seen seen;
	struct err e = { 0 };
	size_t count;

	must_put(p->q, 1);
	must_put(p->q, 2);
	sample_make(&s, 1);
	assert_true(queue_note_fetch(p->q, text_of("kundcenter"), key_id, 1,
		&e));
	assert_true(queue_find(p->q, s.item.subid, &where, &commit, &receipt,
		&e));
	assert_int_equal(where, QUEUE_FETCHED);
	/* A fetch with nothing new for the role is not logged. */
	assert_true(queue_note_fetch(p->q, text_of("kundcenter"), key_id, 1,
		&e));
	assert_true(queue_note_fetch(p->q, text_of("lexsarah"), key_id, 3,
		&e));
	see(p->q, "kundcenter", &seen);
	assert_int_equal(seen.kinds[ENTRY_FETCH], 1);
	assert_memory_equal(seen.last[ENTRY_FETCH].key_id, key_id, 8);
	assert_true(queue_ack(p->q, text_of("lexsarah"), key_id, s.item.subid,
		1, &request, &count, &e));
	assert_int_equal(count, 0);
	for (size_t times = 0; times < 2; times++) {
		assert_true(queue_ack(p->q, text_of("kundcenter"), key_id,
			s.item.subid, 1, &request, &count, &e));
		assert_int_equal(count, times == 0);
	}
	assert_true(queue_find(p->q, s.item.subid, &where, &commit, &receipt,
		&e));
	assert_int_equal(where, QUEUE_ACKED);
	assert_true(queue_sweep(p->q, clock_now_s() + QUEUE_KEEP_ACKED_S - 5,
		&count, &e));
	assert_int_equal(count, 0);
	assert_true(queue_sweep(p->q, clock_now_s() + QUEUE_KEEP_ACKED_S + 5,
		&count, &e));
	assert_int_equal(count, 1);
	assert_true(queue_find(p->q, s.item.subid, &where, &commit, &receipt,
		&e));
	assert_int_equal(where, QUEUE_DELETED);
	assert_true(hash_eq(&commit, &s.item.commit));
	see(p->q, "kundcenter", &seen);
	assert_int_equal(seen.envelopes, 1);
	assert_int_equal(seen.kinds[ENTRY_DELETE], 1);
	assert_true(hash_eq(&seen.last[ENTRY_ACK].hash, &request));
}

static void
a_repeat_is_recognised_after_deletion(void **state)
{
	struct place *p = *state;
	static const struct hash request = { { 1 } };
	enum queue_put_result result;
	struct queue_receipt receipt;
	struct sample s;
	struct err e = { 0 };
	size_t count;

	must_put(p->q, 1);
	sample_make(&s, 1);
	assert_true(queue_ack(p->q, text_of("kundcenter"), key_id,
		s.item.subid, 1, &request, &count, &e));
	assert_true(queue_sweep(p->q, clock_now_s() + 2 * QUEUE_KEEP_ACKED_S,
		&count, &e));
	assert_true(queue_put(p->q, &s.item, &result, &receipt, &e));
	assert_int_equal(result, QUEUE_SAME);
}

static void
many_cases_are_acknowledged_and_swept(void **state)
{
	struct place *p = *state;
	static const struct hash request = { { 1 } };
	unsigned char subids[600][SUBID_BYTES];
	struct seen seen;
	struct sample s;
	struct err e = { 0 };
	size_t count;

	for (unsigned n = 0; n < 600; n++) {
		sample_make(&s, n);
		memcpy(subids[n], s.item.subid, SUBID_BYTES);
		must_put(p->q, n);
	}
	assert_true(queue_ack(p->q, text_of("kundcenter"), key_id, subids[0],
		600, &request, &count, &e));
	assert_int_equal(count, 600);
	assert_true(queue_sweep(p->q, clock_now_s() + 2 * QUEUE_KEEP_ACKED_S,
		&count, &e));
	assert_int_equal(count, 600);
	see(p->q, "kundcenter", &seen);
	assert_int_equal(seen.kinds[ENTRY_DELETE], 600);
	assert_int_equal(seen.envelopes, 0);
}

static void
a_keyset_is_logged_when_it_changes(void **state)
{
	struct place *p = *state;
	static const struct hash one = { { 1 } };
	static const struct hash two = { { 2 } };
	struct seen seen;
	struct err e = { 0 };

	assert_true(queue_note_keyset(p->q, &one, &e));
	assert_true(queue_note_keyset(p->q, &one, &e));
	assert_true(queue_note_keyset(p->q, &two, &e));
	assert_true(queue_note_keyset(p->q, &one, &e));
	see(p->q, "whoever", &seen);
	assert_int_equal(seen.kinds[ENTRY_KEYSET], 3);
	assert_int_equal(seen.leaves, 0);
}

/* The links of the whole log, read two at a time. */
static size_t
read_links(struct queue *q, struct link *links, size_t max)
{
	uint64_t after = 0;
	size_t n = 0;

	for (;;) {
		struct buf b;
		struct text rest;
		uint64_t last;
		struct err e = { 0 };

		buf_init(&b, 4096);
		assert_true(queue_links(q, after, 2, &b, &last, &e));
		rest = buf_view(&b);
		while (rest.len) {
			assert_true(n < max);
			assert_true(link_next(&rest, &links[n++], &e));
		}
		buf_release(&b);
		if (last == after)
			return n;
		after = last;
	}
}

static void
links_show_a_change_behind_the_queues_back(void **state)
{
	struct place *p = *state;
	struct link links[6];
	struct link after[6];
	struct queue_head head;
	struct hash chain;
	struct err e = { 0 };

	for (unsigned n = 0; n < 5; n++)
		must_put(p->q, n);
	assert_int_equal(read_links(p->q, links, 6), 5);
	assert_true(queue_head(p->q, &head, &e));
	chain = chain_start(head.incarnation);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(links[i].seq, i + 1);
		chain = chain_next(&chain, &links[i].leaf);
		assert_true(hash_eq(&chain, &links[i].chain));
	}
	assert_true(hash_eq(&chain, &head.chain));
	meddle(p, "UPDATE log SET entry = substr(entry, 1, 8) || x'00' ||"
		" substr(entry, 10) WHERE seq = 3");
	assert_int_equal(read_links(p->q, after, 6), 5);
	assert_memory_equal(links, after, 2 * sizeof *links);
	assert_false(hash_eq(&links[2].leaf, &after[2].leaf));
	assert_true(hash_eq(&links[2].chain, &after[2].chain));
	meddle(p, "DELETE FROM log WHERE seq = 2");
	assert_int_equal(read_links(p->q, after, 6), 4);
	assert_int_equal(after[1].seq, 3);
}

/* ---- what can go wrong ------------------------------------------------ */

static void
a_clock_before_the_last_entry_is_refused(void **state)
{
	struct place *p = *state;
	struct queue_entry en = { .seq = 2, .kind = ENTRY_KEYSET,
		.time_s = clock_now_s() + 1000 };
	unsigned char bytes[ENTRY_BYTES];
	enum queue_put_result result;
	struct queue_receipt receipt;
	struct err e = { 0 };

	must_put(p->q, 1);
	entry_write(&en, bytes);
	meddle(p, arena_printf(&p->a, "INSERT INTO log VALUES(2, 5, '', NULL,"
		" x'%s', zeroblob(32))",
		hex_encode(&p->a, bytes, sizeof bytes).p).p);
	assert_false(put(p->q, 2, &result, &receipt, &e));
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_non_null(strstr(e.text, "s earlier than the log's last entry"));
	queue_close(p->q);
	p->q = NULL;
	assert_false(queue_open(p->dir, &p->q, &e));
	assert_non_null(strstr(e.text, "the clock is "));
	meddle(p, "DELETE FROM log WHERE seq = 2");
	assert_true(queue_open(p->dir, &p->q, &e));
}

static void
another_version_or_another_database_is_refused(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };

	queue_close(p->q);
	p->q = NULL;
	meddle(p, "PRAGMA user_version = 2");
	assert_false(queue_open(p->dir, &p->q, &e));
	assert_non_null(strstr(e.text, "queue.db: is a queue of version 2,"
		" this program reads version 1"));
	meddle(p, "PRAGMA application_id = 7");
	assert_false(queue_open(p->dir, &p->q, &e));
	assert_non_null(strstr(e.text, "queue.db: is not a blankett queue"));
	assert_true(fs_replace(fs_join(&p->a, p->dir, "queue.db"), 0600,
		text_of("this is a letter, no database at all, and long"), &e));
	(void)remove(fs_join(&p->a, p->dir, "queue.db-wal"));
	(void)remove(fs_join(&p->a, p->dir, "queue.db-shm"));
	assert_false(queue_open(p->dir, &p->q, &e));
	assert_int_equal(e.kind, ERR_SYSTEM);
}

static void
a_directory_that_cannot_be_made_is_named(void **state)
{
	struct place *p = *state;
	struct queue *q;
	struct err e = { 0 };

	assert_false(queue_open(fs_join(&p->a, p->dir, "queue.db/x"), &q, &e));
	assert_null(q);
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_non_null(strstr(e.text, "queue.db/x"));
}

static void
a_damaged_entry_is_named(void **state)
{
	struct place *p = *state;
	struct buf b;
	uint64_t last;
	struct err e = { 0 };

	must_put(p->q, 1);
	must_put(p->q, 2);
	must_put(p->q, 3);
	meddle(p, "UPDATE log SET entry = substr(entry, 2) WHERE seq = 2");
	buf_init(&b, STREAM_MAX);
	assert_false(queue_read(p->q, 0, text_of("kundcenter"), 1 << 20, &b,
		&last, &e));
	assert_string_equal(e.text, "queue: log entry 2 is damaged");
	buf_release(&b);
}

static void
too_large_an_envelope_is_refused(void **state)
{
	struct place *p = *state;
	enum queue_put_result result;
	struct queue_receipt receipt;
	struct sample s;
	struct err e = { 0 };

	sample_make(&s, 1);
	s.item.envelope.len = 0;
	assert_false(queue_put(p->q, &s.item, &result, &receipt, &e));
	assert_int_equal(e.kind, ERR_LIMIT);
	s.item.envelope.len = 33 * 1024 * 1024;
	assert_false(queue_put(p->q, &s.item, &result, &receipt, &e));
	assert_int_equal(e.kind, ERR_LIMIT);
}

static void
a_stream_has_at_least_one_entry_and_then_a_limit(void **state)
{
	struct place *p = *state;
	struct buf b;
	uint64_t last;
	struct err e = { 0 };

	must_put(p->q, 1);
	must_put(p->q, 2);
	must_put(p->q, 3);
	buf_init(&b, STREAM_MAX);
	assert_true(queue_read(p->q, 0, text_of("kundcenter"), 1, &b, &last,
		&e));
	assert_int_equal(last, 1);
	buf_clear(&b);
	assert_true(queue_read(p->q, 1, text_of("kundcenter"),
		ENVELOPE_LEN + 200, &b, &last, &e));
	assert_int_equal(last, 3);
	buf_clear(&b);
	assert_true(queue_read(p->q, 3, text_of("kundcenter"), 1, &b, &last,
		&e));
	assert_int_equal(last, 3);
	assert_int_equal(b.len, 0);
	buf_release(&b);
}

static void
a_backup_is_a_queue_of_its_own(void **state)
{
	struct place *p = *state;
	const char *to = fs_join(&p->a, p->dir, "copy");
	struct queue_head before;
	struct queue_head after;
	struct seen seen;
	struct stat st;
	struct err e = { 0 };

	for (unsigned n = 0; n < 20; n++)
		must_put(p->q, n);
	assert_true(queue_head(p->q, &before, &e));
	/* While it is open and in use. */
	assert_true(queue_backup(p->dir, to, &e));
	must_put(p->q, 20);
	assert_false(queue_backup(p->dir, to, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_int_equal(stat(fs_join(&p->a, to, "queue.db"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	queue_close(p->q);
	assert_true(queue_open(to, &p->q, &e));
	assert_true(queue_head(p->q, &after, &e));
	assert_memory_equal(&before, &after, sizeof before);
	see(p->q, "kundcenter", &seen);
	assert_int_equal(seen.envelopes, 20);
	assert_false(queue_backup(fs_join(&p->a, p->dir, "no"), to, &e));
	assert_non_null(strstr(e.text, "there is no queue here"));
}

/* ---- sudden ends ------------------------------------------------------ */

enum { WRITERS = 8, KILLS = 12 };

struct writer {
	struct queue *q;
	unsigned first; /* it puts first, first + WRITERS, ... */
	int out;        /* and tells each number that was stored */
};

static void *
write_on(void *arg)
{
	struct writer *w = arg;

	for (unsigned n = w->first;; n += WRITERS) {
		enum queue_put_result result;
		struct queue_receipt receipt;
		struct err e;

		if (!put(w->q, n, &result, &receipt, &e) ||
			write(w->out, &n, sizeof n) != sizeof n)
			_exit(1);
	}
	return NULL;
}

/* The child: writers that never stop. */
static void
write_until_killed(const char *dir, unsigned first, int out)
{
	struct writer writers[WRITERS];
	pthread_t threads[WRITERS];
	struct queue *q;
	struct err e;

	if (!queue_open(dir, &q, &e))
		_exit(2);
	for (unsigned i = 0; i < WRITERS; i++) {
		writers[i] = (struct writer){ q, first + i, out };
		if (pthread_create(&threads[i], NULL, write_on, &writers[i]))
			_exit(3);
	}
	for (;;)
		(void)pause();
}

/* Lets a child write for a while, kills it, gives how many it had told of,
 * and checks that each of them is there. */
static size_t
kill_a_writer(struct place *p, unsigned first, unsigned ms)
{
	struct timespec nap = { 0, (long)ms * 1000000 };
	struct err e = { 0 };
	size_t told = 0;
	unsigned n;
	int status;
	int ends[2];
	pid_t pid;

	queue_close(p->q);
	p->q = NULL;
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)close(ends[0]);
		write_until_killed(p->dir, first, ends[1]);
	}
	(void)close(ends[1]);
	(void)nanosleep(&nap, NULL);
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_true(queue_open(p->dir, &p->q, &e));
	while (read(ends[0], &n, sizeof n) == sizeof n) {
		enum queue_state where;
		struct queue_receipt receipt;
		struct hash commit;
		struct sample s;

		sample_make(&s, n);
		assert_true(queue_find(p->q, s.item.subid, &where, &commit,
			&receipt, &e));
		assert_int_equal(where, QUEUE_RECEIVED);
		assert_true(hash_eq(&receipt.envelope_hash,
			&s.item.envelope_hash));
		told++;
	}
	(void)close(ends[0]);
	return told;
}

static void
what_was_stored_survives_a_sudden_end(void **state)
{
	struct place *p = *state;
	size_t told = 0;
	struct seen seen;

	for (unsigned i = 0; i < KILLS; i++)
		told += kill_a_writer(p, i * 1000000, 40 + 17 * i);
	assert_true(told > KILLS);
	/* Every submission has its whole envelope, and the chain holds. */
	see(p->q, "kundcenter", &seen);
	assert_int_equal(seen.kinds[ENTRY_SUBMIT], seen.envelopes);
	assert_true(seen.envelopes >= told);
	/* At most what was under way when each was killed came on top. */
	assert_true(seen.envelopes <= told + (size_t)KILLS * WRITERS);
}

/* In a child, as a limit on file size is the process's. */
static int
fill_the_disk(const char *dir)
{
	struct rlimit limit = { 200 * 1024, RLIM_INFINITY };
	enum queue_put_result result;
	enum queue_state where;
	struct queue_receipt receipt;
	struct queue_head before;
	struct queue_head after;
	struct hash commit;
	struct queue *q;
	struct sample s;
	struct err e = { 0 };
	unsigned n = 0;

	(void)signal(SIGXFSZ, SIG_IGN);
	if (!queue_open(dir, &q, &e) || setrlimit(RLIMIT_FSIZE, &limit) != 0)
		return 2;
	while (n < 1000 && put(q, n, &result, &receipt, &e))
		n++;
	if (n == 0 || n == 1000 || e.kind != ERR_SYSTEM)
		return 3;
	sample_make(&s, n);
	if (!queue_find(q, s.item.subid, &where, &commit, &receipt, &e) ||
		where != QUEUE_UNKNOWN || !queue_head(q, &before, &e) ||
		before.size != n)
		return 4;
	/* It does not get better by trying. */
	if (put(q, n, &result, &receipt, &e) || e.kind != ERR_SYSTEM)
		return 5;
	limit.rlim_cur = RLIM_INFINITY;
	if (setrlimit(RLIMIT_FSIZE, &limit) != 0 ||
		!put(q, n, &result, &receipt, &e) ||
		result != QUEUE_STORED || !queue_head(q, &after, &e) ||
		after.size != n + 1)
		return 6;
	queue_close(q);
	return 0;
}

static void
a_full_disk_stores_nothing_and_hinders_nothing_later(void **state)
{
	struct place *p = *state;
	struct seen seen;
	int status;
	pid_t pid;

	queue_close(p->q);
	p->q = NULL;
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(fill_the_disk(p->dir));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	reopen(p);
	see(p->q, "kundcenter", &seen);
	assert_int_equal(seen.kinds[ENTRY_SUBMIT], seen.envelopes);
	assert_true(seen.envelopes > 1);
}

/* Writers through one line, one of whom brings what cannot be stored. */
static void *
write_some(void *arg)
{
	struct racer *r = arg;

	for (unsigned n = 0; n < RACES; n++) {
		enum queue_put_result result;
		struct queue_receipt receipt;
		struct sample s;
		struct err e = { 0 };

		sample_make(&s, n + (unsigned)r->same * 1000);
		if (r->change)
			s.item.role = text_of("no role");
		r->failed += !queue_put(r->q, &s.item, &result, &receipt, &e);
	}
	return NULL;
}

static void
one_bad_job_does_not_spoil_its_group(void **state)
{
	struct place *p = *state;
	struct racer racers[RACERS];
	pthread_t threads[RACERS];
	struct seen seen;

	for (size_t i = 0; i < RACERS; i++) {
		racers[i] = (struct racer){ .q = p->q, .change = i == 0,
			.same = i };
		assert_int_equal(pthread_create(&threads[i], NULL, write_some,
			&racers[i]), 0);
	}
	for (size_t i = 0; i < RACERS; i++) {
		(void)pthread_join(threads[i], NULL);
		assert_int_equal(racers[i].failed, i == 0 ? RACES : 0);
	}
	see(p->q, "kundcenter", &seen);
	assert_int_equal(seen.envelopes, (RACERS - 1) * RACES);
}

static void
two_processes_may_write_to_one_queue(void **state)
{
	struct place *p = *state;
	struct seen seen;
	struct queue *other;
	struct err e = { 0 };

	assert_true(queue_open(p->dir, &other, &e));
	for (unsigned n = 0; n < 20; n += 2) {
		must_put(p->q, n);
		must_put(other, n + 1);
	}
	queue_close(other);
	see(p->q, "kundcenter", &seen);
	assert_int_equal(seen.envelopes, 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(only_its_owner_can_read_a_queue,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_was_put_is_found_and_survives_closing,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			the_same_sending_again_gives_the_same_receipt,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_case_is_stored_once_however_many_send_it_at_once,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_collector_sees_only_its_own_role,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_case_is_followed_from_received_to_deleted,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_repeat_is_recognised_after_deletion,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			many_cases_are_acknowledged_and_swept,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_keyset_is_logged_when_it_changes,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			links_show_a_change_behind_the_queues_back,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_clock_before_the_last_entry_is_refused,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			another_version_or_another_database_is_refused,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_directory_that_cannot_be_made_is_named,
			setup, teardown),
		cmocka_unit_test_setup_teardown(a_damaged_entry_is_named,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			too_large_an_envelope_is_refused,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_stream_has_at_least_one_entry_and_then_a_limit,
			setup, teardown),
		cmocka_unit_test_setup_teardown(a_backup_is_a_queue_of_its_own,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_was_stored_survives_a_sudden_end,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_full_disk_stores_nothing_and_hinders_nothing_later,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			one_bad_job_does_not_spoil_its_group,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			two_processes_may_write_to_one_queue,
			setup, teardown),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
