/*
 * sqlite: the queue as one SQLite database; the sqlite files of this folder
 * are the only ones that know it.
 *
 * DIR/queue.db, in WAL mode with synchronous=FULL, so that COMMIT returns
 * after fsync.  All writing is done by one thread (line.h), which makes one
 * transaction of everybody who waits; readers have connections of their own
 * and never wait for it.  Each transaction begins by reading where the log
 * ends, so nothing that a failed one left in memory can be built upon, and
 * another process may write to the same queue.
 *
 *   log       one row an entry; kind, role and subid repeat what is in the
 *             entry, to look it up by.  What happened to a case is not kept
 *             anywhere else: it is what the log says of its subid.
 *   envelope  one row a submission, under its entry's seq.  When bytes are
 *             gone the row stays, so that a repeat is still recognised.
 *   reply     answers under a mailbox id; nothing puts any there yet
 *   meta      the incarnation
 */
#include "queue/sqlite.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/banned.h"

enum {
	SCHEMA_VERSION = 1,
	APPLICATION_ID = 0x626c6b74, /* "blkt", in the file's header */
	READERS_MAX = 8
};

static const char file_name[] = "queue.db";

static const char schema[] =
	"CREATE TABLE meta("
	" name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE log("
	" seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, role TEXT NOT NULL,"
	" subid BLOB, entry BLOB NOT NULL, chain BLOB NOT NULL);"
	/* A case is submitted, acknowledged and deleted at most once. */
	"CREATE UNIQUE INDEX log_case ON log(subid, kind)"
	" WHERE subid IS NOT NULL;"
	"CREATE INDEX log_fetch ON log(role, seq) WHERE kind = 2;"
	"CREATE INDEX log_ack ON log(seq) WHERE kind = 3;"
	"CREATE INDEX log_keyset ON log(seq) WHERE kind = 5;"
	"CREATE TABLE envelope("
	" seq INTEGER PRIMARY KEY REFERENCES log(seq),"
	" commitment BLOB NOT NULL, form TEXT NOT NULL, bytes BLOB);"
	"CREATE TABLE reply("
	" mailbox BLOB NOT NULL, number INTEGER NOT NULL,"
	" put_s INTEGER NOT NULL, bytes BLOB NOT NULL,"
	" PRIMARY KEY(mailbox, number));";

bool
queue_reader(struct queue *q, struct conn **out, struct err *e)
{
	bool open;

	(void)pthread_mutex_lock(&q->lock);
	while (!q->idle && q->readers == READERS_MAX)
		(void)pthread_cond_wait(&q->back, &q->lock);
	open = !q->idle;
	*out = q->idle;
	if (open)
		q->readers++;
	else
		q->idle = q->idle->next;
	(void)pthread_mutex_unlock(&q->lock);
	if (!open || conn_open(q->path, out, e))
		return true;
	(void)pthread_mutex_lock(&q->lock);
	q->readers--;
	(void)pthread_cond_signal(&q->back);
	(void)pthread_mutex_unlock(&q->lock);
	return false;
}

void
queue_reader_back(struct queue *q, struct conn *c)
{
	(void)pthread_mutex_lock(&q->lock);
	c->next = q->idle;
	q->idle = c;
	(void)pthread_cond_signal(&q->back);
	(void)pthread_mutex_unlock(&q->lock);
}

/* ---- opening and closing --------------------------------------------- */

static bool
make_schema(struct conn *c, struct err *e)
{
	unsigned char incarnation[QUEUE_INCARNATION_BYTES];
	char *statements;
	struct arena a;
	bool ok;

	arena_init(&a, false);
	random_bytes(incarnation, sizeof incarnation);
	statements = sqlite3_mprintf("%s INSERT INTO meta"
		" VALUES('incarnation', x'%s');"
		"PRAGMA application_id = %d; PRAGMA user_version = %d;",
		schema, hex_encode(&a, incarnation, sizeof incarnation).p,
		(int)APPLICATION_ID, (int)SCHEMA_VERSION);
	ok = statements ? conn_exec(c, statements, e)
			: err_set(e, ERR_SYSTEM, "queue: no memory");
	sqlite3_free(statements);
	arena_release(&a);
	return ok;
}

/* Makes the tables if there are none; refuses a file that is not ours. */
static bool
check_schema(struct queue *q, struct conn *c, struct err *e)
{
	int64_t version;

	if (!conn_do(c, BEGIN, e))
		return false;
	version = conn_number(c, "PRAGMA user_version");
	if (version == 0 &&
		conn_number(c, "SELECT count(*) FROM sqlite_master") == 0)
		return make_schema(c, e) && conn_do(c, COMMIT, e);
	conn_rollback(c);
	if (conn_number(c, "PRAGMA application_id") != APPLICATION_ID)
		return err_set(e, ERR_FORMAT, "%s: is not a blankett queue",
			q->path);
	if (version != SCHEMA_VERSION)
		return err_set(e, ERR_FORMAT, "%s: is a queue of version %lld,"
			" this program reads version %d", q->path,
			(long long)version, (int)SCHEMA_VERSION);
	return true;
}

