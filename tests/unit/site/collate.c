/* collate: Swedish order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "site/collate.h"

static const char *const in_order[] = {
	"", "-", "112", "2 kap.", "Ansök", "ansökan", "Bli kontaktperson",
	"café", "Cafét", "D", "en bil", "Enbild", "Über", "Z", "zon", "Å", "åka",
	"Älg", "Ö", "öl", "\xCE\xA9",
};

static void
words_stand_as_in_a_swedish_register(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof in_order / sizeof *in_order; i++) {
		for (size_t k = 0; k < sizeof in_order / sizeof *in_order; k++) {
			int c = collate_cmp(text_of(in_order[i]),
				text_of(in_order[k]));

			assert_int_equal((c > 0) - (c < 0), (i > k) - (i < k));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_stand_as_in_a_swedish_register),
	};

	return cmocka_run_group_tests_name("site/collate", tests, NULL, NULL);
}
