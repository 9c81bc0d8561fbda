/*
 * sqlite_conn: one connection to the queue's database and its statements.
 */
#ifndef QUEUE_SQLITE_CONN_H
#define QUEUE_SQLITE_CONN_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "queue/entry.h"

/* Every statement there is; sqlite_conn.c has their text. */
enum statement {
	BEGIN,
	COMMIT,
	TAIL,          /* seq, entry, chain of the last entry */
	LOG_ADD,       /* seq, kind, role, subid, entry, chain */
	ENVELOPE_ADD,  /* seq, commitment, form, bytes */
	ENVELOPE_DROP, /* seq */
	CASE,          /* subid: its entries */
	COMMITMENT,    /* seq: commitment */
	LAST_FETCH,    /* role: entry */
	NEW_FOR_ROLE,  /* seq, seq, role: a row if a submission is between */
	LAST_KEYSET,   /* entry */
	READ,          /* seq, role: seq, entry, envelope of each after it */
	LINKS,         /* seq, number: seq, entry, chain of each after it */
	KEPT_ACKED,    /* entries of acknowledged cases not deleted yet */
	INCARNATION,
	STATEMENTS
};

/* A connection; used by one thread at a time. */
struct conn {
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENTS]; /* prepared when first used */
	struct conn *next; /* in a list of idle ones */
};

/* Opens an existing file for reading and writing. */
bool conn_open(const char *path, struct conn **out, struct err *e)
	__attribute__((warn_unused_result));
void conn_close(struct conn *c); /* NULL is allowed */

/* Says what SQLite says; always false. */
bool conn_fail(struct conn *c, const char *what, struct err *e);
/* Runs statements that give no rows. */
bool conn_exec(struct conn *c, const char *statements, struct err *e)
	__attribute__((warn_unused_result));
/* The number that a question gives; -1 if it gives none. */
int64_t conn_number(struct conn *c, const char *question);

/* The prepared statement, or NULL. */
sqlite3_stmt *conn_statement(struct conn *c, enum statement which,
	struct err *e) __attribute__((warn_unused_result));
/* What is bound is borrowed until conn_done, so there is nothing to fail. */
void conn_bind_bytes(sqlite3_stmt *s, int at, const void *bytes, size_t len);
void conn_bind_text(sqlite3_stmt *s, int at, struct text t);
void conn_bind_seq(sqlite3_stmt *s, int at, uint64_t seq);

/* Takes one row, if there is one. */
bool conn_row(struct conn *c, sqlite3_stmt *s, bool *found, struct err *e)
	__attribute__((warn_unused_result));
/* Gives a statement back; NULL is allowed. */
void conn_done(sqlite3_stmt *s);
/* Runs a bound statement that gives no rows, and gives it back. */
bool conn_run(struct conn *c, sqlite3_stmt *s, struct err *e)
	__attribute__((warn_unused_result));
/* Runs a statement that needs nothing bound. */
bool conn_do(struct conn *c, enum statement which, struct err *e)
	__attribute__((warn_unused_result));

/* Leaves the transaction, if there still is one: some errors end it. */
void conn_rollback(struct conn *c);

/* A column of exactly len bytes. */
bool conn_bytes(sqlite3_stmt *s, int at, void *out, size_t len)
	__attribute__((warn_unused_result));
/* A column that holds a log entry. */
bool conn_entry(sqlite3_stmt *s, int at, struct queue_entry *en,
	struct err *e) __attribute__((warn_unused_result));
/* The entry in the first column of the first row, and gives s back. */
bool conn_first_entry(struct conn *c, sqlite3_stmt *s, bool *found,
	struct queue_entry *en, struct err *e)
	__attribute__((warn_unused_result));

#endif
