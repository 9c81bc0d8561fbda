/* tests of intake/collector: who gets what, and who gets nothing. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "http/signed.h"
#include "intake/collector.h"
#include "queue/head.h"
#include "seal/note.h"

/* A queue with two roles, a keyset with a collector each, and a server. */
struct place {
	struct arena a;
	char dir[32];
	struct queue *q;
	struct sign_key *server;
	struct sign_key *kundcenter;
	struct sign_key *lexsarah;
	struct keyset_collector collectors[2];
	struct keyset ks;
	struct collector *c;
	struct nonces *nonces;
};

static void
put(struct place *p, const char *role, unsigned char n)
{
	struct queue_item item = { .role = text_of(role),
		.form_id = text_of("synpunkt"), .subid = { n } };
	enum queue_put_result result;
	struct queue_receipt receipt;
	struct err e = { 0 };

	item.envelope = arena_printf(&p->a, "envelope %d", n);
	item.envelope_hash = hash_bytes(item.envelope);
	assert_true(queue_put(p->q, &item, &result, &receipt, &e));
}

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof *p);
	struct err e = { 0 };

	*state = p;
	arena_init(&p->a, false);
	memcpy(p->dir, "/tmp/blankett-api-XXXXXX", 25);
	if (!mkdtemp(p->dir) || !queue_open(p->dir, &p->q, &e))
		return -1;
	p->server = sign_key_new();
	p->kundcenter = sign_key_new();
	p->lexsarah = sign_key_new();
	p->collectors[0] = (struct keyset_collector){ text_of("kundcenter"),
		text_of("one"), *sign_key_public(p->kundcenter) };
	p->collectors[1] = (struct keyset_collector){ text_of("lexsarah"),
		text_of("two"), *sign_key_public(p->lexsarah) };
	p->ks.collectors = p->collectors;
	p->ks.collector_count = 2;
	p->nonces = nonces_open();
	p->c = collector_open(p->q, &p->ks, text_of("the keyset\n"),
		p->server, "server-1", p->nonces);
	return 0;
}

static int
teardown(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	bool removed;

	collector_close(p->c);
	nonces_close(p->nonces);
	queue_close(p->q);
	sign_key_close(p->server);
	sign_key_close(p->kundcenter);
	sign_key_close(p->lexsarah);
	removed = fs_remove_tree(p->dir, &e);
	arena_release(&p->a);
	free(p);
	return removed ? 0 : -1;
}

/* ---- requests --------------------------------------------------------- */

struct call {
	const char *method;
	const char *target;
	struct text body;
	const struct sign_key *key; /* NULL: not signed */
	int64_t time_s;             /* 0: now */
	struct text header;         /* as it is, instead of key and time */
};

struct upload {
	struct text rest;
};

static size_t
read_upload(void *context, void *to, size_t max)
{
	struct upload *u = context;
	size_t n = u->rest.len < max ? u->rest.len : max;

	memcpy(to, u->rest.p, n);
	u->rest = text_from(u->rest, n);
	return n;
}

static void
run(struct place *p, struct request *rq, struct response *rs)
{
	if (text_is(rq->path, "/api/v1/head"))
		collector_head(p->c, rq, rs);
	else if (text_is(rq->path, "/api/v1/queue"))
		collector_queue(p->c, rq, rs);
	else if (text_is(rq->path, "/api/v1/chain"))
		collector_chain(p->c, rq, rs);
	else if (text_is(rq->path, "/api/v1/ack"))
		collector_ack(p->c, rq, rs);
	else
		collector_keyset(p->c, rq, rs);
}

static struct text
sign_call(struct place *p, const struct call *call)
{
	return signed_make(&p->a, call->key, call->method,
		text_of(call->target), call->body,
		call->time_s ? call->time_s : clock_now_s());
}

static struct response
make(struct place *p, const struct call *call)
{
	struct upload upload = { call->body };
	struct request_source source = { .read = read_upload,
		.context = &upload };
	struct request_field fields[3] = {
		{ text_of("Host"), text_of("a") },
		{ text_of("Content-Length"),
			arena_printf(&p->a, "%zu", call->body.len) },
		{ text_of("Authorization"), call->header },
	};
	struct request_head head = { text_of(call->method),
		text_of(call->target), text_of("1.1"), fields, 2 };
	struct request rq;
	struct response rs;

	if (call->key)
		fields[2].value = sign_call(p, call);
	if (fields[2].value.len)
		head.field_count = 3;
	assert_int_equal(request_init(&rq, &p->a, &head), 0);
	rq.source = &source;
	rq.deadline_ms = clock_monotonic_ms() + 10000;
	response_init(&rs);
	run(p, &rq, &rs);
	return rs;
}

