/* search: words, meanings, ranking and what is shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "site/search_index.h"
#include "site/search_near.h"
#include "site/search_snippet.h"
#include "site/search_text.h"

static const struct date today = { 2026, 11, 22 };

#define RING "\xCC\x8A"
#define DOTS "\xCC\x88"
#define SHY "\xC2\xAD"

/* ---- words --------------------------------------------------------------- */

static const struct {
	const char *source, *words;
} words[] = {
	{ "", "" },
	{ " - ,", "" },
	{ "Ansök NU!", "ansök nu" },
	{ "e-post 031-390", "e post 031 390" },
	{ "9 § LSS", "9 lss" },
	/* Telephone numbers, and what looks like them. */
	{ "Ring 031-390 06 10.", "ring 0313900610" },
	{ "0313900610 031-3900610", "0313900610 0313900610" },
	{ "(031) 390\xC2\xA0" "06 10", "0313900610" },
	{ "08/465 004 00, 070-174 06 05", "0846500400 0701740605" },
	{ "+46 31 390 06 10 0046313900610", "0313900610 0313900610" },
	{ "+46 (0)31-390 06 10", "0313900610" },
	{ "390 06 10 465 004 00", "3900610 46500400" },
	{ "031-390 06 10 08-16", "0313900610 08 16" },
	{ "031-390 06 10a", "03139006 10a" },
	{ "+47 31 390 06 10", "47 31 3900610" },
	{ "2026-01-15 08-16, 08.00-16.30", "2026 01 15 08 16 08 00 16 30" },
	{ "Storgatan 37 434 81", "storgatan 37 434 81" },
	{ "10 000 000 1 500 + 2", "10 000 000 1 500 2" },
	{ "03139006101", "03139006101" },
	{ "212000-1264 +", "212000 1264" },
	{ "ÅÄÖ Éva ÜBER", "åäö éva über" },
	{ "a" RING "lder A" DOTS "lg bo" DOTS "n", "ålder älg bön" },
	{ "kontakt" SHY "person", "kontaktperson" },
	{ "kontakt" SHY " x", "kontakt x" },
	{ RING "x\xCC\x81y", "xy" },
	{ "ŠKODA Ł ŻÓŁĆ", "škoda ł żółć" },
	{ "ПРИВЕТ ΑΒΓ", "привет αβγ" },
	{ "a\xFF" "b\xC3", "a b" },
	{ "”citat”–streck…", "citat streck" },
	{ "x\xF0\x9F\x98\x80y", "x y" },
};

static void
words_are_runs_of_letters_in_lower_case(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct text source = text_of(words[i].source);
		struct search_word w;
		struct buf b;
		size_t at = 0;

		buf_init(&b, 1000);
		while (search_word_next(source, &at, &w)) {
			if (b.len)
				buf_char(&b, ' ');
			buf_text(&b, search_word_text(&w));
			assert_true(w.from < w.to && w.to <= source.len);
			assert_int_equal(w.letters,
				utf8_count(search_word_text(&w)));
		}
		buf_char(&b, '\0');
		assert_string_equal(b.p, words[i].words);
		buf_release(&b);
	}
}

static void
a_long_word_is_cut_at_a_whole_letter(void **state)
{
	struct search_word w;
	char long_word[2 * 100];
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < sizeof long_word; i += 2)
		memcpy(long_word + i, "ö", 2);
	assert_true(search_word_next((struct text){ long_word,
		sizeof long_word }, &at, &w));
	assert_int_equal(w.len, SEARCH_WORD_MAX);
	assert_int_equal(w.to, sizeof long_word);
	assert_true(utf8_valid(search_word_text(&w)));
}

static const struct {
	bool english;
	const char *word, *stem;
} stems[] = {
	{ false, "kontaktpersoner", "kontaktperson" },
	{ false, "kontaktpersonens", "kontaktperson" },
	{ false, "ansöker", "ansök" },
	{ false, "ansöka", "ansök" },
	{ false, "bidrag", "bidrag" },
	{ true, "applications", "applic" },
	{ true, "apply", "appli" },
	{ true, "persons", "person" },
};

