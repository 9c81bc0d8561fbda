/* tests of view/formview: the data of form pages, key by key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/json.h"
#include "view/formview.h"

static const struct date today = { 2026, 11, 22 };

static const char source[] =
	"---\ntitle: T <1>\nto: kundcenter\nprefix: AB\nretain: 90 days\n"
	"audience: Alla\n---\n"
	"Läs *detta*.\n\n#### Rubrik\n\n"
	"### namn: Namn & <b>?\ntype: text\nmax: 30\nhint: För- och efternamn\n"
	"used-for: veta\nautocomplete: name\n\nHjälp.\n\n#### Mer\n\n"
	"## Del ett\n\nOm delen.\n\n"
	"### svar: Svar?\ntype: yes-no\noptional\n\n"
	"### saker: Saker?\ntype: choices\noptional\nshow-if: svar = ja\n"
	"- a: Aa\n- b: Bb\n- c: Cc\n\n"
	"### dag: Dag?\ntype: date\noptional\nhint: Ungefär\n\n"
	"### lang: Berätta?\ntype: long-text\noptional\nmax: 900\n"
	"required-if: saker = b\n\n"
	"## Del två\n### adress: Adress?\ntype: address\nshow-if: svar = ja\n"
	"### epost: E-post?\ntype: email\nshow-if: svar = ja\n";

struct world {
	struct arena arena;
	struct form form;
	struct submission s;
	struct value *v;
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

/* Name, value, ..., NULL; fields is NULL for the empty form. */
static void
view(struct world *w, const char *const fields[])
{
	struct sent *sent = arena_array(&w->arena, 20, sizeof *sent);
	struct err e = { 0 };
	size_t n = 0;

	for (; fields && fields[2 * n]; n++)
		sent[n] = (struct sent){ text_of(fields[2 * n]),
			text_of(fields[2 * n + 1]) };
	submission_check(&w->arena, &w->form, sent, n, today, &w->s);
	if (!formview(&w->arena, &w->form, fields ? &w->s : NULL, NULL, &w->v,
			&e))
		fail_msg("%s", e.text);
}

static const char *
json(struct world *w, const struct value *v)
{
	struct buf b;
	const char *s;

	buf_init(&b, 1 << 16);
	json_put(&b, v);
	s = arena_string(&w->arena, buf_view(&b));
	buf_release(&b);
	return s;
}

/* The value at a path of keys and indexes, as JSON; "-" if not there. */
static const char *
at(struct world *w, const struct value *v, const char *path)
{
	struct text rest = text_of(path);
	struct text part;

	while (v && text_split(&rest, '.', &part)) {
		int64_t index;
		const struct value_item *item = v->first;

		if (v->kind != VALUE_LIST) {
			v = value_find(v, part);
			continue;
		}
		assert_true(text_to_int(part, 0, 100, &index));
		while (item && index-- > 0)
			item = item->next;
		v = item ? item->value : NULL;
	}
	return v ? json(w, v) : "-";
}

struct row {
	const char *path;
	const char *json;
};

static void
expect(struct world *w, const struct value *v, const struct row *rows,
	size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *got = at(w, v, rows[i].path);

		if (strcmp(got, rows[i].json) != 0)
			fail_msg("%s is %s, not %s", rows[i].path, got,
				rows[i].json);
	}
}

#define EXPECT(w, v, rows) expect(w, v, rows, sizeof rows / sizeof rows[0])

#define Q0 "sections.0.questions.0."
#define Q1 "sections.1.questions."
#define Q2 "sections.2.questions."

