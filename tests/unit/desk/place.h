/*
 * place: a whole municipality in a temporary directory, for tests of desk/:
 * keys and keyset, a queue behind its real HTTP API, and kundcenter's store.
 */
#ifndef TESTS_DESK_PLACE_H
#define TESTS_DESK_PLACE_H

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "desk/fetch.h"
#include "desk/pull.h"
#include "desk/store.h"
#include "http/httpd.h"
#include "intake/collector.h"
#include "seal/keyfile.h"
#include "seal/keyset.h"
#include "seal/seal.h"

#define UNUSED __attribute__((unused))

struct place {
	struct arena a;
	char dir[32];
	const char *store_dir;
	struct sign_key *organisation;
	struct sign_key *collector;
	struct sign_key *server;
	struct open_key *kundcenter;
	struct open_key *reserve;
	struct keyring *ring;
	struct keyset ks;
	struct text keyset;
	const char *data;       /* the queue's directory */
	struct queue *q;
	struct nonces *nonces;
	struct collector *api;
	struct text head_instead; /* answered to /head if not empty */
	struct text queue_instead; /* and to /queue */
	struct store *store;
	struct pull pulled;     /* what the last pull said */
	unsigned sent;
};

static struct keyset_recipient *
place_recipients(struct place *p)
{
	struct keyset_recipient *r = arena_array(&p->a, 2, sizeof *r);

	r[0] = (struct keyset_recipient){ text_of("kundcenter"),
		text_of("kundcenter-1"), *open_key_public(p->kundcenter) };
	r[1] = (struct keyset_recipient){ text_of("reserve"),
		text_of("reserve-1"), *open_key_public(p->reserve) };
	return r;
}

/* A keyset with this epoch and server key, valid today. */
static void
place_keyset(struct place *p, uint32_t epoch, const struct sign_key *server)
{
	struct date today = date_of(clock_now_s());
	struct date later = date_from_days(date_to_days(today) + 30);
	struct keyset_collector *c = arena_alloc(&p->a, sizeof *c);
	struct keyset_server *s = arena_alloc(&p->a, sizeof *s);

	*c = (struct keyset_collector){ text_of("kundcenter"),
		text_of("collector-1"), *sign_key_public(p->collector) };
	*s = (struct keyset_server){ text_of("server-1"), today, later,
		*sign_key_public(server) };
	p->ks = (struct keyset){ .epoch = epoch, .from = today,
		.until = later, .recipients = place_recipients(p),
		.recipient_count = 2, .collectors = c, .collector_count = 1,
		.servers = s, .server_count = 1 };
	p->keyset = keyset_write(&p->a, &p->ks, p->organisation);
}

/* One server for all tests of a program, as stopping one takes seconds. */
struct place_server {
	struct httpd *httpd;
	int port;
	struct place *place; /* the one it answers for */
};

static struct place_server place_server;

static void
place_answer(void *context, struct request *rq, struct response *rs)
{
	struct place *p = ((struct place_server *)context)->place;

	if (!p || !p->api) {
		rs->status = 503;
		return;
	}
	if (text_is(rq->path, "/api/v1/head"))
		collector_head(p->api, rq, rs);
	else if (text_is(rq->path, "/api/v1/queue"))
		collector_queue(p->api, rq, rs);
	else if (text_is(rq->path, "/api/v1/chain"))
		collector_chain(p->api, rq, rs);
	else if (text_is(rq->path, "/api/v1/ack"))
		collector_ack(p->api, rq, rs);
	else if (text_is(rq->path, "/api/v1/keyset"))
		collector_keyset(p->api, rq, rs);
	else
		rs->status = 404;
	if (p->head_instead.len && text_is(rq->path, "/api/v1/head"))
		rs->body = p->head_instead;
	if (p->queue_instead.len && text_is(rq->path, "/api/v1/queue"))
		rs->body = p->queue_instead;
}

static void
place_refuse(void *context, int status, struct arena *a, struct response *rs)
{
	(void)context;
	(void)a;
	rs->status = status;
}

UNUSED static int
place_begin(void **state)
{
	struct httpd_config c = { .host = "127.0.0.1", .threads = 2,
		.handle = place_answer, .refuse = place_refuse,
		.context = &place_server };
	struct err e;

	(void)state;
	return httpd_start(&c, &place_server.httpd, &place_server.port, &e)
		? 0 : -1;
}

