/* brochure: the guide as one page to print, with all its chapters. */
#ifndef SITE_BROCHURE_H
#define SITE_BROCHURE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/value.h"
#include "site/parts.h"

#define BROCHURE_URL "/broschyr/"

/* Does site.yaml name chapters, and has the theme templates/brochure? */
bool brochure_is_made(const struct site *s);

/*
 * The data of brochure.mustache beside common (themes/DATA.md).  Each page is
 * rendered once more, its headings a level down and under ids that no other
 * chapter has; links between chapters stay in the brochure.
 */
bool brochure_put(const struct site *s, struct arena *a, struct value *data,
	struct err *e) __attribute__((warn_unused_result));

#endif
