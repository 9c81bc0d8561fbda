/* tests of base/fs, in a directory of their own. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"

struct place {
	struct arena a;
	char dir[32];
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof *p);

	arena_init(&p->a, false);
	memcpy(p->dir, "/tmp/blankett-fs-XXXXXX", 24);
	*state = p;
	return mkdtemp(p->dir) ? 0 : -1;
}

static int
teardown(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	bool removed = fs_remove_tree(p->dir, &e);

	arena_release(&p->a);
	free(p);
	return removed ? 0 : -1;
}

static void
replace_writes_all_bytes_with_the_mode_asked_for(void **state)
{
	struct place *p = *state;
	const char *path = fs_join(&p->a, p->dir, "f");
	struct text got;
	struct stat st;
	struct err e = { 0 };

	assert_true(fs_replace(path, 0600, text_of("one"), &e));
	assert_true(fs_replace(path, 0640, text_of("two"), &e));
	assert_true(fs_read(&p->a, path, 10, &got, &e));
	assert_true(text_is(got, "two"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
}

static void
no_temporary_is_left_behind(void **state)
{
	struct place *p = *state;
	struct fs_list l;
	struct err e = { 0 };

	assert_true(fs_replace(fs_join(&p->a, p->dir, "f"), 0600,
		text_of("x"), &e));
	assert_false(fs_create(fs_join(&p->a, p->dir, "f"), 0600,
		text_of("y"), &e));
	assert_true(fs_list(&p->a, p->dir, &l, &e));
	assert_int_equal(l.count, 1);
}

static void
create_never_overwrites(void **state)
{
	struct place *p = *state;
	const char *path = fs_join(&p->a, p->dir, "key");
	struct text got;
	struct err e = { 0 };

	assert_true(fs_create(path, 0600, text_of("first"), &e));
	assert_false(fs_create(path, 0600, text_of("second"), &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_true(fs_read(&p->a, path, 10, &got, &e));
	assert_true(text_is(got, "first"));
}

static void
replace_fails_when_the_directory_is_missing(void **state)
{
	struct place *p = *state;
	const char *path = fs_join(&p->a, p->dir, "none/f");
	struct err e = { 0 };

	assert_false(fs_replace(path, 0600, text_of("x"), &e));
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_non_null(strstr(e.text, "none/f"));
}

static void
reading_is_bounded_and_only_files_are_read(void **state)
{
	struct place *p = *state;
	const char *path = fs_join(&p->a, p->dir, "f");
	struct text got;
	struct err e = { 0 };

	assert_true(fs_publish(path, 0600, text_of("12345"), &e));
	assert_true(fs_read(&p->a, path, 5, &got, &e));
	assert_false(fs_read(&p->a, path, 4, &got, &e));
	assert_int_equal(e.kind, ERR_LIMIT);
	assert_false(fs_read(&p->a, p->dir, 100, &got, &e));
	assert_false(fs_read(&p->a, fs_join(&p->a, p->dir, "x"), 9, &got, &e));
	assert_int_equal(e.kind, ERR_SYSTEM);
}

static void
append_adds_at_the_end(void **state)
{
	struct place *p = *state;
	const char *path = fs_join(&p->a, p->dir, "log");
	struct text got;
	struct err e = { 0 };

	assert_true(fs_append(path, 0600, text_of("a"), &e));
	assert_true(fs_append(path, 0600, text_of("b"), &e));
	assert_true(fs_read(&p->a, path, 10, &got, &e));
	assert_true(text_is(got, "ab"));
}

static void
paths_that_lead_out_are_refused(void **state)
{
	struct place *p = *state;
	static const char *const bad[] = { "", "/etc/passwd", "..", "../x",
		"a/../b", "a//b", "./a", "a/.", "a/", "link", "link/x" };
	const char *out;
	struct err e = { 0 };

	assert_int_equal(symlink("/etc", fs_join(&p->a, p->dir, "link")), 0);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(fs_under(&p->a, p->dir, text_of(bad[i]), &out,
			&e));
	assert_false(fs_under(&p->a, p->dir, (struct text){ "a\0b", 3 }, &out,
		&e));
	assert_true(fs_under(&p->a, p->dir, text_of("a/b.md"), &out, &e));
	assert_string_equal(out, arena_printf(&p->a, "%s/a/b.md", p->dir).p);
}

static void
lists_are_sorted_and_tell_directories_and_links(void **state)
{
	struct place *p = *state;
	struct fs_list l;
	struct err e = { 0 };

	assert_true(fs_mkdirs(fs_join(&p->a, p->dir, "b"), 0700, &e));
	assert_true(fs_mkdirs(fs_join(&p->a, p->dir, "b"), 0700, &e));
	assert_true(fs_publish(fs_join(&p->a, p->dir, "a"), 0600,
		text_of(""), &e));
	assert_int_equal(symlink("b", fs_join(&p->a, p->dir, "c")), 0);
	assert_true(fs_list(&p->a, p->dir, &l, &e));
	assert_int_equal(l.count, 3);
	assert_true(text_is(l.items[0].name, "a"));
	assert_false(l.items[0].is_dir);
	assert_true(l.items[1].is_dir);
	assert_false(l.items[1].is_link);
	assert_true(l.items[2].is_link);
	assert_false(l.items[2].is_dir);
	assert_false(fs_mkdirs(fs_join(&p->a, p->dir, "a/b"), 0700, &e));
}

static void
a_new_file_is_never_an_old_one_or_a_link(void **state)
{
	struct place *p = *state;
	const char *dir = fs_join(&p->a, p->dir, "e");
	const char *path = fs_join(&p->a, p->dir, "f");
	struct fs_stamp written, seen;
	struct err e = { 0 };
	struct text t;
	bool made;

	assert_true(fs_mkdir(dir, 0700, &made, &e));
	assert_true(made);
	assert_true(fs_is_dir(dir));
	assert_true(fs_mkdir(dir, 0700, &made, &e));
	assert_false(made);
	assert_true(fs_publish_new(path, 0640, text_of("en"), &written, &e));
	assert_true(fs_read_stamped(&p->a, path, 10, &t, &seen, &e));
	assert_true(text_is(t, "en"));
	assert_true(fs_stamp_eq(&written, &seen));
	assert_false(fs_publish_new(path, 0640, text_of("ett"), &written, &e));
	assert_true(fs_read(&p->a, path, 10, &t, &e));
	assert_true(text_is(t, "en"));
	assert_int_equal(symlink("g", fs_join(&p->a, p->dir, "h")), 0);
	assert_false(fs_publish_new(fs_join(&p->a, p->dir, "h"), 0640,
		text_of("ett"), &written, &e));
	assert_false(fs_exists(fs_join(&p->a, p->dir, "g")));
}

static void
flush_needs_a_directory(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };

	assert_true(fs_publish(fs_join(&p->a, p->dir, "f"), 0600,
		text_of("one"), &e));
	assert_true(fs_flush(p->dir, &e));
	assert_false(fs_flush(fs_join(&p->a, p->dir, "no"), &e));
	assert_int_equal(e.kind, ERR_SYSTEM);
}

static bool
stamp(const char *path, struct fs_stamp *out)
{
	*out = (struct fs_stamp){ 0 };
	return fs_stamp(path, out);
}

static void
a_file_has_another_stamp_once_it_is_changed(void **state)
{
	struct place *p = *state;
	const char *path = fs_join(&p->a, p->dir, "a");
	struct fs_stamp written, first, second;
	const struct fs_stamp never = fs_stamp_never();
	struct err e = { 0 };
	struct text t;
	int64_t clock = 0;

	assert_true(fs_publish_stamped(path, 0644, text_of("en"), &written,
		&e));
	assert_true(stamp(path, &first));
	assert_true(fs_stamp_eq(&written, &first));
	assert_false(fs_stamp_eq(&never, &first));
	assert_true(fs_read_stamped(&p->a, path, 10, &t, &second, &e));
	assert_true(text_is(t, "en"));
	assert_true(fs_stamp_eq(&first, &second));
	/* Once the clock has moved on. */
	while (!fs_stamp_is_old(&first, clock))
		assert_true(fs_clock(p->dir, &clock, &e));
	assert_int_equal(chmod(path, 0600), 0);
	assert_true(stamp(path, &second));
	assert_false(fs_stamp_eq(&first, &second));
	/* Another file of the same size is another. */
	assert_true(fs_publish(path, 0644, text_of("ne"), &e));
	assert_true(stamp(path, &first));
	assert_false(fs_stamp_eq(&first, &second));
}

