/*
 * number: amounts as people write and read them.
 *
 * An amount is kept in hundredths, so that nothing is rounded on the way
 * from a file to a page.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

#define NUMBER_HUNDREDTHS_MAX INT64_C(99999999999999)

struct number {
	int64_t hundredths; /* 0 to NUMBER_HUNDREDTHS_MAX */
	bool whole;         /* was written without decimals */
};

/*
 * "1234", "1234,5" or "1234.50": digits, then perhaps one or two decimals.
 * No sign, no space: "1.234" has three decimals and is refused, not taken
 * for either of the two things it may mean.
 */
bool number_parse(struct text t, struct number *out)
	__attribute__((warn_unused_result));

/* "1234.50" (two decimals) or "1234": for machines. */
struct text number_plain(struct arena *a, struct number n);
/*
 * "1 234,50" with no-break spaces (U+00A0, as CLDR has it for Swedish) or,
 * for lang "en", "1,234.50".
 */
struct text number_words(struct arena *a, struct number n, struct text lang);

#endif
