/* tests of form/submission: whatever is sent, one answer a question. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "form/submission.h"

static const struct date today = { 2026, 11, 22 };

static const char source[] =
	"---\ntitle: T\nto: kundcenter\nprefix: AB\n---\n"
	"### namn: Namn?\ntype: text\nmax: 5\n\n"
	"### svar: Svar?\ntype: yes-no\noptional\n\n"
	"### epost: E-post?\ntype: email\nshow-if: svar = ja\n\n"
	"### saker: Saker?\ntype: choices\noptional\nmax: 2\n"
	"- a: Aa\n- b: Bb\n- c: Cc\n\n"
	"### mer: Mer?\ntype: long-text\noptional\nrequired-if: saker = b\n\n"
	"### dag: Dag?\ntype: date\noptional\nshow-if: saker = a\n\n"
	"### adress: Adress?\ntype: address\noptional\n\n"
	"### fil: Fil?\ntype: file\n\n"
	"### djup: Djup?\ntype: choice\noptional\nshow-if: svar = ja\n"
	"- x: Xx\n- y: Yy\n\n"
	"### djupare: Djupare?\ntype: text\nshow-if: djup = x\n\n"
	"### pnr: Nummer?\ntype: personnummer\noptional\n\n"
	"### fler: Fler?\ntype: choices\noptional\nshow-if: svar = ja\n"
	"- p: Pp\n- q: Qq\n\n"
	"### av-fler: Av fler?\ntype: text\nshow-if: fler = p\n";

enum { NAMN, SVAR, EPOST, SAKER, MER, DAG, ADRESS, FIL, DJUP, DJUPARE, PNR,
	FLER, AV_FLER };

enum { SENT_MAX = 20 };

struct world {
	struct arena arena;
	struct form form;
	struct submission s;
};

static int
setup(void **state)
{
	static struct world w;
	struct err e = { 0 };

	arena_init(&w.arena, false);
	if (!form_parse(&w.arena, "forms/t.md", text_of(source), &w.form, &e))
		return -1;
	*state = &w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	arena_release(&w->arena);
	return 0;
}

/* Name, value, name, value, ..., NULL. */
static const struct answer *
send(struct world *w, const char *const fields[])
{
	struct sent *sent = arena_array(&w->arena, SENT_MAX, sizeof *sent);
	size_t n = 0;

	for (; fields[2 * n]; n++) {
		assert_true(n < SENT_MAX);
		sent[n] = (struct sent){ text_of(fields[2 * n]),
			text_of(fields[2 * n + 1]) };
	}
	submission_check(&w->arena, &w->form, sent, n, today, &w->s);
	return w->s.answers;
}