static void
the_empty_form_has_every_key(void **state)
{
	static const struct row rows[] = {
		{ "id", "\"t\"" },
		{ "title", "\"T <1>\"" },
		{ "description", "\"\"" },
		{ "url", "\"/e-tjanster/t/\"" },
		{ "paper_url", "\"/e-tjanster/t/blankett/\"" },
		{ "to", "\"kundcenter\"" },
		{ "controller", "null" },
		{ "legal_basis", "null" },
		{ "audience", "\"Alla\"" },
		{ "retain_days", "90" },
		{ "answer_days", "null" },
		{ "asks_personal", "true" },
		{ "intro", "\"<p>Läs <em>detta</em>.</p>\\n"
			"<h2>Rubrik</h2>\\n\"" },
		{ "sections.0.title", "null" },
		{ "sections.0.intro", "null" },
		{ "sections.0.id", "\"section_1\"" },
		{ "sections.1.title", "\"Del ett\"" },
		{ "sections.1.intro", "\"<p>Om delen.</p>\\n\"" },
		{ "sections.3", "-" },
		{ Q0 "id", "\"namn\"" },
		{ Q0 "name", "\"namn\"" },
		{ Q0 "field", "\"text\"" },
		{ Q0 "component", "\"components/field/text\"" },
		{ Q0 "paper", "\"components/paper/text\"" },
		{ Q0 "label", "\"Namn & <b>?\"" },
		{ Q0 "hint", "\"För- och efternamn\"" },
		{ Q0 "used_for", "\"veta\"" },
		{ Q0 "autocomplete", "\"name\"" },
		{ Q0 "accept", "null" },
		{ Q0 "help", "\"<p>Hjälp.</p>\\n<h3>Mer</h3>\\n\"" },
		{ Q0 "optional", "false" },
		{ Q0 "required_if", "null" },
		{ Q0 "condition", "null" },
		{ Q0 "group", "false" },
		{ Q0 "value", "\"\"" },
		{ Q0 "parts", "null" },
		{ Q0 "options", "[]" },
		{ Q0 "max", "30" },
		{ Q0 "rows", "null" },
		{ Q0 "width", "\"medium\"" },
		{ Q0 "error", "null" },
		{ Q0 "target", "\"namn\"" },
		{ Q0 "describedby", "\"namn-hint namn-help\"" },
		{ Q1 "0.field", "\"yes-no\"" },
		{ Q1 "0.group", "true" },
		{ Q1 "0.hint", "null" },
		{ Q1 "0.help", "null" },
		{ Q1 "0.describedby", "null" },
		{ Q1 "0.optional", "true" },
		{ Q1 "0.max", "null" },
		{ Q1 "0.target", "\"svar_ja\"" },
		{ Q1 "0.options", "[{\"value\":\"ja\",\"label\":\"Ja\","
			"\"id\":\"svar_ja\",\"checked\":false},"
			"{\"value\":\"nej\",\"label\":\"Nej\","
			"\"id\":\"svar_nej\",\"checked\":false}]" },
		{ Q1 "1.condition", "{\"label\":\"Svar?\",\"answer\":\"Ja\"}" },
		{ Q1 "1.target", "\"saker_a\"" },
		{ Q1 "2.parts.day", "{\"name\":\"dag-day\",\"id\":\"dag-day\","
			"\"value\":\"\",\"error\":false}" },
		{ Q1 "2.target", "\"dag-day\"" },
		{ Q1 "2.group", "true" },
		{ Q1 "2.width", "\"short\"" },
		{ Q1 "3.required_if",
			"{\"label\":\"Saker?\",\"answer\":\"Bb\"}" },
		{ Q1 "3.max", "900" },
		{ Q1 "3.rows", "5" },
		{ Q1 "3.width", "\"full\"" },
		{ Q2 "0.parts.street.name", "\"adress-street\"" },
		{ Q2 "0.parts.postcode.id", "\"adress-postcode\"" },
		{ Q2 "0.parts.city.error", "false" },
		{ Q2 "0.target", "\"adress-street\"" },
	};
	struct world *w = *state;

	view(w, NULL);
	EXPECT(w, w->v, rows);
}

