/* sqlite_write: what changes the queue, one transaction a group. */
#include "queue/sqlite.h"

#include <string.h>

#include "base/clock.h"
#include "seal/envelope.h"
#include "base/banned.h"

enum { SWEEP_MAX = 256 /* deletions in one transaction */ };

/* What one job does in its transaction; the first member of its struct. */
struct work {
	bool (*run)(struct queue *q, struct conn *c, struct work *w,
		struct err *e);
};

/* Appends an entry to the log and sets its seq and time. */
static bool
append(struct queue *q, struct conn *c, struct queue_entry *en, struct err *e)
{
	unsigned char bytes[ENTRY_BYTES];
	struct hash leaf;
	struct tail next = { q->tail.seq + 1, clock_now_s(), { { 0 } } };
	sqlite3_stmt *s = conn_statement(c, LOG_ADD, e);

	if (!s || !sqlite_clock(&q->tail, next.time_s, e))
		return false;
	en->seq = next.seq;
	en->time_s = next.time_s;
	entry_write(en, bytes);
	leaf = entry_leaf(bytes);
	next.chain = chain_next(&q->tail.chain, &leaf);
	conn_bind_seq(s, 1, en->seq);
	(void)sqlite3_bind_int(s, 2, (int)en->kind);
	conn_bind_text(s, 3, sqlite_role(en));
	if (en->kind != ENTRY_FETCH && en->kind != ENTRY_KEYSET)
		conn_bind_bytes(s, 4, en->subid, SUBID_BYTES);
	conn_bind_bytes(s, 5, bytes, sizeof bytes);
	conn_bind_bytes(s, 6, next.chain.b, HASH_BYTES);
	if (!conn_run(c, s, e))
		return false;
	q->tail = next;
	return true;
}

/* Runs n jobs in one transaction: all of them, or none. */
static bool
transact(struct queue *q, struct line_job *jobs[], size_t n)
{
	struct conn *c = q->writer;
	struct err e = { 0 };
	bool ok = conn_do(c, BEGIN, &e);

	if (ok) {
		ok = sqlite_tail(c, q->incarnation, &q->tail, &e);
		for (size_t i = 0; ok && i < n; i++) {
			struct work *w = jobs[i]->work;

			ok = w->run(q, c, w, &e);
		}
		ok = ok && conn_do(c, COMMIT, &e);
		if (!ok)
			conn_rollback(c);
	}
	for (size_t i = 0; i < n; i++) {
		jobs[i]->ok = ok;
		jobs[i]->e = e;
	}
	return ok;
}

/* If a group fails it may be one job's fault, so each is tried again alone. */
void
queue_serve(void *context, struct line_job *jobs[], size_t n)
{
	struct queue *q = context;

	if (transact(q, jobs, n) || n == 1)
		return;
	for (size_t i = 0; i < n; i++)
		(void)transact(q, &jobs[i], 1);
}

static bool
do_work(struct queue *q, struct work *w, size_t bytes, struct err *e)
{
	struct line_job job = { .work = w, .bytes = bytes };

	return line_wait(q->line, &job, e);
}

struct put_work {
	struct work work;
	const struct queue_item *item;
	enum queue_put_result result;
	struct queue_receipt receipt;
};

static bool
store_envelope(struct conn *c, uint64_t seq, const struct queue_item *item,
	struct err *e)
{
	sqlite3_stmt *s = conn_statement(c, ENVELOPE_ADD, e);

	if (!s)
		return false;
	conn_bind_seq(s, 1, seq);
	conn_bind_bytes(s, 2, item->commit.b, HASH_BYTES);
	conn_bind_text(s, 3, item->form_id);
	conn_bind_bytes(s, 4, item->envelope.p, item->envelope.len);
	return conn_run(c, s, e);
}

