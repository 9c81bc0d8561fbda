/* image: width and height from the first bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "site/image.h"

struct row {
	const char *bytes;
	size_t len;
	int width, height; /* 0: not known */
};

static const struct row rows[] = {
	{ "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x01\x02\0\0\0\x03", 24,
		258, 3 },
	{ "\xFF\xD8\xFF\xE0\0\x04xx\xFF\xC2\0\x0B\x08\0\x10\x01\x20\0", 18,
		288, 16 },
	{ "GIF89a\x05\x01\x06\0", 10, 261, 6 },
	{ "RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x09\0\0\x13\0\0", 30,
		10, 20 },
	{ "RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2F\x09\xC0\x04\0\0\0\0\0", 30,
		10, 20 },
	{ "RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9D\x01\x2A\x0A\0\x14\0",
		30, 10, 20 },
	/* A picture without a side is none. */
	{ "GIF89a\x05\x01\0\0", 10, 0, 0 },
	{ "<svg viewBox=\"0 0 1 1\">", 23, 0, 0 },
	{ "", 0, 0, 0 },
};

static void
known_kinds_tell_their_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct text t = { rows[i].bytes, rows[i].len };
		int w = 0, h = 0;

		assert_int_equal(image_size(t, &w, &h), rows[i].width > 0);
		if (rows[i].width) {
			assert_int_equal(w, rows[i].width);
			assert_int_equal(h, rows[i].height);
		}
	}
}

/* Under the address sanitizer: no byte past the end is read. */
static void
a_picture_cut_short_anywhere_has_no_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		/* The last byte of a JPEG's frame is not needed. */
		for (size_t n = 0; n + 1 < rows[i].len; n++) {
			char *copy = test_malloc(n + 1);
			int w, h;

			for (size_t k = 0; k < n; k++)
				copy[k] = rows[i].bytes[k];
			assert_false(image_size((struct text){ copy, n }, &w,
				&h));
			test_free(copy);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_kinds_tell_their_size),
		cmocka_unit_test(a_picture_cut_short_anywhere_has_no_size),
	};

	return cmocka_run_group_tests_name("site/image", tests, NULL, NULL);
}