static void
answers_come_back_beside_their_errors(void **state)
{
	static const struct row rows[] = {
		{ Q0 "value", "\"<i>åäöåäöåäöåäöåäöåäöåäöåäöåäö</i>\"" },
		{ Q0 "error", "\"Svaret på ”Namn & <b>?” är för långt. Korta"
			" det till högst 30 tecken.\"" },
		{ Q0 "describedby", "\"namn-hint namn-help namn-error\"" },
		{ Q0 "target", "\"namn\"" },
		{ Q1 "0.options.0.checked", "true" },
		{ Q1 "0.options.1.checked", "false" },
		{ Q1 "0.error", "null" },
		{ Q1 "1.options.0.checked", "false" },
		{ Q1 "1.options.1.checked", "true" },
		{ Q1 "1.options.2.checked", "true" },
		{ Q1 "1.value", "\"\"" },
		{ Q1 "2.parts.day", "{\"name\":\"dag-day\",\"id\":\"dag-day\","
			"\"value\":\"1\",\"error\":false}" },
		{ Q1 "2.parts.month.error", "true" },
		{ Q1 "2.parts.month.value", "\"x\"" },
		{ Q1 "2.parts.year.error", "false" },
		{ Q1 "2.target", "\"dag-month\"" },
		{ Q1 "2.describedby", "\"dag-hint dag-error\"" },
		{ Q1 "3.error", "\"Du har inte svarat på ”Berätta?”. Skriv"
			" ditt svar.\"" },
		{ Q2 "0.parts.street.error", "true" },
		{ Q2 "0.parts.city.error", "true" },
		{ Q2 "0.target", "\"adress-street\"" },
	};
	static const struct row errors[] = {
		{ "0.id", "\"namn\"" },
		{ "0.text", "\"Svaret på ”Namn & <b>?” är för långt. Korta det"
			" till högst 30 tecken.\"" },
		{ "1.id", "\"dag-month\"" },
		{ "2.id", "\"lang\"" },
		{ "3.id", "\"adress-street\"" },
		{ "4", "-" },
	};
	static const struct row warnings[] = {
		{ "0.id", "\"epost\"" },
		{ "1", "-" },
	};
	struct world *w = *state;

	view(w, (const char *const[]){
		"namn", "<i>åäöåäöåäöåäöåäöåäöåäöåäöåäö</i>",
		"svar", "ja", "saker", "c", "saker", "b",
		"dag-day", "1", "dag-month", "x", "dag-year", "2026",
		"epost", "eva@example", NULL });
	EXPECT(w, w->v, rows);
	EXPECT(w, formview_errors(&w->arena, &w->s), errors);
	EXPECT(w, formview_warnings(&w->arena, &w->s), warnings);
}

static void
a_wrong_option_is_named_and_nothing_is_ticked(void **state)
{
	static const struct row rows[] = {
		{ Q1 "0.options.0.checked", "false" },
		{ Q1 "0.options.1.checked", "false" },
		{ Q1 "0.error", "\"Välj bland svaren som finns under"
			" ”Svar?”.\"" },
		{ Q1 "0.target", "\"svar_ja\"" },
		{ Q1 "0.describedby", "\"svar-error\"" },
	};
	struct world *w = *state;

	view(w, (const char *const[]){ "svar", "kanske", NULL });
	EXPECT(w, w->v, rows);
}

static void
hidden_answers_come_back_to_the_form_but_not_to_check(void **state)
{
	static const struct row form[] = {
		{ Q1 "1.options.0.checked", "true" },
		{ Q2 "1.value", "\"eva@example.se\"" },
		{ Q2 "1.error", "null" },
		{ Q2 "0.parts.city.value", "\"Ås\"" },
		{ Q2 "0.parts.city.error", "false" },
	};
	static const struct row answers[] = {
		{ "0.title", "null" },
		{ "0.rows.0", "{\"id\":\"namn\",\"label\":\"Namn & <b>?\","
			"\"value\":\"&lt;b&gt;Eva\",\"answered\":true,"
			"\"change\":\"namn\"}" },
		{ "1.title", "\"Del ett\"" },
		{ "1.rows.0.value", "\"Nej\"" },
		{ "1.rows.0.id", "\"svar\"" },
		{ "1.rows.0.change", "\"svar_ja\"" },
		{ "1.rows.1.change", "\"dag-day\"" },
		{ "1.rows.1.id", "\"dag\"" },
		{ "1.rows.1.value", "\"Inget &amp; svar\"" },
		{ "1.rows.1.answered", "false" },
		{ "1.rows.2.id", "\"lang\"" },
		{ "1.rows.3", "-" },
		{ "2", "-" },
	};
	struct world *w = *state;

	view(w, (const char *const[]){ "namn", "<b>Eva", "svar", "nej",
		"saker", "a", "epost", "eva@example.se", "adress-city", "Ås",
		NULL });
	assert_int_equal(w->s.fault_count, 0);
	EXPECT(w, w->v, form);
	EXPECT(w, formview_answers(&w->arena, &w->s,
		text_of("Inget & svar")), answers);
	assert_string_equal(json(w, formview_hidden(&w->arena, &w->s)),
		"[{\"name\":\"namn\",\"value\":\"<b>Eva\"},"
		"{\"name\":\"svar\",\"value\":\"nej\"}]");
}

