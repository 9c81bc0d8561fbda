/* directive: what can stand between ":::name" and ":::" on a page. */
#include "site/directive.h"

#include <string.h>

#include "site/diagram_page.h"
#include "site/image.h"
#include "site/items.h"
#include "site/qr.h"
#include "site/rate.h"
#include "view/fence.h"
#include "view/formview.h"
#include "base/banned.h"

struct directive {
	struct text name;
	struct text arguments; /* rest of the opening line */
	int line;              /* of the opening line */
	struct text body;      /* between the lines */
	int body_line;
};

static bool
fail(struct body *b, const struct directive *d, const char *what,
	struct err *e)
{
	(void)err_set(e, ERR_FORMAT, "%s:%d: %.*s: %s", b->path, d->line,
		(int)d->name.len, d->name.p, what);
	return false;
}

static struct text
first_word(struct text t, struct text *rest)
{
	size_t end = text_find(t, ' ');

	*rest = text_trim(text_from(t, end));
	return text_sub(t, 0, end);
}

static struct value *
text_or_null(struct arena *a, struct text t)
{
	return t.len ? value_text(a, t) : value_null(a);
}

/* What was rendered, without the line break at its end: templates have
 * their own. */
static struct value *
html_value(struct arena *a, struct text markup)
{
	while (text_ends(markup, "\n"))
		markup.len--;
	return value_html(a, arena_copy(a, markup));
}

/* ---- what each gives its component ------------------------------------- */

static bool
put_body(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	struct buf html;
	bool ok;

	buf_init(&html, BODY_HTML_MAX);
	ok = directive_render(b, d->body, d->body_line, &html, e);
	if (ok)
		(void)value_set(b->arena, data, "body",
			html_value(b->arena, buf_view(&html)));
	buf_release(&html);
	return ok;
}

static bool
put_notice(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	(void)value_set(b->arena, data, "title",
		text_or_null(b->arena, d->arguments));
	return put_body(b, d, data, e);
}

static bool
put_item(struct body *b, const struct item *item, int number,
	struct value *list, struct err *e)
{
	struct markdown_options o = b->markdown;
	struct value *data = value_map(b->arena);
	struct html title;
	struct html text = { { "", 0 } };

	o.line = item->line;
	if (!markdown_inline(b->arena, item->title, &o, &title, e) ||
		(item->body.len &&
			!markdown_render(b->arena, item->body, &o, &text, e)))
		return false;
	(void)value_set(b->arena, data, "number",
		value_int(b->arena, number));
	(void)value_set(b->arena, data, "title",
		value_html(b->arena, title.markup));
	(void)value_set(b->arena, data, "body",
		html_value(b->arena, text.markup));
	value_set_bool(b->arena, data, "own", item->own);
	(void)value_push(b->arena, list, data);
	return true;
}

static bool
put_items(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	struct value *list = value_list(b->arena);
	struct item *items;
	size_t count;

	(void)value_set(b->arena, data, "title",
		text_or_null(b->arena, d->arguments));
	if (!items_parse(b->arena, b->path, d->body_line, d->body, &items,
		&count, e))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!put_item(b, &items[i], (int)i + 1, list, e))
			return false;
	(void)value_set(b->arena, data, "items", list);
	return diagram_put(b, d->name, data, e);
}

/* The keys of a map as names for a suggestion. */
static bool
unknown(struct body *b, const struct directive *d, const char *what,
	const char *const names[], struct err *e)
{
	const char *near = text_nearest(d->arguments, names);

	return err_set(e, ERR_FORMAT,
		near ? "%s:%d: %.*s: there is no %s \"%.*s\" (did you mean "
			"\"%s\"?)"
		     : "%s:%d: %.*s: there is no %s \"%.*s\"", b->path, d->line,
		(int)d->name.len, d->name.p, what, (int)d->arguments.len,
		d->arguments.p, near);
}

static const char **
names_of(struct arena *a, const struct value *map)
{
	size_t n = 0;
	const char **names = arena_array(a, (map ? map->count : 0) + 1,
		sizeof *names);

	for (const struct value_item *i = map ? map->first : NULL; i;
		i = i->next)
		names[n++] = arena_string(a, i->key);
	return names;
}

static int
lang_of(const struct body *b)
{
	return b->variant == PAGE_ENGLISH ? 1 : 0;
}

static bool
put_contact(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	const struct config *c = &b->site->config;
	struct value *contact = config_contact(c, lang_of(b), d->arguments);

	if (!contact)
		return unknown(b, d, "contact", names_of(b->arena,
			c->contacts), e);
	(void)value_set(b->arena, data, "contact", contact);
	return true;
}

