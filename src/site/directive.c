/* directive: what can stand between ":::name" and ":::" on a page. */
#include "site/directive.h"

#include <string.h>

#include "site/directive_put.h"
#include "site/rate.h"
#include "view/fence.h"
#include "base/banned.h"

/* ---- the table --------------------------------------------------------- */

enum need { NEED_NOT, NEED_MAY, NEED_MUST };

static const struct kind {
	const char *name;
	const char *component; /* NULL: its text alone */
	const char *argument; /* what follows the name, for messages */
	enum need arguments;
	enum need body;
	bool (*put)(struct body *, const struct directive *, struct value *,
		struct err *);
} kinds[] = {
	{ "notice", "components/notice", "a title", NEED_MAY, NEED_MUST,
		directive_put_text },
	{ "details", "components/details", "a title", NEED_MUST, NEED_MUST,
		directive_put_text },
	{ "steps", "components/steps", "a title", NEED_MAY, NEED_MUST,
		directive_put_items },
	{ "network", "components/network", "a title", NEED_MAY, NEED_MUST,
		directive_put_items },
	{ "contact", "components/contact", "a key of " CONFIG_CONTACTS,
		NEED_MUST, NEED_NOT, directive_put_contact },
	{ "form", "components/form", "a form's id", NEED_MUST, NEED_NOT,
		directive_put_form },
	{ "qr", "components/qr", "a path", NEED_MUST, NEED_NOT,
		directive_put_qr },
	{ "figure", "components/figure", "a file and what it shows",
		NEED_MUST, NEED_MAY, directive_put_figure },
	{ "law", "components/law", "a key of " CONFIG_LAW, NEED_MUST,
		NEED_NOT, directive_put_law },
	{ "rate", "components/rate", "a key of " CONFIG_RATES, NEED_MUST,
		NEED_NOT, directive_put_rate },
	{ "web", NULL, NULL, NEED_NOT, NEED_MUST, NULL },
};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* Of what a theme declares: components/directives/NAME.mustache. */
static bool
find_own(struct body *b, const struct directive *d, struct kind *out)
{
	const char *component = arena_printf(b->arena, DIRECTIVE_OWN "%.*s",
		(int)d->name.len, d->name.p).p;

	*out = (struct kind){ arena_string(b->arena, d->name), component,
		"", NEED_MAY, NEED_MAY, directive_put_own };
	return theme_has(b->site->theme, component);
}

static bool
unknown(struct body *b, const struct directive *d, struct err *e)
{
	size_t count;
	const char *const *own = theme_names(b->site->theme, b->arena,
		DIRECTIVE_OWN, &count);
	const char **names = arena_array(b->arena, KINDS + count + 1,
		sizeof *names);
	const char *near;
	/* One put a folder too high. */
	const char *high = arena_printf(b->arena, "components/%.*s",
		(int)d->name.len, d->name.p).p;

	if (theme_has(b->site->theme, high))
		return err_set(e, ERR_FORMAT, "%s:%d: unknown directive "
			"\":::%.*s\"; %s would be one in components/"
			"directives/", b->path, d->line, (int)d->name.len,
			d->name.p, theme_path(b->site->theme, high));
	for (size_t i = 0; i < KINDS; i++)
		names[i] = kinds[i].name;
	for (size_t i = 0; i < count; i++)
		names[KINDS + i] = own[i];
	near = text_nearest(d->name, names);
	return err_set(e, ERR_FORMAT, near ? "%s:%d: unknown directive "
		"\":::%.*s\" (did you mean \":::%s\"?)"
		: "%s:%d: unknown directive \":::%.*s\"", b->path, d->line,
		(int)d->name.len, d->name.p, near);
}

static bool
find_kind(struct body *b, const struct directive *d, struct kind *out,
	struct err *e)
{
	for (size_t i = 0; i < KINDS; i++) {
		*out = kinds[i];
		if (text_is(d->name, kinds[i].name))
			return true;
	}
	return find_own(b, d, out) || unknown(b, d, e);
}

static bool
is_name(struct text t)
{
	for (size_t i = 0; i < t.len; i++) {
		char c = t.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			(c == '-' && i > 0)))
			return false;
	}
	return t.len > 0;
}

