/* sqlite_read: what looks at the queue, on the readers' connections. */
#include "queue/sqlite.h"

#include <string.h>

#include "base/buf.h"
#include "base/banned.h"

static enum queue_state
state_of(const struct history *h, uint64_t fetched)
{
	if (!h->known)
		return QUEUE_UNKNOWN;
	if (h->deleted)
		return QUEUE_DELETED;
	if (h->acked)
		return QUEUE_ACKED;
	return fetched >= h->submit.seq ? QUEUE_FETCHED : QUEUE_RECEIVED;
}

bool
queue_find(struct queue *q, const unsigned char subid[SUBID_BYTES],
	enum queue_state *state, struct hash *commit,
	struct queue_receipt *receipt, struct err *e)
{
	struct history h = { 0 };
	uint64_t fetched = 0;
	struct conn *c;
	bool ok;

	*state = QUEUE_UNKNOWN;
	if (!queue_reader(q, &c, e))
		return false;
	ok = sqlite_case(c, subid, &h, e) && (!h.known ||
		(sqlite_commitment(c, h.submit.seq, commit, e) &&
			sqlite_fetched(c, sqlite_role(&h.submit), &fetched,
				e)));
	queue_reader_back(q, c);
	if (!ok)
		return false;
	*state = state_of(&h, fetched);
	if (h.known)
		*receipt = sqlite_receipt(&h.submit);
	return true;
}

bool
queue_head(struct queue *q, struct queue_head *out, struct err *e)
{
	struct tail t;
	struct conn *c;
	bool ok;

	if (!queue_reader(q, &c, e))
		return false;
	ok = sqlite_tail(c, q->incarnation, &t, e);
	queue_reader_back(q, c);
	if (!ok)
		return false;
	*out = (struct queue_head){ .size = t.seq, .chain = t.chain,
		.time_s = t.time_s };
	memcpy(out->incarnation, q->incarnation, sizeof out->incarnation);
	return true;
}

/* ---- entry after entry --------------------------------------------------- */

/* A statement over the entries after one, on a connection of its own. */
struct walk {
	struct queue *q;
	struct conn *c;
	sqlite3_stmt *s;
};

static bool
walk_begin(struct walk *w, struct queue *q, enum statement which,
	uint64_t after, struct err *e)
{
	w->q = q;
	if (!queue_reader(q, &w->c, e))
		return false;
	w->s = conn_statement(w->c, which, e);
	if (w->s)
		conn_bind_seq(w->s, 1, after);
	else
		queue_reader_back(q, w->c);
	return w->s != NULL;
}

static bool
walk_end(struct walk *w, bool ok, const struct buf *out, struct err *e)
{
	conn_done(w->s);
	queue_reader_back(w->q, w->c);
	if (ok && out->full)
		ok = err_set(e, ERR_LIMIT, "queue: too much to read at once");
	return ok;
}

static uint64_t
seq_of(sqlite3_stmt *s)
{
	return (uint64_t)sqlite3_column_int64(s, 0);
}

/* Appends the frame of the row that s stands on. */
static bool
put_frame(sqlite3_stmt *s, struct text role, struct buf *out, struct err *e)
{
	struct queue_entry en;
	unsigned char bytes[ENTRY_BYTES];
	struct text envelope;

	if (!conn_bytes(s, 1, bytes, sizeof bytes) ||
		!entry_read(bytes, &en, e))
		return sqlite_damaged(seq_of(s), e);
	if (en.kind != ENTRY_KEYSET && !entry_role_is(&en, role)) {
		struct hash leaf = entry_leaf(bytes);

		frame_put_leaf(out, &leaf);
		return true;
	}
	envelope.p = sqlite3_column_blob(s, 2);
	envelope.len = (size_t)sqlite3_column_bytes(s, 2);
	frame_put_entry(out, bytes, envelope);
	return true;
}

bool
queue_read(struct queue *q, uint64_t after, struct text role,
	size_t max_bytes, struct buf *out, uint64_t *last, struct err *e)
{
	size_t start = out->len;
	struct walk w;
	bool found = true;
	bool ok = true;

	*last = after;
	if (!walk_begin(&w, q, READ, after, e))
		return false;
	conn_bind_text(w.s, 2, role);
	while (ok && found &&
		(*last == after || out->len - start < max_bytes)) {
		ok = conn_row(w.c, w.s, &found, e) &&
			(!found || put_frame(w.s, role, out, e));
		if (ok && found)
			*last = seq_of(w.s);
	}
	return walk_end(&w, ok, out, e);
}

/* Appends the link of the row that s stands on. */
static void
put_link(sqlite3_stmt *s, struct buf *out)
{
	struct link l = { .seq = seq_of(s) };
	struct text entry = { sqlite3_column_blob(s, 1),
		(size_t)sqlite3_column_bytes(s, 1) };

	l.leaf = entry_leaf_of(entry);
	/* A chain of another length becomes zeros, and is found out. */
	if (!conn_bytes(s, 2, l.chain.b, HASH_BYTES))
		l.chain = (struct hash){ { 0 } };
	link_put(out, &l);
}

bool
queue_links(struct queue *q, uint64_t after, size_t max, struct buf *out,
	uint64_t *last, struct err *e)
{
	struct walk w;
	bool found = true;
	bool ok = true;

	*last = after;
	if (!walk_begin(&w, q, LINKS, after, e))
		return false;
	conn_bind_seq(w.s, 2, max);
	while (ok && found) {
		ok = conn_row(w.c, w.s, &found, e);
		if (ok && found) {
			put_link(w.s, out);
			*last = seq_of(w.s);
		}
	}
	return walk_end(&w, ok, out, e);
}
