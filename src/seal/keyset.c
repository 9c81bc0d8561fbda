/* keyset: who may read, who may collect, whose log signatures hold. */
#include "seal/keyset.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "seal/hash.h"
#include "seal/note.h"
#include "base/banned.h"

static const char first_line[] = "blankett keyset v1";
static const char reserve[] = "reserve";
static const char development[] = "dev-";

/* Where a parse is: the file, its line, and what it has made so far. */
struct parse {
	struct arena *arena;
	const char *name;
	int line; /* the last one taken */
	struct text rest;
	struct keyset *ks;
};

static bool
fault(const struct parse *p, const char *what, struct err *e)
{
	return err_set(e, ERR_FORMAT, "%s:%d: %s", p->name, p->line, what);
}

/* Takes the next line if it begins with "label: "; else it stays. */
static bool
take(struct parse *p, const char *label, struct text *value)
{
	size_t n = strlen(label);
	struct text rest = p->rest, line;

	if (!text_line(&rest, &line) || !text_starts(line, label) ||
		!text_starts(text_from(line, n), ": "))
		return false;
	*value = text_from(line, n + 2);
	p->rest = rest;
	p->line++;
	return true;
}

/* Takes a line that must stand here: a fault is in this line either way. */
static bool
take_here(struct parse *p, const char *label, struct text *value)
{
	bool taken = take(p, label, value);

	if (!taken)
		p->line++;
	return taken;
}

/* Cuts a value into exactly n words. */
static bool
words(struct text value, struct text *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!text_split(&value, ' ', &word[i]))
			return false;
	return !value.p;
}

static bool
name_is_new(const struct keyset *ks, struct text name)
{
	for (size_t i = 0; i < ks->recipient_count; i++)
		if (text_eq(ks->recipients[i].name, name))
			return false;
	for (size_t i = 0; i < ks->collector_count; i++)
		if (text_eq(ks->collectors[i].name, name))
			return false;
	for (size_t i = 0; i < ks->server_count; i++)
		if (text_eq(ks->servers[i].name, name))
			return false;
	return true;
}

static bool
key_is_new(const struct keyset *ks, const unsigned char id[KEY_ID_BYTES])
{
	for (size_t i = 0; i < ks->recipient_count; i++)
		if (memcmp(ks->recipients[i].key.id, id, KEY_ID_BYTES) == 0)
			return false;
	return !keyset_collector(ks, id) && !keyset_server(ks, id);
}

/* What every kind of line must hold: a good role, and a name and a key that
 * no line before it has. */
static bool
check_line(const struct parse *p, const struct text *role, struct text name,
	const unsigned char id[KEY_ID_BYTES], struct err *e)
{
	if (role && !key_word_is_valid(*role, KEY_ROLE_MAX))
		return fault(p, "a role is 1 to 32 of a-z 0-9 -", e);
	if (!key_word_is_valid(name, KEY_NAME_MAX))
		return fault(p, "a name is 1 to 40 of a-z 0-9 -", e);
	if (!name_is_new(p->ks, name))
		return fault(p, "the name stands twice", e);
	if (!key_is_new(p->ks, id))
		return fault(p, "the key stands twice", e);
	return true;
}

static bool
read_recipients(struct parse *p, struct err *e)
{
	struct keyset *ks = p->ks;
	struct text value, w[3];

	ks->recipients = arena_array(
		p->arena, KEYSET_RECIPIENTS_MAX, sizeof *ks->recipients);
	while (take(p, "recipient", &value)) {
		struct keyset_recipient r;

		if (ks->recipient_count == KEYSET_RECIPIENTS_MAX)
			return fault(p, "more than 16 recipients", e);
		if (!words(value, w, 3))
			return fault(p, "a recipient is ROLE NAME KEY", e);
		if (!seal_key_parse(w[2], &r.key))
			return fault(p, "not a recipient's public key", e);
		r.role = w[0];
		r.name = w[1];
		if (!check_line(p, &r.role, r.name, r.key.id, e))
			return false;
		ks->recipients[ks->recipient_count++] = r;
	}
	return true;
}

