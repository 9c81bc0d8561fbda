/* collector: the API that kundcenter's machine fetches from. */
#include "intake/collector.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "http/signed.h"
#include "queue/head.h"
#include "seal/envelope.h"
#include "seal/note.h"
#include "base/banned.h"

enum {
	LINKS_MAX = 16 * 1024,           /* in one answer */
	STREAM_BYTES = 1024 * 1024,      /* about as much in one answer, */
	STREAM_MAX = STREAM_BYTES + ENVELOPE_MAX + 4096, /* and at most */
	RETRY_S = 30
};

struct collector {
	struct queue *queue;
	const struct keyset *keyset;
	struct text keyset_file;
	const struct sign_key *server;
	const char *server_name;
	struct nonces *nonces;
};

struct collector *
collector_open(struct queue *q, const struct keyset *ks,
	struct text keyset_file, const struct sign_key *server,
	const char *server_name, struct nonces *nonces)
{
	struct collector *c = calloc(1, sizeof *c);

	if (!c)
		abort();
	c->queue = q;
	c->keyset = ks;
	c->keyset_file = keyset_file;
	c->server = server;
	c->server_name = server_name;
	c->nonces = nonces;
	return c;
}

void
collector_close(struct collector *c)
{
	free(c);
}

/* ---- answers --------------------------------------------------------- */

static void
answer_json(struct request *rq, struct response *rs, int status,
	const struct value *v)
{
	struct buf b;

	buf_init(&b, 4096);
	json_put(&b, v);
	buf_char(&b, '\n');
	rs->status = status;
	rs->content_type = "application/json";
	rs->body = arena_copy(rq->arena, buf_view(&b));
	buf_release(&b);
}

static void
refuse(struct request *rq, struct response *rs, int status, const char *why)
{
	struct value *v = value_map(rq->arena);

	value_set_str(rq->arena, v, "error", text_of(why));
	answer_json(rq, rs, status, v);
	if (status == 401)
		response_add(rs, "WWW-Authenticate", text_of("Blankett"));
	if (status == 503 || status == 429)
		response_add(rs, "Retry-After",
			arena_printf(rq->arena, "%d", RETRY_S));
	log_warn("collector", "status=%d rule=\"%s\"", status, why);
}

/* What the queue could not do; its own line is for the operator. */
static void
refuse_queue(struct request *rq, struct response *rs, const struct err *e)
{
	log_error("collector", "fault=\"%s\"", e->text);
	refuse(rq, rs, 503, e->kind == ERR_LIMIT
		? "the queue is busy; try again" : e->text);
}

/* ---- who asks -------------------------------------------------------- */

static bool
is_fresh(struct collector *c, const struct signed_header *h,
	struct request *rq, struct response *rs)
{
	int64_t now = clock_now_s();

	if (h->time_s < now - SIGNED_WINDOW_S ||
		h->time_s > now + SIGNED_WINDOW_S) {
		refuse(rq, rs, 401, "the clocks differ by more than 5 minutes");
		return false;
	}
	switch (nonces_use(c->nonces, h, now)) {
	case NONCE_NEW:
		return true;
	case NONCE_EARLY:
		refuse(rq, rs, 401, "signed before the server started, by "
			"the server's clock; try again");
		break;
	case NONCE_USED:
		refuse(rq, rs, 401, "this request has been made before");
		break;
	case NONCE_FULL:
		refuse(rq, rs, 429, "too many requests; try again");
		break;
	}
	return false;
}

/* One request that has proved who sends it. */
struct caller {
	const struct keyset_collector *who;
	struct hash request_hash; /* of the six lines that are signed */
};

static bool
authorise(struct collector *c, struct request *rq, struct response *rs,
	struct text body, struct caller *out)
{
	const char *method = rq->method == METHOD_POST ? "POST" : "GET";
	struct text target = rq->path;
	struct signed_header h;
	struct err e = { 0 };

	if (rq->query.len)
		target = arena_printf(rq->arena, "%.*s?%.*s",
			(int)rq->path.len, rq->path.p, (int)rq->query.len,
			rq->query.p);
	if (!signed_parse(request_header(rq, "Authorization"), &h, &e)) {
		refuse(rq, rs, 401, e.text);
		return false;
	}
	out->who = keyset_collector(c->keyset, h.key_id);
	if (!out->who) {
		refuse(rq, rs, 401, "signed by no collector of the keyset");
		return false;
	}
	if (!signed_holds(rq->arena, &h, &out->who->key, method, target,
		body)) {
		refuse(rq, rs, 401, "the signature does not hold");
		return false;
	}
	out->request_hash = hash_bytes(signed_message(rq->arena, method,
		target, body, h.time_s, h.nonce));
	return is_fresh(c, &h, rq, rs);
}

/* HEAD would use up a nonce and log a fetch for nothing. */
static bool
authorise_get(struct collector *c, struct request *rq, struct response *rs,
	struct caller *out)
{
	if (rq->method == METHOD_HEAD) {
		refuse(rq, rs, 405, "only GET");
		response_add(rs, "Allow", text_of("GET"));
		return false;
	}
	return authorise(c, rq, rs, text_of(""), out);
}

