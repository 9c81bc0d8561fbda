/* intake: the routes of the public server, and what they share. */
#include "intake/intake.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/route.h"
#include "intake/answer.h"
#include "intake/health.h"
#include "intake/messages.h"
#include "intake/search.h"
#include "intake/submit.h"
#include "intake/svar.h"
#include "view/formview.h"
#include "base/banned.h"

enum { CANONICAL_MAX = 4 * 1024 * 1024 };

static void
api_head(void *context, struct request *rq, struct response *rs)
{
	collector_head(((struct intake *)context)->collector, rq, rs);
}

static void
api_queue(void *context, struct request *rq, struct response *rs)
{
	collector_queue(((struct intake *)context)->collector, rq, rs);
}

static void
api_chain(void *context, struct request *rq, struct response *rs)
{
	collector_chain(((struct intake *)context)->collector, rq, rs);
}

static void
api_ack(void *context, struct request *rq, struct response *rs)
{
	collector_ack(((struct intake *)context)->collector, rq, rs);
}

static void
api_keyset(void *context, struct request *rq, struct response *rs)
{
	collector_keyset(((struct intake *)context)->collector, rq, rs);
}

static void
page(void *context, struct request *rq, struct response *rs)
{
	struct intake *in = context;
	const struct intake_config *c = &in->config;

	/* RFC 9110 15.5.11: it was here, and is not to come back. */
	if (c->is_over && c->is_over(c->context, rq->path, clock_now_s()))
		answer_message(in, rq, rs, 410);
	else if (!pages_answer(c->pages, rq, rs))
		answer_message(in, rq, rs, 404);
}

/* Everything the public server answers. */
static const struct route table[] = {
	/* path                get    post   handler */
	{ "/healthz",          true,  false, health },
	{ "/api/v1/head",      true,  false, api_head },
	{ "/api/v1/queue",     true,  false, api_queue },
	{ "/api/v1/chain",     true,  false, api_chain },
	{ "/api/v1/ack",       false, true,  api_ack },
	{ "/api/v1/keyset",    true,  false, api_keyset },
	{ "/svar/",            true,  false, svar_ask },
	{ "/svar/",            false, true,  svar_show },
	{ "/en/svar/",         true,  false, svar_ask },
	{ "/en/svar/",         false, true,  svar_show },
	{ "/sok/",             true,  false, search_answer },
	{ "/en/sok/",          true,  false, search_answer },
	{ "/e-tjanster/*",     false, true,  submit },
	{ "/en/e-tjanster/*",  false, true,  submit },
	{ "/*",                true,  false, page },
	{ NULL, false, false, NULL }
};

static void
not_found(void *context, struct request *rq, struct response *rs)
{
	answer_message(context, rq, rs, 404);
}

/* Is there anything at this path, whatever the method? */
static bool
is_known(const struct intake *in, struct text path)
{
	for (const struct route *r = table; r->path; r++)
		if (text_is(path, r->path))
			return true;
	return pages_has(in->config.pages, path);
}

/* A GET is allowed everywhere, and finds nothing where there is nothing. */
static void
not_allowed(void *context, struct request *rq, struct response *rs)
{
	bool nothing = rq->method == METHOD_POST &&
		!is_known(context, rq->path);

	answer_message(context, rq, rs, nothing ? 404 : 405);
}

static void
answer(struct intake *in, struct request *rq, struct response *rs)
{
	static const struct routes routes = { table, not_found, not_allowed };

	route_dispatch(&routes, in, rq, rs);
}

void
intake_handle(void *context, struct request *rq, struct response *rs)
{
	struct intake *in = context;

	if (in->config.preview)
		preview_handle(in, rq, rs, answer);
	else
		answer(in, rq, rs);
}

void
intake_refuse(void *context, int status, struct arena *a, struct response *rs)
{
	const struct intake *in = context;

	(void)a;
	messages_answer(in->messages, status, MESSAGE_PLAIN, text_of("/"), rs);
}

bool
intake_may(struct intake *in, enum guard_kind kind, const struct request *rq)
{
	struct text address = rq->peer;

	if (in->config.behind_proxy)
		address = request_header(rq, "X-Real-IP");
	else if (text_starts(address, "127."))
		return true;
	return guard_take(in->config.guard, kind, address, clock_now_s() * 1000);
}

/* ---- opening ------------------------------------------------------------- */

static bool
open_form(struct intake *in, size_t i, struct err *e)
{
	const struct intake_config *c = &in->config;
	struct intake_form *f = &in->forms[i];
	struct value *data;
	struct buf b;

	*f = (struct intake_form){ .form = c->forms[i] };
	f->url = formview_url(&in->arena, f->form);
	if (!c->form_data(c->context, &in->arena, f->form, NULL, &data, e))
		return false;
	f->data = data;
	buf_init(&b, CANONICAL_MAX);
	form_canonical(f->form, &b);
	f->version = hash_bytes(buf_view(&b));
	buf_release(&b);
	f->version_hex = hex_encode(&in->arena, f->version.b,
		sizeof f->version.b);
	f->key_count = keyset_recipients(c->keyset, f->form->to, f->keys);
	if (f->key_count == 0)
		log_warn("closed", "form=%.*s reason=recipients role=%.*s",
			(int)f->form->id.len, f->form->id.p,
			(int)f->form->to.len, f->form->to.p);
	return true;
}

bool
intake_open(const struct intake_config *c, struct intake **out, struct err *e)
{
	struct intake *in = calloc(1, sizeof *in);

	*out = NULL;
	if (!in)
		return err_set(e, ERR_SYSTEM, "no memory for the server");
	in->config = *c;
	arena_init(&in->arena, false);
	in->form_count = c->form_count;
	in->forms = arena_array(&in->arena, c->form_count + 1,
		sizeof *in->forms);
	if (!messages_make(&in->arena, &in->config, &in->messages, e))
		goto out;
	for (size_t i = 0; i < c->form_count; i++)
		if (!open_form(in, i, e))
			goto out;
	in->collector = collector_open(c->queue, c->keyset, c->keyset_file,
		c->server, c->server_name, c->nonces);
	*out = in;
	return true;
out:
	intake_close(in);
	return false;
}

void
intake_close(struct intake *in)
{
	if (!in)
		return;
	collector_close(in->collector);
	arena_release(&in->arena);
	free(in);
}
