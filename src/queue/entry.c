/* entry: the log's entries and the frames they travel in. */
#include "queue/entry.h"

#include <assert.h>
#include <string.h>

#include "base/banned.h"

/* Where each part of an entry begins; see the table in entry.h. */
enum {
	AT_SEQ = 0,
	AT_TIME = 8,
	AT_KIND = 16,
	AT_ROLE = 17,
	AT_SUBID = AT_ROLE + QUEUE_ROLE_MAX,
	AT_HASH = AT_SUBID + SUBID_BYTES,
	AT_KEY_ID = AT_HASH + HASH_BYTES,
	AT_END = AT_KEY_ID + KEY_ID_BYTES
};

_Static_assert((int)AT_END == (int)ENTRY_BYTES,
	"an entry is its parts and no more");

enum {
	FETCHED_BYTES = 8, /* a seq in the hash of an ENTRY_FETCH */
	FRAME_ENTRY = 1,
	FRAME_LEAF = 2
};

static void
le_put(unsigned char *p, uint64_t n, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		p[i] = (unsigned char)(n >> (8 * i));
}

static uint64_t
le_get(const unsigned char *p, size_t bytes)
{
	uint64_t n = 0;

	for (size_t i = 0; i < bytes; i++)
		n |= (uint64_t)p[i] << (8 * i);
	return n;
}

