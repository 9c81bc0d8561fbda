/* tests of desk/casefile: what was sealed is read, or flagged. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/casefile.h"
#include "place.h"

static const unsigned char subid[SUBID_BYTES] = { 7, 7, 7 };

static void
open_sealed(struct place *p, struct sending s, struct casefile *c)
{
	struct hash h;
	struct err e = { 0 };

	s.form = s.form ? s.form : "synpunkt";
	if (!casefile_open(&p->a, place_seal(p, &s, subid, &h), p->ring, c,
		&e))
		fail_msg("%s", e.text);
}

static struct text
line_of(struct place *p, const struct casefile *c, const struct text *paths)
{
	struct text t;
	struct buf b;

	buf_init(&b, 1 << 20);
	json_put(&b, casefile_line(&p->a, c, 1795352709, paths));
	t = arena_copy(&p->a, buf_view(&b));
	buf_release(&b);
	return t;
}

static void
a_case_is_a_line_in_the_words_of_the_contract(void **state)
{
	struct place *p = *state;
	struct text path = text_of("files/x/1-a.txt");
	struct casefile c;
	const char *want;

	open_sealed(p, (struct sending){
		.earlier = "SYN-AAAA-BBBB",
		.answers = "[{\"id\":\"a\",\"question\":\"A?\",\"type\":"
			"\"choice\",\"value\":\"x\",\"label\":\"X\"},"
			"{\"id\":\"b\",\"question\":\"B?\",\"type\":"
			"\"choices\",\"values\":[\"x\",\"y\"],\"labels\":"
			"[\"X\",\"Y\"]}]",
		.file_meta = "{\"name\":\"a.txt\",\"question\":\"c\","
			"\"type\":\"text/plain\"}",
		.file_bytes = "bytes",
	}, &c);
	assert_true(c.valid);
	assert_int_equal(c.answer_days, 10);
	assert_int_equal(c.retain_days, 90);
	want = arena_printf(&p->a, "{\"reference\":\"%s\",\"form\":"
		"\"synpunkt\",\"title\":\"Lämna en synpunkt\",\"form_hash\":"
		"\"%s\",\"received\":\"2026-11-22T14:05:09+01:00\",\"mode\":0,"
		"\"valid\":true,\"answers\":[{\"id\":\"a\",\"question\":"
		"\"A?\",\"value\":\"x\",\"label\":\"X\"},{\"id\":\"b\","
		"\"question\":\"B?\",\"values\":[\"x\",\"y\"],\"labels\":"
		"[\"X\",\"Y\"]}],\"files\":[{\"question\":\"c\",\"name\":"
		"\"a.txt\",\"type\":\"text/plain\",\"bytes\":5,\"path\":"
		"\"files/x/1-a.txt\"}],\"earlier\":\"SYN-AAAA-BBBB\"}",
		reference_text(&p->a, text_of("SYN"), subid).p,
		hex_encode(&p->a, c.head.form_hash.b, HASH_BYTES).p).p;
	assert_string_equal(line_of(p, &c, &path).p, want);
}

#define RIGHT_HASH \
	"bf1b4e1c9a7b6c6e0000000000000000" \
	"00000000000000000000000000000000"

/* Insides that do not agree with the envelope, or have not the form. */
static const char *const nonsense[] = {
	" ",
	"no JSON",
	"[]",
	"{}",
	"\"text\"",
	"{\"form\":\"synpunkt\",\"answers\":[]}",
	"{\"form\":\"other\",\"reference\":\"SYN-AAAA-AAAA\",\"answers\":[]}",
	"{\"form\":[],\"reference\":{},\"form_hash\":1,\"answers\":\"x\"}",
	"{\"form\":\"synpunkt\",\"form_hash\":\"" RIGHT_HASH "\","
		"\"reference\":\"../../x\",\"answers\":[]}",
};

static void
nonsense_is_flagged_and_still_a_case(void **state)
{
	struct place *p = *state;

	for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
		struct casefile c;

		open_sealed(p, (struct sending){ .inside = nonsense[i],
			.mode = ENVELOPE_MODE_BROWSER }, &c);
		assert_false(c.valid);
		assert_int_equal(c.answers->count, 0);
		/* It can be written, and read again. */
		assert_true(line_of(p, &c, NULL).len > 0);
	}
}

