/* message: what a person is told about an answer. */
#include "form/message.h"

#include "base/buf.h"
#include "form/form.h"
#include "base/banned.h"

enum { TEXT_MAX = 4096 };

/* Which wording of the form file goes before the table's. */
enum own {
	OWN_NONE,
	OWN_MISSING,
	OWN_FORMAT,
	OWN_MAX
};

static const struct {
	enum own own;
	const char *sv;
	const char *en;
} texts[MESSAGE_COUNT] = {
	[MESSAGE_NONE] = { OWN_NONE, "", "" },
	[MESSAGE_MISSING] = { OWN_MISSING,
		"Du har inte svarat på ”{label}”. Skriv ditt svar.",
		"You have not answered “{label}”. Write your answer." },
	[MESSAGE_MISSING_CHOICE] = { OWN_MISSING,
		"Du har inte svarat på ”{label}”. Välj ett svar.",
		"You have not answered “{label}”. Choose an answer." },
	[MESSAGE_MISSING_PART] = { OWN_NONE,
		"En del av svaret på ”{label}” saknas. Fyll i det som är tomt.",
		"A part of the answer to “{label}” is missing. Fill in what is"
		" empty." },
	[MESSAGE_TOO_LONG] = { OWN_MAX,
		"Svaret på ”{label}” är för långt. Korta det till högst {max}"
		" tecken.",
		"The answer to “{label}” is too long. Shorten it to at most"
		" {max} characters." },
	[MESSAGE_TOO_SHORT] = { OWN_FORMAT,
		"Svaret på ”{label}” är för kort. Skriv minst {min} tecken.",
		"The answer to “{label}” is too short. Write at least {min}"
		" characters." },
	[MESSAGE_NOT_TEXT] = { OWN_NONE,
		"Svaret på ”{label}” innehåller tecken som vi inte kan läsa."
		" Skriv det en gång till.",
		"The answer to “{label}” holds characters that we cannot read."
		" Write it once more." },
	[MESSAGE_EMAIL] = { OWN_FORMAT,
		"Skriv hela e-postadressen, utan mellanslag och med @ i, till"
		" exempel {example}.",
		"Write the whole e-mail address, without spaces and with an @,"
		" for example {example}." },
	[MESSAGE_EMAIL_ODD] = { OWN_NONE,
		"E-postadressen ser ovanlig ut. Läs igenom den en gång till. Är"
		" den rätt kan du gå vidare.",
		"The e-mail address looks unusual. Please read it once more. If"
		" it is right you can go on." },
	[MESSAGE_PHONE] = { OWN_FORMAT,
		"Skriv ett telefonnummer med minst fem siffror, till exempel"
		" {example}.",
		"Write a phone number with at least five digits, for example"
		" {example}." },
	[MESSAGE_PERSONNUMMER] = { OWN_FORMAT,
		"Skriv personnumret med tolv siffror, till exempel {example}.",
		"Write the personal identity number with twelve digits, for"
		" example {example}." },
	[MESSAGE_PERSONNUMMER_CHECK] = { OWN_NONE,
		"Någon siffra i personnumret stämmer inte. Jämför med ett"
		" id-kort och skriv numret en gång till.",
		"Some digit of the personal identity number is not right."
		" Compare it with an identity card and write it once more." },
	[MESSAGE_PERSONNUMMER_DATE] = { OWN_NONE,
		"Datumet i personnumret stämmer inte. Skriv alla tolv"
		" siffrorna: år, månad, dag och de fyra sista, till exempel"
		" {example}.",
		"The date in the personal identity number is not right. Write"
		" all twelve digits: year, month, day and the last four, for"
		" example {example}." },
	[MESSAGE_PERSONNUMMER_RESERVE] = { OWN_NONE,
		"Det här ser ut som ett reservnummer eller ett tillfälligt"
		" nummer. Välj i stället svaret ”inget svenskt personnummer”"
		" och skriv födelsedatum.",
		"This looks like a reserve number or a temporary number. Choose"
		" the answer “no Swedish personal identity number” instead and"
		" write the date of birth." },
	[MESSAGE_POSTCODE] = { OWN_FORMAT,
		"Skriv postnumret med fem siffror, till exempel {example}. Ett"
		" utländskt postnummer skriver du som det är.",
		"Write the postcode with five digits, for example {example}."
		" Write a foreign postcode as it is." },
	[MESSAGE_DATE] = { OWN_FORMAT,
		"Skriv datumet som dag, månad och år med fyra siffror, till"
		" exempel {example}.",
		"Write the date as day, month and a year of four digits, for"
		" example {example}." },
	[MESSAGE_DATE_EXISTS] = { OWN_NONE,
		"Den dagen finns inte i kalendern. Läs igenom dag, månad och"
		" år en gång till.",
		"There is no such day in the calendar. Please read day, month"
		" and year once more." },
	[MESSAGE_DATE_EARLY] = { OWN_FORMAT,
		"Skriv ett datum som är {min} eller senare.",
		"Write a date that is {min} or later." },
	[MESSAGE_DATE_LATE] = { OWN_MAX,
		"Skriv ett datum som är {max} eller tidigare.",
		"Write a date that is {max} or earlier." },
	[MESSAGE_NUMBER] = { OWN_FORMAT,
		"Svara på ”{label}” med siffror, till exempel {example}.",
		"Answer “{label}” with digits, for example {example}." },
	[MESSAGE_NUMBER_MIN] = { OWN_FORMAT,
		"Svara på ”{label}” med ett tal som är {min} eller mer.",
		"Answer “{label}” with a number that is {min} or more." },
	[MESSAGE_NUMBER_MAX] = { OWN_MAX,
		"Svara på ”{label}” med ett tal som är {max} eller mindre.",
		"Answer “{label}” with a number that is {max} or less." },
	[MESSAGE_NOT_AN_OPTION] = { OWN_NONE,
		"Välj bland svaren som finns under ”{label}”.",
		"Choose among the answers under “{label}”." },
	[MESSAGE_TOO_MANY] = { OWN_MAX,
		"Du har valt för många svar på ”{label}”. Välj högst {max}.",
		"You have chosen too many answers to “{label}”. Choose at most"
		" {max}." },
	[MESSAGE_REPEATED] = { OWN_NONE,
		"Vi fick mer än ett svar på ”{label}”. Svara en gång till, med"
		" ett svar.",
		"We got more than one answer to “{label}”. Please answer once"
		" more, with one answer." },
	[MESSAGE_FILE] = { OWN_FORMAT,
		"Välj filen till ”{label}” igen.",
		"Choose the file for “{label}” again." },
};

