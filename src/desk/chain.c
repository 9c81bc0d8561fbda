/* chain: is the server's log the one we know, and only longer? */
#include "desk/chain.h"

#include "base/banned.h"

enum { ANSWER_MAX = 8 * 1024 * 1024 };

/* How far the check has come. */
struct walk {
	const struct store_log *known;
	const struct queue_head *head;
	struct hash *leaves;
	uint64_t seq;       /* of the last entry checked */
	struct hash chain;
};

static bool
missing(uint64_t seq, struct err *e)
{
	return err_set(e, ERR_CRYPTO, "log entry %llu is missing",
		(unsigned long long)seq);
}

/*
 * A stored chain that fits the stored entry was computed from it: then
 * somebody has written another history, and not only changed a row.
 */
static bool
step(struct walk *w, const struct link *l, struct err *e)
{
	uint64_t seq = w->seq + 1;
	struct hash chain = chain_next(&w->chain, &l->leaf);
	const struct store_log *known = w->known;

	if (l->seq != seq)
		return missing(seq, e);
	if (!hash_eq(&chain, &l->chain))
		return err_set(e, ERR_CRYPTO, "log entry %llu was changed, "
			"swapped or put in after it was written",
			(unsigned long long)seq);
	if (known && seq <= known->count &&
		!hash_eq(&l->leaf, &known->lines[seq - 1].leaf))
		return err_set(e, ERR_CRYPTO, "the log was forked or "
			"rewritten: entry %llu is not the one fetched before",
			(unsigned long long)seq);
	if (known && seq == known->head.size &&
		!hash_eq(&chain, &known->head.chain))
		return err_set(e, ERR_CRYPTO, "the log was forked or "
			"rewritten between entries %zu and %llu",
			known->count + 1, (unsigned long long)seq);
	w->leaves[seq - 1] = l->leaf;
	w->chain = chain;
	w->seq = seq;
	return true;
}

/* One answer's links, as far as the head goes. */
static bool
fetch_some(struct fetch *f, struct walk *w, struct err *e)
{
	struct arena a;
	struct buf b;
	struct text rest;
	uint64_t last;
	uint64_t before = w->seq;
	bool ok = false;

	arena_init(&a, false);
	buf_init(&b, ANSWER_MAX);
	if (!fetch_get(f, arena_printf(&a, "/api/v1/chain?after=%llu",
		(unsigned long long)w->seq).p, &b, &last, e))
		goto out;
	rest = buf_view(&b);
	while (rest.len && w->seq < w->head->size) {
		struct link l;

		if (!link_next(&rest, &l, e) || !step(w, &l, e))
			goto out;
	}
	ok = w->seq > before || missing(w->seq + 1, e);
out:
	buf_release(&b);
	arena_release(&a);
	return ok;
}

bool
chain_verify(struct fetch *f, const struct store_log *known,
	const struct queue_head *head, struct arena *a, struct hash **leaves,
	struct err *e)
{
	struct walk w = { .known = known, .head = head };

	*leaves = NULL;
	if (known && head->size < known->head.size)
		return err_set(e, ERR_CRYPTO, "the log was rolled back: it has"
			" %llu entries, at the last pull it had %llu",
			(unsigned long long)head->size,
			(unsigned long long)known->head.size);
	if (head->size > CHAIN_ENTRIES_MAX)
		return err_set(e, ERR_LIMIT, "the log has %llu entries, more "
			"than can be checked", (unsigned long long)head->size);
	w.leaves = arena_array(a, (size_t)head->size + 1, sizeof *w.leaves);
	w.chain = chain_start(head->incarnation);
	while (w.seq < head->size)
		if (!fetch_some(f, &w, e))
			return false;
	if (!hash_eq(&w.chain, &head->chain))
		return err_set(e, ERR_CRYPTO, "the log does not lead to the "
			"head that the server signed");
	*leaves = w.leaves;
	return true;
}

struct hash
chain_of_log(const struct store_log *l)
{
	struct hash chain = chain_start(l->incarnation);

	for (size_t i = 0; i < l->count; i++)
		chain = chain_next(&chain, &l->lines[i].leaf);
	return chain;
}
