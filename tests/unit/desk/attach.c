/* tests of desk/attach: a name from outside stays where it is put. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "desk/attach.h"

static const struct {
	const char *name;
	const char *cleaned;
} names[] = {
	{ "brev.pdf", "1-brev.pdf" },
	{ "Läkarintyg åäö.pdf", "1-Läkarintyg åäö.pdf" },
	{ "", "1-fil" },
	{ "/", "1-fil" },
	{ "..", "1-fil" },
	{ "...", "1-fil" },
	{ "../../etc/passwd", "1-passwd" },
	{ "/etc/passwd", "1-passwd" },
	{ "C:\\Windows\\system.ini", "1-system.ini" },
	{ "a\\..\\..\\b", "1-b" },
	{ ".bashrc", "1-.bashrc" },
	{ "CON", "1-CON" },
	{ "a:b|c?d*e<f>g\"h", "1-a_b_c_d_e_f_g_h" },
	{ "a`b$c&d;e'f", "1-a_b_c_d_e_f" },
	{ "a\nb\tc", "1-a_b_c" },
	{ "a\x1b[31m.pdf", "1-a_[31m.pdf" },
	{ "a\xE2\x80\xAE" "fdp.exe", "1-a_fdp.exe" },
	{ "a\xFF.pdf", "1-a\xEF\xBF\xBD.pdf" },
	{ "  spaces  ", "1-spaces" },
	{ "dots...", "1-dots" },
};

static void
names_are_cleaned(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_string_equal(attach_name(&a, 1,
			text_of(names[i].name)).p, names[i].cleaned);
	arena_release(&a);
}

static void
a_long_name_is_cut_at_a_whole_character(void **state)
{
	struct text t;
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a, false);
	buf_init(&b, 4096);
	for (size_t i = 0; i < 300; i++)
		buf_str(&b, "å");
	t = attach_name(&a, 12, buf_view(&b));
	assert_true(t.len <= ATTACH_NAME_MAX + 6);
	assert_int_equal((t.len - 3) % 2, 0);
	buf_release(&b);
	arena_release(&a);
}

static void
files_are_written_below_their_folder_for_their_owner(void **state)
{
	struct casefile_file files[] = {
		{ .name = { "../../../a.txt", 14 }, .bytes = { "one", 3 } },
		{ .name = { "a.txt", 5 }, .bytes = { "two", 3 } },
	};
	struct casefile c = { .files = files, .file_count = 2 };
	char dir[] = "/tmp/blankett-attach-XXXXXX";
	struct text *paths;
	struct text *again;
	struct text got;
	struct stat st;
	struct arena a;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, false);
	assert_non_null(mkdtemp(dir));
	assert_true(attach_write(&a, dir, text_of("SYN-1"), &c, &paths, &e));
	assert_string_equal(paths[0].p, "files/SYN-1/1-a.txt");
	assert_string_equal(paths[1].p, "files/SYN-1/2-a.txt");
	assert_true(fs_read(&a, fs_join(&a, dir, paths[0].p), 10, &got, &e));
	assert_true(text_is(got, "one"));
	assert_int_equal(stat(fs_join(&a, dir, paths[1].p), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	/* A link laid in the way is not followed. */
	(void)unlink(fs_join(&a, dir, paths[0].p));
	assert_int_equal(symlink("/tmp", fs_join(&a, dir, paths[0].p)), 0);
	assert_false(attach_write(&a, dir, text_of("SYN-1"), &c, &again, &e));
	assert_true(fs_remove_tree(dir, &e));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_cleaned),
		cmocka_unit_test(a_long_name_is_cut_at_a_whole_character),
		cmocka_unit_test(
			files_are_written_below_their_folder_for_their_owner),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