static void
check_answers_keeps_lines_and_sends_everything_again(void **state)
{
	static const struct row answers[] = {
		{ "1.rows.0.value", "\"Ja\"" },
		{ "1.rows.1.value", "\"Aa<br>\\nCc\"" },
		{ "1.rows.2.value", "\"1 november 2026\"" },
		{ "1.rows.3.value", "\"ett<br>\\ntv\xEF\xBF\xBD" "å\"" },
		{ "2.rows.0.value", "\"Box 2820<br>\\n403 20 Göteborg\"" },
		{ "2.rows.1.value", "\"eva@example.se\"" },
	};
	struct world *w = *state;

	view(w, (const char *const[]){ "namn", " Eva ", "svar", "ja",
		"saker", "c", "saker", "a", "dag-day", "1", "dag-month", "11",
		"dag-year", "2026", "lang", "ett\r\ntv\xE2\x80\xAE" "å",
		"adress-street", "Box 2820", "adress-postcode", "40320",
		"adress-city", "Göteborg", "epost", "eva@example.se", NULL });
	assert_int_equal(w->s.fault_count, 0);
	EXPECT(w, formview_answers(&w->arena, &w->s, text_of("-")), answers);
	assert_string_equal(json(w, formview_hidden(&w->arena, &w->s)), "["
		"{\"name\":\"namn\",\"value\":\"Eva\"},"
		"{\"name\":\"svar\",\"value\":\"ja\"},"
		"{\"name\":\"saker\",\"value\":\"a\"},"
		"{\"name\":\"saker\",\"value\":\"c\"},"
		"{\"name\":\"dag-day\",\"value\":\"1\"},"
		"{\"name\":\"dag-month\",\"value\":\"11\"},"
		"{\"name\":\"dag-year\",\"value\":\"2026\"},"
		"{\"name\":\"lang\",\"value\":\"ett\\ntv\xE2\x80\xAE" "å\"},"
		"{\"name\":\"adress-street\",\"value\":\"Box 2820\"},"
		"{\"name\":\"adress-postcode\",\"value\":\"40320\"},"
		"{\"name\":\"adress-city\",\"value\":\"Göteborg\"},"
		"{\"name\":\"epost\",\"value\":\"eva@example.se\"}]");
}

static void
a_century_that_was_shown_stays(void **state)
{
	struct world *w = *state;
	struct sent sent = { text_of("p"), text_of("270101-2391") };
	struct submission s;
	struct form f;
	struct err e = { 0 };

	assert_true(form_parse(&w->arena, "forms/t.md", text_of(
		"---\ntitle: T\nto: a\nprefix: AB\n---\n"
		"### p: P?\ntype: personnummer\n"), &f, &e));
	submission_check(&w->arena, &f, &sent, 1, today, &s);
	assert_string_equal(json(w, formview_hidden(&w->arena, &s)),
		"[{\"name\":\"p\",\"value\":\"19270101-2391\"}]");
}

