/* pull: fetches what has come in, verifies it, and keeps it sealed. */
#include "desk/pull.h"

#include <string.h>

#include "base/clock.h"
#include "desk/casefile.h"
#include "desk/chain.h"
#include "http/signed.h"
#include "queue/head.h"
#include "seal/keyset.h"
#include "seal/note.h"
#include "base/banned.h"

enum {
	ANSWER_MAX = 48 * 1024 * 1024, /* of entries and envelopes */
	ASK_AGAIN_MAX = 50, /* missing envelopes in one pull */
	LOOK_LINES = 200 /* cases between two writes of the journal */
};

/* What one round knows. */
struct round {
	struct arena a;
	struct keyset keyset;
	struct text keyset_note;
	struct text role;        /* ours */
	struct queue_head head;
	struct text head_note;
	struct hash *leaves;
};

/* ---- keyset and head ------------------------------------------------- */

static bool
get_note(struct pull *p, struct arena *a, const char *target,
	struct text *note, struct err *e)
{
	struct buf b;
	bool ok;

	buf_init(&b, NOTE_MAX);
	ok = fetch_get(p->fetch, target, &b, NULL, e);
	*note = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return ok;
}

/* Is this keyset, which is rightly signed, one that may follow `known`? */
static bool
check_epoch(struct round *r, const struct keyset *known,
	struct text known_note, struct err *e)
{
	if (r->keyset.epoch < known->epoch)
		return err_set(e, ERR_CRYPTO, "the server's keyset has epoch "
			"%u, but %u has been seen", r->keyset.epoch,
			known->epoch);
	if (r->keyset.epoch == known->epoch &&
		!text_eq(r->keyset_note, known_note))
		return err_set(e, ERR_CRYPTO, "there are two keysets of epoch "
			"%u: the server's is not the one seen before",
			known->epoch);
	return true;
}

static bool
get_keyset(struct pull *p, struct round *r, struct err *e)
{
	struct keyset known;
	const struct keyset_collector *us;

	if (!get_note(p, &r->a, "/api/v1/keyset", &r->keyset_note, e) ||
		!keyset_parse(&r->a, "the server's keyset", r->keyset_note,
			p->organisation, &r->keyset, e))
		return false;
	for (size_t i = 0; i < p->store->log_count; i++) {
		struct text note = p->store->logs[i].keyset_note;

		if (!keyset_parse(&r->a, "the store's keyset", note,
			p->organisation, &known, e) ||
			!check_epoch(r, &known, note, e))
			return false;
	}
	us = keyset_collector(&r->keyset, sign_key_public(p->collector)->id);
	if (!us)
		return err_set(e, ERR_CRYPTO, "collector.key is not in the "
			"server's keyset (epoch %u)", r->keyset.epoch);
	r->role = us->role;
	return true;
}

/* The body of a head note, signed by a server key that is valid today. */
static bool
open_head(struct round *r, struct text *body, struct err *e)
{
	struct date today = date_of(clock_now_s());

	for (size_t i = 0; i < r->keyset.server_count; i++) {
		const struct keyset_server *s = &r->keyset.servers[i];

		if (note_names(r->head_note, &s->key) &&
			keyset_server_holds(s, today))
			return note_open(r->head_note, "log head", &s->key,
				body, e);
	}
	return err_set(e, ERR_CRYPTO, "the log head is signed by no server key"
		" that the keyset lets sign today");
}

/* An old head would hide what has come in since. */
static bool
check_age(const struct round *r, struct err *e)
{
	int64_t age = clock_now_s() - r->head.time_s;

	if (age <= SIGNED_WINDOW_S && age >= -SIGNED_WINDOW_S)
		return true;
	return err_set(e, ERR_CRYPTO, "the log head was signed %lld minutes %s"
		": an old one, or the clocks differ",
		(long long)(age < 0 ? -age : age) / 60,
		age < 0 ? "from now" : "ago");
}

static bool
check_incarnation(struct pull *p, const struct round *r, struct err *e)
{
	const struct store_log *l = store_current(p->store);
	struct arena a;

	if (!l || p->accept_restored || memcmp(l->incarnation,
		r->head.incarnation, sizeof l->incarnation) == 0)
		return true;
	arena_init(&a, false);
	(void)err_set(e, ERR_CRYPTO, "the queue was restored: its incarnation "
		"is %s, at the last pull it was %s; ask whoever runs the "
		"server, then pull with --accept-restored",
		hex_encode(&a, r->head.incarnation, 4).p,
		hex_encode(&a, l->incarnation, 4).p);
	arena_release(&a);
	return false;
}

static const struct store_log *
find_log(const struct store *s,
	const unsigned char incarnation[QUEUE_INCARNATION_BYTES])
{
	for (size_t i = 0; i < s->log_count; i++)
		if (memcmp(s->logs[i].incarnation, incarnation,
			QUEUE_INCARNATION_BYTES) == 0)
			return &s->logs[i];
	return NULL;
}

