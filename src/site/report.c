/* report: what is not wrong but worth knowing. */
#include "site/report.h"

#include "site/keys.h"
#include "site/lix.h"
#include "base/banned.h"

/* ---- variants ------------------------------------------------------------ */

/*
 * A commit that touched both leaves neither behind; nor is a page behind that
 * somebody has read since, and found nothing to change in.  Why a `reviewed`
 * of the day of the change does not tell: it may be of the morning.
 */
static bool
is_outdated(const struct site *s, const struct history_dates *source,
	const struct history_dates *d, struct date reviewed)
{
	if (!source->known || !d->known ||
		source->last.utc_s <= d->last.utc_s)
		return false;
	return date_cmp(reviewed, date_of(source->last.utc_s)) <= 0 &&
		date_cmp(reviewed, s->options.today) != 0;
}

static struct text
day(struct arena *a, struct history_date d)
{
	return date_text(a, date_of(d.utc_s));
}

/* What to do is said too: `still` is how to say that it holds as it is. */
static void
warn_outdated(struct faults *warnings, struct text path,
	const struct history_dates *d, struct text source_path,
	const struct history_dates *source, const char *still)
{
	size_t since = 0;
	struct text why;

	for (size_t i = 0; i < source->latest_count; i++)
		since += source->latest[i]->date.utc_s > d->last.utc_s;
	why = source->latest[0]->subject;
	fault_add(warnings, arena_printf(warnings->arena, "%.*s:1: may be "
		"outdated: since %s %.*s has changed %zu time%s, last "
		"\"%.*s\"; change this one too, or %s",
		(int)path.len, path.p, day(warnings->arena, d->last).p,
		(int)source_path.len, source_path.p, since,
		since == 1 ? "" : "s", (int)why.len, why.p, still));
}

static const struct tree_page *
source_of(const struct tree_page *t)
{
	const struct tree_page *source = t->variants[PAGE_SWEDISH];

	return source != t ? source : NULL;
}

static bool
page_is_outdated(const struct site *s, const struct tree_page *t)
{
	const struct tree_page *source = source_of(t);

	return s->dates && source && is_outdated(s, &s->dates[source->index],
		&s->dates[t->index], t->page->reviewed);
}

/* A form has no `reviewed`: only a commit tells that it was read. */
static void
warn_form(const struct site *s, size_t i, struct faults *warnings)
{
	if (is_outdated(s, &s->form_dates[i - 1], &s->form_dates[i],
		(struct date){ 0 }))
		warn_outdated(warnings, s->forms[i]->path, &s->form_dates[i],
			s->forms[i - 1]->path, &s->form_dates[i - 1],
			"commit it with a line \"# read DATE\" among its keys");
}

void
report_outdated(const struct site *s, struct faults *warnings)
{
	if (!s->dates)
		return;
	for (size_t i = 0; i < s->tree.count; i++) {
		const struct tree_page *t = &s->tree.pages[i];
		const struct tree_page *source = source_of(t);

		if (page_is_outdated(s, t))
			warn_outdated(warnings, t->page->path, &s->dates[i],
				source->page->path, &s->dates[source->index],
				"give it today's date in \"reviewed\"");
	}
	/* By id, the Swedish one first. */
	for (size_t i = 1; i < s->form_count; i++)
		if (text_eq(s->forms[i]->id, s->forms[i - 1]->id))
			warn_form(s, i, warnings);
}

static bool
has_variant(const struct site *s, enum page_variant v)
{
	for (size_t i = 0; i < s->tree.count; i++)
		if (s->tree.pages[i].page->variant == v)
			return true;
	return false;
}

/* One row of `variants`. */
static struct value *
variant(const struct site *s, struct arena *a, enum page_variant v)
{
	struct value *row = value_map(a);
	struct value *missing = value_list(a);
	struct value *outdated = value_list(a);
	int64_t pages = 0;

	for (size_t i = 0; i < s->tree.count; i++) {
		const struct tree_page *t = &s->tree.pages[i];

		if (t->page->variant == PAGE_SWEDISH && !t->variants[v])
			(void)value_push(a, missing, value_text(a,
				t->page->path));
		if (t->page->variant != v)
			continue;
		pages++;
		if (page_is_outdated(s, t))
			(void)value_push(a, outdated, value_text(a,
				t->page->path));
	}
	value_set_str(a, row, "variant", text_of(variant_name(v)));
	(void)value_set(a, row, "pages", value_int(a, pages));
	(void)value_set(a, row, "missing", missing);
	(void)value_set(a, row, "outdated", outdated);
	return row;
}

/* ---- links --------------------------------------------------------------- */

/*
 * Lines "FILE:LINE: ADDRESS" for every link to elsewhere, of pages, their
 * sources and law.yaml; after site_render.  Those of pages are there only if
 * faults are kept.
 */
static void
list_links(const struct site *s, struct faults *links)
{
	const struct value *laws = s->config.laws;

	for (size_t i = 0; i < s->tree.count; i++) {
		const struct faults *own = &s->bodies[i].external;

		for (size_t k = 0; k < own->count; k++)
			fault_add(links, own->lines[k]);
	}
	for (const struct value_item *i = laws ? laws->first : NULL; i;
		i = i->next) {
		struct text url = value_get_text(i->value, "url");

		if (url.len)
			fault_add(links, arena_printf(links->arena, CONFIG_LAW
				":%d: %.*s", keys_where(i->value, "url",
					i->line), (int)url.len, url.p));
	}
	fault_sort(links);
}

/* ---- all of it ----------------------------------------------------------- */

static struct value *
readability(const struct site *s, struct arena *a, size_t i)
{
	struct lix l = lix_of(s->bodies[i].html.markup);
	struct value *row = value_map(a);

	value_set_str(a, row, "file", s->tree.pages[i].page->path);
	(void)value_set(a, row, "lix", value_int(a, lix_value(&l)));
	(void)value_set(a, row, "words", value_int(a, (int64_t)l.words));
	(void)value_set(a, row, "sentences", value_int(a,
		(int64_t)l.sentences));
	return row;
}

static struct value *
link_row(struct arena *a, struct text line)
{
	struct value *row = value_map(a);
	struct fault_place place = fault_place(line);

	value_set_str(a, row, "file", place.file);
	(void)value_set(a, row, "line", value_int(a, place.line));
	value_set_str(a, row, "url", place.text);
	return row;
}

void
site_report(struct site *s, struct value **out)
{
	struct arena *a = &s->arena;
	struct faults links = { .arena = a };
	struct value *pages = value_list(a);
	struct value *variants = value_list(a);
	struct value *elsewhere = value_list(a);

	list_links(s, &links);
	for (size_t i = 0; i < s->tree.count; i++)
		(void)value_push(a, pages, readability(s, a, i));
	for (int v = PAGE_ENGLISH; v < PAGE_VARIANTS; v++)
		if (has_variant(s, (enum page_variant)v))
			(void)value_push(a, variants, variant(s, a,
				(enum page_variant)v));
	for (size_t i = 0; i < links.count; i++)
		(void)value_push(a, elsewhere, link_row(a, links.lines[i]));
	*out = value_map(a);
	(void)value_set(a, *out, "pages", pages);
	(void)value_set(a, *out, "variants", variants);
	(void)value_set(a, *out, "links", elsewhere);
}