static bool
run_put(struct queue *q, struct conn *c, struct work *w, struct err *e)
{
	struct put_work *p = (struct put_work *)w;
	struct queue_entry en = { .kind = ENTRY_SUBMIT };
	struct history h;
	struct hash commit;

	if (!sqlite_case(c, p->item->subid, &h, e))
		return false;
	if (h.known) {
		if (!sqlite_commitment(c, h.submit.seq, &commit, e))
			return false;
		p->result = hash_eq(&commit, &p->item->commit) ? QUEUE_SAME
							       : QUEUE_CHANGED;
		p->receipt = sqlite_receipt(&h.submit);
		return true;
	}
	if (!entry_set_role(&en, p->item->role))
		return err_set(e, ERR_FORMAT, "queue: not the name of a role");
	memcpy(en.subid, p->item->subid, SUBID_BYTES);
	en.hash = p->item->envelope_hash;
	if (!append(q, c, &en, e) ||
		!store_envelope(c, en.seq, p->item, e))
		return false;
	p->result = QUEUE_STORED;
	p->receipt = sqlite_receipt(&en);
	return true;
}

bool
queue_put(struct queue *q, const struct queue_item *item,
	enum queue_put_result *result, struct queue_receipt *receipt,
	struct err *e)
{
	struct put_work p = { .work = { run_put }, .item = item };

	if (item->envelope.len == 0 || item->envelope.len > ENVELOPE_MAX ||
		item->form_id.len > ENVELOPE_FORM_ID_MAX)
		return err_set(e, ERR_LIMIT,
			"queue: an envelope of %zu bytes", item->envelope.len);
	if (!do_work(q, &p.work, item->envelope.len, e))
		return false;
	*result = p.result;
	*receipt = p.receipt;
	return true;
}

struct fetch_work {
	struct work work;
	struct text role;
	const unsigned char *key_id;
	uint64_t upto;
};

static bool
run_fetch(struct queue *q, struct conn *c, struct work *w, struct err *e)
{
	struct fetch_work *f = (struct fetch_work *)w;
	struct queue_entry en = { .kind = ENTRY_FETCH };
	sqlite3_stmt *s = conn_statement(c, NEW_FOR_ROLE, e);
	uint64_t fetched;
	bool found;
	bool ok;

	if (!s || !sqlite_fetched(c, f->role, &fetched, e))
		return false;
	if (fetched >= f->upto)
		return true;
	conn_bind_seq(s, 1, fetched);
	conn_bind_seq(s, 2, f->upto);
	conn_bind_text(s, 3, f->role);
	ok = conn_row(c, s, &found, e);
	conn_done(s);
	if (!ok || !found)
		return ok;
	if (!entry_set_role(&en, f->role))
		return err_set(e, ERR_FORMAT, "queue: not the name of a role");
	entry_set_fetched(&en, f->upto);
	memcpy(en.key_id, f->key_id, sizeof en.key_id);
	return append(q, c, &en, e);
}

bool
queue_note_fetch(struct queue *q, struct text role,
	const unsigned char key_id[KEY_ID_BYTES], uint64_t upto, struct err *e)
{
	struct fetch_work f = { { run_fetch }, role, key_id, upto };

	return do_work(q, &f.work, 0, e);
}

struct ack_work {
	struct work work;
	struct text role;
	const unsigned char *key_id;
	const unsigned char *subids;
	size_t n;
	const struct hash *note_hash;
	size_t count;
};

static bool
run_ack(struct queue *q, struct conn *c, struct work *w, struct err *e)
{
	struct ack_work *a = (struct ack_work *)w;

	a->count = 0;
	for (size_t i = 0; i < a->n; i++) {
		const unsigned char *subid = a->subids + i * SUBID_BYTES;
		struct queue_entry en = { .kind = ENTRY_ACK };
		struct history h;

		if (!sqlite_case(c, subid, &h, e))
			return false;
		if (!h.known || h.acked || !entry_role_is(&h.submit, a->role))
			continue;
		memcpy(en.role, h.submit.role, QUEUE_ROLE_MAX);
		memcpy(en.subid, subid, SUBID_BYTES);
		en.hash = *a->note_hash;
		memcpy(en.key_id, a->key_id, sizeof en.key_id);
		if (!append(q, c, &en, e))
			return false;
		a->count++;
	}
	return true;
}

