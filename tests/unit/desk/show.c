/* tests of desk/show: a case reads well and steers nothing. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/casefile.h"
#include "desk/show.h"
#include "place.h"

static const unsigned char subid[SUBID_BYTES] = { 7, 7, 7 };

/* How a sending reads, NUL-terminated. */
static const char *
shown(struct place *p, struct sending s, struct store_case c)
{
	struct casefile file;
	struct text t;
	struct hash h;
	struct buf b;
	struct err e = { 0 };

	s.form = "synpunkt";
	c.received_s = 1795352709;
	memcpy(c.subid, subid, sizeof subid);
	if (!casefile_open(&p->a, place_seal(p, &s, subid, &h), p->ring,
		&file, &e))
		fail_msg("%s", e.text);
	buf_init(&b, 1 << 20);
	show_case(&c, &file, &b);
	t = arena_copy(&p->a, buf_view(&b));
	buf_release(&b);
	return t.p;
}

static void
a_case_reads_from_top_to_bottom(void **state)
{
	struct place *p = *state;
	const char *want = arena_printf(&p->a,
		"%s  Lämna en synpunkt\n"
		"Mottaget 22 november 2026 kl. 14.05. Svar senast 4 december"
		" 2026. Klart 24 november 2026.\n"
		"Hör ihop med SYN-AAAA-BBBB.\n"
		"Förseglat av servern innan det sparades.\n"
		"\nA?\n  X\n  Y\n"
		"\nB?\n  one\n\n  two\n"
		"\nBifogade filer\n  a.txt (text/plain, 5 byte)\n",
		reference_text(&p->a, text_of("SYN"), subid).p).p;

	assert_string_equal(shown(p, (struct sending){
		.earlier = "SYN-AAAA-BBBB",
		.answers = "[{\"id\":\"a\",\"question\":\"A?\",\"values\":"
			"[\"x\",\"y\"],\"labels\":[\"X\",\"Y\"]},"
			"{\"id\":\"b\",\"question\":\"B?\",\"value\":"
			"\"one\\n\\ntwo\"}]",
		.file_meta = "{\"name\":\"a.txt\",\"question\":\"c\","
			"\"type\":\"text/plain\"}",
		.file_bytes = "bytes",
	}, (struct store_case){ .answer_days = 10,
		.done_s = 1795352709 + 2 * 86400 }), want);
}

static void
what_would_steer_a_terminal_is_shown_instead(void **state)
{
	struct place *p = *state;
	const char *text = shown(p, (struct sending){
		.mode = ENVELOPE_MODE_BROWSER,
		.answers = "[{\"id\":\"a\",\"question\":\"A\\u001b[2J\\n"
			"Falsk rad\",\"value\":\"x\\u001b]0;y\\u0007\\r"
			"\\u202etxt\\u0000\"}]",
		.file_meta = "{\"name\":\"a\\n\\u001b[31m\",\"question\":"
			"\"c\",\"type\":\"\\u009bm\"}",
		.file_bytes = "",
	}, (struct store_case){ 0 });

	assert_null(strpbrk(text, "\x1b\x07\r"));
	assert_null(strstr(text, "\xE2\x80\xAE"));
	assert_null(strstr(text, "\xC2\x9B"));
	/* A question and a name stay on their line. */
	assert_null(strstr(text, "\nFalsk rad"));
	assert_non_null(strstr(text, "webbläsare"));
}

static void
a_case_that_is_not_valid_says_so(void **state)
{
	struct place *p = *state;
	const char *text = shown(p, (struct sending){ .inside = "{}" },
		(struct store_case){ 0 });

	assert_non_null(strstr(text, "07070700000000000000000000000000  \n"));
	assert_non_null(strstr(text, "OBS: innehållet stämmer inte"));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_case_reads_from_top_to_bottom),
		TEST(what_would_steer_a_terminal_is_shown_instead),
		TEST(a_case_that_is_not_valid_says_so),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