/* What is wrong with whatever else: all but these is left empty. */
static void
one_fault_a_question(void **state)
{
	static const struct {
		const char *fields[SENT_MAX];
		int question;
		int fault;
		unsigned parts;
	} rows[] = {
		{ { NULL }, NAMN, MESSAGE_MISSING, 0 },
		{ { "namn", "" }, NAMN, MESSAGE_MISSING, 0 },
		{ { "namn", " \t\r\n" }, NAMN, MESSAGE_MISSING, 0 },
		{ { "namn", "\xC2\xA0\xE2\x80\x8B" }, NAMN, MESSAGE_MISSING,
			0 },
		{ { "Namn", "Eva" }, NAMN, MESSAGE_MISSING, 0 },
		{ { "namn ", "Eva" }, NAMN, MESSAGE_MISSING, 0 },
		{ { "namn-", "Eva" }, NAMN, MESSAGE_MISSING, 0 },
		{ { "namn", "Evelina" }, NAMN, MESSAGE_TOO_LONG, 0 },
		{ { "namn", "  åäöÅÄ " }, NAMN, MESSAGE_NONE, 0 },
		{ { "namn", "\xFF" }, NAMN, MESSAGE_NOT_TEXT, 0 },
		{ { "namn", "E\xC3" }, NAMN, MESSAGE_NOT_TEXT, 0 },
		{ { "namn", "Eva", "namn", "Eva" }, NAMN, MESSAGE_REPEATED, 0 },
		{ { "namn", "Eva", "namn", "" }, NAMN, MESSAGE_REPEATED, 0 },
		{ { "namn", "", "namn", "" }, NAMN, MESSAGE_REPEATED, 0 },
		{ { "svar", "ja" }, SVAR, MESSAGE_NONE, 0 },
		{ { "svar", "nej" }, SVAR, MESSAGE_NONE, 0 },
		{ { "svar", "" }, SVAR, MESSAGE_NONE, 0 },
		{ { "svar", "Ja" }, SVAR, MESSAGE_NOT_AN_OPTION, 0 },
		{ { "svar", "yes" }, SVAR, MESSAGE_NOT_AN_OPTION, 0 },
		{ { "svar", "on" }, SVAR, MESSAGE_NOT_AN_OPTION, 0 },
		{ { "svar", "ja", "svar", "nej" }, SVAR, MESSAGE_REPEATED, 0 },
		{ { "svar", "\xC0" }, SVAR, MESSAGE_NOT_TEXT, 0 },
		{ { "svar", "ja" }, EPOST, MESSAGE_MISSING, 0 },
		{ { "svar", "ja", "epost", "x" }, EPOST, MESSAGE_EMAIL, 0 },
		{ { "svar", "nej", "epost", "x" }, EPOST, MESSAGE_NONE, 0 },
		{ { "epost", "x" }, EPOST, MESSAGE_NONE, 0 },
		{ { "svar", "Ja", "epost", "x" }, EPOST, MESSAGE_NONE, 0 },
		{ { "svar", "ja", "svar", "ja" }, EPOST, MESSAGE_NONE, 0 },
		{ { "saker", "a" }, SAKER, MESSAGE_NONE, 0 },
		{ { "saker", "a", "saker", "a" }, SAKER, MESSAGE_NONE, 0 },
		{ { "saker", "a", "saker", "" }, SAKER, MESSAGE_NONE, 0 },
		{ { "saker", "a", "saker", "d" }, SAKER,
			MESSAGE_NOT_AN_OPTION, 0 },
		{ { "saker", "a,b" }, SAKER, MESSAGE_NOT_AN_OPTION, 0 },
		{ { "saker", "a", "saker", "\xFF" }, SAKER, MESSAGE_NOT_TEXT,
			0 },
		{ { "saker", "a", "saker", "b", "saker", "c" }, SAKER,
			MESSAGE_TOO_MANY, 0 },
		{ { "saker", "b" }, MER, MESSAGE_MISSING, 0 },
		{ { "saker", "a" }, MER, MESSAGE_NONE, 0 },
		{ { "saker", "a", "saker", "b" }, MER, MESSAGE_MISSING, 0 },
		{ { "saker", "b", "mer", "ja" }, MER, MESSAGE_NONE, 0 },
		{ { "saker", "a", "saker", "b", "saker", "c" }, MER,
			MESSAGE_MISSING, 0 },
		{ { "saker", "a" }, DAG, MESSAGE_NONE, 0 },
		{ { "saker", "a", "dag-day", "1" }, DAG, MESSAGE_MISSING_PART,
			6 },
		{ { "saker", "a", "dag-day", "1", "dag-month", "x",
			"dag-year", "2026" }, DAG, MESSAGE_DATE, 2 },
		{ { "saker", "a", "dag-day", "31", "dag-month", "2",
			"dag-year", "2026" }, DAG, MESSAGE_DATE_EXISTS, 0 },
		{ { "saker", "a", "dag-day", "1", "dag-day", "1",
			"dag-month", "2", "dag-year", "2026" }, DAG,
			MESSAGE_REPEATED, 1 },
		{ { "saker", "a", "dag-day", "1", "dag-month", "2",
			"dag-year", "\xFF" }, DAG, MESSAGE_NOT_TEXT, 4 },
		{ { "saker", "a", "dag", "2026-11-22" }, DAG, MESSAGE_NONE,
			0 },
		{ { "saker", "b", "dag-day", "x" }, DAG, MESSAGE_NONE, 0 },
		{ { "adress-street", "Box 2820" }, ADRESS,
			MESSAGE_MISSING_PART, 6 },
		{ { "adress-street", "Box 2820", "adress-postcode", "x",
			"adress-city", "Göteborg" }, ADRESS, MESSAGE_POSTCODE,
			2 },
		{ { "fil", "x" }, FIL, MESSAGE_NONE, 0 },
		{ { "svar", "ja", "djup", "x" }, DJUPARE, MESSAGE_MISSING, 0 },
		{ { "svar", "nej", "djup", "x" }, DJUPARE, MESSAGE_NONE, 0 },
		{ { "svar", "ja", "fler", "p" }, AV_FLER, MESSAGE_MISSING, 0 },
		{ { "svar", "nej", "fler", "p" }, AV_FLER, MESSAGE_NONE, 0 },
		{ { "fler", "p" }, FLER, MESSAGE_NONE, 0 },
		{ { "pnr", "121212-1213" }, PNR, MESSAGE_PERSONNUMMER_CHECK,
			0 },
	};
	struct world *w = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct answer *answers = send(w, rows[i].fields);
		const struct answer *a = &answers[rows[i].question];

		if ((int)a->fault != rows[i].fault ||
			a->fault_parts != rows[i].parts)
			fail_msg("row %zu: fault %d, parts %u", i,
				(int)a->fault, a->fault_parts);
		if (a->fault) {
			assert_int_equal(a->value.len, 0);
			assert_int_equal(a->shown_as.len, 0);
		}
	}
}

