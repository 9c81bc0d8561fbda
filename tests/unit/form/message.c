/* tests of form/message: what people are told, and in which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <string.h>

#include "form/form.h"
#include "form/message.h"

static const struct date today = { 2026, 11, 22 };
static const char *const langs[] = { "sv", "en" };

static struct question
question_of(enum field_kind kind)
{
	struct question q = { .type = field_type_of(kind), .min = FIELD_UNSET,
		.label = text_of("Vad vill du säga?") };

	q.max = q.type->max;
	return q;
}

static const char *
say(struct arena *a, enum message m, const struct question *q,
	const char *lang)
{
	return arena_string(a, message_text(a, m, q, text_of(lang), today));
}

static void
every_message_is_written_in_both_languages(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (int kind = 0; kind < FIELD_KIND_COUNT; kind++) {
		struct question q = question_of((enum field_kind)kind);

		for (int m = 1; m < MESSAGE_COUNT; m++) {
			const char *sv = say(&a, (enum message)m, &q, "sv");
			const char *en = say(&a, (enum message)m, &q, "en");

			assert_true(strlen(sv) > 20);
			assert_true(strlen(en) > 20);
			assert_string_not_equal(sv, en);
			assert_int_equal(sv[strlen(sv) - 1], '.');
			assert_int_equal(en[strlen(en) - 1], '.');
		}
		assert_string_equal(say(&a, MESSAGE_NONE, &q, "sv"), "");
	}
	arena_release(&a);
}

static void
no_message_blames_or_speaks_officialese(void **state)
{
	static const char *const words[] = { "ogiltig", "felaktig", "krävs",
		"obligatorisk", "måste", "misslyck", "invalid", "required",
		"mandatory", "illegal", "must", "failed", "{", "}", NULL };
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (int kind = 0; kind < FIELD_KIND_COUNT; kind++) {
		struct question q = question_of((enum field_kind)kind);

		for (int m = 1; m < MESSAGE_COUNT; m++) {
			for (int l = 0; l < 2; l++) {
				char low[512] = { 0 };
				const char *t = say(&a, (enum message)m, &q,
					langs[l]);

				assert_true(strlen(t) < sizeof low);
				for (size_t i = 0; t[i]; i++)
					low[i] = (char)tolower(
						(unsigned char)t[i]);
				for (size_t w = 0; words[w]; w++)
					if (strstr(low, words[w]))
						fail_msg("\"%s\" says %s", t,
							words[w]);
			}
		}
	}
	arena_release(&a);
}

static void
a_missing_answer_is_named_by_its_question(void **state)
{
	struct question q = question_of(FIELD_TEXT);
	struct arena a;

	(void)state;
	arena_init(&a, false);
	assert_string_equal(say(&a, MESSAGE_MISSING, &q, "sv"),
		"Du har inte svarat på ”Vad vill du säga?”."
		" Skriv ditt svar.");
	assert_string_equal(say(&a, MESSAGE_MISSING_CHOICE, &q, "en"),
		"You have not answered “Vad vill du säga?”."
		" Choose an answer.");
	assert_string_equal(say(&a, MESSAGE_MISSING, &q, "fi"),
		say(&a, MESSAGE_MISSING, &q, "sv"));
	arena_release(&a);
}

static void
limits_and_examples_are_filled_in(void **state)
{
	struct question text = question_of(FIELD_TEXT);
	struct question date = question_of(FIELD_DATE);
	struct question email = question_of(FIELD_EMAIL);
	struct question number = question_of(FIELD_NUMBER);
	struct arena a;

	(void)state;
	arena_init(&a, false);
	text.max = 120;
	assert_non_null(strstr(say(&a, MESSAGE_TOO_LONG, &text, "sv"),
		"högst 120 tecken"));
	date.min = 0;
	date.max = 30;
	assert_string_equal(say(&a, MESSAGE_DATE_EARLY, &date, "sv"),
		"Skriv ett datum som är 22 november 2026 eller senare.");
	assert_string_equal(say(&a, MESSAGE_DATE_LATE, &date, "en"),
		"Write a date that is 22 December 2026 or earlier.");
	assert_non_null(strstr(say(&a, MESSAGE_EMAIL, &email, "sv"),
		"namn@example.se"));
	number.min = -5;
	assert_non_null(strstr(say(&a, MESSAGE_NUMBER_MIN, &number, "sv"),
		"-5 eller mer"));
	arena_release(&a);
}

static void
the_forms_own_wording_goes_first(void **state)
{
	/* What each message says when the form has written all three. */
	static const struct {
		enum message m;
		const char *own; /* NULL: the table knows better */
	} rows[] = {
		{ MESSAGE_MISSING, "M" },
		{ MESSAGE_MISSING_CHOICE, "M" },
		{ MESSAGE_MISSING_PART, NULL },
		{ MESSAGE_TOO_LONG, "X 254 {x} Vad vill du säga?" },
		{ MESSAGE_TOO_SHORT, "F namn@example.se" },
		{ MESSAGE_NOT_TEXT, NULL },
		{ MESSAGE_EMAIL, "F namn@example.se" },
		{ MESSAGE_EMAIL_ODD, NULL },
		{ MESSAGE_PHONE, "F namn@example.se" },
		{ MESSAGE_PERSONNUMMER, "F namn@example.se" },
		{ MESSAGE_PERSONNUMMER_CHECK, NULL },
		{ MESSAGE_PERSONNUMMER_DATE, NULL },
		{ MESSAGE_PERSONNUMMER_RESERVE, NULL },
		{ MESSAGE_POSTCODE, "F namn@example.se" },
		{ MESSAGE_DATE, "F namn@example.se" },
		{ MESSAGE_DATE_EXISTS, NULL },
		{ MESSAGE_DATE_EARLY, "F namn@example.se" },
		{ MESSAGE_DATE_LATE, "X 254 {x} Vad vill du säga?" },
		{ MESSAGE_NUMBER, "F namn@example.se" },
		{ MESSAGE_NUMBER_MIN, "F namn@example.se" },
		{ MESSAGE_NUMBER_MAX, "X 254 {x} Vad vill du säga?" },
		{ MESSAGE_NOT_AN_OPTION, NULL },
		{ MESSAGE_TOO_MANY, "X 254 {x} Vad vill du säga?" },
		{ MESSAGE_REPEATED, NULL },
		{ MESSAGE_FILE, "F namn@example.se" },
	};
	struct question q = question_of(FIELD_EMAIL);
	struct question plain = q;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	q.error_missing = text_of("M");
	q.error_format = text_of("F {example}");
	q.error_max = text_of("X {max} {x} {label}");
	assert_int_equal(sizeof rows / sizeof rows[0], MESSAGE_COUNT - 1);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(say(&a, rows[i].m, &q, "sv"),
			rows[i].own ? rows[i].own
			: say(&a, rows[i].m, &plain, "sv"));
	arena_release(&a);
}

static void
a_text_is_not_filled_twice(void **state)
{
	struct question q = question_of(FIELD_TEXT);
	struct arena a;

	(void)state;
	arena_init(&a, false);
	q.label = text_of("{max} {label}");
	assert_non_null(strstr(say(&a, MESSAGE_MISSING, &q, "sv"),
		"”{max} {label}”"));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_message_is_written_in_both_languages),
		cmocka_unit_test(no_message_blames_or_speaks_officialese),
		cmocka_unit_test(a_missing_answer_is_named_by_its_question),
		cmocka_unit_test(limits_and_examples_are_filled_in),
		cmocka_unit_test(the_forms_own_wording_goes_first),
		cmocka_unit_test(a_text_is_not_filled_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