static bool
put_law(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	static const char *const keys[] = { "key", "title", "reference", "url" };
	const struct config *c = &b->site->config;
	struct value *law = config_law(b->arena, c, lang_of(b), d->arguments);

	if (!law)
		return unknown(b, d, "law", names_of(b->arena, c->laws), e);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		(void)value_set(b->arena, data, keys[i],
			value_get(law, keys[i]));
	return true;
}

static bool
put_rate(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	const struct value *rates = b->site->config.rates;
	struct date today = b->site->options.today;
	const struct value *period = rate_at(rates, d->arguments, today);
	const struct value *found;

	if (!value_find(rates, d->arguments))
		return unknown(b, d, "rate", names_of(b->arena, rates), e);
	if (!period)
		return err_set(e, ERR_FORMAT, "%s:%d: rate: \"%.*s\" has %s",
			b->path, d->line, (int)d->arguments.len,
			d->arguments.p, rate_gap(b->arena, rates,
				d->arguments, today).p);
	found = rate_data(b->arena, period, d->arguments,
		text_of(variant_lang(b->variant)));
	for (const struct value_item *i = found->first; i; i = i->next)
		(void)value_set_text(b->arena, data, i->key, i->value);
	return true;
}

struct value *
directive_service(struct arena *a, const struct form *f)
{
	struct value *v = value_map(a);

	value_set_str(a, v, "title", f->title);
	value_set_str(a, v, "description", f->description);
	value_set_str(a, v, "url", formview_url(a, f));
	(void)value_set(a, v, "audience", text_or_null(a, f->audience));
	(void)value_set(a, v, "questions", value_int(a,
		(int64_t)f->question_count));
	return v;
}

static bool
put_form(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	const struct site *s = b->site;
	const struct form *f = site_form(s, d->arguments,
		text_of(variant_lang(b->variant)));
	const char **names;
	size_t n = 0;

	if (f) {
		(void)value_set(b->arena, data, "service",
			directive_service(b->arena, f));
		return true;
	}
	names = arena_array(b->arena, s->form_count + 1, sizeof *names);
	for (size_t i = 0; i < s->form_count; i++)
		if (text_is(s->forms[i]->lang, "sv"))
			names[n++] = arena_string(b->arena, s->forms[i]->id);
	return unknown(b, d, "form", names, e);
}

bool
directive_qr(const struct site *s, struct arena *a, struct text url,
	struct value **out, struct err *e)
{
	struct value *picture = value_map(a);
	struct buf svg;
	struct qr qr;
	bool ok;

	if (!qr_make(a, url, &qr, e))
		return false;
	(void)value_set(a, picture, "size", value_int(a, qr.size));
	value_set_str(a, picture, "path", qr.path);
	value_set_str(a, picture, "url", url);
	buf_init(&svg, BODY_HTML_MAX);
	ok = theme_render(s->theme, "components/qr-svg", picture, &svg, e);
	*out = html_value(a, buf_view(&svg));
	buf_release(&svg);
	return ok;
}

static bool
put_qr(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	const struct site *s = b->site;
	struct text title, url;
	struct text path = first_word(d->arguments, &title);
	struct value *svg;

	if (!link_resolve(b->links, b->arena, path, d->line, &url, e))
		return false;
	if (text_starts(url, "/") && s->config.base_url.len == 0)
		return fail(b, d, "needs \"base-url\" in " CONFIG_SITE, e);
	if (text_starts(url, "/"))
		url = arena_printf(b->arena, "%.*s%.*s",
			(int)s->config.base_url.len, s->config.base_url.p,
			(int)url.len, url.p);
	if (!directive_qr(s, b->arena, url, &svg, e))
		return false;
	(void)value_set(b->arena, data, "svg", svg);
	value_set_str(b->arena, data, "url", url);
	(void)value_set(b->arena, data, "title", text_or_null(b->arena, title));
	return true;
}

static bool
put_caption(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	struct markdown_options o = b->markdown;
	struct text caption = text_trim(d->body);
	struct html html;

	o.line = d->body_line;
	(void)value_set(b->arena, data, "caption", value_null(b->arena));
	if (caption.len == 0)
		return true;
	if (!markdown_inline(b->arena, caption, &o, &html, e))
		return false;
	(void)value_set(b->arena, data, "caption",
		value_html(b->arena, html.markup));
	return true;
}

static bool
put_figure(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	struct text alt, src;
	struct text name = first_word(d->arguments, &alt);
	const struct site_file *file;
	int width = 0;
	int height = 0;
	bool known;

	if (alt.len == 0)
		return fail(b, d, "write after the file's name what the "
			"picture shows, for those who do not see it", e);
	if (!link_resolve(b->links, b->arena, name, d->line, &src, e))
		return false;
	file = site_file(b->site, link_file(b->links, b->arena, name));
	known = file && image_size(file->bytes, &width, &height);
	value_set_str(b->arena, data, "src", src);
	value_set_str(b->arena, data, "alt", alt);
	(void)value_set(b->arena, data, "width", known
		? value_int(b->arena, width) : value_null(b->arena));
	(void)value_set(b->arena, data, "height", known
		? value_int(b->arena, height) : value_null(b->arena));
	return put_caption(b, d, data, e);
}