static bool
read_incarnation(struct queue *q, struct conn *c, struct err *e)
{
	sqlite3_stmt *s = conn_statement(c, INCARNATION, e);
	bool found;
	bool ok = s && conn_row(c, s, &found, e) &&
		((found && conn_bytes(s, 0, q->incarnation,
			sizeof q->incarnation)) ||
		err_set(e, ERR_FORMAT, "%s: has no incarnation", q->path));

	conn_done(s);
	return ok;
}

/* A file that only its owner may read; SQLite gives its -wal and -shm the
 * same mode. */
static bool
make_file(const char *dir, const char *path, struct err *e)
{
	struct err there;

	if (!fs_mkdirs(dir, 0700, e))
		return false;
	if (fs_exists(path) || fs_create(path, 0600, text_of(""), &there))
		return true;
	/* Another process may have been quicker. */
	if (there.kind != ERR_USAGE)
		*e = there;
	return there.kind == ERR_USAGE;
}

/* secure_delete: what is deleted is overwritten in the file too. */
static bool
set_up(struct queue *q, struct conn *c, struct err *e)
{
	struct tail tail;

	if (!conn_exec(c, "PRAGMA journal_mode = WAL;"
		"PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
		"PRAGMA journal_size_limit = 16777216;", e))
		return false;
	if (conn_number(c, "SELECT journal_mode = 'wal'"
		" FROM pragma_journal_mode") != 1)
		return err_set(e, ERR_SYSTEM, "%s: this file system cannot "
			"hold the queue (no WAL)", q->path);
	return check_schema(q, c, e) && read_incarnation(q, c, e) &&
		sqlite_tail(c, q->incarnation, &tail, e) &&
		sqlite_clock(&tail, clock_now_s(), e);
}

static void
queue_free(struct queue *q)
{
	while (q->idle) {
		struct conn *c = q->idle;

		q->idle = c->next;
		conn_close(c);
	}
	/* Last, so that it is this one that checkpoints. */
	conn_close(q->writer);
	(void)pthread_cond_destroy(&q->back);
	(void)pthread_mutex_destroy(&q->lock);
	free(q->path);
	free(q);
}

bool
queue_open(const char *dir, struct queue **out, struct err *e)
{
	struct queue *q = calloc(1, sizeof *q);
	struct arena a;

	*out = NULL;
	if (!q)
		return err_set(e, ERR_SYSTEM, "queue: no memory");
	arena_init(&a, false);
	(void)pthread_mutex_init(&q->lock, NULL);
	(void)pthread_cond_init(&q->back, NULL);
	q->path = strdup(fs_join(&a, dir, file_name));
	arena_release(&a);
	if (!q->path) {
		(void)err_set(e, ERR_SYSTEM, "queue: no memory");
		goto out;
	}
	if (make_file(dir, q->path, e) &&
		conn_open(q->path, &q->writer, e) &&
		set_up(q, q->writer, e) &&
		line_open(QUEUE_WAITING_MAX, queue_serve, q, &q->line, e))
		*out = q;
out:
	if (!*out)
		queue_free(q);
	return *out != NULL;
}

void
queue_close(struct queue *q)
{
	if (!q)
		return;
	line_close(q->line);
	queue_free(q);
}

/* ---- backup ---------------------------------------------------------- */

bool
queue_backup(const char *dir, const char *to, struct err *e)
{
	struct arena a;
	struct conn *from_conn = NULL;
	struct conn *to_conn = NULL;
	const char *from_path;
	const char *to_path;
	sqlite3_backup *b;
	bool ok = false;

	arena_init(&a, false);
	from_path = fs_join(&a, dir, file_name);
	to_path = fs_join(&a, to, file_name);
	if (!fs_exists(from_path)) {
		(void)err_set(e, ERR_USAGE, "%s: there is no queue here", dir);
		goto out;
	}
	if (!conn_open(from_path, &from_conn, e) ||
		!fs_mkdirs(to, 0700, e) ||
		!fs_create(to_path, 0600, text_of(""), e) ||
		!conn_open(to_path, &to_conn, e))
		goto out;
	b = sqlite3_backup_init(to_conn->db, "main", from_conn->db, "main");
	/* All in one step: a consistent copy, however much is written. */
	ok = b && sqlite3_backup_step(b, -1) == SQLITE_DONE;
	ok = sqlite3_backup_finish(b) == SQLITE_OK && ok;
	if (!ok)
		(void)conn_fail(to_conn, "cannot copy", e);
out:
	conn_close(to_conn);
	conn_close(from_conn);
	arena_release(&a);
	return ok;
}