static bool
read_collectors(struct parse *p, struct err *e)
{
	struct keyset *ks = p->ks;
	struct text value, w[3];

	ks->collectors = arena_array(
		p->arena, KEYSET_SIGNERS_MAX, sizeof *ks->collectors);
	while (take(p, "collector", &value)) {
		struct keyset_collector c;

		if (ks->collector_count == KEYSET_SIGNERS_MAX)
			return fault(p, "more than 32 collectors", e);
		if (!words(value, w, 3))
			return fault(p, "a collector is ROLE NAME KEY", e);
		if (!verify_key_parse(w[2], &c.key))
			return fault(p, "not a collector's public key", e);
		c.role = w[0];
		c.name = w[1];
		if (!check_line(p, &c.role, c.name, c.key.id, e))
			return false;
		ks->collectors[ks->collector_count++] = c;
	}
	return true;
}

static bool
read_servers(struct parse *p, struct err *e)
{
	struct keyset *ks = p->ks;
	struct text value, w[4];

	ks->servers = arena_array(
		p->arena, KEYSET_SIGNERS_MAX, sizeof *ks->servers);
	while (take(p, "server", &value)) {
		struct keyset_server s;

		if (ks->server_count == KEYSET_SIGNERS_MAX)
			return fault(p, "more than 32 servers", e);
		if (!words(value, w, 4))
			return fault(p, "a server is NAME FROM UNTIL KEY", e);
		if (!date_parse(w[1], &s.from) || !date_parse(w[2], &s.until) ||
			date_cmp(s.from, s.until) > 0)
			return fault(p, "two dates in order are needed", e);
		if (!verify_key_parse(w[3], &s.key))
			return fault(p, "not a server's public key", e);
		s.name = w[0];
		if (!check_line(p, NULL, s.name, s.key.id, e))
			return false;
		ks->servers[ks->server_count++] = s;
	}
	return true;
}

static bool
read_head(struct parse *p, struct err *e)
{
	struct keyset *ks = p->ks;
	struct text line, value;
	int64_t epoch;

	p->line = 1;
	if (!text_line(&p->rest, &line) || !text_is(line, first_line))
		return fault(p, "not a \"blankett keyset v1\"", e);
	if (!take_here(p, "epoch", &value) ||
		!text_to_int(value, 1, UINT32_MAX, &epoch))
		return fault(p, "\"epoch: NUMBER\" must stand here", e);
	ks->epoch = (uint32_t)epoch;
	if (!take_here(p, "valid-from", &value) || !date_parse(value, &ks->from))
		return fault(p, "\"valid-from: DATE\" must stand here", e);
	if (!take_here(p, "valid-until", &value) ||
		!date_parse(value, &ks->until) ||
		date_cmp(ks->from, ks->until) > 0)
		return fault(p, "\"valid-until: DATE\", not before valid-from,"
				" must stand here", e);
	return true;
}

/* Two recipients at least, one of them the reserve: a key that is lost must
 * not take people's answers with it. */
static bool
check_recipients(const struct parse *p, struct err *e)
{
	size_t reserves = 0;

	for (size_t i = 0; i < p->ks->recipient_count; i++)
		if (text_is(p->ks->recipients[i].role, reserve))
			reserves++;
	if (reserves == 0)
		return err_set(e, ERR_FORMAT, "%s: has no reserve recipient",
			p->name);
	if (reserves == p->ks->recipient_count)
		return err_set(e, ERR_FORMAT,
			"%s: has no recipient beside the reserve", p->name);
	return true;
}

