/* receipt: the page's data and the signed file. */
#include "intake/receipt.h"

#include "base/buf.h"
#include "base/clock.h"
#include "intake/answer.h"
#include "seal/note.h"
#include "seal/receipt.h"
#include "base/banned.h"

enum { HASH_GROUP = 8 };

/* Hexadecimal in groups, for people who compare it. */
static struct text
grouped(struct arena *a, struct text hex)
{
	struct text out;
	struct buf b;

	buf_init(&b, 4 * HASH_BYTES);
	for (size_t i = 0; i < hex.len; i += HASH_GROUP) {
		if (i > 0)
			buf_char(&b, ' ');
		buf_text(&b, text_sub(hex, i, HASH_GROUP));
	}
	out = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return out;
}

static struct value *
answer_by(struct arena *a, const struct form *f, int64_t received_s)
{
	struct value *map;
	struct date d;

	if (f->answer_within_days == 0)
		return value_null(a);
	d = date_add_working_days(date_of(received_s), f->answer_within_days);
	map = value_map(a);
	value_set_str(a, map, "iso", date_text(a, d));
	value_set_str(a, map, "text", clock_date_words(a, d, f->lang));
	return map;
}

struct value *
receipt_data(struct arena *a, const struct intake_form *f,
	const struct sent_case *c)
{
	const struct value *words = value_get(f->data, "words");
	struct text base = value_get_text(f->data, "base_url");
	struct value *map = value_map(a);

	value_set_str(a, map, "reference", c->reference);
	(void)value_set(a, map, "received",
		answer_time(a, c->receipt.received_s, f->form->lang));
	value_set_str(a, map, "hash", grouped(a, hex_encode(a,
		c->receipt.envelope_hash.b, HASH_BYTES)));
	value_set_str(a, map, "mode_text", value_get_text(words, "mode_0"));
	value_set_str(a, map, "code", c->code);
	(void)value_set(a, map, "answer_by",
		answer_by(a, f->form, c->receipt.received_s));
	value_set_str(a, map, "form_title", f->form->title);
	value_set_str(a, map, "url", arena_printf(a, "%.*s%s/svar/",
		(int)base.len, base.len ? base.p : "",
		text_is(f->form->lang, "en") ? "/en" : ""));
	return map;
}

void
receipt_file(const struct intake *in, struct request *rq, struct response *rs,
	const struct intake_form *f, const struct sent_case *c)
{
	struct arena *a = rq->arena;
	struct value *data = answer_extend(a, f->data);
	const struct receipt receipt = {
		.reference = c->reference,
		.form_id = f->form->id,
		.received_s = c->receipt.received_s,
		.envelope = c->receipt.envelope_hash,
		.epoch = in->config.keyset->epoch,
	};
	struct text note = note_sign(a, receipt_body(a, &receipt),
		in->config.server_name, in->config.server);

	(void)value_set(a, data, "receipt",
		receipt_data(a, f, c));
	value_set_str(a, data, "note", note);
	answer_file(in, rq, rs, "receipt-file", data, arena_printf(a,
		"kvitto-%.*s.html", (int)receipt.reference.len,
		receipt.reference.p));
}
