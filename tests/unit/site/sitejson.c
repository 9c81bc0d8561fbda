/* sitejson: site.json is written in one way, and no other is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "site/sitejson.h"

#define C40 "0123456789abcdef0123456789abcdef01234567"
#define H64 "00112233445566778899aabbccddeeff" \
	"00112233445566778899aabbccddeeff"

#define HEAD "{\"base_url\":\"https://a.example\",\"commit\":\"" C40 \
	"\",\"date\":\"2026-11-22\",\"files\":["
#define TAIL "],\"generator\":\"blankett 0.1.0\",\"version\":1}"
#define FILE_OF(path) "{\"hash\":\"" H64 "\",\"path\":\"" path "\"}"

static const char whole[] = HEAD
	"{\"hash\":\"" H64 "\",\"path\":\"404.html\"},"
	"{\"commit\":\"" C40 "\",\"expire\":\"2027-01-01\",\"hash\":\"" H64
	"\",\"path\":\"roller/index.html\",\"source\":\"content/roller.md\"},"
	"{\"hash\":\"" H64 "\",\"path\":\"\xC3\xA5.html\","
	"\"source\":\"themes/a \\\"b\\\"/static/x\"}" TAIL;

/* The caller releases the arena. */
static void
read_good(struct arena *a, const char *bytes, struct sitejson *out)
{
	struct err e = { 0 };

	arena_init(a, false);
	if (!sitejson_parse(a, "x", text_of(bytes), out, &e))
		fail_msg("%s", e.text);
}

static void
what_is_written_is_canonical_json(void **state)
{
	struct sitejson_file files[] = {
		{ .path = text_of("404.html") },
		{ .path = text_of("roller/index.html"),
			.source = text_of("content/roller.md"),
			.commit = text_of(C40), .expire = { 2027, 1, 1 } },
		{ .path = text_of("\xC3\xA5.html"),
			.source = text_of("themes/a \"b\"/static/x") },
	};
	const struct sitejson j = { .date = { 2026, 11, 22 },
		.base_url = text_of("https://a.example"),
		.commit = text_of(C40), .generator = text_of("blankett 0.1.0"),
		.files = files, .count = 3 };
	struct buf b;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_true(hex_decode(text_of(H64), files[i].hash.b,
			HASH_BYTES));
	buf_init(&b, SITEJSON_MAX);
	sitejson_put(&b, &j);
	assert_true(text_is(buf_view(&b), whole));
	buf_release(&b);
}

static void
what_is_written_is_read_again(void **state)
{
	struct sitejson j;
	struct arena a;

	(void)state;
	read_good(&a, whole, &j);
	assert_int_equal(j.count, 3);
	assert_true(text_is(j.commit, C40));
	assert_true(text_is(j.base_url, "https://a.example"));
	assert_int_equal(j.uncommitted.len, 0);
	assert_int_equal(j.date.day, 22);
	assert_true(text_is(j.files[1].path, "roller/index.html"));
	assert_int_equal(j.files[1].expire.year, 2027);
	assert_int_equal(j.files[1].hash.b[1], 0x11);
	assert_true(text_is(j.files[2].source, "themes/a \"b\"/static/x"));
	arena_release(&a);
}

static void
a_build_of_no_commit_says_why(void **state)
{
	static const char good[] = "{\"base_url\":\"\",\"commit\":null,"
		"\"date\":\"2026-11-22\",\"files\":[],\"generator\":\"g\","
		"\"uncommitted\":\"changed\",\"version\":1}";
	struct sitejson j;
	struct arena a;

	(void)state;
	read_good(&a, good, &j);
	assert_int_equal(j.commit.len, 0);
	assert_true(text_is(j.uncommitted, "changed"));
	assert_int_equal(j.intake_url.len, 0);
	arena_release(&a);
}

static void
where_forms_are_received_elsewhere_it_says_where(void **state)
{
	static const char good[] = HEAD "],\"generator\":\"g\","
		"\"intake_url\":\"https://b.example\",\"version\":1}";
	struct sitejson j;
	struct arena a;

	(void)state;
	read_good(&a, good, &j);
	assert_true(text_is(j.intake_url, "https://b.example"));
	arena_release(&a);
}

