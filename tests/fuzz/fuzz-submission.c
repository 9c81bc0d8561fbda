/*
 * fuzz-submission: whatever is sent becomes answers or faults, and what was
 * right stays right when it is sent again.
 *
 * Input: name=value pairs between "&", not percent-encoded, sent to a form
 * with every type of question.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/utf8.h"
#include "form/submission.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SENT_MAX = 200 };

static const char source[] =
	"---\ntitle: T\nto: kundcenter\nprefix: AB\n---\n"
	"### text: A?\ntype: text\nmin: 2\nmax: 20\n\n"
	"### lang: A?\ntype: long-text\noptional\nmax: 40\n\n"
	"### epost: A?\ntype: email\noptional\n\n"
	"### tel: A?\ntype: phone\noptional\n\n"
	"### pnr: A?\ntype: personnummer\noptional\n\n"
	"### post: A?\ntype: postcode\noptional\n\n"
	"### dag: A?\ntype: date\noptional\nmin: -400\n\n"
	"### tal: A?\ntype: number\noptional\nmin: -5\n\n"
	"### svar: A?\ntype: yes-no\noptional\n\n"
	"### val: A?\ntype: choice\nshow-if: svar = ja\n"
	"- x: X\n- y: Y\n\n"
	"### flera: A?\ntype: choices\noptional\nmax: 2\n"
	"- a: A\n- b: B\n- c: C\n\n"
	"### adress: A?\ntype: address\noptional\nrequired-if: flera = b\n\n"
	"### fil: A?\ntype: file\nshow-if: val = x\n";

static const struct date today = { 2026, 11, 22 };

static void
check_answer(const struct answer *answer)
{
	bool right = answer->shown && answer->answered && !answer->fault;

	if (answer->fault && (answer->value.len || !answer->shown))
		abort();
	if (!right && (answer->value.len || answer->warning))
		abort();
	if (right && answer->question->type->check && !answer->value.len)
		abort();
	if (!utf8_valid(answer->value) || !utf8_valid(answer->shown_as))
		abort();
	for (size_t i = 0; i < FIELD_PARTS_MAX; i++)
		if (!utf8_valid(answer->raw[i]))
			abort();
}

/* What the hidden fields of check-answers send. */
static size_t
again(struct arena *a, const struct submission *s, struct sent *out)
{
	size_t n = 0;

	for (size_t i = 0; i < s->form->question_count; i++) {
		const struct answer *answer = &s->answers[i];
		const struct question *q = answer->question;
		const char *const *parts = q->type->parts;

		if (!answer->shown)
			continue;
		for (size_t k = 0; k < answer->value_count; k++)
			out[n++] = (struct sent){ q->id, answer->values[k] };
		for (size_t k = 0; parts && parts[k]; k++)
			out[n++] = (struct sent){ arena_printf(a, "%.*s-%s",
				(int)q->id.len, q->id.p, parts[k]),
				answer->raw[k] };
		if (!parts && !q->type->many)
			out[n++] = (struct sent){ q->id, answer->raw[0] };
	}
	return n;
}

static void
put(struct arena *a, const struct submission *s, struct buf *b)
{
	struct value *v;
	struct err e;

	json_put_canonical(b, submission_value(a, s, text_of("00"),
		text_of("AB-1")));
	if (b->full || !json_parse(a, "x", buf_view(b), &v, &e))
		abort();
}

static void
check_again(struct arena *a, const struct submission *first)
{
	struct sent *sent = arena_array(a, SENT_MAX, sizeof *sent);
	struct submission second;
	struct buf b, c;

	submission_check(a, first->form, sent, again(a, first, sent), today,
		&second);
	buf_init(&b, 1 << 22);
	buf_init(&c, 1 << 22);
	put(a, first, &b);
	put(a, &second, &c);
	if (first->fault_count == 0 && (second.fault_count ||
			!text_eq(buf_view(&b), buf_view(&c))))
		abort();
	buf_release(&b);
	buf_release(&c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text rest = { (const char *)data, size };
	struct text pair;
	struct sent *sent;
	struct form f;
	struct submission s;
	struct err e = { 0 };
	struct arena a;
	size_t n = 0;

	arena_init(&a, true);
	if (!form_parse(&a, "forms/x.md", text_of(source), &f, &e))
		abort();
	sent = arena_array(&a, SENT_MAX, sizeof *sent);
	while (n < SENT_MAX && text_split(&rest, '&', &pair)) {
		size_t at = text_find(pair, '=');

		if (at)
			sent[n++] = (struct sent){ text_sub(pair, 0, at),
				text_from(pair, at + 1) };
	}
	submission_check(&a, &f, sent, n, today, &s);
	for (size_t i = 0; i < f.question_count; i++) {
		const struct answer *answer = &s.answers[i];

		check_answer(answer);
		(void)message_text(&a, answer->fault, answer->question,
			f.lang, today);
	}
	check_again(&a, &s);
	arena_release(&a);
	return 0;
}