static void
stems_are_of_the_language(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
		struct search_stemmer *s = search_stemmer_open(
			stems[i].english);

		assert_non_null(s);
		assert_true(text_is(search_stem(s, text_of(stems[i].word)),
			stems[i].stem));
		search_stemmer_close(s);
	}
}

static void
without_a_stemmer_words_stay(void **state)
{
	(void)state;
	assert_true(text_is(search_stem(NULL, text_of("bilar")), "bilar"));
	search_stemmer_close(NULL);
}

/* ---- what was meant ------------------------------------------------------ */

static const struct {
	const char *a, *b;
	int distance;
} distances[] = {
	{ "", "", 0 },           { "a", "", 2 },
	{ "lön", "lön", 0 },     { "lon", "lön", 1 },
	{ "lån", "län", 1 },     { "ansokan", "ansökan", 1 },
	{ "alder", "ålder", 1 }, { "synpukt", "synpunkt", 2 },
	{ "synpunckt", "synpunkt", 2 }, { "snypunkt", "synpunkt", 2 },
	{ "kontaktpresson", "kontaktperson", 4 },
	{ "kontaktpreson", "kontaktperson", 2 },
	{ "bil", "båtar", SEARCH_NEAR_NONE },
	{ "kort", "kontaktperson", SEARCH_NEAR_NONE },
	{ "abcdef", "badcfe", SEARCH_NEAR_NONE }, /* three swaps */
	{ "abcd", "badc", 4 },
};

static void
distances_count_edits_and_forgive_rings_and_dots(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof distances / sizeof *distances; i++) {
		struct text a = text_of(distances[i].a);
		struct text b = text_of(distances[i].b);
		struct search_letters x, y;
		int d = distances[i].distance;

		search_near_spell(a, &x);
		search_near_spell(b, &y);
		assert_int_equal(search_near(&x, &y, 4),
			d > 4 ? SEARCH_NEAR_NONE : d);
		assert_int_equal(search_near(&y, &x, 4),
			search_near(&x, &y, 4));
		/* The limit is exact, and the mask never lies. */
		if (d <= 4) {
			assert_int_equal(search_near(&x, &y, d), d);
			assert_true(__builtin_popcount(search_near_mask(a) ^
				search_near_mask(b)) <= d);
		}
		if (d > 0 && d <= 4)
			assert_int_equal(search_near(&x, &y, d - 1),
				SEARCH_NEAR_NONE);
	}
}

/* ---- plain text ---------------------------------------------------------- */

static const struct {
	const char *html, *text;
} plain[] = {
	{ "", "" },
	{ "<p>Ett <em>två</em>\n tre.</p>\n<p>Fyra</p>",
		"Ett två tre.\nFyra" },
	{ "<h2 id=\"a\">Rubrik</h2>\n<p>Text</p>", "Text" },
	{ "<svg viewBox=\"0 0 9 9\"><text>bort</text><g/></svg><p>kvar</p>",
		"kvar" },
	{ "<ul><li>a</li><li>b<br>c</li></ul>", "a\nb\nc" },
	{ "kontakt<strong>person</strong>", "kontaktperson" },
	/* A footnote's number is no part of the word before it. */
	{ "avgift<sup><a href=\"#_1\">1</a></sup>.", "avgift." },
	{ "a &amp; b &lt;c&gt; &quot;d&quot; &#39;e&#39; f&nbsp;g",
		"a & b <c> \"d\" 'e' f g" },
	{ "9\xC2\xA0\xC2\xA7", "9 \xC2\xA7" },
	{ "a & b &unknown; &#xyz;", "a & b &unknown; &#xyz;" },
	{ "a < b", "a < b" },
	{ "<p", "<p" },
	{ "&amp", "&amp" },
	{ "<h2>aldrig stängd", "" },
};

static void
markup_becomes_one_block_a_line(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		assert_string_equal(search_text(&a, (struct html){
			text_of(plain[i].html) }).p, plain[i].text);
	arena_release(&a);
}

/* ---- finding ------------------------------------------------------------- */

#define TEXT(s) { s, sizeof(s) - 1 }

