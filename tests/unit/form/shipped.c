/*
 * tests of forms/: every question of every shipped form can be answered, with
 * each of its options, and nothing is asked for that is not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/fs.h"
#include "form/submission.h"

static const struct date today = { 2026, 11, 22 };

/* What is to be sent for each question: an option, or NULL for any answer. */
struct plan {
	const struct form *form;
	struct text option[FORM_QUESTIONS_MAX];
};

static struct text
text_between(struct arena *a, int64_t min, int64_t max)
{
	int64_t n = min > 1 ? min : 1;
	char *p = arena_alloc(a, (size_t)n);

	assert_true(n <= max);
	memset(p, 'a', (size_t)n);
	return (struct text){ p, (size_t)n };
}

static int64_t
clamp(int64_t n, int64_t min, int64_t max)
{
	if (min != FIELD_UNSET && n < min)
		return min;
	return n > max ? max : n;
}

/* An answer that is right for the type and within the question's limits. */
static void
right_answer(struct arena *a, const struct question *q, struct text out[3])
{
	struct date d;

	switch (q->type->kind) {
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
		out[0] = text_between(a, q->min, q->max);
		break;
	case FIELD_EMAIL:
		out[0] = text_of("namn@example.se");
		break;
	case FIELD_PHONE:
		out[0] = text_of("031-390 06 10");
		break;
	case FIELD_PERSONNUMMER:
		out[0] = text_of("19121212-1212");
		break;
	case FIELD_POSTCODE:
		out[0] = text_of("434 81");
		break;
	case FIELD_DATE:
		d = date_from_days(date_to_days(today) +
			clamp(0, q->min, q->max));
		out[0] = arena_printf(a, "%d", d.day);
		out[1] = arena_printf(a, "%d", d.month);
		out[2] = arena_printf(a, "%d", d.year);
		break;
	case FIELD_NUMBER:
		out[0] = arena_printf(a, "%lld",
			(long long)clamp(0, q->min, q->max));
		break;
	case FIELD_ADDRESS:
		out[0] = text_of("Box 2820");
		out[1] = text_of("403 20");
		out[2] = text_of("Göteborg");
		break;
	case FIELD_YES_NO:
	case FIELD_CHOICE:
	case FIELD_CHOICES:
		out[0] = q->options[0].value;
		break;
	case FIELD_FILE:
	case FIELD_KIND_COUNT:
		break;
	}
}

/* Answers so that question i is shown. */
static void
plan_to_show(struct plan *p, size_t i)
{
	const struct condition *c = &p->form->questions[i].show_if;

	if (c->question < 0)
		return;
	p->option[c->question] = c->value;
	plan_to_show(p, (size_t)c->question);
}

static void
check_plan(struct arena *a, const struct plan *p, struct submission *out)
{
	const struct form *f = p->form;
	struct sent *sent = arena_array(a, f->question_count * 3,
		sizeof *sent);
	size_t n = 0;

	for (size_t i = 0; i < f->question_count; i++) {
		const struct question *q = &f->questions[i];
		struct text parts[3] = { { 0 } };

		right_answer(a, q, parts);
		if (p->option[i].len)
			parts[0] = p->option[i];
		for (size_t k = 0; k < 3 && parts[k].len; k++) {
			struct text name = q->id;

			if (q->type->parts)
				name = arena_printf(a, "%.*s-%s",
					(int)q->id.len, q->id.p,
					q->type->parts[k]);
			sent[n++] = (struct sent){ name, parts[k] };
		}
	}
	submission_check(a, f, sent, n, today, out);
}

static void
expect_right(struct arena *a, const struct plan *p, size_t i)
{
	const struct question *q = &p->form->questions[i];
	struct submission s;

	check_plan(a, p, &s);
	for (size_t k = 0; k < p->form->question_count; k++)
		if (s.answers[k].fault)
			fail_msg("%s: \"%s\" has fault %d", p->form->path.p,
				arena_string(a, s.answers[k].question->id),
				(int)s.answers[k].fault);
	assert_true(s.answers[i].shown);
	assert_int_equal(s.answers[i].warning, MESSAGE_NONE);
	if (q->type->kind != FIELD_FILE)
		assert_true(s.answers[i].answered);
	if (q->type->kind == FIELD_CHOICES)
		assert_int_equal(s.answers[i].value_count, 1);
}

static void
every_question_can_be_answered(struct arena *a, const struct form *f)
{
	for (size_t i = 0; i < f->question_count; i++) {
		const struct question *q = &f->questions[i];
		struct plan p = { .form = f };

		plan_to_show(&p, i);
		expect_right(a, &p, i);
		for (size_t k = 0; k < q->option_count; k++) {
			p.option[i] = q->options[k].value;
			expect_right(a, &p, i);
		}
	}
}

static void
empty_lacks_exactly_what_is_required(struct arena *a, const struct form *f)
{
	struct submission s;
	size_t required = 0;

	submission_check(a, f, NULL, 0, today, &s);
	for (size_t i = 0; i < f->question_count; i++) {
		const struct question *q = &f->questions[i];
		bool asked = q->show_if.question < 0 && !q->optional &&
			q->type->kind != FIELD_FILE;

		assert_int_equal(s.answers[i].fault, !asked ? MESSAGE_NONE
			: q->option_count ? MESSAGE_MISSING_CHOICE
			: MESSAGE_MISSING);
		required += asked;
	}
	assert_int_equal(s.fault_count, required);
	assert_true(required > 0);
}

static void
translation_is_the_same_form(struct arena *a, const struct form *f)
{
	struct form original;
	struct text source;
	struct err e = { 0 };
	struct buf b;
	const char *path = arena_printf(a, "forms/%.*s.md", (int)f->id.len,
		f->id.p).p;

	if (text_is(f->lang, "sv"))
		return;
	if (!fs_read(a, path, FORM_FILE_MAX, &source, &e) ||
		!form_parse(a, path, source, &original, &e))
		fail_msg("%s", e.text);
	buf_init(&b, 1 << 16);
	if (!form_matches(&original, f, &b))
		fail_msg("%.*s", (int)b.len, b.p);
	buf_release(&b);
}

static void
each_shipped(void (*test)(struct arena *a, const struct form *f))
{
	struct arena a;
	struct fs_list list;
	struct err e = { 0 };
	size_t n = 0;

	arena_init(&a, false);
	if (!fs_list(&a, "forms", &list, &e))
		fail_msg("%s", e.text);
	for (size_t i = 0; i < list.count; i++) {
		const char *path = fs_join(&a, "forms",
			arena_string(&a, list.items[i].name));
		struct text source;
		struct form f;

		if (!text_ends(list.items[i].name, ".md"))
			continue;
		if (!fs_read(&a, path, FORM_FILE_MAX, &source, &e) ||
			!form_parse(&a, path, source, &f, &e))
			fail_msg("%s", e.text);
		test(&a, &f);
		n++;
	}
	assert_true(n > 0);
	arena_release(&a);
}

static void
every_question_of_every_form_can_be_answered(void **state)
{
	(void)state;
	each_shipped(every_question_can_be_answered);
}

static void
an_empty_form_lacks_exactly_what_is_required(void **state)
{
	(void)state;
	each_shipped(empty_lacks_exactly_what_is_required);
}

static void
translations_are_the_same_forms(void **state)
{
	(void)state;
	each_shipped(translation_is_the_same_form);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_question_of_every_form_can_be_answered),
		cmocka_unit_test(an_empty_form_lacks_exactly_what_is_required),
		cmocka_unit_test(translations_are_the_same_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
