/* lix: words, long words and sentences of a page are counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "site/lix.h"

static void
words_and_sentences_are_counted(void **state)
{
	static const struct {
		const char *html;
		size_t words, long_words, sentences;
	} rows[] = {
		{ "", 0, 0, 0 },
		{ "<p></p>", 0, 0, 0 },
		{ "<p>Du kan ringa.</p>", 3, 0, 1 },
		{ "<p>Du kan ringa", 3, 0, 1 },
		{ "<p>Ring. Skriv! Kom? Så: bra.</p>", 5, 0, 5 },
		{ "<p>Kl. 14.05, t.ex. på en bänk.</p>", 8, 0, 1 },
		{ "<p>Åk hit.\n\u00C5k hem.</p>", 4, 0, 2 },
		{ "<p>10:30 och 3,5</p>", 5, 0, 1 },
		{ "<h2>Rubrik</h2><p>Text</p><ul><li>a</li><li>b</li></ul>",
			4, 0, 4 },
		{ "<p>En <a href=\"/x.y/\">länk. Och</a> <b>mer</b></p>",
			4, 0, 2 },
		{ "<p>e-tjänst sam\u00ADtal</p>", 2, 1, 1 },
		{ "<p>sexton sjuåtta</p>", 2, 1, 1 },
		{ "<p>kontaktpersonen</p>", 1, 1, 1 },
		{ "<p>a&nbsp;b &amp; c</p>", 3, 0, 1 },
		{ "<p>före</p><svg><text>Ritning. Här</text></svg><p>efter</p>",
			2, 0, 2 },
		{ "<p>\u201DJa.\u201D \u2013 Nej</p>", 2, 0, 2 },
		{ "<", 0, 0, 0 },
		{ "<svg", 0, 0, 0 },
		{ "a&", 1, 0, 1 },
		{ "\xFF", 1, 0, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct lix l = lix_of(text_of(rows[i].html));

		assert_int_equal(l.words, rows[i].words);
		assert_int_equal(l.long_words, rows[i].long_words);
		assert_int_equal(l.sentences, rows[i].sentences);
	}
}

static void
the_value_is_words_a_sentence_and_long_words_in_a_hundred(void **state)
{
	struct lix none = { 0 };
	struct lix some = { 120, 30, 10 };
	struct lix odd = { 3, 1, 2 };

	(void)state;
	assert_int_equal(lix_value(&none), 0);
	assert_int_equal(lix_value(&some), 12 + 25);
	assert_int_equal(lix_value(&odd), 35); /* 1.5 + 33.3 */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_sentences_are_counted),
		cmocka_unit_test(
			the_value_is_words_a_sentence_and_long_words_in_a_hundred),
	};

	return cmocka_run_group_tests_name("site/lix", tests, NULL, NULL);
}