static struct response
get(struct place *p, const struct sign_key *key, const char *target)
{
	struct call call = { .method = "GET", .target = target, .key = key };

	return make(p, &call);
}

static struct text
extra(const struct response *rs, const char *name)
{
	for (size_t i = 0; i < rs->extra_count; i++)
		if (strcmp(rs->extra[i].name, name) == 0)
			return rs->extra[i].value;
	return text_of("");
}

static void
assert_says(const struct response *rs, int status, const char *what)
{
	assert_int_equal(rs->status, status);
	if (text_search(rs->body, what) == rs->body.len)
		fail_msg("%.*s", (int)rs->body.len, rs->body.p);
}

/* ---- what a collector gets -------------------------------------------- */

static void
the_head_is_signed_by_the_server(void **state)
{
	struct place *p = *state;
	struct response rs;
	struct queue_head signed_head;
	struct queue_head head;
	struct text body;
	struct err e = { 0 };

	put(p, "kundcenter", 1);
	rs = get(p, p->kundcenter, "/api/v1/head");
	assert_int_equal(rs.status, 200);
	assert_true(note_open(rs.body, "head", sign_key_public(p->server),
		&body, &e));
	assert_true(head_read(body, &signed_head, &e));
	assert_true(queue_head(p->q, &head, &e));
	assert_int_equal(signed_head.size, 1);
	assert_true(hash_eq(&signed_head.chain, &head.chain));
	assert_memory_equal(signed_head.incarnation, head.incarnation, 16);
	assert_true(clock_now_s() - signed_head.time_s < 60);
}

static void
the_keyset_is_given_as_it_is(void **state)
{
	struct place *p = *state;
	struct response rs = get(p, p->kundcenter, "/api/v1/keyset");

	assert_int_equal(rs.status, 200);
	assert_true(text_is(rs.body, "the keyset\n"));
}

/* Counts the frames of a stream. */
static void
count_frames(struct text rest, size_t *leaves, size_t *envelopes)
{
	*leaves = *envelopes = 0;
	while (rest.len) {
		struct frame f;
		struct err e = { 0 };

		assert_true(frame_next(&rest, &f, &e));
		*leaves += f.is_leaf;
		*envelopes += f.envelope.len > 0;
	}
}

static void
a_collector_fetches_its_own_role(void **state)
{
	struct place *p = *state;
	struct response rs;
	size_t leaves;
	size_t envelopes;
	struct queue_head head;
	struct err e = { 0 };

	put(p, "kundcenter", 1);
	put(p, "lexsarah", 2);
	put(p, "kundcenter", 3);
	rs = get(p, p->kundcenter, "/api/v1/queue?after=0");
	assert_int_equal(rs.status, 200);
	assert_true(text_is(extra(&rs, "Blankett-Last"), "3"));
	count_frames(rs.body, &leaves, &envelopes);
	assert_int_equal(leaves, 1);
	assert_int_equal(envelopes, 2);
	/* It was logged, once. */
	assert_true(queue_head(p->q, &head, &e));
	assert_int_equal(head.size, 4);
	rs = get(p, p->kundcenter, "/api/v1/queue?after=4");
	assert_true(text_is(extra(&rs, "Blankett-Last"), "4"));
	assert_int_equal(rs.body.len, 0);
	rs = get(p, p->kundcenter, "/api/v1/queue?after=0");
	assert_true(queue_head(p->q, &head, &e));
	assert_int_equal(head.size, 4);
	rs = get(p, p->lexsarah, "/api/v1/queue?after=0");
	count_frames(rs.body, &leaves, &envelopes);
	assert_int_equal(leaves, 3);
	assert_int_equal(envelopes, 1);
}