bool
directive_check_theme(const struct theme *t, struct arena *a, struct err *e)
{
	size_t count;
	const char *const *own = theme_names(t, a, DIRECTIVE_OWN, &count);

	for (size_t i = 0; i < count; i++) {
		const char *file = theme_path(t, arena_printf(a,
			DIRECTIVE_OWN "%s", own[i]).p);

		if (!is_name(text_of(own[i])))
			return err_set(e, ERR_FORMAT, "%s: a directive's name "
				"has only a-z, 0-9 and \"-\"", file);
		for (size_t k = 0; k < KINDS; k++)
			if (strcmp(own[i], kinds[k].name) == 0)
				return err_set(e, ERR_FORMAT, kinds[k].component
					? "%s: there is a directive \":::%s\" "
					"already; its look is %s.mustache"
					: "%s: there is a directive \":::%s\" "
					"already", file, own[i],
					kinds[k].component);
	}
	return true;
}

static bool
check_needs(struct body *b, const struct directive *d, const struct kind *k,
	struct err *e)
{
	bool has_body = text_trim(d->body).len > 0;

	if (k->arguments == NEED_NOT && d->arguments.len > 0)
		return directive_fail(b, d, "must stand alone on its line",
			e);
	if (k->arguments == NEED_MUST && d->arguments.len == 0)
		return err_set(e, ERR_FORMAT, "%s:%d: %s: must be followed by "
			"%s on its line", b->path, d->line, k->name,
			k->argument);
	if (k->body == NEED_MUST && !has_body)
		return directive_fail(b, d, "has nothing between its lines", e);
	if (k->body == NEED_NOT && has_body)
		return directive_fail(b, d, "takes no text; close it with "
			"\":::\" on the next line", e);
	return true;
}

/*
 * On the page the text as it stands.  In the booklet nothing of it; it is
 * rendered all the same, so that each heading of the page is among the ids
 * there too, in its place.
 */
static bool
render_web(struct body *b, const struct directive *d, struct buf *out,
	struct err *e)
{
	struct footnotes *notes = b->markdown.notes;
	struct markdown_ids *ids = b->markdown.ids;
	size_t first = ids ? ids->count : 0;
	struct buf unseen;
	bool ok;

	if (!b->brochure)
		return directive_render(b, d->body, d->body_line, out, e);
	buf_init(&unseen, BODY_HTML_MAX);
	b->markdown.notes = NULL;
	ok = directive_render(b, d->body, d->body_line, &unseen, e);
	b->markdown.notes = notes;
	for (size_t i = first; ids && i < ids->count; i++)
		ids->items[i].id = text_of("");
	b->left_out = true;
	buf_release(&unseen);
	return ok;
}

/* What else is wrong inside one that is at fault itself. */
static bool
look_inside(struct body *b, const struct directive *d, struct err *e)
{
	struct buf html;
	bool ok;

	if (!fault_seen(b->links->faults, e))
		return false;
	buf_init(&html, BODY_HTML_MAX);
	b->depth++;
	ok = directive_render(b, d->body, d->body_line, &html, e);
	b->depth--;
	buf_release(&html);
	return ok;
}

static bool
render_directive(struct body *b, const struct directive *d, struct buf *out,
	struct err *e)
{
	struct kind kind;
	struct value *data = value_map(b->arena);
	struct text lang = text_of(variant_lang(b->variant));
	bool ok;

	if (!find_kind(b, d, &kind, e))
		return look_inside(b, d, e);
	if (!check_needs(b, d, &kind, e))
		return false;
	b->depth++;
	if (!kind.component) {
		ok = render_web(b, d, out, e);
		b->depth--;
		return ok;
	}
	(void)value_set(b->arena, data, "words",
		b->site->words[config_lang(lang)]);
	value_set_str(b->arena, data, "lang", lang);
	value_set_bool(b->arena, data, "brochure", b->brochure);
	ok = kind.put(b, d, data, e);
	b->depth--;
	return ok && theme_render(b->site->theme, kind.component, data, out, e);
}

/* ---- finding them ------------------------------------------------------ */

/* Is the line ":::" and something or nothing?  `rest` is what follows. */
static bool
is_directive(struct text line, const struct fence *f, struct text *rest)
{
	*rest = text_trim(text_from(line, 3));
	return !f->mark && text_starts(line, ":::");
}

static bool
fail_short(const struct body *b, int line, struct err *e)
{
	return err_set(e, ERR_FORMAT, "%s:%d: begins with \"::\"; a directive "
		"begins with \":::\"", b->path, line);
}