static void
only_files_have_a_stamp(void **state)
{
	struct place *p = *state;
	const char *to = fs_join(&p->a, p->dir, "to");
	const char *link = fs_join(&p->a, p->dir, "link");
	struct fs_stamp s;
	struct err e = { 0 };

	assert_true(fs_publish(to, 0644, text_of("x"), &e));
	assert_int_equal(symlink("to", link), 0);
	assert_true(stamp(to, &s));
	assert_false(stamp(link, &s));
	assert_false(stamp(p->dir, &s));
	assert_false(stamp(fs_join(&p->a, p->dir, "none"), &s));
}

static void
the_clock_leaves_nothing_behind(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	struct fs_list l;
	int64_t first, second;

	assert_true(fs_clock(p->dir, &first, &e));
	assert_true(fs_clock(p->dir, &second, &e));
	assert_true(first > 0 && second >= first);
	assert_true(fs_list(&p->a, p->dir, &l, &e));
	assert_int_equal(l.count, 0);
	assert_false(fs_clock(fs_join(&p->a, p->dir, "none"), &first, &e));
}

static void
a_tree_is_removed_and_what_it_links_to_is_not(void **state)
{
	struct place *p = *state;
	const char *tree = fs_join(&p->a, p->dir, "tree");
	const char *other = fs_join(&p->a, p->dir, "other");
	struct err e = { 0 };

	assert_true(fs_mkdirs(fs_join(&p->a, tree, "a/b"), 0700, &e));
	assert_true(fs_mkdirs(other, 0700, &e));
	assert_true(fs_publish(fs_join(&p->a, tree, "a/f"), 0600,
		text_of("x"), &e));
	assert_true(fs_publish(fs_join(&p->a, other, "f"), 0600,
		text_of("x"), &e));
	assert_int_equal(symlink(other, fs_join(&p->a, tree, "a/l")), 0);
	assert_true(fs_remove_tree(tree, &e));
	assert_false(fs_exists(tree));
	assert_true(fs_exists(fs_join(&p->a, other, "f")));
	assert_true(fs_remove_tree(tree, &e));
	assert_int_equal(symlink(other, tree), 0);
	assert_true(fs_remove_tree(tree, &e));
	assert_true(fs_exists(fs_join(&p->a, other, "f")));
	assert_true(fs_remove_tree(other, &e));
}

