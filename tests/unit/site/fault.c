/* fault: lines kept, sorted as people read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "site/fault.h"

static void
faults_stand_by_file_then_line_as_a_number(void **state)
{
	static const char *const given[] = {
		"content/b.md:2: x", "content/a.md:10: x", "content/a.md:9: x",
		"content/a.md: whole", "content/a.md:9: x", "content/a.md:9: a",
		"no colon",
	};
	static const char *const sorted[] = {
		"content/a.md: whole", "content/a.md:9: a", "content/a.md:9: x",
		"content/a.md:10: x", "content/b.md:2: x", "no colon",
	};
	struct arena a;
	struct faults f = { .arena = &a };

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof given / sizeof *given; i++)
		fault_add(&f, text_of(given[i]));
	fault_sort(&f);
	assert_int_equal(f.count, sizeof sorted / sizeof *sorted);
	for (size_t i = 0; i < f.count; i++)
		assert_string_equal(f.lines[i].p, sorted[i]);
	arena_release(&a);
}

static void
a_fault_stops_unless_it_is_kept(void **state)
{
	struct arena a;
	struct faults f = { .arena = &a };
	struct err e = { 0 };

	(void)state;
	arena_init(&a, false);
	(void)err_set(&e, ERR_FORMAT, "x");
	assert_false(fault_seen(NULL, &e));
	assert_string_equal(e.text, "x");
	assert_true(fault_seen(&f, &e));
	assert_int_equal(e.kind, ERR_NONE);
	assert_int_equal(f.count, 1);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_stand_by_file_then_line_as_a_number),
		cmocka_unit_test(a_fault_stops_unless_it_is_kept),
	};

	return cmocka_run_group_tests_name("site/fault", tests, NULL, NULL);
}
