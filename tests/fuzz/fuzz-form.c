/*
 * fuzz-form: a form file of any bytes is a form within its limits or one
 * line of error.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "form/submission.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What form.h promises of every form. */
static void
check_form(const struct form *f)
{
	if (f->question_count == 0 || f->question_count > FORM_QUESTIONS_MAX ||
		f->section_count == 0 || f->title.len == 0 || f->to.len == 0 ||
		f->prefix.len < 2 || f->prefix.len > 4)
		abort();
	for (size_t i = 0; i < f->question_count; i++) {
		const struct question *q = &f->questions[i];

		if (form_question(f, q->id) != (int)i || !q->type ||
			q->section >= f->section_count ||
			q->show_if.question >= (int)i ||
			q->required_if.question >= (int)i ||
			q->type->has_options != (q->option_count > 0) ||
			q->option_count > FORM_OPTIONS_MAX ||
			(q->min != FIELD_UNSET && q->min > q->max))
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text source = { (const char *)data, size };
	struct form f;
	struct submission s;
	struct value *v;
	struct err e = { 0 };
	struct arena a;
	struct buf b;

	arena_init(&a, false);
	buf_init(&b, 1 << 22);
	if (form_parse(&a, "forms/x.md", source, &f, &e)) {
		check_form(&f);
		form_canonical(&f, &b);
		if (b.full || !json_parse(&a, "x", buf_view(&b), &v, &e))
			abort();
		buf_clear(&b);
		if (!form_matches(&f, &f, &b) || b.len)
			abort();
		submission_check(&a, &f, NULL, 0,
			(struct date){ 2026, 11, 22 }, &s);
	} else if (e.kind == ERR_NONE || e.text[0] == '\0') {
		abort();
	}
	buf_release(&b);
	arena_release(&a);
	return 0;
}
