/* tests of base/utf8 and base/base32. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/base32.h"
#include "base/utf8.h"

static const struct {
	const char *in;
	size_t len;
	int valid;
} sequences[] = {
	{ "", 0, 1 }, { "abc", 3, 1 }, { "åäö", 6, 1 },
	{ "\xE2\x82\xAC", 3, 1 }, { "\xF0\x9F\x98\x80", 4, 1 },
	{ "\xF4\x8F\xBF\xBF", 4, 1 }, { "a\0b", 3, 1 },
	{ "\x80", 1, 0 }, { "\xC3", 1, 0 }, { "\xC0\x80", 2, 0 },
	{ "\xC1\xBF", 2, 0 }, { "\xE0\x80\x80", 3, 0 },
	{ "\xED\xA0\x80", 3, 0 }, { "\xF4\x90\x80\x80", 4, 0 },
	{ "\xF0\x80\x80\x80", 4, 0 }, { "\xFF", 1, 0 },
	{ "\xE2\x82", 2, 0 }, { "\xC3(", 2, 0 },
};

static void
only_well_formed_utf8_is_valid(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
		assert_int_equal(utf8_valid((struct text){ sequences[i].in,
			sequences[i].len }), sequences[i].valid);
}

/* In the middle of a long text, of ASCII or of Swedish letters. */
static struct text
put_in(char *text, size_t size, size_t filler, size_t at, struct text what)
{
	static const char *const fillers[] = { "xx", "å" };
	size_t rest = at + what.len;

	for (size_t k = 0; k < size; k++)
		text[k] = fillers[filler][k < rest ? k % 2 : (k - rest) % 2];
	memcpy(text + at, what.p, what.len);
	return (struct text){ text, rest + 70 };
}

static void
it_is_no_less_valid_wherever_it_stands(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
		for (size_t f = 0; f < 2; f++)
			for (size_t at = 0; at < 200; at += 1 + f) {
				char text[300];
				bool clean = sequences[i].valid && !memchr(
					sequences[i].in, 0, sequences[i].len);
				struct text t = put_in(text, sizeof text, f,
					at, (struct text){ sequences[i].in,
						sequences[i].len });

				assert_int_equal(utf8_valid(t),
					sequences[i].valid);
				assert_int_equal(utf8_is_clean(t), clean);
			}
}

/* The quick look at many bytes says what the careful ones say. */
static void
any_two_bytes_are_as_clean_in_a_long_text(void **state)
{
	(void)state;
	for (int pair = 0; pair < 256 * 256; pair++)
		for (size_t f = 0; f < 2; f++) {
			char text[300];
			uint32_t point;
			char two[] = { (char)(pair >> 8), (char)pair };
			struct text t = put_in(text, sizeof text, f, 90,
				(struct text){ two, sizeof two });

			if (utf8_is_clean(t) != (utf8_valid(t) &&
				utf8_find_hostile(t, &point) == t.len))
				fail_msg("%04X, filler %zu", (unsigned)pair, f);
		}
}

static void
what_is_hostile_is_so_wherever_it_stands(void **state)
{
	static const struct {
		const char *in;
		bool clean;
	} cases[] = {
		{ "\r\n", true }, { "\t\n", true }, { "\u00A0\u06A9", true },
		{ "\u2010\u00A7", true }, { "\r", false }, { "\n\r", false },
		{ "\x1B", false }, { "\x7F", false }, { "\xC2\x9B", false },
		{ "\u061C", false }, { "\u200E", false }, { "\u202E", false },
		{ "\u2066", false }, { "\x01", false }
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t f = 0; f < 2; f++)
			for (size_t at = 0; at < 200; at += 1 + f) {
				char text[300];
				uint32_t point;
				struct text t = put_in(text, sizeof text, f,
					at, text_of(cases[i].in));

				assert_int_equal(utf8_is_clean(t),
					cases[i].clean);
				assert_int_equal(utf8_find_hostile(t, &point)
					== t.len, cases[i].clean);
			}
}

static void
encoding_is_the_inverse_of_reading(void **state)
{
	(void)state;
	for (uint32_t p = 0; p <= 0x10FFFF; p += 7) {
		char out[4];
		struct text t = { out, 0 };
		uint32_t back = 0;

		if (p >= 0xD800 && p <= 0xDFFF)
			continue;
		t.len = utf8_encode(p, out);
		assert_true(utf8_valid(t));
		assert_int_equal(utf8_count(t), 1);
		assert_true(utf8_next(&t, &back));
		assert_int_equal(back, p);
		assert_int_equal(t.len, 0);
	}
}

