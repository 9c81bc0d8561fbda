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
	ok = sqlite_read(c, subid, &h, e) && (!h.known ||
		(sqlite_commitment(c, h.submit.seq, commit, e) &&
			history_fetched(c, sqlite_role(&h.submit), &fetched,
				e)));
	queue_reader_back(q, c);
	if (!ok)
		return false;
	*state = state_of(&h, fetched);
	if (h.known)
		*receipt = history_receipt(&h.submit);
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

/* Appends the frame of the row that s stands on. */
static bool
put_frame(sqlite3_stmt *s, struct text role, struct buf *out, struct err *e)
{
	struct queue_entry en;
	unsigned char bytes[ENTRY_BYTES];
	struct text envelope;

	if (!conn_bytes(s, 1, bytes, sizeof bytes) ||
		!entry_read(bytes, &en, e))
		return sqlite_damaged((uint64_t)sqlite3_column_int64(s, 0), e);
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
	struct conn *c;
	sqlite3_stmt *s;
	bool found = true;
	bool ok;

	*last = after;
	if (!queue_reader(q, &c, e))
		return false;
	s = conn_statement(c, READ, e);
	ok = s != NULL;
	if (ok) {
		conn_bind_seq(s, 1, after);
		conn_bind_text(s, 2, role);
	}
	while (ok && (*last == after || out->len - start < max_bytes)) {
		ok = conn_row(c, s, &found, e);
		if (!ok || !found)
			break;
		ok = put_frame(s, role, out, e);
		*last = (uint64_t)sqlite3_column_int64(s, 0);
	}
	conn_done(s);
	queue_reader_back(q, c);
	if (ok && out->full)
		ok = err_set(e, ERR_LIMIT, "queue: too much to read at once");
	return ok;
}

/* Appends the link of the row that s stands on. */
static void
put_link(sqlite3_stmt *s, struct buf *out)
{
	struct link l = { .seq = (uint64_t)sqlite3_column_int64(s, 0) };
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
	struct conn *c;
	sqlite3_stmt *s;
	bool found = true;
	bool ok;

	*last = after;
	if (!queue_reader(q, &c, e))
		return false;
	s = conn_statement(c, LINKS, e);
	ok = s != NULL;
	if (ok) {
		conn_bind_seq(s, 1, after);
		conn_bind_seq(s, 2, max);
	}
	while (ok && found) {
		ok = conn_row(c, s, &found, e);
		if (ok && found) {
			put_link(s, out);
			*last = (uint64_t)sqlite3_column_int64(s, 0);
		}
	}
	conn_done(s);
	queue_reader_back(q, c);
	if (ok && out->full)
		ok = err_set(e, ERR_LIMIT, "queue: too much to read at once");
	return ok;
}