static void
a_fault_in_markdown_names_the_forms_line(void **state)
{
	static const struct {
		const char *body;
		const char *where;
	} rows[] = {
		{ "<b>x</b>\n\n### a: A?\ntype: text\n", "forms/t.md:6: " },
		{ "## S\n\n<b>x</b>\n\n### a: A?\ntype: text\n",
			"forms/t.md:8: " },
		{ "### a: A?\ntype: text\n\nHjälp.\n\n<i>x</i>\n",
			"forms/t.md:11: " },
	};
	struct world *w = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct form f;
		struct value *v;
		struct err e = { 0 };

		assert_true(form_parse(&w->arena, "forms/t.md", arena_printf(
			&w->arena, "---\ntitle: T\nto: a\nprefix: AB\n---\n%s",
			rows[i].body), &f, &e));
		assert_false(formview(&w->arena, &f, NULL, NULL, &v, &e));
		assert_true(text_starts(text_of(e.text), rows[i].where));
	}
}

static bool
shout(void *context, struct arena *a, struct text url, int line,
	struct text *out, struct err *e)
{
	(void)e;
	*out = arena_printf(a, "/%s/%.*s/%d/", (const char *)context,
		(int)url.len, url.p, line);
	return true;
}

static void
links_are_those_of_the_caller(void **state)
{
	static char root[] = "rot";
	const struct markdown_options o = { .link = shout, .context = root,
		.heading_shift = 5, .path = "x" };
	struct world *w = *state;
	struct form f;
	struct value *v;
	struct err e = { 0 };

	assert_true(form_parse(&w->arena, "forms/t.md", text_of(
		"---\ntitle: T\nto: a\nprefix: AB\n---\n[x](y)\n\n#### H\n\n"
		"### a: A?\ntype: text\n"), &f, &e));
	assert_true(formview(&w->arena, &f, NULL, &o, &v, &e));
	assert_string_equal(at(w, v, "intro"),
		"\"<p><a href=\\\"/rot/y/6/\\\">x</a></p>\\n"
		"<h2>H</h2>\\n\"");
}

static void
translations_have_addresses_of_their_own(void **state)
{
	struct world *w = *state;
	struct form f;
	struct err e = { 0 };

	assert_true(form_parse(&w->arena, "forms/t.en.md", text_of(source),
		&f, &e));
	assert_true(text_is(formview_url(&w->arena, &f),
		"/en/e-tjanster/t/"));
}

static void
a_form_that_asks_for_nothing_personal_says_so(void **state)
{
	static const struct {
		const char *question;
		bool personal;
	} rows[] = {
		{ "type: text\n", false },
		{ "type: long-text\n", false },
		{ "type: date\n", false },
		{ "type: text\nautocomplete: off\n", false },
		{ "type: text\nautocomplete: name\n", true },
		{ "type: email\n", true },
		{ "type: phone\n", true },
		{ "type: personnummer\n", true },
		{ "type: address\n", true },
	};
	struct world *w = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct form f;
		struct value *v;
		struct err e = { 0 };

		assert_true(form_parse(&w->arena, "forms/t.md", arena_printf(
			&w->arena, "---\ntitle: T\nto: a\nprefix: AB\n---\n"
			"### a: A?\n%s", rows[i].question), &f, &e));
		assert_true(formview(&w->arena, &f, NULL, NULL, &v, &e));
		assert_int_equal(value_get_bool(v, "asks_personal"),
			rows[i].personal);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_empty_form_has_every_key),
		cmocka_unit_test(answers_come_back_beside_their_errors),
		cmocka_unit_test(a_wrong_option_is_named_and_nothing_is_ticked),
		cmocka_unit_test(
			hidden_answers_come_back_to_the_form_but_not_to_check),
		cmocka_unit_test(
			check_answers_keeps_lines_and_sends_everything_again),
		cmocka_unit_test(a_century_that_was_shown_stays),
		cmocka_unit_test(a_fault_in_markdown_names_the_forms_line),
		cmocka_unit_test(links_are_those_of_the_caller),
		cmocka_unit_test(translations_have_addresses_of_their_own),
		cmocka_unit_test(a_form_that_asks_for_nothing_personal_says_so),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