static void
hostile_characters_are_shown_not_obeyed(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "abc\tåäö\n", "abc\tåäö\n" },
		{ "a\x1B[31mb", "a\uFFFD[31mb" },
		{ "a\u202Eb", "a\uFFFDb" },
		{ "\u2066x\u2069", "\uFFFDx\uFFFD" },
		{ "x\x7Fy", "x\uFFFDy" },
		{ "\xFFz", "\uFFFDz" },
	};
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_true(text_is(utf8_visible(&a, text_of(cases[i].in)),
			cases[i].out));
	arena_release(&a);
}

static void
the_first_hostile_character_is_found(void **state)
{
	static const struct {
		const char *in;
		size_t at;
		uint32_t point;
	} cases[] = {
		{ "", 0, 0 },
		{ "abc\tåäö\n½…”\u00A0\u06A9", 23, 0 },
		{ "rad\r\nrad", 8, 0 },
		{ "rad\rrad", 3, '\r' },
		{ "rad\r", 3, '\r' },
		{ "é\x1B[31m", 2, 0x1B },
		{ "x\x7Fy", 1, 0x7F },
		{ "å\xC2\x9B" "2J", 2, 0x9B },
		{ "ab\u202Ecd", 2, 0x202E },
		{ "\u061C", 0, 0x061C },
		{ "\u2069", 0, 0x2069 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct text t = text_of(cases[i].in);
		uint32_t point = 0;

		assert_int_equal(utf8_find_hostile(t, &point), cases[i].at);
		if (cases[i].point)
			assert_int_equal(point, cases[i].point);
		else
			assert_int_equal(cases[i].at, t.len);
	}
}

static void
base32_reads_what_people_write(void **state)
{
	static const unsigned char bytes[5] = { 0x00, 0x44, 0x32, 0x14, 0xC7 };
	unsigned char back[5];
	char out[9];

	(void)state;
	base32_encode(bytes, 8, out);
	assert_string_equal(out, "01234567");
	assert_true(base32_decode(text_of("0123-4567"), 8, back));
	assert_memory_equal(back, bytes, 5);
	assert_true(base32_decode(text_of(" oI23 4567 "), 8, back));
	assert_memory_equal(back, bytes, 5);
	assert_false(base32_decode(text_of("0123456"), 8, back));
	assert_false(base32_decode(text_of("012345678"), 8, back));
	assert_false(base32_decode(text_of("0123456U"), 8, back));
	assert_false(base32_decode(text_of("0123456å"), 8, back));
}

static void
check_digit_catches_every_wrong_digit(void **state)
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	char code[8] = "7KQ4M2X";
	char right = base32_check(code, 7);

	(void)state;
	for (size_t at = 0; at < 7; at++) {
		char kept = code[at];

		for (size_t i = 0; i < 32; i++) {
			code[at] = digits[i];
			if (digits[i] != kept)
				assert_int_not_equal(base32_check(code, 7),
					right);
		}
		code[at] = kept;
	}
}

/* Text without any is passed over many bytes at a time. */
static void
a_hostile_character_is_found_wherever_it_stands(void **state)
{
	static const char *const hostile[] = {
		"\x1B", "\x7F", "\xC2\x85", "\xD8\x9C", "\xE2\x80\xAE", "\r"
	};
	char text[205];
	uint32_t point;

	(void)state;
	for (size_t at = 0; at < 200; at++) {
		for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
			memset(text, at % 3 ? 'a' : '\n', sizeof text);
			memcpy(text + at, hostile[i], strlen(hostile[i]));
			if (*hostile[i] == '\r')
				text[at + 1] = 'a';
			assert_int_equal(utf8_find_hostile((struct text){
				text, sizeof text }, &point), at);
		}
	}
	memset(text, 'a', sizeof text);
	assert_int_equal(utf8_find_hostile((struct text){ text, sizeof text },
		&point), sizeof text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_well_formed_utf8_is_valid),
		cmocka_unit_test(it_is_no_less_valid_wherever_it_stands),
		cmocka_unit_test(any_two_bytes_are_as_clean_in_a_long_text),
		cmocka_unit_test(what_is_hostile_is_so_wherever_it_stands),
		cmocka_unit_test(encoding_is_the_inverse_of_reading),
		cmocka_unit_test(hostile_characters_are_shown_not_obeyed),
		cmocka_unit_test(the_first_hostile_character_is_found),
		cmocka_unit_test(a_hostile_character_is_found_wherever_it_stands),
		cmocka_unit_test(base32_reads_what_people_write),
		cmocka_unit_test(check_digit_catches_every_wrong_digit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
