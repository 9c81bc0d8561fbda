/* drafts: tells which pages are left out since they are drafts. */
#include "cmd/drafts.h"

#include <stdio.h>

#include "base/banned.h"

/* So many are named; of the others only the number is told. */
enum { NAMED_MAX = 3 };

static size_t
count_drafts(const struct site *s)
{
	struct text file, url;
	size_t n = 0;

	for (size_t at = 0; site_draft(s, &at, &file, &url);)
		n++;
	return n;
}

void
drafts_print(const struct site *s, const struct site_options *o)
{
	size_t n = o->drafts ? 0 : count_drafts(s);
	struct text file, url;
	size_t named = 0;

	if (n == 0)
		return;
	(void)printf("%zu draft%s left out:", n, n == 1 ? "" : "s");
	for (size_t at = 0; named < NAMED_MAX &&
		site_draft(s, &at, &file, &url); named++)
		(void)printf("%s %.*s", named ? "," : "", (int)file.len,
			file.p);
	if (n > named)
		(void)printf(" and %zu more", n - named);
	(void)printf("\n");
}
