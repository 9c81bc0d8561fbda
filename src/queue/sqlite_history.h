/* sqlite_history: what the log in the database says. */
#ifndef QUEUE_SQLITE_HISTORY_H
#define QUEUE_SQLITE_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "queue/queue.h"
#include "queue/sqlite_conn.h"

/* Where the log ends. */
struct tail {
	uint64_t seq;   /* 0 if it is empty */
	int64_t time_s;
	struct hash chain;
};

/* What there is to know about one case. */
struct history {
	bool known;
	struct queue_entry submit;
	bool acked;
	bool deleted;
};

/* ERR_FORMAT, naming the entry; always false. */
bool sqlite_damaged(uint64_t seq, struct err *e);

/* Where the log ends now. */
bool sqlite_tail(struct conn *c,
	const unsigned char incarnation[QUEUE_INCARNATION_BYTES],
	struct tail *t, struct err *e) __attribute__((warn_unused_result));
/* Is `now` not before the log's last entry? */
bool sqlite_clock(const struct tail *t, int64_t now, struct err *e)
	__attribute__((warn_unused_result));

/* What the log says of a case. */
bool sqlite_case(struct conn *c, const unsigned char subid[SUBID_BYTES],
	struct history *h, struct err *e) __attribute__((warn_unused_result));
/* The commitment stored with submission `seq`. */
bool sqlite_commitment(struct conn *c, uint64_t seq, struct hash *commit,
	struct err *e) __attribute__((warn_unused_result));
/* Up to which entry has this role fetched? */
bool sqlite_fetched(struct conn *c, struct text role, uint64_t *upto,
	struct err *e) __attribute__((warn_unused_result));

/* The entry's role; borrowed from it. */
struct text sqlite_role(const struct queue_entry *en);
/* That of the entry of a submission. */
struct queue_receipt sqlite_receipt(const struct queue_entry *submit);

#endif