static void
the_chain_is_given_whole_and_without_envelopes(void **state)
{
	struct place *p = *state;
	struct response rs;
	struct queue_head head;
	struct err e = { 0 };

	put(p, "kundcenter", 1);
	put(p, "lexsarah", 2);
	put(p, "kundcenter", 3);
	rs = get(p, p->kundcenter, "/api/v1/chain?after=1");
	assert_int_equal(rs.status, 200);
	assert_true(text_is(extra(&rs, "Blankett-Last"), "3"));
	assert_int_equal(rs.body.len, 2 * LINK_BYTES);
	/* Looking at the chain is not fetching. */
	assert_true(queue_head(p->q, &head, &e));
	assert_int_equal(head.size, 3);
	rs = get(p, p->kundcenter, "/api/v1/chain");
	assert_says(&rs, 400, "the query must be after=N");
}

static struct response
ack(struct place *p, const struct sign_key *key, struct text subids)
{
	struct call call = { .method = "POST", .target = "/api/v1/ack",
		.key = key, .body = subids };

	return make(p, &call);
}

static void
an_acknowledgement_counts_once_and_for_its_role_only(void **state)
{
	struct place *p = *state;
	static const unsigned char subids[3][SUBID_BYTES] = { { 1 }, { 2 },
		{ 9 } };
	struct text body = { (const char *)subids, sizeof subids };
	struct response rs;

	put(p, "kundcenter", 1);
	put(p, "lexsarah", 2);
	rs = ack(p, p->kundcenter, body);
	assert_says(&rs, 200, "{\"acknowledged\":1}");
	rs = ack(p, p->kundcenter, body);
	assert_says(&rs, 200, "{\"acknowledged\":0}");
	rs = ack(p, p->lexsarah, body);
	assert_says(&rs, 200, "{\"acknowledged\":1}");
}

static void
the_log_holds_the_hash_of_the_signed_request(void **state)
{
	struct place *p = *state;
	static const unsigned char subid[SUBID_BYTES] = { 1 };
	struct call call = { .method = "POST", .target = "/api/v1/ack",
		.key = p->kundcenter, .body = { (const char *)subid, 16 } };
	struct signed_header h;
	struct hash want;
	struct text rest;
	struct frame f;
	struct response rs;
	struct err e = { 0 };

	put(p, "kundcenter", 1);
	call.header = sign_call(p, &call);
	call.key = NULL;
	rs = make(p, &call);
	assert_int_equal(rs.status, 200);
	assert_true(signed_parse(call.header, &h, &e));
	want = hash_bytes(signed_message(&p->a, "POST",
		text_of("/api/v1/ack"), call.body, h.time_s, h.nonce));
	rs = get(p, p->kundcenter, "/api/v1/queue?after=1");
	rest = rs.body;
	assert_true(frame_next(&rest, &f, &e));
	assert_int_equal(f.entry.kind, ENTRY_ACK);
	assert_true(hash_eq(&f.entry.hash, &want));
	assert_memory_equal(f.entry.key_id, h.key_id, KEY_ID_BYTES);
}

/* ---- what nobody gets -------------------------------------------------- */

static void
an_unsigned_or_unknown_caller_gets_401(void **state)
{
	struct place *p = *state;
	static const char *const targets[] = { "/api/v1/head",
		"/api/v1/queue?after=0", "/api/v1/keyset",
		"/api/v1/chain?after=0" };
	struct sign_key *stranger = sign_key_new();
	struct call garbage = { .method = "GET", .target = targets[0],
		.header = text_of("Blankett key=00") };
	struct response rs;

	for (size_t i = 0; i < 4; i++) {
		rs = get(p, NULL, targets[i]);
		assert_says(&rs, 401, "not signed as it must be");
		assert_true(text_is(extra(&rs, "WWW-Authenticate"),
			"Blankett"));
		rs = get(p, stranger, targets[i]);
		assert_says(&rs, 401, "signed by no collector");
	}
	rs = make(p, &garbage);
	assert_says(&rs, 401, "not signed as it must be");
	rs = ack(p, stranger, text_of("0123456789abcdef"));
	assert_says(&rs, 401, "signed by no collector");
	sign_key_close(stranger);
}

static void
a_signature_for_another_request_gets_401(void **state)
{
	struct place *p = *state;
	struct call call = { .method = "GET",
		.target = "/api/v1/queue?after=0", .key = p->kundcenter };
	struct response rs;

	call.header = sign_call(p, &call);
	call.key = NULL;
	call.target = "/api/v1/queue?after=1";
	rs = make(p, &call);
	assert_says(&rs, 401, "the signature does not hold");
	/* It has not used up the nonce of the right one. */
	call.target = "/api/v1/queue?after=0";
	rs = make(p, &call);
	assert_int_equal(rs.status, 200);
}

