/* example: what `blankett new` wrote, and somebody is to write. */
#include "site/example.h"

#include "base/unwritten.h"
#include "site/leftout.h"
#include "base/banned.h"

/* ---- a build --------------------------------------------------------------- */

static bool
front_has_one(const struct page *p)
{
	bool has = unwritten_is_in(p->title) || unwritten_is_in(p->description);

	for (size_t i = 0; i < p->reviewer_count; i++)
		has = has || unwritten_is_in(p->reviewers[i]);
	return has;
}

/* Why not read again in a commit: git is asked by one thread at a time. */
static int
front_line(const struct site *s, struct arena *a, const struct page *p)
{
	struct fs_stamp ignored;
	struct err e = { 0 };
	struct text rest;
	int line = 0;

	if (s->source.at_commit || !source_read_unseen(&s->source, a,
			p->path.p, PAGE_FILE_MAX, &rest, &ignored, &e) ||
		!unwritten_next(&rest, &line))
		return 1;
	return line;
}

bool
example_refuse(const struct site *s, struct arena *a, const struct page *p,
	struct err *e)
{
	struct text rest = p->body;
	int line = p->body_line - 1;

	if (p->draft)
		return true;
	if (front_has_one(p))
		return unwritten_fail(p->path.p, front_line(s, a, p), e);
	return !unwritten_is_in(p->body) || !unwritten_next(&rest, &line) ||
		unwritten_fail(p->path.p, line, e);
}

/* ---- a check --------------------------------------------------------------- */

/* Has the file that line? */
static bool
says(struct text source, const char *what)
{
	struct text line;

	while (text_line(&source, &line))
		if (text_is(text_trim(line), what))
			return true;
	return false;
}

static bool
tell_each(struct site *s, struct text path, struct text source, struct err *e)
{
	int line = 0;

	while (unwritten_next(&source, &line)) {
		(void)unwritten_fail(path.p, line, e);
		if (!fault_seen(s->faults, e))
			return false;
	}
	return true;
}

static void
warn_closed(struct site *s, struct text path, struct text source,
	struct faults *warnings)
{
	int first = 0;
	int line;
	size_t count = 1;

	if (!unwritten_next(&source, &first))
		return;
	for (line = first; unwritten_next(&source, &line); count++)
		;
	fault_add(warnings, arena_printf(&s->arena, "%s:%d: %zu example%s "
		"(\"" UNWRITTEN "\") to write before the form is opened",
		path.p, first, count, count == 1 ? " is left" : "s are left"));
}

/* `hidden` if nobody is to read it yet, as far as that is known. */
static bool
look_at(struct site *s, struct text path, bool hidden,
	struct faults *warnings, struct err *e)
{
	bool form = text_starts(path, "forms/");
	struct text source;

	/* What cannot be read is a fault already. */
	if (!source_read(&s->source, path.p, PAGE_FILE_MAX, &source, e)) {
		*e = (struct err){ 0 };
		return true;
	}
	hidden = hidden || says(source, form ? "open: false" : "draft: true");
	if (!hidden)
		return tell_each(s, path, source, e);
	if (form)
		warn_closed(s, path, source, warnings);
	return true;
}

bool
example_check(struct site *s, struct faults *warnings, struct err *e)
{
	for (size_t i = 0; i < s->page_count; i++)
		if (!look_at(s, s->pages[i].path, s->pages[i].draft, warnings,
			e))
			return false;
	for (size_t i = 0; i < s->form_count; i++)
		if (!look_at(s, s->forms[i]->path, !s->forms[i]->open,
			warnings, e))
			return false;
	for (size_t i = 0; i < leftout_count(s); i++)
		if (text_ends(leftout_path(s, i), ".md") &&
			!look_at(s, leftout_path(s, i), false, warnings, e))
			return false;
	return true;
}
