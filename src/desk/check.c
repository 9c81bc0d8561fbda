/* check: is everything in the store what was fetched, and does it open? */
#include "desk/check.h"

#include <string.h>

#include "desk/casefile.h"
#include "desk/chain.h"
#include "queue/head.h"
#include "seal/keyset.h"
#include "seal/note.h"
#include "base/banned.h"

static void
tell(struct check *c, struct arena *a, const unsigned char *id, size_t len,
	const char *what)
{
	c->faults++;
	c->tell(c->context,
		arena_printf(a, "%s: %s", hex_encode(a, id, len).p, what).p);
}

/* A head that a server key of its keyset signed while it was valid. */
static bool
head_holds(struct arena *a, const struct store_log *l,
	const struct verify_key *organisation, struct err *e)
{
	struct keyset ks;
	struct queue_head head;
	struct text body;

	if (!keyset_parse(a, "keyset", l->keyset_note, organisation, &ks, e))
		return false;
	for (size_t i = 0; i < ks.server_count; i++) {
		const struct keyset_server *s = &ks.servers[i];

		if (!note_names(l->head_note, &s->key))
			continue;
		if (!note_open(l->head_note, "head", &s->key, &body, e) ||
			!head_read(body, &head, e))
			return false;
		return keyset_server_holds(s, date_of(head.time_s)) ||
			err_set(e, ERR_CRYPTO,
				"head: signed outside the key's validity");
	}
	return err_set(e, ERR_CRYPTO, "head: signed by no key of its keyset");
}

static void
check_log(const struct store_log *l, const struct verify_key *organisation,
	struct check *c)
{
	struct hash chain = chain_of_log(l);
	struct arena a;
	struct err e;

	arena_init(&a, false);
	c->logs++;
	c->entries += l->count;
	if (!head_holds(&a, l, organisation, &e))
		tell(c, &a, l->incarnation, sizeof l->incarnation, e.text);
	if (l->count < l->head.size)
		tell(c, &a, l->incarnation, sizeof l->incarnation,
			"the last pull was interrupted; pull again");
	else if (!hash_eq(&chain, &l->head.chain))
		tell(c, &a, l->incarnation, sizeof l->incarnation,
			"the log does not lead to its head");
	arena_release(&a);
}

static void
check_case(struct store *s, const struct store_case *sc,
	const struct keyring *ring, struct check *c)
{
	struct arena a;
	struct text envelope;
	struct casefile file;
	struct err e;

	arena_init(&a, true);
	if (sc->purged_s) {
		c->purged++;
	} else if (!sc->stored) {
		if (!sc->erased || sc->looked)
			tell(c, &a, sc->subid, SUBID_BYTES,
				"its envelope is not here");
	} else if (!store_get(s, sc, &a, &envelope, &e)) {
		tell(c, &a, sc->subid, SUBID_BYTES, e.text);
	} else if (casefile_open(&a, envelope, ring, &file, &e)) {
		if (memcmp(file.head.subid, sc->subid, SUBID_BYTES) == 0)
			c->opened++;
		else
			tell(c, &a, sc->subid, SUBID_BYTES,
				"its envelope is of another case");
	} else if (sc->looked && !sc->opens) {
		c->closed++;
	} else {
		tell(c, &a, sc->subid, SUBID_BYTES, e.text);
	}
	arena_release(&a);
}

void
check_store(struct store *s, const struct verify_key *organisation,
	const struct keyring *ring, struct check *c)
{
	for (size_t i = 0; i < s->log_count; i++)
		check_log(&s->logs[i], organisation, c);
	if (s->strangers) {
		c->faults++;
		c->tell(c->context, "a case came with two envelopes, from two "
			"incarnations of the queue");
	}
	for (size_t i = 0; i < s->case_count; i++)
		check_case(s, s->cases[i], ring, c);
}
