/* receipt: what the server signs when a submission lies safe. */
#include "seal/receipt.h"

#include "base/clock.h"
#include "seal/envelope.h"
#include "seal/note.h"
#include "seal/token.h"
#include "base/banned.h"

static const char first_line[] = "blankett receipt v1";

struct text
receipt_body(struct arena *a, const struct receipt *r)
{
	return arena_printf(a,
		"%s\nreference: %.*s\nform: %.*s\nreceived: %s\n"
		"envelope: %s\nepoch: %lu\n",
		first_line, (int)r->reference.len, r->reference.p,
		(int)r->form_id.len, r->form_id.p,
		clock_rfc3339(a, r->received_s).p,
		hex_encode(a, r->envelope.b, sizeof r->envelope.b).p,
		(unsigned long)r->epoch);
}

/*
 * Seconds of "2026-11-22T14:05:09+01:00"; the caller writes them again to
 * see that the text was exactly that.
 */
static bool
read_time(struct text t, int64_t *out)
{
	enum { LENGTH = 25 };
	struct date d;
	int64_t h, m, s, east;

	if (t.len != LENGTH || !date_parse(text_sub(t, 0, 10), &d) ||
		!text_to_int(text_sub(t, 11, 2), 0, 23, &h) ||
		!text_to_int(text_sub(t, 14, 2), 0, 59, &m) ||
		!text_to_int(text_sub(t, 17, 2), 0, 59, &s) ||
		!text_to_int(text_sub(t, 20, 2), 1, 2, &east))
		return false;
	*out = date_to_days(d) * 86400 + (h - east) * 3600 + m * 60 + s;
	return true;
}

bool
receipt_parse(struct arena *a, struct text body, struct receipt *out,
	struct err *e)
{
	struct text reference;
	int64_t epoch;

	*out = (struct receipt){
		.reference = note_field(body, "reference"),
		.form_id = note_field(body, "form"),
	};
	if (!key_word_is_valid(out->form_id, ENVELOPE_FORM_ID_MAX) ||
		!read_time(note_field(body, "received"), &out->received_s) ||
		!hex_decode(note_field(body, "envelope"), out->envelope.b,
			sizeof out->envelope.b) ||
		!text_to_int(note_field(body, "epoch"), 1, UINT32_MAX, &epoch))
		return err_set(e, ERR_FORMAT, "receipt: not in its right form");
	out->epoch = (uint32_t)epoch;
	/* Written again it must be the same bytes: one form, no additions. */
	if (!text_eq(receipt_body(a, out), body) ||
		!reference_parse(a, out->reference, &reference) ||
		!text_eq(reference, out->reference))
		return err_set(e, ERR_FORMAT, "receipt: not in its right form");
	return true;
}

bool
receipt_open(struct arena *a, struct text note, const struct keyset *ks,
	struct receipt *out, const struct keyset_server **by, struct err *e)
{
	const struct keyset_server *server;
	struct text body = { 0 };
	struct date day;

	if (ks->server_count == 0)
		return err_set(e, ERR_CRYPTO, "receipt: no server key to try");
	server = &ks->servers[0];
	for (size_t i = 1; i < ks->server_count; i++)
		if (note_names(note, &ks->servers[i].key))
			server = &ks->servers[i];
	if (!note_open(note, "receipt", &server->key, &body, e) ||
		!receipt_parse(a, body, out, e))
		return false;
	day = date_of(out->received_s);
	if (!keyset_server_holds(server, day))
		return err_set(e, ERR_CRYPTO,
			"receipt: the key \"%.*s\" was not valid on %s",
			(int)server->name.len, server->name.p,
			date_text(a, day).p);
	if (by)
		*by = server;
	return true;
}
