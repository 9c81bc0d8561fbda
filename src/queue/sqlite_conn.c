/* sqlite_conn: one connection to the queue's database and its statements. */
#include "queue/sqlite_conn.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { BUSY_MS = 10 * 1000 };

static const char *const sql[STATEMENTS] = {
	[BEGIN] = "BEGIN IMMEDIATE",
	[COMMIT] = "COMMIT",
	[TAIL] = "SELECT seq, entry, chain FROM log"
		" ORDER BY seq DESC LIMIT 1",
	[LOG_ADD] = "INSERT INTO log VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
	[ENVELOPE_ADD] = "INSERT INTO envelope VALUES(?1, ?2, ?3, ?4)",
	[ENVELOPE_DROP] = "UPDATE envelope SET bytes = NULL WHERE seq = ?1",
	[CASE] = "SELECT entry FROM log WHERE subid = ?1 ORDER BY kind",
	[COMMITMENT] = "SELECT commitment FROM envelope WHERE seq = ?1",
	[LAST_FETCH] = "SELECT entry FROM log WHERE kind = 2 AND role = ?1"
		" ORDER BY seq DESC LIMIT 1",
	[NEW_FOR_ROLE] = "SELECT 1 FROM log WHERE seq > ?1 AND seq <= ?2"
		" AND kind = 1 AND role = ?3 LIMIT 1",
	[LAST_KEYSET] = "SELECT entry FROM log WHERE kind = 5"
		" ORDER BY seq DESC LIMIT 1",
	/* Other roles' envelopes are not even read. */
	[READ] = "SELECT l.seq, l.entry, CASE WHEN l.role = ?2"
		" THEN e.bytes END FROM log l LEFT JOIN envelope e"
		" ON e.seq = l.seq WHERE l.seq > ?1 ORDER BY l.seq",
	[LINKS] = "SELECT seq, entry, chain FROM log WHERE seq > ?1"
		" ORDER BY seq LIMIT ?2",
	[KEPT_ACKED] = "SELECT a.entry FROM log a WHERE a.kind = 3"
		" AND NOT EXISTS (SELECT 1 FROM log d"
		" WHERE d.subid = a.subid AND d.kind = 4) ORDER BY a.seq",
	[INCARNATION] = "SELECT value FROM meta WHERE name = 'incarnation'",
};

bool
conn_fail(struct conn *c, const char *what, struct err *e)
{
	return err_set(e, ERR_SYSTEM, "queue: %s: %s", what,
		sqlite3_errmsg(c->db));
}

sqlite3_stmt *
conn_statement(struct conn *c, enum statement which, struct err *e)
{
	sqlite3_stmt **s = &c->statements[which];

	if (!*s && sqlite3_prepare_v3(c->db, sql[which], -1,
		SQLITE_PREPARE_PERSISTENT, s, NULL) != SQLITE_OK) {
		(void)conn_fail(c, "cannot prepare", e);
		return NULL;
	}
	return *s;
}

void
conn_bind_bytes(sqlite3_stmt *s, int at, const void *bytes, size_t len)
{
	(void)sqlite3_bind_blob64(s, at, bytes, len, SQLITE_STATIC);
}

void
conn_bind_text(sqlite3_stmt *s, int at, struct text t)
{
	(void)sqlite3_bind_text64(s, at, t.p ? t.p : "", t.len,
		SQLITE_STATIC, SQLITE_UTF8);
}

void
conn_bind_seq(sqlite3_stmt *s, int at, uint64_t seq)
{
	(void)sqlite3_bind_int64(s, at, (sqlite3_int64)seq);
}

bool
conn_row(struct conn *c, sqlite3_stmt *s, bool *found, struct err *e)
{
	int rc = sqlite3_step(s);

	*found = rc == SQLITE_ROW;
	return rc == SQLITE_ROW || rc == SQLITE_DONE ||
		conn_fail(c, "cannot read", e);
}

void
conn_done(sqlite3_stmt *s)
{
	if (s) {
		(void)sqlite3_reset(s);
		(void)sqlite3_clear_bindings(s);
	}
}

bool
conn_run(struct conn *c, sqlite3_stmt *s, struct err *e)
{
	bool ok = sqlite3_step(s) == SQLITE_DONE ||
		conn_fail(c, "cannot store", e);

	conn_done(s);
	return ok;
}

bool
conn_do(struct conn *c, enum statement which, struct err *e)
{
	sqlite3_stmt *s = conn_statement(c, which, e);

	return s && conn_run(c, s, e);
}

bool
conn_bytes(sqlite3_stmt *s, int at, void *out, size_t len)
{
	const void *p = sqlite3_column_blob(s, at);

	if (!p || (size_t)sqlite3_column_bytes(s, at) != len)
		return false;
	memcpy(out, p, len);
	return true;
}

bool
conn_entry(sqlite3_stmt *s, int at, struct queue_entry *en, struct err *e)
{
	unsigned char bytes[ENTRY_BYTES];

	return conn_bytes(s, at, bytes, sizeof bytes)
		? entry_read(bytes, en, e)
		: err_set(e, ERR_FORMAT, "queue: a log entry is damaged");
}

bool
conn_first_entry(struct conn *c, sqlite3_stmt *s, bool *found,
	struct queue_entry *en, struct err *e)
{
	bool ok = conn_row(c, s, found, e) &&
		(!*found || conn_entry(s, 0, en, e));

	conn_done(s);
	return ok;
}

void
conn_close(struct conn *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < STATEMENTS; i++)
		(void)sqlite3_finalize(c->statements[i]);
	(void)sqlite3_close(c->db);
	free(c);
}

bool
conn_open(const char *path, struct conn **out, struct err *e)
{
	struct conn *c = calloc(1, sizeof *c);

	*out = NULL;
	if (!c)
		return err_set(e, ERR_SYSTEM, "queue: no memory");
	if (sqlite3_open_v2(path, &c->db, SQLITE_OPEN_READWRITE |
		SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
		(void)err_set(e, ERR_SYSTEM, "%s: cannot open: %s", path,
			c->db ? sqlite3_errmsg(c->db) : "no memory");
		conn_close(c);
		return false;
	}
	(void)sqlite3_busy_timeout(c->db, BUSY_MS);
	*out = c;
	return true;
}

bool
conn_exec(struct conn *c, const char *statements, struct err *e)
{
	return sqlite3_exec(c->db, statements, NULL, NULL, NULL) ==
		SQLITE_OK || conn_fail(c, "cannot set up", e);
}

int64_t
conn_number(struct conn *c, const char *question)
{
	sqlite3_stmt *s = NULL;
	int64_t n = -1;

	if (sqlite3_prepare_v2(c->db, question, -1, &s, NULL) == SQLITE_OK &&
		sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int64(s, 0);
	(void)sqlite3_finalize(s);
	return n;
}

void
conn_rollback(struct conn *c)
{
	if (!sqlite3_get_autocommit(c->db))
		(void)sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
}