static const struct search_doc docs[] = {
	{ .url = TEXT("/kontakt/"), .title = TEXT("Kontakt"),
		.description = TEXT("Ring oss."),
		.body = TEXT("Telefon 031-390\xC2\xA0" "06\xC2\xA0" "10 och "
			"e-post.\nKom gärna på besök.") },
	{ .url = TEXT("/kontaktperson/"), .title = TEXT("Kontaktperson"),
		.description = TEXT("Sällskap i vardagen."),
		.headings = TEXT("Vem kan få det?\n"),
		.body = TEXT("En kontaktperson är en vän.\nDu kan ansöka när "
			"som helst. Barnet kan också få stöd.") },
	{ .url = TEXT("/avgift/"), .title = TEXT("Avgifter"),
		.description = TEXT("Det är gratis."),
		.unseen = TEXT("pengar"),
		.body = TEXT("Kontaktpersonen kostar inget. Ledsagning kostar "
			"inte heller något.") },
	{ .url = TEXT("/e-tjanster/ansokan/"), .service = true,
		.title = TEXT("Ansök om kontaktperson"),
		.description = TEXT("För dig själv eller ditt barn."),
		.body = TEXT("Vad heter du?") },
	{ .url = TEXT("/e-tjanster/synpunkt/"), .service = true,
		.title = TEXT("Lämna en synpunkt"),
		.description = TEXT("Beröm och klagomål."),
		.body = TEXT("Gäller det en kontaktperson? Skriv inget "
			"namn.") },
};

static const struct {
	const char *query;
	const char *urls;  /* in order */
	const char *meant;
} queries[] = {
	{ "", "", "" },
	{ "?!", "", "" },
	{ "telefon", "/kontakt/", "" },
	/* A stem, in any of its forms; a service first. */
	{ "ansök", "/e-tjanster/ansokan/ /kontaktperson/", "" },
	{ "ANSÖKER", "/e-tjanster/ansokan/ /kontaktperson/", "" },
	{ "kostade", "/avgift/", "" },
	/* The beginning and the end of a compound, after the word itself. */
	{ "kontakt", "/kontakt/ /kontaktperson/ /e-tjanster/ansokan/ "
		"/e-tjanster/synpunkt/ /avgift/", "" },
	{ "ledsag", "/avgift/", "" },
	{ "sagning", "/avgift/", "" },
	{ "le", "", "" },
	/* Titles count more than text; fillers count only alone. */
	{ "kontaktperson", "/e-tjanster/ansokan/ /kontaktperson/ "
		"/e-tjanster/synpunkt/ /avgift/", "" },
	{ "vad kostar det", "/avgift/", "" },
	{ "eller", "/e-tjanster/ansokan/", "" },
	/* A page that has all of it before one that has half. */
	{ "kostar kontaktperson", "/avgift/ /kontaktperson/ "
		"/e-tjanster/ansokan/ /e-tjanster/synpunkt/", "" },
	/* Headings and the words of an easy-read page. */
	{ "vem", "/kontaktperson/", "" },
	{ "pengar", "/avgift/", "" },
	/* A telephone number, however it is typed; no other for it. */
	{ "0313900610", "/kontakt/", "" },
	{ "031-3900610", "/kontakt/", "" },
	{ "+4631 390 06 10", "/kontakt/", "" },
	{ "390 06 10", "/kontakt/", "" },
	{ "031-390", "/kontakt/", "" },
	{ "0313900611", "", "" },
	/* What was meant. */
	{ "ansoka", "", "ansöka" },
	{ "telelfon", "", "telefon" },
	{ "Hur ansokar jag?", "", "Hur ansöka jag?" },
	{ "synpukt klagomol", "", "synpunkt klagomål" },
	{ "telefon xyzzyxyzzy", "/kontakt/", "" },
	{ "telefon ledsagninng", "/kontakt/", "telefon ledsagning" },
	{ "xq", "", "" },
};

static struct search_index *
make(struct arena *a, bool english)
{
	return search_index_make(a, english, docs,
		sizeof docs / sizeof *docs);
}