/* ---- the table --------------------------------------------------------- */

enum need { NEED_NOT, NEED_MAY, NEED_MUST };

static const struct kind {
	const char *name;
	const char *component;
	const char *argument; /* what follows the name, for messages */
	enum need arguments;
	enum need body;
	bool (*put)(struct body *, const struct directive *, struct value *,
		struct err *);
} kinds[] = {
	{ "notice", "components/notice", "a title", NEED_MAY, NEED_MUST,
		put_notice },
	{ "details", "components/details", "a title", NEED_MUST, NEED_MUST,
		put_notice },
	{ "steps", "components/steps", "a title", NEED_MAY, NEED_MUST,
		put_items },
	{ "network", "components/network", "a title", NEED_MAY, NEED_MUST,
		put_items },
	{ "contact", "components/contact", "a key of " CONFIG_CONTACTS,
		NEED_MUST, NEED_NOT, put_contact },
	{ "form", "components/form", "a form's id", NEED_MUST, NEED_NOT,
		put_form },
	{ "qr", "components/qr", "a path", NEED_MUST, NEED_NOT, put_qr },
	{ "figure", "components/figure", "a file and what it shows",
		NEED_MUST, NEED_MAY, put_figure },
	{ "law", "components/law", "a key of " CONFIG_LAW, NEED_MUST,
		NEED_NOT, put_law },
	{ "rate", "components/rate", "a key of " CONFIG_RATES, NEED_MUST,
		NEED_NOT, put_rate },
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static const struct kind *
find_kind(struct body *b, const struct directive *d, struct err *e)
{
	const char *names[KINDS + 1] = { 0 };
	const char *near;

	for (size_t i = 0; i < KINDS; i++) {
		names[i] = kinds[i].name;
		if (text_is(d->name, kinds[i].name))
			return &kinds[i];
	}
	near = text_nearest(d->name, names);
	(void)err_set(e, ERR_FORMAT, near ? "%s:%d: unknown directive "
		"\":::%.*s\" (did you mean \":::%s\"?)"
		: "%s:%d: unknown directive \":::%.*s\"", b->path, d->line,
		(int)d->name.len, d->name.p, near);
	return NULL;
}

static bool
check_needs(struct body *b, const struct directive *d, const struct kind *k,
	struct err *e)
{
	bool has_body = text_trim(d->body).len > 0;

	if ((k->arguments == NEED_MUST && d->arguments.len == 0) ||
		(k->arguments == NEED_NOT && d->arguments.len > 0))
		return err_set(e, ERR_FORMAT, "%s:%d: %s: must be followed by "
			"%s on its line", b->path, d->line, k->name,
			k->argument);
	if (k->body == NEED_MUST && !has_body)
		return fail(b, d, "has nothing between its lines", e);
	if (k->body == NEED_NOT && has_body)
		return fail(b, d, "takes no text; close it with \":::\" on the "
			"next line", e);
	return true;
}

static bool
render_directive(struct body *b, const struct directive *d, struct buf *out,
	struct err *e)
{
	const struct kind *k = find_kind(b, d, e);
	struct value *data = value_map(b->arena);
	struct text lang = text_of(variant_lang(b->variant));
	bool ok;

	if (!k || !check_needs(b, d, k, e))
		return false;
	(void)value_set(b->arena, data, "words",
		b->site->words[config_lang(lang)]);
	value_set_str(b->arena, data, "lang", lang);
	b->depth++;
	ok = k->put(b, d, data, e);
	b->depth--;
	return ok && theme_render(b->site->theme, k->component, data, out, e);
}

/* ---- finding them ------------------------------------------------------ */

/* Is the line ":::" and something or nothing?  `rest` is what follows. */
static bool
is_directive(struct text line, const struct fence *f, struct text *rest)
{
	*rest = text_trim(text_from(line, 3));
	return !f->mark && text_starts(line, ":::");
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
	struct html html;

	if (text_trim(source).len == 0)
		return true;
	o.line = line;
	if (!markdown_render(b->arena, source, &o, &html, e))
		return fault_seen(b->links->faults, e);
	buf_text(out, html.markup);
	return true;
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

	while (text_line(&rest, &at)) {
		struct directive d = { .line = line++ };

		if (!is_directive(at, &fence, &after)) {
			fence_line(&fence, at);
			continue;
		}
		if (!render_markdown(b, from, at.p, from_line, out, e))
			return false;
		d.name = first_word(after, &d.arguments);
		if (d.name.len == 0)
			return err_set(e, ERR_FORMAT, "%s:%d: \":::\" closes "
				"nothing", b->path, d.line);
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
