/*
 * clean: bytes that a person sent, made into text.
 *
 * CRLF and a lone CR become LF.  Control characters other than tab and LF go:
 * they come with pasted text, cannot be seen and so cannot be mended.  At
 * both ends white space goes, Unicode's too, with what has no width there
 * (U+200B, U+2060, U+FEFF, bidi controls: a number copied from an address
 * book often wears a pair of them).  In one-line fields LF and tab become a
 * space.  Nothing else is changed: no case, no inner spaces, no
 * normalisation; bidi controls inside stay, as other scripts need them, and
 * are made safe where text is shown.
 */
#ifndef FORM_CLEAN_H
#define FORM_CLEAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

/*
 * False for NUL or malformed UTF-8; *out is then a copy fit to show.  May
 * borrow from `sent`.
 */
bool clean_text(struct arena *a, struct text sent, bool one_line,
	struct text *out) __attribute__((warn_unused_result));

/* Unicode's White_Space, LF and tab included. */
bool clean_is_space(uint32_t point);

/* Hyphen-minus, hyphen, non-breaking hyphen, figure dash, en dash, em dash,
 * minus sign. */
bool clean_is_dash(uint32_t point);

#endif