static bool
all_zero(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

/* Which parts an entry of each kind has; those it lacks are zeros. */
static const struct {
	bool role;
	bool subid;
	bool key_id;
	size_t hash_zeros_from;
} kinds[] = {
	[ENTRY_SUBMIT] = { true, true, false, HASH_BYTES },
	[ENTRY_FETCH] = { true, false, true, FETCHED_BYTES },
	[ENTRY_ACK] = { true, true, true, HASH_BYTES },
	[ENTRY_DELETE] = { true, true, false, HASH_BYTES },
	[ENTRY_KEYSET] = { false, false, false, HASH_BYTES },
};

void
entry_write(const struct queue_entry *en, unsigned char out[ENTRY_BYTES])
{
	le_put(out + AT_SEQ, en->seq, 8);
	le_put(out + AT_TIME, (uint64_t)en->time_s, 8);
	out[AT_KIND] = (unsigned char)en->kind;
	memcpy(out + AT_ROLE, en->role, QUEUE_ROLE_MAX);
	memcpy(out + AT_SUBID, en->subid, SUBID_BYTES);
	memcpy(out + AT_HASH, en->hash.b, HASH_BYTES);
	memcpy(out + AT_KEY_ID, en->key_id, sizeof en->key_id);
}

/* A role is one or more of [a-z0-9-], then zeros. */
static bool
role_is_right(const unsigned char role[QUEUE_ROLE_MAX])
{
	size_t n = 0;

	while (n < QUEUE_ROLE_MAX && ((role[n] >= 'a' && role[n] <= 'z') ||
		(role[n] >= '0' && role[n] <= '9') || role[n] == '-'))
		n++;
	return n > 0 && all_zero(role + n, QUEUE_ROLE_MAX - n);
}

bool
entry_read(const unsigned char in[ENTRY_BYTES], struct queue_entry *en,
	struct err *e)
{
	unsigned kind = in[AT_KIND];
	size_t from;

	*en = (struct queue_entry){ 0 };
	if (kind < ENTRY_SUBMIT || kind > ENTRY_KEYSET)
		return err_set(e, ERR_FORMAT, "log entry of unknown kind %u",
			kind);
	from = kinds[kind].hash_zeros_from;
	if ((kinds[kind].role ? !role_is_right(in + AT_ROLE)
			: !all_zero(in + AT_ROLE, QUEUE_ROLE_MAX)) ||
		(!kinds[kind].subid && !all_zero(in + AT_SUBID, SUBID_BYTES)) ||
		(!kinds[kind].key_id && !all_zero(in + AT_KEY_ID, KEY_ID_BYTES)) ||
		!all_zero(in + AT_HASH + from, HASH_BYTES - from))
		return err_set(e, ERR_FORMAT,
			"log entry of kind %u has parts it must not have",
			kind);
	en->seq = le_get(in + AT_SEQ, 8);
	en->time_s = (int64_t)le_get(in + AT_TIME, 8);
	if (en->seq == 0 || en->seq > INT64_MAX || en->time_s < 0)
		return err_set(e, ERR_FORMAT,
			"log entry with an impossible number or time");
	en->kind = (enum entry_kind)kind;
	memcpy(en->role, in + AT_ROLE, QUEUE_ROLE_MAX);
	memcpy(en->subid, in + AT_SUBID, SUBID_BYTES);
	memcpy(en->hash.b, in + AT_HASH, HASH_BYTES);
	memcpy(en->key_id, in + AT_KEY_ID, sizeof en->key_id);
	return true;
}

bool
entry_role_is(const struct queue_entry *en, struct text role)
{
	return role.len > 0 && role.len <= QUEUE_ROLE_MAX &&
		memcmp(en->role, role.p, role.len) == 0 &&
		all_zero(en->role + role.len, QUEUE_ROLE_MAX - role.len);
}

bool
entry_set_role(struct queue_entry *en, struct text role)
{
	memset(en->role, 0, QUEUE_ROLE_MAX);
	if (role.len == 0 || role.len > QUEUE_ROLE_MAX)
		return false;
	memcpy(en->role, role.p, role.len);
	return role_is_right(en->role);
}

uint64_t
entry_fetched(const struct queue_entry *en)
{
	return le_get(en->hash.b, FETCHED_BYTES);
}

void
entry_set_fetched(struct queue_entry *en, uint64_t upto)
{
	le_put(en->hash.b, upto, FETCHED_BYTES);
}

struct hash
entry_leaf_of(struct text entry)
{
	return hash_parts("blankett leaf v1", &entry, 1);
}

struct hash
entry_leaf(const unsigned char entry[ENTRY_BYTES])
{
	return entry_leaf_of((struct text){ (const char *)entry, ENTRY_BYTES });
}

struct hash
chain_start(const unsigned char incarnation[QUEUE_INCARNATION_BYTES])
{
	struct text part = { (const char *)incarnation,
		QUEUE_INCARNATION_BYTES };

	return hash_parts("blankett chain v1", &part, 1);
}

struct hash
chain_next(const struct hash *chain, const struct hash *leaf)
{
	struct text parts[2] = {
		{ (const char *)chain->b, HASH_BYTES },
		{ (const char *)leaf->b, HASH_BYTES },
	};

	return hash_parts("blankett chain v1", parts, 2);
}

void
frame_put_entry(struct buf *b, const unsigned char entry[ENTRY_BYTES],
	struct text envelope)
{
	unsigned char length[4];

	assert(envelope.len <= UINT32_MAX);
	le_put(length, envelope.len, sizeof length);
	buf_char(b, FRAME_ENTRY);
	buf_put(b, entry, ENTRY_BYTES);
	buf_put(b, length, sizeof length);
	buf_text(b, envelope);
}

void
frame_put_leaf(struct buf *b, const struct hash *leaf)
{
	buf_char(b, FRAME_LEAF);
	buf_put(b, leaf->b, HASH_BYTES);
}

/* Takes n bytes off *rest. */
static bool
take(struct text *rest, size_t n, const unsigned char **out)
{
	if (rest->len < n)
		return false;
	*out = (const unsigned char *)rest->p;
	*rest = text_from(*rest, n);
	return true;
}

static bool
cut_short(struct err *e)
{
	return err_set(e, ERR_FORMAT, "the log stream is cut short");
}

static bool
next_entry(struct text *rest, struct frame *out, struct err *e)
{
	const unsigned char *p;
	size_t len;

	if (!take(rest, ENTRY_BYTES, &p))
		return cut_short(e);
	if (!entry_read(p, &out->entry, e))
		return false;
	out->leaf = entry_leaf(p);
	if (!take(rest, 4, &p))
		return cut_short(e);
	len = (size_t)le_get(p, 4);
	if (len && out->entry.kind != ENTRY_SUBMIT)
		return err_set(e, ERR_FORMAT,
			"log entry %llu has an envelope it must not have",
			(unsigned long long)out->entry.seq);
	if (!take(rest, len, &p))
		return cut_short(e);
	out->envelope = (struct text){ (const char *)p, len };
	return true;
}

bool
frame_next(struct text *rest, struct frame *out, struct err *e)
{
	const unsigned char *p;

	*out = (struct frame){ 0 };
	if (!take(rest, 1, &p))
		return cut_short(e);
	if (*p == FRAME_ENTRY)
		return next_entry(rest, out, e);
	if (*p != FRAME_LEAF)
		return err_set(e, ERR_FORMAT,
			"the log stream holds a frame of unknown kind %u", *p);
	if (!take(rest, HASH_BYTES, &p))
		return cut_short(e);
	out->is_leaf = true;
	memcpy(out->leaf.b, p, HASH_BYTES);
	return true;
}

void
link_put(struct buf *b, const struct link *l)
{
	unsigned char seq[8];

	le_put(seq, l->seq, sizeof seq);
	buf_put(b, seq, sizeof seq);
	buf_put(b, l->leaf.b, HASH_BYTES);
	buf_put(b, l->chain.b, HASH_BYTES);
}

bool
link_next(struct text *rest, struct link *out, struct err *e)
{
	const unsigned char *p;

	*out = (struct link){ 0 };
	if (!take(rest, LINK_BYTES, &p))
		return cut_short(e);
	out->seq = le_get(p, 8);
	memcpy(out->leaf.b, p + 8, HASH_BYTES);
	memcpy(out->chain.b, p + 8 + HASH_BYTES, HASH_BYTES);
	return true;
}