static void
NUL_is_refused_and_shown_as_a_mark(void **state)
{
	struct world *w = *state;
	struct sent sent = { text_of("namn"), { "E\0a", 3 } };

	submission_check(&w->arena, &w->form, &sent, 1, today, &w->s);
	assert_int_equal(w->s.answers[NAMN].fault, MESSAGE_NOT_TEXT);
	assert_true(text_is(w->s.answers[NAMN].raw[0], "E\xEF\xBF\xBD" "a"));
	assert_true(w->s.answers[NAMN].answered);
}

static void
what_was_wrong_is_shown_again(void **state)
{
	struct world *w = *state;
	const struct answer *a = send(w, (const char *const[]){
		"namn", " Evelina ", "svar", "kanske", "saker", "c", "saker",
		"z", "mer", "a\r\nb ", "adress-city", " Ås", NULL });

	assert_int_equal(w->s.fault_count, 4);
	assert_true(text_is(a[NAMN].raw[0], "Evelina"));
	assert_true(text_is(a[SVAR].raw[0], "kanske"));
	assert_int_equal(a[SAKER].value_count, 1);
	assert_true(text_is(a[SAKER].values[0], "c"));
	assert_true(text_is(a[MER].raw[0], "a\nb"));
	assert_true(text_is(a[MER].value, "a\nb"));
	assert_true(text_is(a[ADRESS].raw[2], "Ås"));
}

static void
hidden_answers_are_kept_to_show_and_dropped_otherwise(void **state)
{
	struct world *w = *state;
	const struct answer *a = send(w, (const char *const[]){
		"namn", "Eva", "svar", "nej", "epost", "eva@example.se",
		"dag-day", "x", "djup", "x", "djupare", "hej",
		"fler", "p", NULL });

	assert_int_equal(w->s.fault_count, 0);
	assert_false(a[EPOST].shown);
	assert_false(a[EPOST].required);
	assert_false(a[EPOST].answered);
	assert_int_equal(a[EPOST].value.len, 0);
	assert_true(text_is(a[EPOST].raw[0], "eva@example.se"));
	assert_false(a[DAG].shown);
	assert_true(text_is(a[DAG].raw[0], "x"));
	/* Hidden by a question that is hidden itself. */
	assert_false(a[DJUP].shown);
	assert_false(a[DJUPARE].shown);
	assert_false(a[FLER].shown);
	assert_true(text_is(a[FLER].values[0], "p"));
	assert_false(a[AV_FLER].shown);
}

static void
required_is_what_is_shown_and_not_optional(void **state)
{
	struct world *w = *state;
	const struct answer *a = send(w, (const char *const[]){
		"svar", "ja", "saker", "b", NULL });

	assert_true(a[NAMN].required);
	assert_false(a[SVAR].required);
	assert_true(a[EPOST].required);
	assert_true(a[MER].required);
	assert_false(a[DAG].required);
	a = send(w, (const char *const[]){ NULL });
	assert_false(a[EPOST].required);
	assert_false(a[MER].required);
}

