/* faults: what is wrong with a site, shown in the pages of serve --watch. */
#include "cmd/faults.h"

#include "base/clock.h"
#include "base/log.h"
#include "intake/preview.h"
#include "site/site.h"
#include "base/banned.h"

/* More than anybody mends before the next look; a page has its ceiling. */
enum { SHOWN_MAX = 200 };

/* {file, line, text} of build-error.mustache. */
static void
push(struct arena *a, struct value *list, struct text fault)
{
	struct fault_place place = fault_place(fault);
	struct value *v = value_push(a, list, value_map(a));

	(void)value_set(a, v, "file", place.file.len
		? value_text(a, place.file) : value_null(a));
	(void)value_set(a, v, "line", place.line
		? value_int(a, place.line) : value_null(a));
	value_set_str(a, v, "text", place.text);
}

/* False if the site cannot be read far enough to be checked. */
static bool
check(const struct generation_config *c, struct arena *a, struct value *list)
{
	struct site_options o = c->site;
	struct site_faults all = { 0 };
	struct err ignored = { 0 };
	struct site *s = NULL;
	size_t faults = 0;
	bool ok;

	o.today = date_of(clock_now_s());
	o.keep_going = true;
	ok = site_load(&o, &s, &ignored) && site_check(s, &all, &ignored);
	/* The warnings come last; they stop no build. */
	if (ok)
		faults = all.count - all.warnings;
	for (size_t i = 0; i < faults && i < SHOWN_MAX; i++)
		push(a, list, arena_copy(a, all.lines[i]));
	if (faults > SHOWN_MAX)
		push(a, list, arena_printf(a, "and %zu faults more; `blankett "
			"check` tells them all", faults - SHOWN_MAX));
	site_close(s);
	return ok && list->count > 0;
}

void
faults_show(const struct generation_config *c, const struct generation *now,
	const struct err *first)
{
	struct err e = { 0 };
	struct arena a;
	struct value *list;

	arena_init(&a, false);
	list = value_list(&a);
	if (!check(c, &a, list))
		push(&a, list, text_of(first->text));
	if (!preview_fail(c->preview, preview_next(c->preview), now->intake,
		list, &e))
		log_error("watch", "fault=\"%s\"", e.text);
	arena_release(&a);
}
