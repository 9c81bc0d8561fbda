/*
 * base32: Crockford's base32, for what people copy by hand.
 *
 * The alphabet is 0-9 A-Z without I, L, O and U.  Reading is forgiving:
 * lower case, "O" for 0, "I" and "L" for 1, spaces and hyphens anywhere.
 */
#ifndef BASE_BASE32_H
#define BASE_BASE32_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/*
 * Writes `digits` characters and a NUL to out, taking five bits each from
 * the most significant bit of bytes on; bytes must hold digits * 5 bits.
 */
void base32_encode(const unsigned char *bytes, size_t digits, char *out);

/*
 * Reads exactly `digits` digits from t into out as base32_encode took them
 * (unused low bits of the last byte are zero); false if there are more,
 * fewer or other characters.
 */
bool base32_decode(struct text t, size_t digits, unsigned char *out)
	__attribute__((warn_unused_result));

/*
 * Check digit over n base32 digits: Luhn's algorithm modulo 32 (ISO/IEC
 * 7812-1 annex B generalised), which catches every single wrong digit and
 * nearly every swap of neighbours.
 */
char base32_check(const char *digits, size_t n);

#endif