static void
warnings_stop_nobody(void **state)
{
	struct world *w = *state;
	const struct answer *a = send(w, (const char *const[]){
		"namn", "Eva", "svar", "ja", "epost", "eva@example", NULL });

	assert_int_equal(w->s.fault_count, 0);
	assert_int_equal(w->s.warning_count, 1);
	assert_int_equal(a[EPOST].warning, MESSAGE_EMAIL_ODD);
	assert_true(text_is(a[EPOST].value, "eva@example"));
}

static void
the_sealed_value_holds_what_was_shown(void **state)
{
	struct world *w = *state;
	struct buf b;

	(void)send(w, (const char *const[]){
		"_action", "send", "okand", "x", "namn", " Eva",
		"svar", "ja", "epost", "eva@example.se",
		"saker", "c", "saker", "a",
		"dag-day", "1", "dag-month", "nov", "dag-year", "2026",
		"adress-street", "Box 2820", "adress-postcode", "40320",
		"adress-city", "Göteborg", "djup", "y", "djupare", "bort",
		"pnr", "121212+1212", NULL });
	assert_int_equal(w->s.fault_count, 0);
	buf_init(&b, 4096);
	json_put_canonical(&b, submission_value(&w->arena, &w->s,
		text_of("00ff"), text_of("AB-1")));
	assert_string_equal(arena_string(&w->arena, buf_view(&b)),
		"{\"answers\":["
		"{\"id\":\"namn\",\"question\":\"Namn?\",\"type\":\"text\","
		"\"value\":\"Eva\"},"
		"{\"id\":\"svar\",\"label\":\"Ja\",\"question\":\"Svar?\","
		"\"type\":\"yes-no\",\"value\":\"ja\"},"
		"{\"id\":\"epost\",\"question\":\"E-post?\","
		"\"type\":\"email\",\"value\":\"eva@example.se\"},"
		"{\"id\":\"saker\",\"labels\":[\"Aa\",\"Cc\"],"
		"\"question\":\"Saker?\",\"type\":\"choices\","
		"\"values\":[\"a\",\"c\"]},"
		"{\"id\":\"dag\",\"question\":\"Dag?\",\"type\":\"date\","
		"\"value\":\"2026-11-01\"},"
		"{\"id\":\"adress\",\"question\":\"Adress?\","
		"\"type\":\"address\",\"value\":{\"city\":\"Göteborg\","
		"\"postcode\":\"403 20\",\"street\":\"Box 2820\"}},"
		"{\"id\":\"djup\",\"label\":\"Yy\",\"question\":\"Djup?\","
		"\"type\":\"choice\",\"value\":\"y\"},"
		"{\"id\":\"pnr\",\"question\":\"Nummer?\","
		"\"type\":\"personnummer\",\"value\":\"19121212-1212\"}],"
		"\"form\":\"t\",\"form_hash\":\"00ff\",\"lang\":\"sv\","
		"\"reference\":\"AB-1\",\"title\":\"T\"}");
	buf_release(&b);
}

static void
order_of_fields_changes_nothing(void **state)
{
	struct world *w = *state;
	struct buf b, c;

	buf_init(&b, 4096);
	buf_init(&c, 4096);
	(void)send(w, (const char *const[]){ "namn", "Eva", "saker", "a",
		"saker", "c", "svar", "nej", NULL });
	json_put_canonical(&b, submission_value(&w->arena, &w->s,
		text_of(""), text_of("")));
	(void)send(w, (const char *const[]){ "svar", "nej", "saker", "c",
		"saker", "a", "saker", "c", "namn", "Eva", NULL });
	json_put_canonical(&c, submission_value(&w->arena, &w->s,
		text_of(""), text_of("")));
	assert_true(text_eq(buf_view(&b), buf_view(&c)));
	buf_release(&b);
	buf_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_fault_a_question),
		cmocka_unit_test(NUL_is_refused_and_shown_as_a_mark),
		cmocka_unit_test(what_was_wrong_is_shown_again),
		cmocka_unit_test(
			hidden_answers_are_kept_to_show_and_dropped_otherwise),
		cmocka_unit_test(required_is_what_is_shown_and_not_optional),
		cmocka_unit_test(warnings_stop_nobody),
		cmocka_unit_test(the_sealed_value_holds_what_was_shown),
		cmocka_unit_test(order_of_fields_changes_nothing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
