/* submit: answers come in, and leave only sealed. */
#include "intake/submit.h"

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "http/postdata.h"
#include "intake/answer.h"
#include "intake/intake.h"
#include "intake/messages.h"
#include "intake/receipt.h"
#include "seal/seal.h"
#include "seal/token.h"
#include "view/formview.h"
#include "base/banned.h"

enum {
	JSON_MAX = 1024 * 1024,
	SEALED_MAX = 2 * 1024 * 1024 /* without files */
};

/* One POST on its way through. */
struct journey {
	struct intake *in;
	struct request *rq;
	struct response *rs;
	const struct intake_form *f;
	struct arena *a; /* the request's */
	struct postdata post;
	struct submission sub;
	struct token token;
	bool has_token;
	int64_t now_s;
};

/* ---- pages --------------------------------------------------------------- */

static void
push_hidden(struct arena *a, struct value *list, const char *name,
	struct text v)
{
	struct value *field = value_map(a);

	value_set_str(a, field, "name", text_of(name));
	value_set_str(a, field, "value", v);
	(void)value_push(a, list, field);
}

/* The token and the version, and with `answers` the answers. */
static struct value *
hidden(struct journey *j, bool token, bool answers)
{
	struct value *list = answers ? formview_hidden(j->a, &j->sub)
		: value_list(j->a);

	if (token && j->has_token)
		push_hidden(j->a, list, "_token", token_text(j->a, &j->token));
	push_hidden(j->a, list, "_form", j->f->version_hex);
	return list;
}

static void
message(struct journey *j, int status)
{
	answer_message(j->in, j->rq, j->rs, status);
}

/* The form with what was typed, as it is (200) or with its faults (422). */
static void
show_form(struct journey *j, int status)
{
	const struct intake_config *c = &j->in->config;
	bool is_error = status == 422;
	struct err e = { 0 };
	struct value *data;

	if (!c->form_data(c->context, j->a, j->f->form, &j->sub, &data, &e)) {
		log_error("form", "fault=\"%s\"", e.text);
		message(j, 503);
		return;
	}
	(void)value_set(j->a, data, "errors", is_error
		? formview_errors(j->a, &j->sub) : value_list(j->a));
	value_set_bool(j->a, data, "is_error", is_error);
	value_set_bool(j->a, data, "closed", false);
	(void)value_set(j->a, data, "hidden", hidden(j, true, false));
	answer_page(j->in, j->rq, j->rs, "form", data, status,
		answer_cache_step);
}

static struct value *
answers_of(struct journey *j)
{
	const struct value *words = value_get(j->f->data, "words");

	return formview_answers(j->a, &j->sub,
		value_get_text(words, "not_answered"));
}

static void
show_check(struct journey *j)
{
	struct value *data = answer_extend(j->a, j->f->data);

	if (!j->has_token)
		token_mint(&j->token);
	j->has_token = true;
	(void)value_set(j->a, data, "answers", answers_of(j));
	(void)value_set(j->a, data, "warnings",
		formview_warnings(j->a, &j->sub));
	value_set_bool(j->a, data, "has_warnings", j->sub.warning_count > 0);
	(void)value_set(j->a, data, "hidden", hidden(j, true, true));
	answer_page(j->in, j->rq, j->rs, "check", data, 200,
		answer_cache_step);
}

static void
show_receipt(struct journey *j, const struct sent_case *c)
{
	struct value *data = answer_extend(j->a, j->f->data);

	(void)value_set(j->a, data, "receipt",
		receipt_data(j->a, j->f, c));
	(void)value_set(j->a, data, "hidden", hidden(j, true, true));
	answer_page(j->in, j->rq, j->rs, "receipt", data, 200,
		answer_cache_receipt);
}

/* Sent before with other answers: nothing is stored without being asked. */
static void
show_conflict(struct journey *j, const struct sent_case *earlier)
{
	struct value *data = answer_extend(j->a, j->f->data);

	(void)value_set(j->a, data, "receipt",
		receipt_data(j->a, j->f, earlier));
	(void)value_set(j->a, data, "hidden", hidden(j, false, true));
	answer_page(j->in, j->rq, j->rs, "conflict", data, 409,
		answer_cache_step);
}

/* ---- sealing and storing ------------------------------------------------- */

/* A submission ready to be sealed. */
struct sending {
	struct token_parts parts;
	struct text reference;
	struct buf json;    /* record 1 of the envelope, canonical */
	struct hash commit;
};

