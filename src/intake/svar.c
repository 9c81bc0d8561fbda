/* svar: a code in, the state of one case out; nothing of it in a URL. */
#include "intake/svar.h"

#include "base/log.h"
#include "http/postdata.h"
#include "intake/answer.h"
#include "intake/intake.h"
#include "seal/token.h"
#include "base/banned.h"

enum { CODE_BODY_MAX = 4096 };

struct state_row {
	enum queue_state state;
	const char *name; /* the theme's words are at "state_NAME" */
};

static const struct state_row states[] = {
	{ QUEUE_RECEIVED, "received" },
	{ QUEUE_FETCHED, "fetched" },
	{ QUEUE_ACKED, "fetched" },
	{ QUEUE_DELETED, "erased" },
};

enum { STATES = sizeof states / sizeof states[0] };

static struct text
state_text(struct arena *a, const struct value *data,
	const struct value *found)
{
	struct text state = value_get_text(found, "state");

	return value_get_text(value_get(data, "words"),
		arena_printf(a, "state_%.*s", (int)state.len, state.p).p);
}

/* The page with a case, or with the box for a code. */
static void
show(struct intake *in, struct request *rq, struct response *rs,
	struct value *found, int status)
{
	const struct intake_config *c = &in->config;
	struct value *data;
	struct err e = { 0 };

	if (!c->common(c->context, rq->arena, answer_lang(rq->path), rq->path,
			&data, &e)) {
		log_error("svar", "fault=\"%s\"", e.text);
		answer_message(in, rq, rs, 503);
		return;
	}
	value_set_bool(rq->arena, data, "error", status == 404);
	(void)value_set(rq->arena, data, "case",
		found ? found : value_null(rq->arena));
	if (found)
		value_set_str(rq->arena, found, "state_text",
			state_text(rq->arena, data, found));
	answer_page(in, rq, rs, "svar", data, status, answer_cache_receipt);
}

void
svar_ask(void *context, struct request *rq, struct response *rs)
{
	struct intake *in = context;

	if (!pages_answer(in->config.pages, rq, rs))
		show(in, rq, rs, NULL, 200);
}

/*
 * The code is never compared with anything: what is looked up is derived
 * from it one-way, so the time a look-up takes tells nothing about it.
 */
static bool
find_case(struct intake *in, struct request *rq, struct text code,
	struct value **found, struct err *e)
{
	struct token token;
	struct token_parts parts;
	enum queue_state state = QUEUE_UNKNOWN;
	struct queue_receipt receipt;
	struct hash commit;
	bool ok = true;

	*found = NULL;
	if (!token_parse(code, &token))
		return true;
	token_derive(&token, &parts);
	secret_wipe(&token, sizeof token);
	ok = queue_find(in->config.queue, parts.subid, &state, &commit,
		&receipt, e);
	secret_wipe(&parts, sizeof parts);
	for (size_t i = 0; ok && i < STATES; i++) {
		if (states[i].state != state)
			continue;
		*found = value_map(rq->arena);
		(void)value_set(rq->arena, *found, "reference",
			value_null(rq->arena));
		value_set_str(rq->arena, *found, "state",
			text_of(states[i].name));
		(void)value_set(rq->arena, *found, "received",
			answer_time(rq->arena, receipt.received_s,
				answer_lang(rq->path)));
	}
	return ok;
}

void
svar_show(void *context, struct request *rq, struct response *rs)
{
	struct intake *in = context;
	struct postdata post;
	struct value *found;
	struct err e = { 0 };
	int status;

	if (!intake_may(in, GUARD_CODE, rq)) {
		answer_message(in, rq, rs, 429);
		return;
	}
	status = postdata_read(rq, CODE_BODY_MAX, &post);
	if (status != 0) {
		answer_message(in, rq, rs, status);
		return;
	}
	if (!find_case(in, rq, postdata_get(&post, "code"), &found, &e)) {
		log_error("svar", "fault=\"%s\"", e.text);
		answer_message(in, rq, rs, 503);
		return;
	}
	show(in, rq, rs, found, found ? 200 : 404);
}
