/*
 * formid: what the elements of a form's page are called.
 *
 * One place, so that what an error links to is what the page holds.
 */
#ifndef VIEW_FORMID_H
#define VIEW_FORMID_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "form/submission.h"

/* ID_VALUE: no question's id holds "_", so nothing else is called so. */
struct text formid_option(struct arena *a, const struct question *q,
	size_t option);

/* ID-PART, also the name of the field. */
struct text formid_part(struct arena *a, const struct question *q,
	size_t part);

/* Is this part one to mend?  The answer may be NULL. */
bool formid_part_is_wrong(const struct answer *answer, size_t part);

/* Where a link to this question leads: something that takes the focus, the
 * first part to mend if there is one.  The answer may be NULL. */
struct text formid_target(struct arena *a, const struct question *q,
	const struct answer *answer);

#endif