static bool
sending_make(struct journey *j, struct sending *s, struct err *e)
{
	const struct form *f = j->f->form;
	struct value *v;

	buf_init_wipe(&s->json, JSON_MAX);
	token_derive(&j->token, &s->parts);
	s->reference = reference_text(j->a, f->prefix, s->parts.subid);
	v = submission_value(j->a, &j->sub, j->f->version_hex, s->reference);
	(void)value_set(j->a, v, "retain_days",
		value_int(j->a, f->retain_days));
	(void)value_set(j->a, v, "answer_days",
		value_int(j->a, f->answer_within_days));
	json_put_canonical(&s->json, v);
	if (s->json.full)
		return err_set(e, ERR_LIMIT, "the answers are too long");
	s->commit = token_commit(&s->parts, buf_view(&s->json), NULL, 0);
	return true;
}

static void
sending_release(struct sending *s)
{
	buf_release(&s->json);
	secret_wipe(&s->parts, sizeof s->parts);
}

static bool
seal_answers(struct journey *j, const struct sending *sending,
	struct buf *out, struct hash *hash, struct err *e)
{
	const struct token_parts *parts = &sending->parts;
	const struct seal_meta meta = {
		.mode = ENVELOPE_MODE_SERVER,
		.subid = parts->subid,
		.form_hash = j->f->version,
		.form_id = j->f->form->id,
		.epoch = j->in->config.keyset->epoch,
	};
	struct sealer *s;

	if (!seal_open(&meta, j->f->keys, j->f->key_count, out, &s, e))
		return false;
	seal_record(s, RECORD_ANSWERS, buf_view(&sending->json));
	seal_record(s, RECORD_REPLY_KEY, (struct text){
		(const char *)parts->reply_pk, sizeof parts->reply_pk });
	return seal_close(s, hash, e);
}

/* Seals and stores; returns when the queue has committed. */
static bool
store(struct journey *j, const struct sending *s,
	enum queue_put_result *result, struct queue_receipt *receipt,
	struct err *e)
{
	const struct intake_form *f = j->f;
	struct queue_item item = {
		.commit = s->commit,
		.role = f->form->to,
		.form_id = f->form->id,
	};
	struct buf sealed;
	bool ok = false;

	memcpy(item.subid, s->parts.subid, sizeof item.subid);
	buf_init(&sealed, SEALED_MAX);
	if (!seal_answers(j, s, &sealed, &item.envelope_hash, e))
		goto out;
	item.envelope = buf_view(&sealed);
	if (!guard_has_room(j->in->config.guard, f->form->id, sealed.len,
		j->now_s)) {
		(void)err_set(e, ERR_SYSTEM, "no room on the disk");
		goto out;
	}
	if (!queue_put(j->in->config.queue, &item, result, receipt, e))
		goto out;
	if (*result == QUEUE_STORED) {
		guard_stored(j->in->config.guard, f->form->id, sealed.len,
			j->now_s);
		log_info("submission", "form=%.*s bytes=%zu seq=%llu",
			(int)item.form_id.len, item.form_id.p, sealed.len,
			(unsigned long long)receipt->seq);
	}
	ok = true;
out:
	buf_release(&sealed);
	return ok;
}

/*
 * What was sent under this token before, or with `may_store` is sent now:
 * *found says whether there is such a case, *c which.
 */
static bool
find_or_store(struct journey *j, bool may_store, bool *found,
	enum queue_put_result *result, struct sent_case *c, struct err *e)
{
	struct sending s;
	enum queue_state state;
	struct hash earlier;
	bool ok = false;

	*found = false;
	if (!sending_make(j, &s, e) ||
		!queue_find(j->in->config.queue, s.parts.subid, &state,
			&earlier, &c->receipt, e))
		goto out;
	ok = true;
	c->reference = s.reference;
	c->code = token_text(j->a, &j->token);
	if (state != QUEUE_UNKNOWN)
		*result = hash_eq(&earlier, &s.commit) ? QUEUE_SAME
			: QUEUE_CHANGED;
	else if (may_store)
		ok = store(j, &s, result, &c->receipt, e);
	*found = ok && (state != QUEUE_UNKNOWN || may_store);
out:
	sending_release(&s);
	return ok;
}

static void
refuse_store(struct journey *j, const struct err *e)
{
	log_error("submission", "form=%.*s stored=no fault=\"%s\"",
		(int)j->f->form->id.len, j->f->form->id.p, e->text);
	message(j, 503);
}

/* ---- what a button asks for ---------------------------------------------- */

static void
do_next(struct journey *j)
{
	if (j->sub.fault_count > 0)
		show_form(j, 422);
	else
		show_check(j);
}

/* Back at the form, which does not scold for what is not yet filled in:
 * also how a page opens the form about itself with its address in it. */
static void
do_change(struct journey *j)
{
	for (size_t i = 0; i < j->f->form->question_count; i++)
		j->sub.answers[i].fault = MESSAGE_NONE;
	j->sub.fault_count = 0;
	show_form(j, 200);
}