/* Verifies the head and the chain to it, and pins it. */
static bool
get_head(struct pull *p, struct round *r, struct err *e)
{
	struct text body;

	return get_note(p, &r->a, "/api/v1/head", &r->head_note, e) &&
		open_head(r, &body, e) && head_read(body, &r->head, e) &&
		check_age(r, e) && check_incarnation(p, r, e) &&
		chain_verify(p->fetch,
			find_log(p->store, r->head.incarnation), &r->head,
			&r->a, &r->leaves, e) &&
		store_pin(p->store, &r->head, r->head_note, r->keyset_note, e);
}

/* ---- entries and envelopes ------------------------------------------- */

static void
note_damage(struct pull *p, uint64_t seq, const char *what)
{
	if (p->damaged++ == 0)
		(void)err_set(&p->fault, ERR_CRYPTO, "log entry %llu: %s",
			(unsigned long long)seq, what);
}

/*
 * Keeps the envelope of a submission, if it is the right one.  *kept is
 * false if there is none; what that means is known when the whole log is.
 */
static bool
keep_envelope(struct pull *p, const struct frame *f, bool *kept, struct err *e)
{
	const struct queue_entry *en = &f->entry;
	struct hash h = hash_bytes(f->envelope);
	const struct store_case *c = store_find(p->store, en->subid);
	struct envelope head;
	struct err ignored;

	*kept = false;
	if (f->envelope.len == 0)
		return true;
	if (!hash_eq(&h, &en->hash)) {
		note_damage(p, en->seq, "the envelope is not the one that was "
			"received; it was changed or swapped");
		return true;
	}
	if (c && !hash_eq(&c->hash, &en->hash)) {
		note_damage(p, en->seq, "the case is known with another "
			"envelope");
		return true;
	}
	/* One that cannot be parsed is kept as it is, and will not open. */
	if (envelope_parse(f->envelope, &head, &ignored) &&
		memcmp(head.subid, en->subid, SUBID_BYTES) != 0) {
		note_damage(p, en->seq, "the envelope is of another case");
		return true;
	}
	*kept = true;
	if (c && (c->stored || c->purged_s))
		return true;
	return store_put(p->store, en->subid, f->envelope, e);
}

/* Is the frame the entry that the verified chain has at this place? */
static bool
check_frame(const struct round *r, const struct frame *f, uint64_t seq,
	int64_t before_s, struct err *e)
{
	if (!hash_eq(&f->leaf, &r->leaves[seq - 1]))
		return err_set(e, ERR_CRYPTO, "log entry %llu is not the one "
			"in the chain", (unsigned long long)seq);
	if (f->is_leaf)
		return true;
	if (f->entry.seq != seq)
		return err_set(e, ERR_CRYPTO, "log entry %llu says it is %llu",
			(unsigned long long)seq,
			(unsigned long long)f->entry.seq);
	if (f->entry.kind != ENTRY_KEYSET &&
		!entry_role_is(&f->entry, r->role))
		return err_set(e, ERR_CRYPTO, "log entry %llu is of another "
			"role", (unsigned long long)seq);
	if (f->entry.time_s < before_s)
		return err_set(e, ERR_CRYPTO, "log entry %llu is dated before "
			"the one before it", (unsigned long long)seq);
	return true;
}

static int64_t
last_time(const struct store_log *l)
{
	for (size_t i = l->count; i > 0; i--)
		if (!l->lines[i - 1].is_leaf)
			return l->lines[i - 1].entry.time_s;
	return 0;
}

static void
put_frame(struct buf *b, const struct frame *f)
{
	unsigned char entry[ENTRY_BYTES];

	if (f->is_leaf) {
		frame_put_leaf(b, &f->leaf);
	} else {
		entry_write(&f->entry, entry);
		frame_put_entry(b, entry, text_of(""));
	}
}

/* Takes one answer's frames, as far as the head goes, into the store. */
static bool
take_frames(struct pull *p, const struct round *r, struct text rest,
	struct err *e)
{
	struct store_log *l = store_current(p->store);
	uint64_t seq = l->count;
	int64_t time_s = last_time(l);
	struct buf lines;
	bool ok = true;

	buf_init(&lines, rest.len + 1);
	while (ok && rest.len && seq < r->head.size) {
		struct frame f;
		bool kept;

		ok = frame_next(&rest, &f, e) &&
			check_frame(r, &f, ++seq, time_s, e);
		if (ok && !f.is_leaf) {
			time_s = f.entry.time_s;
			ok = f.entry.kind != ENTRY_SUBMIT ||
				keep_envelope(p, &f, &kept, e);
		}
		if (ok)
			put_frame(&lines, &f);
	}
	/* What was right before a fault is kept. */
	if (lines.len) {
		struct err why;

		if (!(store_flush(p->store, &why) &&
			store_append(p->store, buf_view(&lines), &why)) &&
			ok) {
			*e = why;
			ok = false;
		}
	}
	buf_release(&lines);
	return ok;
}

static bool
get_some(struct pull *p, uint64_t after, struct buf *b, struct err *e)
{
	struct arena a;
	uint64_t last;
	bool ok;

	arena_init(&a, false);
	ok = fetch_get(p->fetch, arena_printf(&a, "/api/v1/queue?after=%llu",
		(unsigned long long)after).p, b, &last, e);
	if (ok && last <= after)
		ok = err_set(e, ERR_CRYPTO, "log entry %llu is missing",
			(unsigned long long)after + 1);
	arena_release(&a);
	return ok;
}