UNUSED static int
place_end(void **state)
{
	(void)state;
	httpd_stop(place_server.httpd, 1000);
	return 0;
}

/* Opens the queue in p->data and serves it. */
static bool
place_serve(struct place *p, const struct sign_key *server)
{
	struct err e;

	if (!queue_open(p->data, &p->q, &e))
		return false;
	p->nonces = nonces_open();
	p->api = collector_open(p->q, &p->ks, p->keyset, server, "server-1",
		p->nonces);
	place_server.place = p;
	return true;
}

static void
place_stop(struct place *p)
{
	place_server.place = NULL;
	collector_close(p->api);
	nonces_close(p->nonces);
	queue_close(p->q);
	p->api = NULL;
	p->nonces = NULL;
	p->q = NULL;
}

UNUSED static int
place_setup(void **state)
{
	struct place *p = calloc(1, sizeof *p);
	const char *keys;
	struct err e = { 0 };

	*state = p;
	arena_init(&p->a, false);
	memcpy(p->dir, "/tmp/blankett-desk-XXXXXX", 26);
	if (!mkdtemp(p->dir))
		return -1;
	keys = fs_join(&p->a, p->dir, "keys");
	p->data = fs_join(&p->a, p->dir, "data");
	p->store_dir = fs_join(&p->a, p->dir, "store");
	p->organisation = sign_key_new();
	p->collector = sign_key_new();
	p->server = sign_key_new();
	p->kundcenter = open_key_new();
	p->reserve = open_key_new();
	place_keyset(p, 1, p->server);
	if (!fs_mkdirs(keys, 0700, &e) ||
		!open_key_save(p->kundcenter, fs_join(&p->a, keys,
			"kundcenter.key"), "kundcenter", text_of(""), &e) ||
		!keyring_open(keys, text_of(""), &p->ring, &e) ||
		!place_serve(p, p->server) ||
		!store_open(p->store_dir, STORE_MAKE, &p->store, &e)) {
		(void)printf("# %s\n", e.text);
		return -1;
	}
	return 0;
}

UNUSED static int
place_teardown(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	bool removed;

	store_close(p->store);
	place_stop(p);
	keyring_close(p->ring);
	sign_key_close(p->organisation);
	sign_key_close(p->collector);
	sign_key_close(p->server);
	open_key_close(p->kundcenter);
	open_key_close(p->reserve);
	removed = fs_remove_tree(p->dir, &e);
	arena_release(&p->a);
	free(p);
	return removed ? 0 : -1;
}

/* ---- what people send ------------------------------------------------- */

/* One thing to send; what is left out is filled in. */
struct sending {
	const char *form;
	const char *role;
	const char *answers; /* JSON list */
	const char *inside;  /* the whole JSON instead */
	const char *earlier;
	const char *file_meta; /* JSON; one file */
	const char *file_bytes;
	enum envelope_mode mode;
	bool to_strangers;   /* sealed to keys that nobody here has */
	bool misfiled;       /* stored under another subid than it says */
};

UNUSED static struct text
place_inside(struct place *p, const struct sending *s,
	const unsigned char *subid, const struct hash *form_hash)
{
	return s->inside ? text_of(s->inside) : arena_printf(&p->a,
		"{\"form\":\"%s\",\"title\":\"Lämna en synpunkt\",\"lang\":"
		"\"sv\",\"form_hash\":\"%s\",\"reference\":\"%s\","
		"\"retain_days\":90,\"answer_days\":10,\"answers\":%s}",
		s->form, hex_encode(&p->a, form_hash->b, HASH_BYTES).p,
		reference_text(&p->a, text_of("SYN"), subid).p,
		s->answers ? s->answers : "[{\"id\":\"meddelande\","
			"\"question\":\"Vad vill du säga?\",\"type\":"
			"\"long-text\",\"value\":\"hej\"}]");
}