static void
queries_find_pages_in_order(void **state)
{
	struct arena a;
	struct search_index *x;

	(void)state;
	arena_init(&a, false);
	x = make(&a, false);
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		struct search_found f;
		struct buf b;

		search_index_find(x, &a, text_of(queries[i].query), today, &f);
		buf_init(&b, 1000);
		for (size_t k = 0; k < f.count; k++) {
			if (k)
				buf_char(&b, ' ');
			buf_text(&b, f.hits[k].doc->url);
		}
		buf_char(&b, '\0');
		if (strcmp(b.p, queries[i].urls) != 0 ||
			!text_is(f.meant, queries[i].meant))
			print_message("%s: %s (%.*s)\n", queries[i].query, b.p,
				(int)f.meant.len, f.meant.p ? f.meant.p : "");
		assert_string_equal(b.p, queries[i].urls);
		assert_true(text_is(f.meant, queries[i].meant));
		assert_int_equal(f.total, f.count);
		buf_release(&b);
	}
	arena_release(&a);
}

static void
an_empty_site_answers_nothing(void **state)
{
	struct search_found f;
	struct search_index *x;
	struct arena a;
	size_t count;

	(void)state;
	arena_init(&a, false);
	x = search_index_make(&a, true, NULL, 0);
	search_index_find(x, &a, text_of("anything"), today, &f);
	assert_int_equal(f.total, 0);
	assert_int_equal(f.meant.len, 0);
	(void)search_index_pieces(x, &a, &f, text_of("any"), &count);
	assert_int_equal(count, 1);
	arena_release(&a);
}

static void
english_words_have_english_stems_and_no_compounds(void **state)
{
	static const struct search_doc page = {
		.url = TEXT("/en/"), .title = TEXT("Applications"),
		.body = TEXT("A companion for everyday life.") };
	static const char *const found[] = { "application", "applications",
		"companion", "companions", "comp" };
	static const char *const missing[] = { "panion", "life's'x z", "jag" };
	struct search_found f;
	struct search_index *x;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	x = search_index_make(&a, true, &page, 1);
	for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
		search_index_find(x, &a, text_of(found[i]), today, &f);
		assert_int_equal(f.total, 1);
	}
	search_index_find(x, &a, text_of(missing[0]), today, &f);
	assert_int_equal(f.total, 0);
	search_index_find(x, &a, text_of(missing[2]), today, &f);
	assert_int_equal(f.total, 0);
	arena_release(&a);
}

static void
only_the_best_are_given_and_all_are_counted(void **state)
{
	enum { MANY = 50 };
	struct search_doc many[MANY];
	struct search_found f;
	struct search_index *x;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < MANY; i++)
		many[i] = (struct search_doc){
			.url = arena_printf(&a, "/%zu/", i),
			.title = text_of("Sida"), .body = text_of("bidrag") };
	x = search_index_make(&a, false, many, MANY);
	search_index_find(x, &a, text_of("bidrag"), today, &f);
	assert_int_equal(f.total, MANY);
	assert_int_equal(f.count, SEARCH_SHOWN_MAX);
	/* Equals stand in the order of the site. */
	assert_true(text_is(f.hits[0].doc->url, "/0/"));
	assert_true(text_is(f.hits[1].doc->url, "/1/"));
	arena_release(&a);
}

static void
a_document_answers_until_the_day_before_it_expires(void **state)
{
	static const struct search_doc two[] = {
		{ .title = { "Bidrag", 6 }, .url = { "/a/", 3 },
			.expire = { 2026, 11, 22 } },
		{ .title = { "Bidrag", 6 }, .url = { "/b/", 3 } },
	};
	struct search_found f;
	struct search_index *x;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	x = search_index_make(&a, false, two, 2);
	search_index_find(x, &a, text_of("bidrag"),
		(struct date){ 2026, 11, 21 }, &f);
	assert_int_equal(f.total, 2);
	search_index_find(x, &a, text_of("bidrag"), today, &f);
	assert_int_equal(f.total, 1);
	assert_true(text_is(f.hits[0].doc->url, "/b/"));
	arena_release(&a);
}