static void
a_directory_takes_the_place_of_an_empty_one_like_it(void **state)
{
	struct place *p = *state;
	const char *from = fs_join(&p->a, p->dir, "from");
	const char *to = fs_join(&p->a, p->dir, "to");
	const char *file = fs_join(&p->a, to, "f");
	struct err e = { 0 };

	assert_true(fs_mkdirs(from, 0755, &e));
	assert_true(fs_mkdirs(to, 0700, &e));
	assert_false(fs_dir_is_like(from, to));
	assert_int_equal(chmod(to, 0755), 0);
	assert_true(fs_dir_is_like(from, to));
	assert_true(fs_dir_may_move(from, to));
	assert_int_equal(chmod(to, 02755), 0);
	assert_false(fs_dir_may_move(from, to));
	assert_int_equal(chmod(to, 0755), 0);
	assert_true(fs_publish(file, 0600, text_of("x"), &e));
	assert_false(fs_dir_is_like(from, file));
	assert_false(fs_move(from, to, &e));
	assert_true(fs_exists(file));
	assert_true(fs_remove(file, &e));
	assert_true(fs_move(from, to, &e));
	assert_false(fs_exists(from));
	fs_remove_empty_dir(to);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			replace_writes_all_bytes_with_the_mode_asked_for,
			setup, teardown),
		cmocka_unit_test_setup_teardown(no_temporary_is_left_behind,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_new_file_is_never_an_old_one_or_a_link, setup,
			teardown),
		cmocka_unit_test_setup_teardown(flush_needs_a_directory,
			setup, teardown),
		cmocka_unit_test_setup_teardown(create_never_overwrites,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			replace_fails_when_the_directory_is_missing,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			reading_is_bounded_and_only_files_are_read,
			setup, teardown),
		cmocka_unit_test_setup_teardown(append_adds_at_the_end,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			paths_that_lead_out_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_file_has_another_stamp_once_it_is_changed, setup,
			teardown),
		cmocka_unit_test_setup_teardown(only_files_have_a_stamp,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			the_clock_leaves_nothing_behind, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_tree_is_removed_and_what_it_links_to_is_not, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_directory_takes_the_place_of_an_empty_one_like_it,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			lists_are_sorted_and_tell_directories_and_links, setup,
			teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
