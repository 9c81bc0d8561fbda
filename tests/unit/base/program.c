/* program: this program has an id, and the same one each time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/program.h"

enum { ID_LEAST = 20 /* bytes of one build id */ };

static void
the_id_is_the_same_each_time(void **state)
{
	struct buf x, y;

	(void)state;
	buf_init(&x, 4096);
	buf_init(&y, 4096);
	assert_true(program_put_id(&x));
	assert_true(program_put_id(&y));
	/* Its own and the C library's at least. */
	assert_true(x.len >= 2 * ID_LEAST);
	assert_true(text_eq(buf_view(&x), buf_view(&y)));
	buf_release(&x);
	buf_release(&y);
}

static void
an_id_that_has_no_room_is_none(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, ID_LEAST);
	assert_false(program_put_id(&b));
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_id_is_the_same_each_time),
		cmocka_unit_test(an_id_that_has_no_room_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