static void
a_query_is_cut_at_its_ceilings(void **state)
{
	char many[2 * SEARCH_QUERY_MAX + 1];
	struct search_found f;
	struct search_index *x;
	struct arena a;

	(void)state;
	arena_init(&a, false);
	x = make(&a, false);
	many[0] = 'x';
	for (size_t i = 1; i + 1 < sizeof many; i += 2)
		memcpy(many + i, "ö", 2);
	assert_int_equal(search_query((struct text){ many,
		sizeof many }).len, SEARCH_QUERY_MAX - 1);
	assert_true(text_is(search_query(text_of("  a b \n")), "a b"));
	/* The eleventh word is not looked for. */
	search_index_find(x, &a, text_of("qa qb qc qd qe qf qg qh qi telefon"),
		today, &f);
	assert_int_equal(f.total, 1);
	search_index_find(x, &a, text_of("qa qb qc qd qe qf qg qh qi qj "
		"telefon"), today, &f);
	assert_int_equal(f.total, 0);
	arena_release(&a);
}

/* ---- showing ------------------------------------------------------------- */

static const struct {
	const char *query, *body, *snippet;
} snippets[] = {
	{ "två", "Ett. Två tre.", "[Två] tre." },
	{ "tre", "Ett två\ntre", "[tre]" },
	{ "två tre", "Ett två\ntre\nfyra.\nfem",
		"Ett [två] · [tre] · fyra. fem" },
	{ "sist", "En lång inledning som inte handlar om saken, utan om något "
		"helt annat och som till slut kommer till det som står sist",
		"… helt annat och som till slut kommer till det som står "
		"[sist]" },
	{ "först", "Först kommer det som söks, sedan kommer mycket annat som "
		"ingen har frågat efter men som ändå står där för att fylla "
		"ut texten så att den blir längre än vad som får plats i "
		"rutan som visar den",
		"[Först] kommer det som söks, sedan kommer mycket annat som "
		"ingen har frågat efter men som ändå står där för att fylla "
		"ut texten så att den blir längre än vad som får plats i "
		"rutan som visar …" },
	{ "titel", "Ett", "beskrivning" },
};

static void
snippets_show_where_the_words_stand(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof snippets / sizeof *snippets; i++) {
		struct search_doc d = { .title = text_of("Titel"),
			.description = text_of("beskrivning"),
			.body = text_of(snippets[i].body) };
		struct search_index *x = search_index_make(&a, false, &d, 1);
		struct search_piece *p;
		struct search_found f;
		size_t count;
		struct buf b;

		search_index_find(x, &a, text_of(snippets[i].query), today, &f);
		assert_int_equal(f.count, 1);
		p = search_index_pieces(x, &a, &f, search_snippet(&a,
			&f.hits[0]), &count);
		buf_init(&b, 1000);
		for (size_t k = 0; k < count; k++) {
			if (p[k].hit)
				buf_char(&b, '[');
			buf_text(&b, p[k].text);
			if (p[k].hit)
				buf_char(&b, ']');
		}
		buf_char(&b, '\0');
		assert_string_equal(b.p, snippets[i].snippet);
		buf_release(&b);
	}
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_runs_of_letters_in_lower_case),
		cmocka_unit_test(a_long_word_is_cut_at_a_whole_letter),
		cmocka_unit_test(stems_are_of_the_language),
		cmocka_unit_test(without_a_stemmer_words_stay),
		cmocka_unit_test(
			distances_count_edits_and_forgive_rings_and_dots),
		cmocka_unit_test(markup_becomes_one_block_a_line),
		cmocka_unit_test(queries_find_pages_in_order),
		cmocka_unit_test(an_empty_site_answers_nothing),
		cmocka_unit_test(
			english_words_have_english_stems_and_no_compounds),
		cmocka_unit_test(only_the_best_are_given_and_all_are_counted),
		cmocka_unit_test(
			a_document_answers_until_the_day_before_it_expires),
		cmocka_unit_test(a_query_is_cut_at_its_ceilings),
		cmocka_unit_test(snippets_show_where_the_words_stand),
	};

	return cmocka_run_group_tests_name("site/search", tests, NULL, NULL);
}
