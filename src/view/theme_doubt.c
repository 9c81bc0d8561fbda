/* theme_doubt: what stands in a theme and does nothing, or not all it should. */
#include "view/theme_parts.h"

#include <string.h>

#include "base/banned.h"

/* Whose bytes are read, or given to `blankett new`. */
static const char *const folders[] = {
	"templates", "components", "text", "static", "script", "new", NULL
};

/* Adds a line to theme_doubts. */
static void
add_doubt(struct loader *l, const char *line)
{
	struct theme *t = l->t;

	if (t->doubt_count == t->doubt_max) {
		size_t max = t->doubt_max * 2 + 8;
		const char **more = arena_array(l->a, max, sizeof *more);

		for (size_t i = 0; i < t->doubt_count; i++)
			more[i] = t->doubts[i];
		t->doubts = more;
		t->doubt_max = max;
	}
	t->doubts[t->doubt_count++] = line;
}

const char *const *
theme_doubts(const struct theme *t, size_t *count)
{
	*count = t->doubt_count;
	return t->doubts;
}

/* ---- words --------------------------------------------------------------- */

/* Does a file of words give that one? */
static bool
has_word(const struct theme_layer *layer, struct text key)
{
	struct text rest, line;

	for (size_t i = 0; i < layer->count; i++) {
		if (!text_is(layer->files[i].path, "text/sv.yaml"))
			continue;
		rest = layer->files[i].bytes;
		while (text_line(&rest, &line))
			if (text_eq(text_trim(text_sub(line, 0,
				text_find(line, ':'))), key))
				return true;
	}
	return false;
}

/* What the last layer has it may have in Swedish only: it is whole. */
void
theme_doubt_word(struct loader *l, struct text lang, struct text key)
{
	size_t i = l->count - 1;

	if (has_word(&l->layers[i], key))
		return;
	while (i > 0 && !has_word(&l->layers[i], key))
		i--;
	add_doubt(l, arena_printf(l->a, "%s/text/%.*s.yaml: lacks \"%.*s\", "
		"which text/sv.yaml has; it is in Swedish on those pages",
		l->layers[i].dir, (int)lang.len, lang.p, (int)key.len,
		key.p).p);
}

/* ---- files --------------------------------------------------------------- */

void
theme_doubt_place(struct loader *l, const struct theme_file *f)
{
	size_t slash = text_find(f->path, '/');
	struct text folder = text_sub(f->path, 0, slash);
	const char *near;

	if (slash == f->path.len) {
		if (text_ends(f->path, ".mustache"))
			add_doubt(l, arena_printf(l->a, "%s/%.*s: nothing "
				"uses it; templates stand in templates/ and "
				"components/", l->dir, (int)f->path.len,
				f->path.p).p);
		return;
	}
	near = text_nearest(folder, folders);
	if (near && text_is(folder, near))
		return;
	add_doubt(l, arena_printf(l->a, near ? "%s/%.*s: nothing uses it "
		"(did you mean the folder \"%s\"?)" : "%s/%.*s: nothing uses "
		"it; a theme has no such folder", l->dir, (int)f->path.len,
		f->path.p, near).p);
}

/* ---- templates ----------------------------------------------------------- */

static bool
is_directive(struct text name)
{
	return text_starts(name, "components/directives/");
}

/* The nearest name that a layer below the file's has. */
static const char *
near_below(struct loader *l, const struct named *n)
{
	const struct theme *t = l->t;
	const char **names = arena_array(l->a, t->template_count + 1,
		sizeof *names);
	size_t count = 0;

	for (size_t i = 0; i < t->template_count; i++)
		if (t->templates[i].layer > n->layer ||
			t->templates[i].is_replacing)
			names[count++] = arena_string(l->a,
				t->templates[i].name);
	return text_nearest(n->name, names);
}

static void
doubt_template(struct loader *l, const struct named *n)
{
	struct text below = text_from(n->name, text_starts(n->name,
		"components/") ? strlen("components/") : n->name.len);
	bool single = below.len && text_find(below, '/') == below.len;
	const char *near = near_below(l, n);

	add_doubt(l, near ? arena_printf(l->a, "%s: nothing uses it (did "
		"you mean \"%s\"?)", n->path, near).p
		: single ? arena_printf(l->a, "%s: nothing uses it; the "
		"directive \":::%.*s\" would be components/directives/"
		"%.*s.mustache", n->path, (int)below.len, below.p,
		(int)below.len, below.p).p
		: arena_printf(l->a, "%s: nothing uses it", n->path).p);
}

/* The last layer is whole: what the program asks of it is not known here. */
void
theme_doubt_templates(struct loader *l)
{
	const struct theme *t = l->t;

	for (size_t i = 0; i < t->template_count; i++) {
		const struct named *n = &t->templates[i];

		if (n->layer + 1 < l->count && !n->is_replacing &&
			!n->is_named && !is_directive(n->name))
			doubt_template(l, n);
	}
}