/* ---- the routes ------------------------------------------------------ */

void
collector_head(struct collector *c, struct request *rq, struct response *rs)
{
	struct caller caller;
	struct queue_head h;
	struct err e = { 0 };

	if (!authorise_get(c, rq, rs, &caller))
		return;
	if (!queue_head(c->queue, &h, &e)) {
		refuse_queue(rq, rs, &e);
		return;
	}
	rs->body = note_sign(rq->arena, head_write(rq->arena, &h,
		clock_now_s()), c->server_name, c->server);
	rs->content_type = "text/plain; charset=utf-8";
}

void
collector_keyset(struct collector *c, struct request *rq, struct response *rs)
{
	struct caller caller;

	if (!authorise_get(c, rq, rs, &caller))
		return;
	rs->content_type = "text/plain; charset=utf-8";
	rs->body = c->keyset_file;
}

/* Reads exactly "after=N". */
static bool
read_after(struct text query, uint64_t *after)
{
	int64_t n;

	if (!text_starts(query, "after=") ||
		!text_to_int(text_from(query, 6), 0, INT64_MAX, &n))
		return false;
	*after = (uint64_t)n;
	return true;
}

/* A binary answer: what is in b, and the last seq in it. */
static void
answer_stream(struct request *rq, struct response *rs, const struct buf *b,
	uint64_t last)
{
	rs->content_type = "application/octet-stream";
	rs->body = arena_copy(rq->arena, buf_view(b));
	response_add(rs, "Blankett-Last", arena_printf(rq->arena, "%llu",
		(unsigned long long)last));
}

/* Signed, and with after=N in its query. */
static bool
begin_stream(struct collector *c, struct request *rq, struct response *rs,
	struct caller *caller, uint64_t *after)
{
	if (!authorise_get(c, rq, rs, caller))
		return false;
	if (read_after(rq->query, after))
		return true;
	refuse(rq, rs, 400, "the query must be after=N");
	return false;
}

void
collector_queue(struct collector *c, struct request *rq, struct response *rs)
{
	struct caller caller;
	struct buf b;
	uint64_t after;
	uint64_t last;
	struct err e = { 0 };

	if (!begin_stream(c, rq, rs, &caller, &after))
		return;
	buf_init(&b, STREAM_MAX);
	/* What cannot be logged as fetched is not given out. */
	if (!queue_read(c->queue, after, caller.who->role, STREAM_BYTES, &b,
		&last, &e) || (last > after && !queue_note_fetch(c->queue,
			caller.who->role, caller.who->key.id, last, &e))) {
		refuse_queue(rq, rs, &e);
	} else {
		answer_stream(rq, rs, &b, last);
		log_info("fetch", "role=%.*s after=%llu last=%llu bytes=%zu",
			(int)caller.who->role.len, caller.who->role.p,
			(unsigned long long)after, (unsigned long long)last,
			b.len);
	}
	buf_release(&b);
}

void
collector_chain(struct collector *c, struct request *rq, struct response *rs)
{
	struct caller caller;
	struct buf b;
	uint64_t after;
	uint64_t last;
	struct err e = { 0 };

	if (!begin_stream(c, rq, rs, &caller, &after))
		return;
	buf_init(&b, (size_t)LINKS_MAX * LINK_BYTES);
	if (queue_links(c->queue, after, LINKS_MAX, &b, &last, &e))
		answer_stream(rq, rs, &b, last);
	else
		refuse_queue(rq, rs, &e);
	buf_release(&b);
}

void
collector_ack(struct collector *c, struct request *rq, struct response *rs)
{
	struct caller caller;
	struct text body;
	struct value *v;
	size_t count;
	struct err e = { 0 };

	if (!request_body(rq, (size_t)QUEUE_ACK_MAX * SUBID_BYTES, &body, &e)) {
		refuse(rq, rs, e.kind == ERR_LIMIT ? 413 : 408, e.text);
		return;
	}
	if (!authorise(c, rq, rs, body, &caller))
		return;
	if (body.len == 0 || body.len % SUBID_BYTES != 0) {
		refuse(rq, rs, 400, "the body must be subids of 16 bytes");
		return;
	}
	if (!queue_ack(c->queue, caller.who->role, caller.who->key.id,
		(const unsigned char *)body.p, body.len / SUBID_BYTES,
		&caller.request_hash, &count, &e)) {
		refuse_queue(rq, rs, &e);
		return;
	}
	log_info("ack", "role=%.*s asked=%zu acknowledged=%zu",
		(int)caller.who->role.len, caller.who->role.p,
		body.len / SUBID_BYTES, count);
	v = value_map(rq->arena);
	(void)value_set(rq->arena, v, "acknowledged",
		value_int(rq->arena, (int64_t)count));
	answer_json(rq, rs, 200, v);
}