static void
a_repeated_request_gets_401(void **state)
{
	struct place *p = *state;
	struct call call = { .method = "GET", .target = "/api/v1/head",
		.key = p->kundcenter };
	struct response rs;

	call.header = sign_call(p, &call);
	call.key = NULL;
	rs = make(p, &call);
	assert_int_equal(rs.status, 200);
	for (size_t i = 0; i < 3; i++) {
		rs = make(p, &call);
		assert_says(&rs, 401, "has been made before");
	}
}

static const struct {
	int64_t off_s;
	const char *fault;
} clocks[] = {
	{ -SIGNED_WINDOW_S - 5, "differ by more than 5 minutes" },
	{ SIGNED_WINDOW_S + 5, "differ by more than 5 minutes" },
	{ -100, "signed before the server started" },
	{ SIGNED_WINDOW_S - 5, NULL },
};

static void
a_request_from_another_time_gets_401(void **state)
{
	struct place *p = *state;

	for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
		struct call call = { .method = "GET",
			.target = "/api/v1/head", .key = p->kundcenter,
			.time_s = clock_now_s() + clocks[i].off_s };
		struct response rs = make(p, &call);

		if (clocks[i].fault)
			assert_says(&rs, 401, clocks[i].fault);
		else
			assert_int_equal(rs.status, 200);
	}
}

static void
nonces_are_remembered_up_to_a_number(void **state)
{
	struct place *p = *state;
	struct response rs = { 0 };
	size_t n = 0;

	while (rs.status != 429 && n < 10000) {
		rs = get(p, p->kundcenter, "/api/v1/keyset");
		n++;
	}
	assert_int_equal(n, 4097);
	assert_false(text_is(extra(&rs, "Retry-After"), ""));
}

static void
a_wrong_query_or_body_gets_400(void **state)
{
	struct place *p = *state;
	static const char *const targets[] = { "/api/v1/queue",
		"/api/v1/queue?", "/api/v1/queue?after=",
		"/api/v1/queue?after=-1", "/api/v1/queue?after=1&x=2",
		"/api/v1/queue?AFTER=1",
		"/api/v1/queue?after=9223372036854775808" };
	struct response rs;
	char *large = arena_alloc(&p->a, 65536 + 16);

	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		struct call call = { .method = "GET", .target = targets[i],
			.key = p->kundcenter };

		/* An empty query is signed as none. */
		if (strcmp(targets[i], "/api/v1/queue?") == 0)
			call.target = targets[0];
		rs = make(p, &call);
		assert_says(&rs, 400, "the query must be after=N");
	}
	rs = ack(p, p->kundcenter, text_of(""));
	assert_says(&rs, 400, "subids of 16 bytes");
	rs = ack(p, p->kundcenter, text_of("0123456789abcde"));
	assert_says(&rs, 400, "subids of 16 bytes");
	rs = ack(p, p->kundcenter, (struct text){ large, 65536 });
	assert_int_equal(rs.status, 200);
	rs = ack(p, p->kundcenter, (struct text){ large, 65536 + 16 });
	assert_int_equal(rs.status, 413);
}

static void
head_requests_are_not_answered(void **state)
{
	struct place *p = *state;
	struct call call = { .method = "HEAD",
		.target = "/api/v1/queue?after=0", .key = p->kundcenter };
	struct response rs = make(p, &call);

	assert_int_equal(rs.status, 405);
	assert_true(text_is(extra(&rs, "Allow"), "GET"));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_head_is_signed_by_the_server),
		TEST(the_keyset_is_given_as_it_is),
		TEST(a_collector_fetches_its_own_role),
		TEST(the_chain_is_given_whole_and_without_envelopes),
		TEST(an_acknowledgement_counts_once_and_for_its_role_only),
		TEST(the_log_holds_the_hash_of_the_signed_request),
		TEST(an_unsigned_or_unknown_caller_gets_401),
		TEST(a_signature_for_another_request_gets_401),
		TEST(a_repeated_request_gets_401),
		TEST(a_request_from_another_time_gets_401),
		TEST(nonces_are_remembered_up_to_a_number),
		TEST(a_wrong_query_or_body_gets_400),
		TEST(head_requests_are_not_answered),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