/* One answer, and whether it is one. */
static const struct {
	const char *answer;
	bool right;
} answers[] = {
	{ "{\"id\":\"a\",\"question\":\"A\",\"value\":\"x\"}", true },
	{ "{\"id\":\"a\",\"question\":\"A\",\"value\":{\"city\":\"x\"}}",
		true },
	{ "{\"id\":\"a\",\"question\":\"A\",\"values\":[],\"labels\":[]}",
		true },
	{ "{\"id\":\"a\",\"question\":\"A\",\"value\":1}", false },
	{ "{\"id\":\"a\",\"question\":\"A\",\"value\":[\"x\"]}", false },
	{ "{\"id\":\"a\",\"question\":\"A\",\"value\":{\"city\":{}}}",
		false },
	{ "{\"id\":\"a\",\"question\":\"A\",\"value\":\"x\",\"label\":[]}",
		false },
	{ "{\"id\":\"a\",\"question\":\"A\"}", false },
	{ "{\"id\":\"a\",\"value\":\"x\"}", false },
	{ "{\"question\":\"A\",\"value\":\"x\"}", false },
	{ "{\"id\":1,\"question\":\"A\",\"value\":\"x\"}", false },
	{ "{\"id\":\"a\",\"question\":\"A\",\"values\":[\"x\"],"
		"\"labels\":[]}", false },
	{ "{\"id\":\"a\",\"question\":\"A\",\"values\":[1],"
		"\"labels\":[\"x\"]}", false },
	{ "\"text\"", false },
	{ "null", false },
};

static void
a_malformed_answer_is_left_out_and_the_case_flagged(void **state)
{
	struct place *p = *state;

	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		struct casefile c;

		open_sealed(p, (struct sending){ .answers = arena_printf(
			&p->a, "[%s]", answers[i].answer).p }, &c);
		assert_int_equal(c.valid, answers[i].right);
		assert_int_equal(c.answers->count, answers[i].right);
	}
}

static void
a_malformed_file_is_kept_and_the_case_flagged(void **state)
{
	struct place *p = *state;
	struct casefile c;

	open_sealed(p, (struct sending){ .file_meta = "{\"name\":[1]}",
		.file_bytes = "bytes" }, &c);
	assert_false(c.valid);
	assert_int_equal(c.file_count, 1);
	assert_int_equal(c.files[0].name.len, 0);
	assert_true(text_is(c.files[0].bytes, "bytes"));
}

/* How an answer reads. */
static const struct {
	const char *answer;
	const char *text;
} readings[] = {
	{ "{\"value\":\"2026-11-22\"}", "2026-11-22" },
	{ "{\"value\":\"ja\",\"label\":\"Ja\"}", "Ja" },
	{ "{\"values\":[\"x\",\"y\"],\"labels\":[\"X\",\"Y\"]}", "X | Y" },
	{ "{\"values\":[],\"labels\":[]}", "" },
	{ "{\"value\":{\"city\":\"Lindvik\",\"postcode\":\"434 81\","
		"\"street\":\"Storgatan 1\"}}",
		"Storgatan 1 | 434 81 Lindvik" },
	{ "{\"value\":{\"city\":\"Lindvik\",\"postcode\":\"\","
		"\"street\":\"\"}}", "Lindvik" },
	{ "{\"value\":{\"x\":\"1\",\"y\":\"2\"}}", "1 | 2" },
};

static void
an_answer_reads_as_people_say_it(void **state)
{
	struct place *p = *state;

	for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
		struct value *v;
		struct err e = { 0 };

		assert_true(json_parse(&p->a, "x",
			text_of(readings[i].answer), &v, &e));
		assert_true(text_is(casefile_answer_text(&p->a, v, " | "),
			readings[i].text));
	}
}

static void
what_is_sealed_to_others_does_not_open(void **state)
{
	struct place *p = *state;
	struct sending s = { .form = "synpunkt", .to_strangers = true };
	struct casefile c;
	struct hash h;
	struct text sealed;
	struct err e = { 0 };

	assert_false(casefile_open(&p->a, place_seal(p, &s, subid, &h),
		p->ring, &c, &e));
	assert_string_equal(e.text, "not sealed to any key here");
	s.to_strangers = false;
	sealed = place_seal(p, &s, subid, &h);
	assert_false(casefile_open(&p->a, text_sub(sealed, 0, sealed.len - 1),
		p->ring, &c, &e));
	assert_false(casefile_open(&p->a, text_of(""), p->ring, &c, &e));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_case_is_a_line_in_the_words_of_the_contract),
		TEST(nonsense_is_flagged_and_still_a_case),
		TEST(a_malformed_answer_is_left_out_and_the_case_flagged),
		TEST(a_malformed_file_is_kept_and_the_case_flagged),
		TEST(an_answer_reads_as_people_say_it),
		TEST(what_is_sealed_to_others_does_not_open),
	};

	if (!seal_start())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
