/* tests of base/watch_fs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fs.h"
#include "base/watch_fs.h"

struct fixture {
	struct arena a;
	char dir[64];
	struct watch_fs *watch;
};

static const char *const names[] = { "content", "forms" };

static const char *
at(struct fixture *f, const char *path)
{
	return fs_join(&f->a, f->dir, path);
}

static void
make_dir(struct fixture *f, const char *path)
{
	struct err e = { 0 };

	assert_true(fs_mkdirs(at(f, path), 0700, &e));
}

static int
start(void **state)
{
	static struct fixture f;
	struct err e = { 0 };

	memset(&f, 0, sizeof f);
	arena_init(&f.a, false);
	(void)snprintf(f.dir, sizeof f.dir, "/tmp/blankett-watch-XXXXXX");
	if (!mkdtemp(f.dir))
		return -1;
	make_dir(&f, "content/a/b");
	make_dir(&f, "public");
	*state = &f;
	return watch_fs_open(f.dir, names, 2, &f.watch, &e) ? 0 : -1;
}

static int
stop(void **state)
{
	struct fixture *f = *state;
	const char *command = arena_printf(&f->a, "rm -rf %s", f->dir).p;

	watch_fs_close(f->watch);
	if (system(command) != 0)
		return -1;
	arena_release(&f->a);
	return 0;
}

/* Has anything been told of?  It is there at once: inotify is synchronous. */
static bool
is_told(struct fixture *f)
{
	struct pollfd p = { .fd = watch_fs_fd(f->watch), .events = POLLIN };
	struct err e = { 0 };
	bool changed;

	if (poll(&p, 1, 0) == 0)
		return false;
	if (!watch_fs_read(f->watch, 1, &changed, &e))
		fail_msg("%s", e.text);
	return changed;
}

static void
write_file(struct fixture *f, const char *path)
{
	FILE *file = fopen(at(f, path), "w");

	assert_non_null(file);
	assert_true(fputs("x", file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void
move(struct fixture *f, const char *from, const char *to)
{
	assert_int_equal(rename(at(f, from), at(f, to)), 0);
}

static void
files_are_told_of_when_written_moved_or_removed(void **state)
{
	struct fixture *f = *state;

	assert_false(is_told(f));
	write_file(f, "content/x.md");
	assert_true(is_told(f));
	assert_false(is_told(f));
	write_file(f, "content/a/b/y.md");
	assert_true(is_told(f));
	/* As an editor saves. */
	write_file(f, "public/z");
	move(f, "public/z", "content/x.md");
	assert_true(is_told(f));
	move(f, "content/x.md", "public/x");
	assert_true(is_told(f));
	assert_int_equal(remove(at(f, "content/a/b/y.md")), 0);
	assert_true(is_told(f));
}

static void
a_file_is_told_of_when_it_is_closed(void **state)
{
	struct fixture *f = *state;
	int fd = open(at(f, "content/x.md"), O_CREAT | O_WRONLY, 0600);

	assert_true(fd >= 0);
	assert_false(is_told(f));
	assert_int_equal(write(fd, "x", 1), 1);
	assert_false(is_told(f));
	assert_int_equal(close(fd), 0);
	assert_true(is_told(f));
}

static void
names_of_editors_and_other_places_are_passed_over(void **state)
{
	static const char *const paths[] = { "content/.x.md.swp",
		"content/.#x.md", "content/x.md~", "public/x", "x.md" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		write_file(f, paths[i]);
		assert_false(is_told(f));
		assert_int_equal(remove(at(f, paths[i])), 0);
		assert_false(is_told(f));
	}
	make_dir(f, "content/.hidden");
	assert_false(is_told(f));
	make_dir(f, "data");
	assert_false(is_told(f));
}

static void
new_directories_are_watched_too(void **state)
{
	struct fixture *f = *state;

	make_dir(f, "content/c/d/e");
	assert_true(is_told(f));
	write_file(f, "content/c/d/e/x.md");
	assert_true(is_told(f));
	/* One that comes with what is in it. */
	make_dir(f, "public/g/h");
	move(f, "public/g", "content/g");
	assert_true(is_told(f));
	write_file(f, "content/g/h/x.md");
	assert_true(is_told(f));
	/* One that was not there from the start. */
	make_dir(f, "forms");
	assert_true(is_told(f));
	write_file(f, "forms/x.md");
	assert_true(is_told(f));
}

static void
a_directory_that_goes_and_comes_again_is_watched(void **state)
{
	struct fixture *f = *state;

	move(f, "content", "public/content");
	assert_true(is_told(f));
	make_dir(f, "content");
	assert_true(is_told(f));
	write_file(f, "content/x.md");
	assert_true(is_told(f));
	assert_int_equal(remove(at(f, "content/x.md")), 0);
	assert_true(is_told(f));
	assert_int_equal(rmdir(at(f, "content")), 0);
	assert_true(is_told(f));
}

static void
links_are_not_followed(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(symlink("../public", at(f, "content/link")), 0);
	(void)is_told(f);
	write_file(f, "public/x");
	assert_false(is_told(f));
	make_dir(f, "content/more");
	assert_true(is_told(f));
	write_file(f, "public/x");
	assert_false(is_told(f));
}

static void
a_burst_is_told_of_once(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < 500; i++)
		write_file(f, arena_printf(&f->a, "content/%d.md", i).p);
	assert_true(is_told(f));
	assert_false(is_told(f));
}

static void
nothing_at_all_may_be_closed(void **state)
{
	(void)state;
	watch_fs_close(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(files_are_told_of_when_written_moved_or_removed),
		TEST(a_file_is_told_of_when_it_is_closed),
		TEST(names_of_editors_and_other_places_are_passed_over),
		TEST(new_directories_are_watched_too),
		TEST(a_directory_that_goes_and_comes_again_is_watched),
		TEST(links_are_not_followed),
		TEST(a_burst_is_told_of_once),
		cmocka_unit_test(nothing_at_all_may_be_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