/* "::::" and more: other programs take it, here it would be a name. */
static bool
check_colons(const struct body *b, struct text after, int line, struct err *e)
{
	return !text_starts(after, ":") || err_set(e, ERR_FORMAT, "%s:%d: has "
		"too many colons; a directive begins and ends with \":::\"",
		b->path, line);
}

/* A line with a colon too few before a directive's name: it would be text. */
static bool
check_short(const struct body *b, struct text at, const struct fence *f,
	int line, struct err *e)
{
	struct text ignored;
	struct text name;

	if (f->mark || !text_starts(at, "::"))
		return true;
	name = directive_word(text_trim(text_from(at, 2)), &ignored);
	for (size_t i = 0; i < KINDS; i++)
		if (text_is(name, kinds[i].name))
			return fail_short(b, line, e);
	return true;
}

/* Reads on to the ":::" that closes d, passing over those inside. */
static bool
find_end(struct body *b, struct text *rest, int *line, struct directive *d,
	struct err *e)
{
	struct fence fence = { 0 };
	struct text at, after;
	int open = 1;

	d->body = (struct text){ rest->p, 0 };
	d->body_line = *line;
	while (text_line(rest, &at)) {
		(*line)++;
		if (is_directive(at, &fence, &after)) {
			if (!check_colons(b, after, *line - 1, e))
				return false;
			open += after.len ? 1 : -1;
			if (open == 0) {
				d->body.len = (size_t)(at.p - d->body.p);
				return true;
			}
		}
		fence_line(&fence, at);
	}
	return err_set(e, ERR_FORMAT, "%s:%d: \":::%.*s\" is not closed by a "
		"line \":::\"", b->path, d->line, (int)d->name.len, d->name.p);
}

static bool
render_markdown(struct body *b, const char *from, const char *to, int line,
	struct buf *out, struct err *e)
{
	struct text source = { from, (size_t)(to - from) };
	struct markdown_options o = b->markdown;

	if (text_trim(source).len == 0)
		return true;
	o.line = line;
	return markdown_put(b->arena, source, &o, out, e) ||
		fault_seen(b->links->faults, e);
}

/* A ":::" too many, or the end of one that begins with too few ":". */
static bool
fail_end(const struct body *b, struct text before, int first, int line,
	struct err *e)
{
	struct text rest = before, at;
	int short_one = 0;

	for (int n = first; text_line(&rest, &at); n++)
		if (text_starts(at, "::") && !text_starts(at, ":::"))
			short_one = n;
	if (short_one)
		return fail_short(b, short_one, e);
	return err_set(e, ERR_FORMAT, "%s:%d: \":::\" closes nothing",
		b->path, line);
}

bool
directive_render(struct body *b, struct text source, int line,
	struct buf *out, struct err *e)
{
	struct fence fence = { 0 };
	struct text rest = source;
	struct text at, after;
	const char *from = source.p;
	int from_line = line;

	/* Most texts have none, and need not be read by lines. */
	if (text_search(source, "::") == source.len)
		rest.len = 0;
	while (text_line(&rest, &at)) {
		struct directive d = { .line = line++ };

		if (!is_directive(at, &fence, &after)) {
			if (!check_short(b, at, &fence, d.line, e) &&
				!fault_seen(b->links->faults, e))
				return false;
			fence_line(&fence, at);
			continue;
		}
		if (!check_colons(b, after, d.line, e) ||
			!render_markdown(b, from, at.p, from_line, out, e))
			return false;
		d.name = directive_word(after, &d.arguments);
		if (d.name.len == 0)
			return fail_end(b, (struct text){ from,
				(size_t)(at.p - from) }, from_line, d.line, e);
		if (b->depth == DIRECTIVE_DEPTH_MAX)
			return err_set(e, ERR_LIMIT, "%s:%d: directives nested "
				"more than %d deep", b->path, d.line,
				DIRECTIVE_DEPTH_MAX);
		if (!find_end(b, &rest, &line, &d, e))
			return false;
		if (!render_directive(b, &d, out, e) &&
			!fault_seen(b->links->faults, e))
			return false;
		from = rest.len ? rest.p : source.p + source.len;
		from_line = line;
	}
	return !source.len || render_markdown(b, from, source.p + source.len,
		from_line, out, e);
}