/* {example}: Swedish and English; numbers reserved for fiction. */
static const char *const examples[FIELD_KIND_COUNT][2] = {
	[FIELD_EMAIL] = { "namn@example.se", "name@example.se" },
	[FIELD_PHONE] = { "031-390 06 10", "031-390 06 10" },
	[FIELD_PERSONNUMMER] = { "19121212-1212", "19121212-1212" },
	[FIELD_POSTCODE] = { "434 81", "434 81" },
	[FIELD_ADDRESS] = { "434 81", "434 81" },
	[FIELD_DATE] = { "22 11 2026", "22 11 2026" },
	[FIELD_NUMBER] = { "12 eller 12,5", "12 or 12.5" },
};

/* A limit in words: a number, or for a date the day it means. */
static struct text
limit(struct arena *a, const struct question *q, int64_t n, struct text lang,
	struct date today)
{
	if (n == FIELD_UNSET)
		n = -q->type->ceiling;
	if (q->type->kind != FIELD_DATE)
		return arena_printf(a, "%lld", (long long)n);
	return clock_date_words(a, date_from_days(date_to_days(today) + n),
		lang);
}

static struct text
own_wording(const struct question *q, enum own own)
{
	switch (own) {
	case OWN_MISSING:
		return q->error_missing;
	case OWN_FORMAT:
		return q->error_format;
	case OWN_MAX:
		return q->error_max;
	case OWN_NONE:
		break;
	}
	return (struct text){ 0 };
}

/* Replaces {name} at the start of t; bytes taken, 0 if it is none of ours. */
static size_t
fill(struct buf *out, struct text t, const char *name, struct text with)
{
	size_t n = text_of(name).len;

	if (!text_starts(t, name))
		return 0;
	buf_text(out, with);
	return n;
}

struct text
message_text(struct arena *a, enum message m, const struct question *q,
	struct text lang, struct date today)
{
	bool en = text_is(lang, "en");
	struct text t = own_wording(q, texts[m].own);
	struct text max = limit(a, q, q->max, lang, today);
	struct text min = limit(a, q, q->min, lang, today);
	struct text example = text_of(examples[q->type->kind][en]);
	struct buf out;

	if (!t.len)
		t = text_of(en ? texts[m].en : texts[m].sv);
	buf_init(&out, TEXT_MAX);
	while (t.len) {
		size_t n = fill(&out, t, "{label}", q->label);

		n = n ? n : fill(&out, t, "{max}", max);
		n = n ? n : fill(&out, t, "{min}", min);
		n = n ? n : fill(&out, t, "{example}", example);
		if (!n) {
			buf_char(&out, t.p[0]);
			n = 1;
		}
		t = text_from(t, n);
	}
	t = arena_copy(a, buf_view(&out));
	buf_release(&out);
	return t;
}

bool
message_has_lang(struct text lang)
{
	return text_is(lang, "sv") || text_is(lang, "en");
}
