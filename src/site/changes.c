/* changes: what git tells of the pages, as their readers see it. */
#include "site/changes.h"

#include "base/clock.h"
#include "base/banned.h"

struct value *
changes_date(struct arena *a, struct history_date d, struct text lang)
{
	struct value *v = value_map(a);

	value_set_str(a, v, "iso", history_iso(a, d));
	value_set_str(a, v, "text", clock_date_words(a, date_of(d.utc_s),
		lang));
	return v;
}

static void
put_subject(struct arena *a, struct value *v, const struct history_commit *c)
{
	(void)value_set(a, v, "subject", c->subject.len
		? value_text(a, c->subject) : value_null(a));
}

void
changes_put_revisions(struct arena *a, const struct history_dates *d,
	struct text lang, struct value *page)
{
	struct value *list = value_list(a);
	size_t count = d ? d->count : 0;
	size_t shown = d ? d->latest_count : 0;

	if (shown > REVISIONS_SHOWN)
		shown = REVISIONS_SHOWN;
	for (size_t i = 0; i < shown; i++) {
		struct value *v = changes_date(a, d->latest[i]->date, lang);

		put_subject(a, v, d->latest[i]);
		(void)value_push(a, list, v);
	}
	(void)value_set(a, page, "revisions", list);
	value_set_bool(a, page, "has_revisions", shown > 0);
	(void)value_set(a, page, "revisions_more", count > shown
		? value_int(a, (int64_t)(count - shown)) : value_null(a));
}
