/* manifest: what a build made, written and read again. */
#define _DEFAULT_SOURCE /* mkdtemp */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "site/manifest.h"

static void
what_is_written_is_read_again(void **state)
{
	char dir[] = "/tmp/manifest-XXXXXX";
	struct manifest_entry entries[] = {
		{ { "a b.html", 8 }, { { 1 } } },
		{ { "\xC3\xA5/index.html", 13 }, { { 2 } } },
	};
	struct manifest m;
	struct err e = { 0 };
	struct arena a;
	const char *path;

	(void)state;
	assert_non_null(mkdtemp(dir));
	arena_init(&a, false);
	path = fs_join(&a, dir, "below/manifest");
	assert_true(manifest_read(&a, path, &m, &e));
	assert_false(m.found);
	assert_true(manifest_write(&a, path, entries, 2, &e));
	assert_true(manifest_read(&a, path, &m, &e));
	assert_true(m.found);
	assert_int_equal(m.count, 2);
	assert_true(text_eq(m.entries[1].path, entries[1].path));
	assert_int_equal(manifest_find(&m, text_of("a b.html"))->hash.b[0], 1);
	assert_null(manifest_find(&m, text_of("a")));
	assert_true(manifest_write(&a, path, NULL, 0, &e));
	assert_true(manifest_read(&a, path, &m, &e));
	assert_true(m.found);
	assert_int_equal(m.count, 0);
	assert_true(fs_remove(path, &e));
	fs_remove_empty_dir(fs_join(&a, dir, "below"));
	fs_remove_empty_dir(dir);
	arena_release(&a);
}

#define H "0000000000000000000000000000000000000000000000000000000000000000"

static void
a_damaged_manifest_is_refused(void **state)
{
	static const char *const texts[] = {
		"", "\n", "blankett manifest v2\n",
		"blankett manifest v1\nx\n",
		"blankett manifest v1\n" H " a\n",
		"blankett manifest v1\n" H "  \n",
		"blankett manifest v1\n" H "  b\n" H "  a\n",
		"blankett manifest v1\n" H "  a\n" H "  a\n",
	};
	char dir[] = "/tmp/manifest-XXXXXX";
	struct manifest m;
	struct err e = { 0 };
	struct arena a;
	const char *path;

	(void)state;
	assert_non_null(mkdtemp(dir));
	arena_init(&a, false);
	path = fs_join(&a, dir, "manifest");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_true(fs_publish(path, 0644, text_of(texts[i]), &e));
		assert_false(manifest_read(&a, path, &m, &e));
		assert_non_null(strstr(e.text, "manifest: is damaged; remove "
			"it and empty the directory it was for"));
	}
	assert_true(fs_remove(path, &e));
	fs_remove_empty_dir(dir);
	arena_release(&a);
}

static void
each_directory_has_a_manifest_of_its_own(void **state)
{
	struct arena a;
	const char *x, *y;

	(void)state;
	arena_init(&a, false);
	assert_string_equal(manifest_path(&a, "/s", "/s/public", "manifest"),
		"/s/.blankett/manifest");
	x = manifest_path(&a, "/s", "/t", "manifest");
	y = manifest_path(&a, "/s", "/u", "manifest");
	assert_non_null(strstr(x, "/s/.blankett/manifest-"));
	assert_string_not_equal(x, y);
	assert_string_equal(x, manifest_path(&a, "/s", "/t", "manifest"));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_again),
		cmocka_unit_test(a_damaged_manifest_is_refused),
		cmocka_unit_test(each_directory_has_a_manifest_of_its_own),
	};

	return seal_start() ? cmocka_run_group_tests_name("site/manifest",
		tests, NULL, NULL) : 1;
}