/* The body that says what ks says. */
static struct text
body_of(struct arena *a, const struct keyset *ks)
{
	struct buf b;
	struct text out;

	buf_init(&b, NOTE_MAX);
	buf_printf(&b, "%s\nepoch: %lu\nvalid-from: %s\nvalid-until: %s\n",
		first_line, (unsigned long)ks->epoch, date_text(a, ks->from).p,
		date_text(a, ks->until).p);
	for (size_t i = 0; i < ks->recipient_count; i++) {
		const struct keyset_recipient *r = &ks->recipients[i];

		buf_printf(&b, "recipient: %.*s %.*s %s\n", (int)r->role.len,
			r->role.p, (int)r->name.len, r->name.p,
			base64_encode(a, r->key.pk, sizeof r->key.pk).p);
	}
	for (size_t i = 0; i < ks->collector_count; i++) {
		const struct keyset_collector *c = &ks->collectors[i];

		buf_printf(&b, "collector: %.*s %.*s %s\n", (int)c->role.len,
			c->role.p, (int)c->name.len, c->name.p,
			base64_encode(a, c->key.pk, sizeof c->key.pk).p);
	}
	for (size_t i = 0; i < ks->server_count; i++) {
		const struct keyset_server *s = &ks->servers[i];

		buf_printf(&b, "server: %.*s %s %s %s\n", (int)s->name.len,
			s->name.p, date_text(a, s->from).p,
			date_text(a, s->until).p,
			base64_encode(a, s->key.pk, sizeof s->key.pk).p);
	}
	out = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return out;
}

bool
keyset_parse(struct arena *a, const char *name, struct text note,
	const struct verify_key *organisation, struct keyset *out,
	struct err *e)
{
	struct parse p = { .arena = a, .name = name, .ks = out };
	struct text body;

	*out = (struct keyset){ 0 };
	if (!note_open(note, name, organisation, &body, e))
		return false;
	body = arena_copy(a, body);
	p.rest = body;
	if (!read_head(&p, e) || !read_recipients(&p, e) ||
		!read_collectors(&p, e) || !read_servers(&p, e))
		return false;
	p.line++;
	if (p.rest.len != 0)
		return fault(&p, "a line that does not belong here", e);
	if (!check_recipients(&p, e))
		return false;
	if (!key_is_new(out, organisation->id))
		return err_set(e, ERR_FORMAT,
			"%s: lists the organisation key itself", name);
	/* One text for one keyset: no "007", no second spelling of a key. */
	if (!text_eq(body_of(a, out), body))
		return err_set(e, ERR_FORMAT,
			"%s: not written as a keyset is written", name);
	return true;
}

struct text
keyset_write(struct arena *a, const struct keyset *ks,
	const struct sign_key *organisation)
{
	return note_sign(a, body_of(a, ks), "organisation", organisation);
}

static bool
is_within(struct date day, struct date from, struct date until)
{
	return date_cmp(from, day) <= 0 && date_cmp(day, until) <= 0;
}

bool
keyset_is_valid_on(const struct keyset *ks, struct date today)
{
	return is_within(today, ks->from, ks->until);
}

bool
keyset_server_holds(const struct keyset_server *s, struct date day)
{
	return is_within(day, s->from, s->until);
}

bool
keyset_is_development(const struct keyset *ks)
{
	for (size_t i = 0; i < ks->recipient_count; i++)
		if (text_starts(ks->recipients[i].name, development))
			return true;
	return false;
}

static int
by_id(const void *a, const void *b)
{
	const struct seal_key *x = a, *y = b;

	return memcmp(x->id, y->id, KEY_ID_BYTES);
}

size_t
keyset_recipients(const struct keyset *ks, struct text role,
	struct seal_key *keys)
{
	size_t n = 0, of_role = 0;

	if (text_is(role, reserve))
		return 0;
	for (size_t i = 0; i < ks->recipient_count; i++) {
		bool is_role = text_eq(ks->recipients[i].role, role);

		of_role += is_role;
		if (is_role || text_is(ks->recipients[i].role, reserve))
			keys[n++] = ks->recipients[i].key;
	}
	if (of_role == 0)
		return 0;
	qsort(keys, n, sizeof *keys, by_id);
	return n;
}

const struct keyset_collector *
keyset_collector(const struct keyset *ks, const unsigned char id[KEY_ID_BYTES])
{
	for (size_t i = 0; i < ks->collector_count; i++)
		if (memcmp(ks->collectors[i].key.id, id, KEY_ID_BYTES) == 0)
			return &ks->collectors[i];
	return NULL;
}

const struct keyset_server *
keyset_server(const struct keyset *ks, const unsigned char id[KEY_ID_BYTES])
{
	for (size_t i = 0; i < ks->server_count; i++)
		if (memcmp(ks->servers[i].key.id, id, KEY_ID_BYTES) == 0)
			return &ks->servers[i];
	return NULL;
}
