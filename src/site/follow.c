/* follow: faults that only follow from another one. */
#include "site/follow.h"

#include "view/formview.h"
#include "base/banned.h"

/* Ways to say that a form is missing, as site.c, pageview.c, directive_put.c
 * and link.c say it. */
enum { WAYS = 3 };

static bool
is_read(const struct site *s, struct text path)
{
	for (size_t i = 0; i < s->form_count; i++)
		if (text_eq(s->forms[i]->path, path))
			return true;
	return false;
}

/* "forms/synpunkt.en.md": the id, the language. */
static void
name_form(struct text path, struct form *out)
{
	struct text name = text_from(path, sizeof "forms/" - 1);
	size_t dot;

	name.len -= sizeof ".md" - 1;
	dot = text_find(name, '.');
	out->id = text_sub(name, 0, dot);
	out->lang = dot < name.len ? text_from(name, dot + 1) : text_of("sv");
}

static void
drop(struct faults *f, struct arena *a, const struct form *missing)
{
	int n = (int)missing->id.len;
	const char *id = missing->id.p;
	const char *ways[WAYS] = {
		arena_printf(a, "there is no form \"%.*s\"", n, id).p,
		arena_printf(a, "there is no forms/%.*s.md", n, id).p,
		arena_printf(a, "link to \"%s", formview_url(a, missing).p).p,
	};
	size_t kept = 0;

	for (size_t i = 0; i < f->count; i++) {
		struct text line = f->lines[i];
		bool follows = false;

		for (int k = 0; k < WAYS; k++)
			follows = follows ||
				text_search(line, ways[k]) < line.len;
		if (!follows)
			f->lines[kept++] = line;
	}
	f->count = kept;
}

bool
follow_drop(struct site *s, struct err *e)
{
	struct text *paths;
	size_t count;

	if (!source_list(&s->source, "forms", &paths, &count, e))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct form missing = { 0 };

		if (!text_ends(paths[i], ".md") || is_read(s, paths[i]))
			continue;
		name_form(paths[i], &missing);
		drop(s->faults, &s->arena, &missing);
	}
	return true;
}
