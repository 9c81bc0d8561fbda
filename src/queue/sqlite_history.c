/* sqlite_history: what the log in the database says. */
#include "queue/sqlite_history.h"

#include "base/banned.h"

struct text
sqlite_role(const struct queue_entry *en)
{
	struct text t = { (const char *)en->role, QUEUE_ROLE_MAX };

	return text_sub(t, 0, text_find(t, '\0'));
}

bool
sqlite_damaged(uint64_t seq, struct err *e)
{
	return err_set(e, ERR_FORMAT, "queue: log entry %llu is damaged",
		(unsigned long long)seq);
}

bool
sqlite_tail(struct conn *c,
	const unsigned char incarnation[QUEUE_INCARNATION_BYTES],
	struct tail *t, struct err *e)
{
	sqlite3_stmt *s = conn_statement(c, TAIL, e);
	struct queue_entry en;
	bool found;
	bool ok = false;

	*t = (struct tail){ 0 };
	if (!s || !conn_row(c, s, &found, e))
		goto out;
	if (!found) {
		t->chain = chain_start(incarnation);
		ok = true;
		goto out;
	}
	t->seq = (uint64_t)sqlite3_column_int64(s, 0);
	if (!conn_bytes(s, 2, t->chain.b, HASH_BYTES) ||
		!conn_entry(s, 1, &en, e) || en.seq != t->seq) {
		(void)sqlite_damaged(t->seq, e);
		goto out;
	}
	t->time_s = en.time_s;
	ok = true;
out:
	conn_done(s);
	return ok;
}

bool
sqlite_clock(const struct tail *t, int64_t now, struct err *e)
{
	if (now >= t->time_s)
		return true;
	return err_set(e, ERR_SYSTEM, "queue: the clock is %lld s earlier "
		"than the log's last entry; set it right first",
		(long long)(t->time_s - now));
}

bool
sqlite_case(struct conn *c, const unsigned char subid[SUBID_BYTES],
	struct history *h, struct err *e)
{
	sqlite3_stmt *s = conn_statement(c, CASE, e);
	struct queue_entry en;
	bool found;
	bool ok = false;

	*h = (struct history){ 0 };
	if (!s)
		return false;
	conn_bind_bytes(s, 1, subid, SUBID_BYTES);
	for (;;) {
		if (!conn_row(c, s, &found, e))
			goto out;
		if (!found)
			break;
		if (!conn_entry(s, 0, &en, e))
			goto out;
		if (en.kind == ENTRY_SUBMIT) {
			h->known = true;
			h->submit = en;
		}
		h->acked |= en.kind == ENTRY_ACK;
		h->deleted |= en.kind == ENTRY_DELETE;
	}
	ok = true;
out:
	conn_done(s);
	return ok;
}

bool
sqlite_commitment(struct conn *c, uint64_t seq, struct hash *commit,
	struct err *e)
{
	sqlite3_stmt *s = conn_statement(c, COMMITMENT, e);
	bool found;
	bool ok;

	if (!s)
		return false;
	conn_bind_seq(s, 1, seq);
	ok = conn_row(c, s, &found, e) && ((found &&
		conn_bytes(s, 0, commit->b, HASH_BYTES)) ||
		sqlite_damaged(seq, e));
	conn_done(s);
	return ok;
}

bool
sqlite_fetched(struct conn *c, struct text role, uint64_t *upto, struct err *e)
{
	sqlite3_stmt *s = conn_statement(c, LAST_FETCH, e);
	struct queue_entry en;
	bool found;

	*upto = 0;
	if (!s)
		return false;
	conn_bind_text(s, 1, role);
	if (!conn_first_entry(c, s, &found, &en, e))
		return false;
	if (found)
		*upto = entry_fetched(&en);
	return true;
}

struct queue_receipt
sqlite_receipt(const struct queue_entry *submit)
{
	return (struct queue_receipt){ submit->time_s, submit->seq,
		submit->hash };
}
