/* nolink: what looks like a link is told, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "site/nolink.h"
#include "base/banned.h"

struct row {
	const char *source;
	const char *line; /* after "a.md:"; NULL: nothing is told */
};

static void
expect(const struct row *rows, size_t count)
{
	struct arena a;

	arena_init(&a, false);
	for (size_t i = 0; i < count; i++) {
		struct faults f = { .arena = &a };

		nolink_warn(text_of("a.md"), text_of(rows[i].source), &f);
		assert_int_equal(f.count, rows[i].line ? 1 : 0);
		if (rows[i].line)
			assert_string_equal(arena_string(&a, f.lines[0]),
				arena_printf(&a, "a.md:%s", rows[i].line).p);
	}
	arena_release(&a);
}

static void
what_fails_is_told_with_its_line(void **state)
{
	static const struct row rows[] = {
		{ "---\ntitle: T\n---\n\nSe [x](b.md#Vad kostar det?).\n",
			"5: \"b.md#Vad kostar det?\" is no link: an address "
			"has no blanks; write \"b.md#vad-kostar-det\"" },
		{ "[x](#Så gör du)", "1: \"#Så gör du\" is no link: an address "
			"has no blanks; write \"#sa-gor-du\"" },
		{ "[x](min sida.md)", "1: \"min sida.md\" is no link: an "
			"address has no blanks" },
		{ "![x](karta 1.png)", "1: \"karta 1.png\" is no link: an "
			"address has no blanks" },
		{ "a\nb [x](b.md\n\nc)", "2: \"](b.md\" is no link: a \")\" "
			"is missing" },
		{ "b [x] (b.md).", "1: \"] (b.md)\" is no link: the blank "
			"before \"(\" is one too many; write \"](b.md)\"" },
		{ "b (x)[https://a.example/].", "1: \")[https://a.example/]\" "
			"is no link: the text stands in [ ], and after it the "
			"address in ( )" },
		{ "`a` ``b`c`` \\` [x](b.md c)", "1: \"b.md c\" is no link: an "
			"address has no blanks" },
		{ "```\nx\n```\n- [x](b.md c)\r\n", "4: \"b.md c\" is no link: "
			"an address has no blanks" },
	};

	(void)state;
	expect(rows, sizeof rows / sizeof *rows);
}

static void
what_is_a_link_or_no_address_is_left(void **state)
{
	static const struct row rows[] = {
		{ "", NULL }, { "](", NULL }, { "[x](", NULL },
		{ "[x](b.md)", NULL }, { "[x](b.md\n \"titel\")", NULL },
		{ "[x]( b.md )", NULL }, { "[x](<b.md c>)", NULL },
		{ "[x](b.md 'titel')", NULL }, { "[x](b_(c).md)", NULL },
		{ "[x](https://a.example/b(c))", NULL },
		{ "x[1](se nedan)", NULL }, { "[x] (se nedan)", NULL },
		{ "[x] (se b.md)", NULL }, { "[^1] (b.md)", NULL },
		{ "(x)[^1]", NULL }, { "(x)[b.md](b.md)", NULL },
		{ "`[x](b.md c)`", NULL }, { "``[x](b.md c)` ``", NULL },
		{ "```\n[x](b.md c)\n\n[x](b.md c)\n```", NULL },
		{ "~~~ md\n```\n[x](b.md c)\n", NULL },
		{ "text\n\n    [x](b.md c)\n    [x](b.md c)\n", NULL },
		{ "[x\\](b.md c)", NULL }, { "\\", NULL }, { "`", NULL },
	};

	(void)state;
	expect(rows, sizeof rows / sizeof *rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_fails_is_told_with_its_line),
		cmocka_unit_test(what_is_a_link_or_no_address_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