bool
queue_ack(struct queue *q, struct text role, const unsigned char key_id[KEY_ID_BYTES],
	const unsigned char *subids, size_t n, const struct hash *note_hash,
	size_t *count, struct err *e)
{
	struct ack_work a = { { run_ack }, role, key_id, subids, n, note_hash,
		0 };

	*count = 0;
	if (!do_work(q, &a.work, n * SUBID_BYTES, e))
		return false;
	*count = a.count;
	return true;
}

struct sweep_work {
	struct work work;
	unsigned char subids[SWEEP_MAX][SUBID_BYTES];
	size_t n;
	size_t count;
};

static bool
drop_envelope(struct conn *c, uint64_t seq, struct err *e)
{
	sqlite3_stmt *s = conn_statement(c, ENVELOPE_DROP, e);

	if (!s)
		return false;
	conn_bind_seq(s, 1, seq);
	return conn_run(c, s, e);
}

static bool
run_sweep(struct queue *q, struct conn *c, struct work *w, struct err *e)
{
	struct sweep_work *d = (struct sweep_work *)w;

	d->count = 0;
	for (size_t i = 0; i < d->n; i++) {
		struct queue_entry en = { .kind = ENTRY_DELETE };
		struct history h;

		if (!sqlite_case(c, d->subids[i], &h, e))
			return false;
		if (!h.known || !h.acked || h.deleted)
			continue;
		memcpy(en.role, h.submit.role, QUEUE_ROLE_MAX);
		memcpy(en.subid, d->subids[i], SUBID_BYTES);
		en.hash = h.submit.hash;
		if (!append(q, c, &en, e) ||
			!drop_envelope(c, h.submit.seq, e))
			return false;
		d->count++;
	}
	return true;
}

/* Up to SWEEP_MAX cases acknowledged at or before `before_s` and kept. */
static bool
find_kept(struct queue *q, int64_t before_s, struct sweep_work *d,
	struct err *e)
{
	struct conn *c;
	sqlite3_stmt *s;
	struct queue_entry en;
	bool found = true;
	bool ok;

	d->n = 0;
	if (!queue_reader(q, &c, e))
		return false;
	s = conn_statement(c, KEPT_ACKED, e);
	ok = s != NULL;
	while (ok && found && d->n < SWEEP_MAX) {
		ok = conn_row(c, s, &found, e) &&
			(!found || conn_entry(s, 0, &en, e));
		/* Entries never go back in time: the rest is later. */
		if (!ok || !found || en.time_s > before_s)
			break;
		memcpy(d->subids[d->n++], en.subid, SUBID_BYTES);
	}
	conn_done(s);
	queue_reader_back(q, c);
	return ok;
}

bool
queue_sweep(struct queue *q, int64_t now_s, size_t *count, struct err *e)
{
	struct sweep_work d = { .work = { run_sweep } };

	*count = 0;
	do {
		if (!find_kept(q, now_s - QUEUE_KEEP_ACKED_S - 1, &d, e))
			return false;
		if (d.n && !do_work(q, &d.work, 0, e))
			return false;
		*count += d.n ? d.count : 0;
	} while (d.n == SWEEP_MAX && d.count > 0);
	return true;
}

struct keyset_work {
	struct work work;
	const struct hash *hash;
};

static bool
run_keyset(struct queue *q, struct conn *c, struct work *w, struct err *e)
{
	struct keyset_work *k = (struct keyset_work *)w;
	struct queue_entry en = { .kind = ENTRY_KEYSET };
	struct queue_entry last;
	sqlite3_stmt *s = conn_statement(c, LAST_KEYSET, e);
	bool found;

	if (!s || !conn_first_entry(c, s, &found, &last, e))
		return false;
	if (found && hash_eq(&last.hash, k->hash))
		return true;
	en.hash = *k->hash;
	return append(q, c, &en, e);
}

bool
queue_note_keyset(struct queue *q, const struct hash *keyset_hash,
	struct err *e)
{
	struct keyset_work k = { { run_keyset }, keyset_hash };

	return do_work(q, &k.work, 0, e);
}

