/* store: what kundcenter has fetched, still sealed, on its own disk. */
#define _DEFAULT_SOURCE /* flock */

#include "desk/store.h"

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/fs.h"
#include "queue/head.h"
#include "seal/envelope.h"
#include "seal/note.h"
#include "base/banned.h"

enum { FILE_MODE = 0600, DIR_MODE = 0700, SMALL_MAX = 4096 };

/* ---- names ----------------------------------------------------------- */

static const char *
path_of(struct store *s, const char *name)
{
	return fs_join(&s->a, s->dir, name);
}

static const char *
log_path(struct store *s, const struct store_log *l, const char *suffix)
{
	return arena_printf(&s->a, "%s/logs/%s.%s", s->dir,
		hex_encode(&s->a, l->incarnation, sizeof l->incarnation).p,
		suffix).p;
}

static const char *
envelope_path(struct store *s, struct arena *a,
	const unsigned char subid[SUBID_BYTES])
{
	return arena_printf(a, "%s/envelopes/%s.blkt", s->dir,
		hex_encode(a, subid, SUBID_BYTES).p).p;
}

/* ---- cases ----------------------------------------------------------- */

/* Subids are random bytes already; a hostile one only makes a search long. */
static size_t
place_of(const struct store *s, const unsigned char subid[SUBID_BYTES])
{
	uint64_t n;
	size_t i;

	memcpy(&n, subid, sizeof n);
	for (i = n % s->case_table; s->by_subid[i]; i = (i + 1) % s->case_table)
		if (memcmp(s->by_subid[i]->subid, subid, SUBID_BYTES) == 0)
			break;
	return i;
}

struct store_case *
store_find(struct store *s, const unsigned char subid[SUBID_BYTES])
{
	return s->case_table ? s->by_subid[place_of(s, subid)] : NULL;
}

/* At most half of the table is ever taken, so that a search ends soon. */
static void
grow_cases(struct store *s)
{
	size_t cap = s->case_cap ? s->case_cap * 2 : 64;
	struct store_case **cases = arena_array(&s->a, cap, sizeof *cases);

	if (s->case_count)
		memcpy(cases, s->cases, s->case_count * sizeof *cases);
	s->cases = cases;
	s->case_cap = cap;
	s->case_table = cap * 2;
	s->by_subid = arena_array(&s->a, s->case_table, sizeof *s->by_subid);
	for (size_t i = 0; i < s->case_count; i++)
		s->by_subid[place_of(s, s->cases[i]->subid)] = s->cases[i];
}

static bool
is_stored(struct store *s, const unsigned char subid[SUBID_BYTES])
{
	struct arena a;
	bool stored;

	arena_init(&a, false);
	stored = fs_exists(envelope_path(s, &a, subid));
	arena_release(&a);
	return stored;
}

static void
add_case(struct store *s, const struct queue_entry *en)
{
	struct store_case *c = store_find(s, en->subid);

	/* A restored queue tells of the same cases once more. */
	if (c) {
		s->strangers += !hash_eq(&c->hash, &en->hash);
		return;
	}
	if (s->case_count == s->case_cap)
		grow_cases(s);
	c = arena_alloc(&s->a, sizeof *c);
	memcpy(c->subid, en->subid, SUBID_BYTES);
	c->seq = en->seq;
	c->received_s = en->time_s;
	c->hash = en->hash;
	c->stored = is_stored(s, en->subid);
	s->cases[s->case_count++] = c;
	s->by_subid[place_of(s, c->subid)] = c;
}

/* What an entry says about a case. */
static void
apply_entry(struct store *s, const struct queue_entry *en)
{
	struct store_case *c;

	if (en->kind == ENTRY_SUBMIT) {
		add_case(s, en);
		return;
	}
	if (en->kind != ENTRY_ACK && en->kind != ENTRY_DELETE)
		return;
	c = store_find(s, en->subid);
	if (!c)
		return;
	if (en->kind == ENTRY_ACK && c->done_s == 0)
		c->done_s = en->time_s;
	if (en->kind == ENTRY_DELETE)
		c->erased = true;
}

/* ---- logs ------------------------------------------------------------ */

static void
add_line(struct store *s, struct store_log *l, const struct frame *f)
{
	if (l->count == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 256;
		struct store_line *lines =
			arena_array(&s->a, cap, sizeof *lines);

		if (l->count)
			memcpy(lines, l->lines, l->count * sizeof *lines);
		l->lines = lines;
		l->cap = cap;
	}
	l->lines[l->count++] = (struct store_line){ f->is_leaf, f->leaf,
		f->entry };
	if (!f->is_leaf)
		apply_entry(s, &f->entry);
}

/*
 * Reads a log's frames; *whole is how many bytes of it are whole frames.  A
 * tail that was cut short is what an interrupted pull leaves.
 */
