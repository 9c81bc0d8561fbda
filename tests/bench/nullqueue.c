/*
 * nullqueue: queue.h with nothing behind it.
 *
 * Linked in place of the objects of queue/sqlite into a server for the benchmark only:
 * the same path without a durable queue.
 */
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "queue/queue.h"

struct queue {
	int unused;
};

bool
queue_open(const char *dir, struct queue **out, struct err *e)
{
	static struct queue q;

	*out = &q;
	return fs_mkdirs(dir, 0700, e);
}

void
queue_close(struct queue *q)
{
	(void)q;
}

bool
queue_put(struct queue *q, const struct queue_item *item,
	enum queue_put_result *result, struct queue_receipt *receipt,
	struct err *e)
{
	(void)q;
	(void)e;
	*result = QUEUE_STORED;
	*receipt = (struct queue_receipt){ clock_now_s(), 1,
		item->envelope_hash };
	return true;
}

bool
queue_find(struct queue *q, const unsigned char subid[SUBID_BYTES],
	enum queue_state *state, struct hash *commit,
	struct queue_receipt *receipt, struct err *e)
{
	(void)q;
	(void)subid;
	(void)e;
	*state = QUEUE_UNKNOWN;
	memset(commit, 0, sizeof *commit);
	memset(receipt, 0, sizeof *receipt);
	return true;
}

bool
queue_head(struct queue *q, struct queue_head *out, struct err *e)
{
	(void)q;
	(void)e;
	memset(out, 0, sizeof *out);
	return true;
}

bool
queue_read(struct queue *q, uint64_t after, struct text role,
	size_t max_bytes, struct buf *out, uint64_t *last, struct err *e)
{
	(void)q;
	(void)role;
	(void)max_bytes;
	(void)out;
	(void)e;
	*last = after;
	return true;
}

bool
queue_note_fetch(struct queue *q, struct text role,
	const unsigned char key_id[8], uint64_t upto, struct err *e)
{
	(void)q;
	(void)role;
	(void)key_id;
	(void)upto;
	(void)e;
	return true;
}

bool
queue_ack(struct queue *q, struct text role, const unsigned char key_id[8],
	const unsigned char *subids, size_t n, const struct hash *note_hash,
	size_t *count, struct err *e)
{
	(void)q;
	(void)role;
	(void)key_id;
	(void)subids;
	(void)n;
	(void)note_hash;
	(void)e;
	*count = 0;
	return true;
}

bool
queue_sweep(struct queue *q, int64_t now_s, size_t *count, struct err *e)
{
	(void)q;
	(void)now_s;
	(void)e;
	*count = 0;
	return true;
}

bool
queue_note_keyset(struct queue *q, const struct hash *keyset_hash,
	struct err *e)
{
	(void)q;
	(void)keyset_hash;
	(void)e;
	return true;
}

bool
queue_links(struct queue *q, uint64_t after, size_t max, struct buf *out,
	uint64_t *last, struct err *e)
{
	(void)q;
	(void)max;
	(void)out;
	(void)e;
	*last = after;
	return true;
}

bool
queue_backup(const char *dir, const char *to, struct err *e)
{
	(void)dir;
	(void)to;
	return err_set(e, ERR_USAGE, "there is no queue to copy");
}