static const struct {
	const char *bytes;
	const char *message;
} refused[] = {
	{ "", "x: does not begin as a site.json" },
	{ "[]", "x: does not begin as a site.json" },
	{ " " HEAD TAIL, "x: does not begin as a site.json" },
	{ HEAD TAIL "\n", "x: control characters or bytes not UTF-8" },
	{ HEAD TAIL " ", "x: does not end as a site.json after 0 files" },
	{ HEAD "\xFF" TAIL, "x: control characters or bytes not UTF-8" },
	{ HEAD, "x: does not end as a site.json after 0 files" },
	{ HEAD "],\"generator\":\"g\",\"version\":2}",
		"x: does not end as a site.json after 0 files" },
	{ HEAD "],\"generator\":\"g\",\"more\":1,\"version\":1}",
		"x: does not end as a site.json after 0 files" },
	{ HEAD "],\"generator\":\"g\",\"intake_url\":\"\",\"version\":1}",
		"x: does not end as a site.json after 0 files" },
	{ HEAD "],\"generator\":\"g\",\"uncommitted\":\"changed\","
		"\"version\":1}",
		"x: does not end as a site.json after 0 files" },
	{ "{\"base_url\":\"\",\"commit\":null,\"date\":\"2026-11-22\","
		"\"files\":[],\"generator\":\"g\",\"uncommitted\":\"other\","
		"\"version\":1}",
		"x: does not end as a site.json after 0 files" },
	{ "{\"base_url\":\"\",\"commit\":null,\"date\":\"2026-11-22\","
		"\"files\":[],\"generator\":\"g\",\"version\":1}",
		"x: does not end as a site.json after 0 files" },
	{ "{\"base_url\":\"\",\"commit\":\"0123\",\"date\":\"2026-11-22\","
		"\"files\":[", "x: does not begin as a site.json" },
	{ "{\"base_url\":\"\",\"commit\":null,\"date\":\"2026-02-30\","
		"\"files\":[", "x: does not begin as a site.json" },
	{ "{\"commit\":null,\"base_url\":\"\",\"date\":\"2026-11-22\","
		"\"files\":[", "x: does not begin as a site.json" },
	{ HEAD "{}" TAIL, "x: file 1 of its list is not in its form" },
	{ HEAD "{\"hash\":\"00\",\"path\":\"a\"}" TAIL,
		"x: file 1 of its list is not in its form" },
	{ HEAD "{\"path\":\"a\",\"hash\":\"" H64 "\"}" TAIL,
		"x: file 1 of its list is not in its form" },
	{ HEAD "{\"hash\":\"" H64 "\",\"path\":\"a\",\"x\":1}" TAIL,
		"x: file 1 of its list is not in its form" },
	{ HEAD "{\"hash\":\"" H64 "\",\"path\":\"a\",\"source\":\"\"}" TAIL,
		"x: file 1 of its list is not in its form" },
	{ HEAD FILE_OF("") TAIL, "x: file 1 of its list is not in its form" },
	{ HEAD FILE_OF("/a") TAIL,
		"x: file 1 of its list is not in its form" },
	{ HEAD FILE_OF("a/") TAIL,
		"x: file 1 of its list is not in its form" },
	{ HEAD FILE_OF("a/../b") TAIL,
		"x: file 1 of its list is not in its form" },
	{ HEAD FILE_OF("./b") TAIL,
		"x: file 1 of its list is not in its form" },
	{ HEAD FILE_OF("a?b") TAIL,
		"x: file 1 of its list is not in its form" },
	{ HEAD FILE_OF("a\\u0000b") TAIL,
		"x: file 1 of its list is not in its form" },
	{ HEAD FILE_OF("b") "," FILE_OF("a") TAIL,
		"x: file 2 of its list is out of order" },
	{ HEAD FILE_OF("a") "," FILE_OF("a") TAIL,
		"x: file 2 of its list is out of order" },
	{ HEAD FILE_OF("a") ",,," FILE_OF("b") TAIL,
		"x: file 2 of its list is not in its form" },
	{ HEAD FILE_OF("a") FILE_OF("b") TAIL,
		"x: does not end as a site.json after 1 files" },
	/* "a" as an escape: the same to JSON, not the same bytes. */
	{ HEAD FILE_OF("\\u0061") TAIL, "x: is not canonical JSON" },
	{ HEAD "],\"generator\":\"\\/\",\"version\":1}",
		"x: is not canonical JSON" },
	{ HEAD "],\"generator\":\"\\ud800\",\"version\":1}",
		"x: does not end as a site.json after 0 files" },
	{ HEAD "],\"generator\":\"\\", "x: does not end as a site.json after "
		"0 files" },
};

static void
every_other_form_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct sitejson j;
		struct err e = { 0 };
		struct arena a;

		arena_init(&a, false);
		if (sitejson_parse(&a, "x", text_of(refused[i].bytes), &j, &e))
			fail_msg("read: %s", refused[i].bytes);
		assert_string_equal(e.text, refused[i].message);
		arena_release(&a);
	}
}

/* Cut short anywhere, or with any one bit turned, it is no longer the same:
 * refused, or read as something else. */
static void
every_byte_matters(void **state)
{
	struct text good = text_of(whole);

	(void)state;
	for (size_t i = 0; i < good.len; i++) {
		struct sitejson j;
		struct err e = { 0 };
		struct arena a;
		struct text t;
		struct buf b;

		arena_init(&a, false);
		assert_false(sitejson_parse(&a, "x", text_sub(good, 0, i), &j,
			&e));
		t = arena_copy(&a, good);
		((char *)(uintptr_t)t.p)[i] ^= 1;
		if (sitejson_parse(&a, "x", t, &j, &e)) {
			buf_init(&b, SITEJSON_MAX);
			sitejson_put(&b, &j);
			assert_true(text_eq(buf_view(&b), t));
			buf_release(&b);
		}
		arena_release(&a);
	}
}

static void
a_list_longer_than_any_site_costs_nothing(void **state)
{
	size_t len = (size_t)2 * (SITEJSON_FILES_MAX + 1);
	char *braces = malloc(len);
	struct sitejson j;
	struct err e = { 0 };
	struct arena a;
	struct text t;

	(void)state;
	assert_non_null(braces);
	memset(braces, '{', len);
	arena_init(&a, false);
	t = arena_printf(&a, "%s%.*s", HEAD, (int)len, braces);
	assert_false(sitejson_parse(&a, "x", t, &j, &e));
	assert_int_equal(e.kind, ERR_LIMIT);
	arena_release(&a);
	arena_init(&a, false);
	t = (struct text){ braces, (size_t)SITEJSON_MAX + 1 };
	assert_false(sitejson_parse(&a, "x", t, &j, &e));
	assert_string_equal(e.text, "x: longer than 32 MB");
	assert_null(a.blocks);
	arena_release(&a);
	free(braces);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_canonical_json),
		cmocka_unit_test(what_is_written_is_read_again),
		cmocka_unit_test(a_build_of_no_commit_says_why),
		cmocka_unit_test(
			where_forms_are_received_elsewhere_it_says_where),
		cmocka_unit_test(every_other_form_is_refused),
		cmocka_unit_test(every_byte_matters),
		cmocka_unit_test(a_list_longer_than_any_site_costs_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