static bool
read_frames(struct store *s, struct store_log *l, struct text frames,
	size_t *whole, struct err *e)
{
	struct text rest = frames;
	const char *path = log_path(s, l, "log");

	*whole = 0;
	while (rest.len && l->count < l->head.size) {
		struct frame f;
		struct err why;

		if (!frame_next(&rest, &f, &why)) {
			/* An entry is at most this long here. */
			if (frames.len - *whole < 1 + ENTRY_BYTES + 4)
				return true;
			return err_set(e, why.kind, "%s: entry %zu: %s", path,
				l->count + 1, why.text);
		}
		if (!f.is_leaf && f.entry.seq != l->count + 1)
			return err_set(e, ERR_FORMAT, "%s: entry %zu says it "
				"is %llu", path, l->count + 1,
				(unsigned long long)f.entry.seq);
		add_line(s, l, &f);
		*whole = frames.len - rest.len;
	}
	return true;
}

static bool
load_log(struct store *s, struct store_log *l, struct err *e)
{
	const char *path = log_path(s, l, "log");
	const char *head_path = log_path(s, l, "head");
	const char *keyset_path = log_path(s, l, "keyset");
	struct text body;
	struct text frames;
	struct err why;
	size_t whole;
	size_t cut;

	if (!fs_read(&s->a, head_path, NOTE_MAX, &l->head_note, e) ||
		!fs_read(&s->a, keyset_path, NOTE_MAX, &l->keyset_note, e))
		return false;
	/* Its signature was verified before it was written here; `verify`
	 * does so again. */
	cut = text_search(l->head_note, "\n\n");
	body = text_sub(l->head_note, 0, cut + 1);
	if (!head_read(body, &l->head, &why))
		return err_set(e, why.kind, "%s: %s", head_path, why.text);
	if (memcmp(l->head.incarnation, l->incarnation,
		sizeof l->incarnation) != 0)
		return err_set(e, ERR_FORMAT,
			"%s: is of another incarnation", head_path);
	if (!fs_exists(path))
		return true;
	if (!fs_read(&s->a, path, STORE_LOG_MAX, &frames, e) ||
		!read_frames(s, l, frames, &whole, e))
		return false;
	if (whole == frames.len || s->lock < 0)
		return true;
	return fs_replace(path, FILE_MODE, text_sub(frames, 0, whole), e);
}

/* Places for every log there is and one to come. */
static bool
list_logs(struct store *s, struct err *e)
{
	const char *current_path = path_of(s, "current");
	unsigned char current[QUEUE_INCARNATION_BYTES];
	struct fs_list list;
	struct text hex;

	if (!fs_list(&s->a, path_of(s, "logs"), &list, e))
		return false;
	s->logs = arena_array(&s->a, list.count + 2, sizeof *s->logs);
	if (!fs_exists(current_path))
		return true;
	if (!fs_read(&s->a, current_path, SMALL_MAX, &hex, e))
		return false;
	if (!hex_decode(text_trim(hex), current, sizeof current))
		return err_set(e, ERR_FORMAT, "%s: is no incarnation",
			current_path);
	for (size_t i = 0; i < list.count; i++) {
		struct text name = list.items[i].name;
		struct store_log *l = &s->logs[s->log_count];

		if (!text_ends(name, ".head") ||
			!hex_decode(text_sub(name, 0, name.len - 5),
				l->incarnation, sizeof l->incarnation) ||
			memcmp(l->incarnation, current, sizeof current) == 0)
			continue;
		s->log_count++;
	}
	memcpy(s->logs[s->log_count++].incarnation, current, sizeof current);
	return true;
}

struct store_log *
store_current(struct store *s)
{
	return s->log_count ? &s->logs[s->log_count - 1] : NULL;
}

/* ---- opening and closing --------------------------------------------- */

static bool
make_place(const char *dir, struct err *e)
{
	struct arena a;
	bool ok;

	arena_init(&a, false);
	ok = fs_mkdirs(dir, DIR_MODE, e) &&
		fs_mkdirs(fs_join(&a, dir, "logs"), DIR_MODE, e) &&
		fs_mkdirs(fs_join(&a, dir, "envelopes"), DIR_MODE, e);
	arena_release(&a);
	return ok;
}

static bool
take_lock(struct store *s, struct err *e)
{
	s->lock = open(s->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->lock < 0)
		return err_errno(e, s->dir, "cannot open");
	if (flock(s->lock, LOCK_EX | LOCK_NB) != 0)
		return err_set(e, ERR_SYSTEM, "%s: another command is using "
			"this store; wait for it", s->dir);
	return true;
}