static bool
get_entries(struct pull *p, const struct round *r, struct err *e)
{
	const struct store_log *l = store_current(p->store);
	bool ok = true;

	while (ok && l->count < r->head.size) {
		struct buf b;

		buf_init(&b, ANSWER_MAX);
		ok = get_some(p, l->count, &b, e) &&
			take_frames(p, r, buf_view(&b), e);
		buf_release(&b);
		if (ok && p->progress)
			p->progress(p->context, l->count, r->head.size);
	}
	return ok;
}

/* ---- what is missing ------------------------------------------------- */

/* A case whose envelope we ought to have. */
static bool
is_missing(const struct store_case *c)
{
	return !c->stored && !c->erased && c->purged_s == 0;
}

/* Asks once more for the envelope of one entry. */
static bool
get_again(struct pull *p, const struct round *r,
	const struct store_line *line, struct err *e)
{
	struct buf b;
	struct text rest;
	struct frame f;
	size_t damaged = p->damaged;
	bool kept = false;
	bool ok;

	buf_init(&b, ANSWER_MAX);
	ok = get_some(p, line->entry.seq - 1, &b, e);
	rest = buf_view(&b);
	ok = ok && frame_next(&rest, &f, e) &&
		check_frame(r, &f, line->entry.seq, 0, e) &&
		keep_envelope(p, &f, &kept, e);
	if (ok && !kept && p->damaged == damaged)
		note_damage(p, line->entry.seq, "the envelope is gone, and the"
			" log has no deletion of it");
	buf_release(&b);
	return ok;
}

static bool
get_missing(struct pull *p, const struct round *r, struct err *e)
{
	const struct store_log *l = store_current(p->store);
	bool asked = false;

	p->damaged = 0;
	for (size_t i = 0; i < l->count; i++) {
		const struct store_line *line = &l->lines[i];
		const struct store_case *c;

		if (line->is_leaf || line->entry.kind != ENTRY_SUBMIT)
			continue;
		c = store_find(p->store, line->entry.subid);
		if (!c || !is_missing(c))
			continue;
		asked = true;
		if (p->damaged >= ASK_AGAIN_MAX)
			p->damaged++;
		else if (!get_again(p, r, line, e))
			return false;
	}
	return !asked || store_flush(p->store, e);
}

/* ---- opening --------------------------------------------------------- */

/* Looks into one envelope, in memory, and says what was found. */
static bool
look(struct pull *p, struct store_case *c, struct buf *lines, struct err *e)
{
	struct store_case found = *c;
	struct arena a;
	struct text envelope;
	struct casefile file;
	struct err why;

	arena_init(&a, true);
	if (!store_get(p->store, c, &a, &envelope, e)) {
		arena_release(&a);
		return false;
	}
	found.opens = casefile_open(&a, envelope, p->ring, &file, &why);
	found.valid = found.opens && file.valid;
	found.form = file.head.form_id;
	found.reference = found.valid ? file.reference : text_of("");
	found.answer_days = file.answer_days;
	found.retain_days = file.retain_days;
	if (!c->looked) {
		c->fresh = true;
		p->fresh++;
		p->refused += !found.opens;
		p->flagged += found.opens && !found.valid;
	}
	if (!c->looked || found.opens)
		store_say_looked(lines, &found);
	arena_release(&a);
	return true;
}

/* Those that did not open are tried again: there may be another key now. */
static bool
look_at_new(struct pull *p, struct err *e)
{
	struct buf lines;
	size_t in_hand = 0;
	bool ok = true;

	buf_init(&lines, STORE_JOURNAL_MAX);
	for (size_t i = 0; ok && i < p->store->case_count; i++) {
		struct store_case *c = p->store->cases[i];

		if (!c->stored || (c->looked && c->opens))
			continue;
		ok = look(p, c, &lines, e);
		if (ok && ++in_hand == LOOK_LINES) {
			ok = store_journal(p->store, buf_view(&lines), e);
			buf_clear(&lines);
			in_hand = 0;
		}
	}
	ok = ok && store_journal(p->store, buf_view(&lines), e);
	buf_release(&lines);
	return ok;
}

/* ---- the whole ------------------------------------------------------- */

static bool
run_round(struct pull *p, struct err *e)
{
	struct round r = { 0 };
	bool ok;

	arena_init(&r.a, false);
	ok = get_keyset(p, &r, e) && get_head(p, &r, e) &&
		get_entries(p, &r, e) && get_missing(p, &r, e);
	arena_release(&r.a);
	return ok;
}

bool
pull_run(struct pull *p, struct err *e)
{
	struct err ignored;
	bool ok = run_round(p, e);

	/* An envelope may have been deleted, rightly, since the head was
	 * signed: then the log says so by now. */
	if (ok && p->damaged)
		ok = run_round(p, e);
	/* What came is opened, also when the rest did not. */
	return look_at_new(p, ok ? e : &ignored) && ok;
}