/* "Skicka ändringen som ett nytt ärende". */
static void
do_new(struct journey *j)
{
	j->has_token = false;
	do_next(j);
}

/* Has the sender read the form as it stands today?  A page that names no
 * version is the static one, which is today's. */
static bool
is_current(const struct journey *j)
{
	struct text version = postdata_get(&j->post, "_form");

	return version.len == 0 || text_eq(version, j->f->version_hex);
}

static void
do_send(struct journey *j)
{
	enum queue_put_result result;
	struct sent_case c;
	struct err e = { 0 };
	bool found;

	if (j->sub.fault_count > 0 || !j->has_token || !is_current(j))
		do_next(j);
	else if (!find_or_store(j, true, &found, &result, &c, &e))
		refuse_store(j, &e);
	else if (result == QUEUE_CHANGED)
		show_conflict(j, &c);
	else
		show_receipt(j, &c);
}

static void
do_save_receipt(struct journey *j)
{
	enum queue_put_result result;
	struct sent_case c;
	struct err e = { 0 };
	bool found;

	if (j->sub.fault_count > 0 || !j->has_token)
		do_next(j);
	else if (!find_or_store(j, false, &found, &result, &c, &e))
		refuse_store(j, &e);
	else if (!found) /* it was never sent */
		show_check(j);
	else if (result == QUEUE_CHANGED)
		show_conflict(j, &c);
	else
		receipt_file(j->in, j->rq, j->rs, j->f, &c);
}

static void
do_save_copy(struct journey *j)
{
	struct value *data;

	if (j->sub.fault_count > 0) {
		show_form(j, 422);
		return;
	}
	data = answer_extend(j->a, j->f->data);
	(void)value_set(j->a, data, "answers", answers_of(j));
	(void)value_set(j->a, data, "saved",
		answer_time(j->a, j->now_s, j->f->form->lang));
	answer_file(j->in, j->rq, j->rs, "copy", data, arena_printf(j->a,
		"kopia-%.*s.html", (int)j->f->form->id.len,
		j->f->form->id.p));
}

struct action {
	const char *name;
	void (*run)(struct journey *j);
};

static const struct action actions[] = {
	{ "next", do_next },
	{ "back", do_change },
	{ "change", do_change },
	{ "new", do_new },
	{ "send", do_send },
	{ "save", do_save_copy },
	{ "save-copy", do_save_copy },
	{ "save-receipt", do_save_receipt },
	{ NULL, do_next } /* a missing or unknown one */
};

static void
act(struct journey *j)
{
	struct text name = postdata_get(&j->post, "_action");
	const struct action *act = actions;

	if (postdata_get(&j->post, "_change").len > 0)
		name = text_of("change");
	while (act->name && !text_is(name, act->name))
		act++;
	act->run(j);
}

/* ---- before any of that -------------------------------------------------- */

static const struct intake_form *
find_form(const struct intake *in, struct text path)
{
	for (size_t i = 0; i < in->form_count; i++)
		if (text_eq(in->forms[i].url, path))
			return &in->forms[i];
	return NULL;
}

/* Why nothing can be taken in by this form now; NULL if it can. */
static const char *
why_closed(const struct journey *j)
{
	const struct intake_config *c = &j->in->config;

	if (!j->f->form->open)
		return "form";
	if (!keyset_is_valid_on(c->keyset, date_of(j->now_s)))
		return "keyset";
	if (j->f->key_count == 0)
		return "recipients";
	return NULL;
}

void
submit(void *context, struct request *rq, struct response *rs)
{
	struct journey j = {
		.in = context,
		.rq = rq,
		.rs = rs,
		.a = rq->arena,
		.now_s = clock_now_s(),
	};
	const char *closed;
	int status;

	j.f = find_form(j.in, rq->path);
	if (!j.f) {
		message(&j, 404);
		return;
	}
	if (!intake_may(j.in, GUARD_FORM, rq)) {
		message(&j, 429);
		return;
	}
	status = postdata_read(rq, REQUEST_BODY_MAX, &j.post);
	if (status != 0) {
		message(&j, status);
		return;
	}
	closed = why_closed(&j);
	if (closed) {
		log_warn("closed", "form=%.*s reason=%s",
			(int)j.f->form->id.len, j.f->form->id.p, closed);
		messages_answer(j.in->messages, 503, MESSAGE_CLOSED, rq->path,
			rs);
		return;
	}
	submission_check(j.a, j.f->form, j.post.fields, j.post.count,
		date_of(j.now_s), &j.sub);
	j.has_token = token_parse(postdata_get(&j.post, "_token"), &j.token);
	act(&j);
	secret_wipe(&j.token, sizeof j.token);
}