static bool
load(struct store *s, struct err *e)
{
	const char *server = path_of(s, "server");

	if (fs_exists(server)) {
		if (!fs_read(&s->a, server, SMALL_MAX, &s->server, e))
			return false;
		s->server = text_trim(s->server);
	}
	if (!list_logs(s, e))
		return false;
	for (size_t i = 0; i < s->log_count; i++)
		if (!load_log(s, &s->logs[i], e))
			return false;
	return store_journal_load(s, e);
}

bool
store_open(const char *dir, enum store_use use, struct store **out,
	struct err *e)
{
	struct store *s;

	*out = NULL;
	if (use == STORE_MAKE && !make_place(dir, e))
		return false;
	s = calloc(1, sizeof *s);
	if (!s)
		return err_set(e, ERR_SYSTEM, "no memory for the store");
	arena_init(&s->a, false);
	s->dir = arena_string(&s->a, text_of(dir));
	s->lock = -1;
	if (!fs_is_dir(path_of(s, "envelopes")))
		(void)err_set(e, ERR_USAGE, "%s: there is no store here; "
			"blankett inbox pull makes one", dir);
	else if ((use == STORE_READ || take_lock(s, e)) && load(s, e))
		*out = s;
	if (!*out)
		store_close(s);
	return *out != NULL;
}

void
store_close(struct store *s)
{
	if (!s)
		return;
	if (s->lock >= 0)
		(void)close(s->lock);
	arena_release(&s->a);
	free(s);
}

/* ---- writing --------------------------------------------------------- */

/* The log of this incarnation, made if it is new, as the current one. */
static struct store_log *
make_current(struct store *s,
	const unsigned char incarnation[QUEUE_INCARNATION_BYTES])
{
	struct store_log *l = store_current(s);

	if (l && memcmp(l->incarnation, incarnation,
		sizeof l->incarnation) == 0)
		return l;
	for (size_t i = 0; l && i < s->log_count; i++) {
		struct store_log earlier = s->logs[i];

		if (memcmp(earlier.incarnation, incarnation,
			sizeof earlier.incarnation) != 0)
			continue;
		s->logs[i] = *l;
		*l = earlier;
		return l;
	}
	l = &s->logs[s->log_count++];
	memcpy(l->incarnation, incarnation, sizeof l->incarnation);
	return l;
}

bool
store_pin(struct store *s, const struct queue_head *head,
	struct text head_note, struct text keyset_note, struct err *e)
{
	struct store_log *l = make_current(s, head->incarnation);
	struct text hex = hex_encode(&s->a, l->incarnation,
		sizeof l->incarnation);

	/* The keyset first: a head alone could not be verified again. */
	if (!fs_replace(log_path(s, l, "keyset"), FILE_MODE, keyset_note, e) ||
		!fs_replace(log_path(s, l, "head"), FILE_MODE, head_note, e) ||
		!fs_replace(path_of(s, "current"), FILE_MODE,
			arena_printf(&s->a, "%s\n", hex.p), e))
		return false;
	l->head = *head;
	l->head_note = arena_copy(&s->a, head_note);
	l->keyset_note = arena_copy(&s->a, keyset_note);
	return true;
}

bool
store_append(struct store *s, struct text frames, struct err *e)
{
	struct store_log *l = store_current(s);
	size_t whole;

	assert(l); /* a head has been pinned */
	return fs_append(log_path(s, l, "log"), FILE_MODE, frames, e) &&
		read_frames(s, l, frames, &whole, e);
}

bool
store_put(struct store *s, const unsigned char subid[SUBID_BYTES],
	struct text envelope, struct err *e)
{
	struct arena a;
	struct store_case *c = store_find(s, subid);
	bool ok;

	arena_init(&a, false);
	ok = fs_publish(envelope_path(s, &a, subid), FILE_MODE, envelope, e);
	arena_release(&a);
	if (ok && c)
		c->stored = true;
	return ok;
}

bool
store_flush(struct store *s, struct err *e)
{
	return fs_flush(path_of(s, "envelopes"), e);
}

bool
store_get(struct store *s, const struct store_case *c, struct arena *a,
	struct text *envelope, struct err *e)
{
	const char *path = envelope_path(s, a, c->subid);
	struct hash h;

	if (!fs_read(a, path, ENVELOPE_MAX, envelope, e))
		return false;
	h = hash_bytes(*envelope);
	return hash_eq(&h, &c->hash) || err_set(e, ERR_CRYPTO,
		"%s: is not the envelope that was fetched", path);
}

bool
store_remove(struct store *s, struct store_case *c, struct err *e)
{
	if (!fs_remove(envelope_path(s, &s->a, c->subid), e))
		return false;
	c->stored = false;
	return true;
}

bool
store_set_server(struct store *s, struct text server, struct err *e)
{
	if (text_eq(s->server, server))
		return true;
	s->server = arena_copy(&s->a, server);
	return fs_replace(path_of(s, "server"), FILE_MODE,
		arena_printf(&s->a, "%s\n", s->server.p), e);
}