/* Seals it as a server or a browser does. */
UNUSED static struct text
place_seal(struct place *p, const struct sending *s,
	const unsigned char *subid, struct hash *envelope_hash)
{
	struct hash form_hash = hash_bytes(text_of(s->form));
	struct seal_meta meta = { s->mode, subid, form_hash,
		text_of(s->form), 1 };
	struct seal_key keys[KEYSET_RECIPIENTS_MAX];
	struct keyset ks = p->ks;
	struct open_key *strangers[2] = { open_key_new(), open_key_new() };
	struct text reply = { (const char *)form_hash.b, 32 };
	struct text sealed;
	struct sealer *sealer;
	struct buf b;
	struct err e;
	size_t n;

	ks.recipients = place_recipients(p);
	for (size_t i = 0; s->to_strangers && i < 2; i++)
		ks.recipients[i].key = *open_key_public(strangers[i]);
	n = keyset_recipients(&ks, text_of("kundcenter"), keys);
	buf_init(&b, ENVELOPE_MAX);
	if (!seal_open(&meta, keys, n, &b, &sealer, &e))
		abort();
	seal_record(sealer, RECORD_ANSWERS,
		place_inside(p, s, subid, &form_hash));
	seal_record(sealer, RECORD_REPLY_KEY, reply);
	if (s->earlier)
		seal_record(sealer, RECORD_EARLIER, text_of(s->earlier));
	if (s->file_meta) {
		seal_record(sealer, RECORD_FILE, text_of(s->file_meta));
		seal_record(sealer, RECORD_FILE_BYTES,
			text_of(s->file_bytes));
	}
	if (!seal_close(sealer, envelope_hash, &e))
		abort();
	sealed = arena_copy(&p->a, buf_view(&b));
	buf_release(&b);
	open_key_close(strangers[0]);
	open_key_close(strangers[1]);
	return sealed;
}

/* Puts it into the queue; gives its subid. */
UNUSED static const unsigned char *
place_send_as(struct place *p, struct sending s)
{
	struct queue_item item = { .role = text_of(s.role ? s.role
		: "kundcenter") };
	enum queue_put_result result;
	struct queue_receipt receipt;
	unsigned char *subid = arena_alloc(&p->a, SUBID_BYTES);
	struct err e = { 0 };

	if (!s.form)
		s.form = "synpunkt";
	random_bytes(subid, SUBID_BYTES);
	memcpy(item.subid, subid, SUBID_BYTES);
	item.form_id = text_of(s.form);
	item.envelope = place_seal(p, &s, subid, &item.envelope_hash);
	if (s.misfiled)
		item.subid[0] ^= 1;
	if (!queue_put(p->q, &item, &result, &receipt, &e))
		fail_msg("%s", e.text);
	p->sent++;
	return subid;
}

UNUSED static const unsigned char *
place_send(struct place *p)
{
	return place_send_as(p, (struct sending){ .form = "synpunkt" });
}

/* ---- kundcenter ------------------------------------------------------- */

UNUSED static struct fetch *
place_fetch(struct place *p)
{
	struct fetch *f;
	struct err e = { 0 };

	if (!fetch_open(arena_printf(&p->a, "http://127.0.0.1:%d",
		place_server.port).p, p->collector, &f, &e))
		fail_msg("%s", e.text);
	return f;
}

UNUSED static bool
place_pull_with(struct place *p, bool accept_restored, struct err *e)
{
	struct fetch *f = place_fetch(p);
	bool ok;

	p->pulled = (struct pull){ .store = p->store, .fetch = f,
		.collector = p->collector,
		.organisation = sign_key_public(p->organisation),
		.ring = p->ring, .accept_restored = accept_restored };
	ok = pull_run(&p->pulled, e);
	fetch_close(f);
	return ok;
}

UNUSED static void
place_pull(struct place *p)
{
	struct err e = { 0 };

	if (!place_pull_with(p, false, &e))
		fail_msg("%s", e.text);
	if (p->pulled.damaged)
		fail_msg("%s", p->pulled.fault.text);
}

/* The store as the next command will find it. */
UNUSED static void
place_reopen(struct place *p)
{
	struct err e = { 0 };

	store_close(p->store);
	p->store = NULL;
	if (!store_open(p->store_dir, STORE_WRITE, &p->store, &e))
		fail_msg("%s", e.text);
}

/* SQL behind the server's back. */
UNUSED static void
place_meddle(struct place *p, const char *statements)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(fs_join(&p->a, p->data, "queue.db"),
		&db), SQLITE_OK);
	if (sqlite3_exec(db, statements, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	(void)sqlite3_close(db);
}

#endif
