/* directive_put: what each directive gives its component. */
#include "site/directive_put.h"

#include <string.h>

#include "site/content.h"
#include "site/image.h"
#include "site/items.h"
#include "site/leftout.h"
#include "site/qr.h"
#include "site/rate.h"
#include "view/footnote.h"
#include "view/formview.h"
#include "view/typography.h"
#include "base/banned.h"

bool
directive_fail(struct body *b, const struct directive *d, const char *what,
	struct err *e)
{
	(void)err_set(e, ERR_FORMAT, "%s:%d: %.*s: %s", b->path, d->line,
		(int)d->name.len, d->name.p, what);
	return false;
}

struct text
directive_word(struct text t, struct text *rest)
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

/* The words after the name: plain text, set as the page's own. */
static bool
put_title(struct body *b, const struct directive *d, struct text title,
	struct value *data, struct err *e)
{
	if (footnotes_may_be_in(title))
		return directive_fail(b, d, "a title has no footnotes; refer "
			"to them in the text", e);
	(void)value_set(b->arena, data, "title", text_or_null(b->arena,
		typography_line(b->arena, title, b->markdown.english)));
	return true;
}

bool
directive_put_text(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	return put_title(b, d, d->arguments, data, e) &&
		put_body(b, d, data, e);
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

bool
directive_put_items(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	struct value *list = value_list(b->arena);
	struct item *items;
	size_t count;

	if (!put_title(b, d, d->arguments, data, e) ||
		!items_parse(b->arena, b->path, d->body_line, d->body, &items,
			&count, e))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!put_item(b, &items[i], (int)i + 1, list, e))
			return false;
	(void)value_set(b->arena, data, "items", list);
	return diagram_put(b, d->name, data, e);
}

/* A key that is not there: "law", " in content/law.yaml". */
static bool
unknown(struct body *b, const struct directive *d, const char *what,
	const char *in, const char *const names[], struct err *e)
{
	const char *near = text_nearest(d->arguments, names);

	return err_set(e, ERR_FORMAT,
		near ? "%s:%d: %.*s: there is no %s \"%.*s\"%s (did you mean "
			"\"%s\"?)"
		     : "%s:%d: %.*s: there is no %s \"%.*s\"%s", b->path,
		d->line, (int)d->name.len, d->name.p, what,
		(int)d->arguments.len, d->arguments.p, in, near);
}

/* The keys of a map as names for a suggestion. */
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

bool
directive_put_contact(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	const struct config *c = &b->site->config;
	struct value *contact = config_contact(c, lang_of(b), d->arguments);

	if (!contact)
		return unknown(b, d, "contact", " in " CONFIG_CONTACTS,
			names_of(b->arena, c->contacts), e);
	(void)value_set(b->arena, data, "contact", contact);
	return true;
}

bool
directive_put_law(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	static const char *const keys[] = { "key", "title", "reference", "url" };
	const struct config *c = &b->site->config;
	struct value *law = config_law(b->arena, c, lang_of(b), d->arguments);

	if (!law)
		return unknown(b, d, "law", " in " CONFIG_LAW,
			names_of(b->arena, c->laws), e);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		(void)value_set(b->arena, data, keys[i],
			value_get(law, keys[i]));
	return true;
}

bool
directive_put_rate(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	const struct value *rates = b->site->config.rates;
	struct date today = b->site->options.today;
	const struct value *period = rate_at(rates, d->arguments, today);
	const struct value *found;

	if (!value_find(rates, d->arguments))
		return unknown(b, d, "rate", " in " CONFIG_RATES,
			names_of(b->arena, rates), e);
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
directive_service(const struct site *s, struct arena *a, const struct form *f)
{
	struct value *v = value_map(a);

	value_set_str(a, v, "title", f->title);
	value_set_str(a, v, "description", f->description);
	value_set_str(a, v, "url", link_address(a, s->config.intake_url,
		formview_url(a, f)));
	(void)value_set(a, v, "audience", text_or_null(a, f->audience));
	(void)value_set(a, v, "questions", value_int(a,
		(int64_t)f->question_count));
	return v;
}

const char *const *
directive_forms(const struct site *s, struct arena *a)
{
	const char **names = arena_array(a, s->form_count + 1, sizeof *names);
	size_t n = 0;

	for (size_t i = 0; i < s->form_count; i++)
		if (text_is(s->forms[i]->lang, "sv"))
			names[n++] = arena_string(a, s->forms[i]->id);
	return names;
}

bool
directive_put_form(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	const struct site *s = b->site;
	const struct form *f = site_form(s, d->arguments,
		text_of(variant_lang(b->variant)));

	if (f) {
		struct value *service = directive_service(s, b->arena, f);

		if (b->brochure && !s->config.intake_url.len)
			value_set_str(b->arena, service, "url",
				arena_printf(b->arena, "%.*s%s",
				(int)s->config.base_url.len,
				s->config.base_url.p,
				formview_url(b->arena, f).p));
		(void)value_set(b->arena, data, "service", service);
		return true;
	}
	(void)value_set(b->arena, data, "service", value_null(b->arena));
	if (leftout_form(s, d->arguments))
		return true;
	return unknown(b, d, "form", "", directive_forms(s, b->arena), e);
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

/* An address that a telephone can open: of this site, or a whole one. */
static bool
qr_address(struct body *b, const struct directive *d, struct text path,
	struct text *url, struct err *e)
{
	struct text base = b->site->config.base_url;

	if (!link_resolve(b->links, b->arena, path, d->line, url, e))
		return false;
	if (text_starts(*url, "/") && base.len == 0)
		return directive_fail(b, d, "needs \"base-url\" in "
			CONFIG_SITE, e);
	if (text_starts(*url, "/"))
		*url = arena_join(b->arena, (struct text[]){ base, *url }, 2);
	if (!text_starts(*url, "https://") && !text_starts(*url, "http://"))
		return directive_fail(b, d, "must be followed by a path here, "
			"or an address with https:", e);
	return url->len <= QR_BYTES_MAX || directive_fail(b, d, "an address as "
		"long as this does not fit in a QR code", e);
}

bool
directive_put_qr(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	struct text title, url;
	struct text path = directive_word(d->arguments, &title);
	struct value *svg;

	if (!qr_address(b, d, path, &url, e) ||
		!directive_qr(b->site, b->arena, url, &svg, e))
		return false;
	(void)value_set(b->arena, data, "svg", svg);
	value_set_str(b->arena, data, "url", url);
	return put_title(b, d, title, data, e);
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

bool
directive_put_figure(struct body *b, const struct directive *d, struct value *data,
	struct err *e)
{
	struct text alt, src;
	struct text name = directive_word(d->arguments, &alt);
	const struct site_file *file;
	struct text bytes;
	int width = 0;
	int height = 0;
	bool known;

	if (alt.len == 0)
		return directive_fail(b, d, "write after the file's name what the "
			"picture shows, for those who do not see it", e);
	if (!link_picture(b->links, b->arena, name, d->line, &src, e))
		return false;
	file = site_file(b->site, link_file(b->links, b->arena, name));
	if (file && !content_read_file(b->site, b->arena, file, &bytes, e))
		return false;
	known = file && image_size(bytes, &width, &height);
	value_set_str(b->arena, data, "src", src);
	value_set_str(b->arena, data, "alt", alt);
	(void)value_set(b->arena, data, "width", known
		? value_int(b->arena, width) : value_null(b->arena));
	(void)value_set(b->arena, data, "height", known
		? value_int(b->arena, height) : value_null(b->arena));
	return put_caption(b, d, data, e);
}

/* ---- what a theme declares ---------------------------------------------- */

bool
directive_put_own(struct body *b, const struct directive *d,
	struct value *data, struct err *e)
{
	struct value *list = value_list(b->arena);
	struct text rest = d->arguments;

	while (rest.len)
		(void)value_push(b->arena, list, value_text(b->arena,
			directive_word(rest, &rest)));
	(void)value_set(b->arena, data, "arguments", list);
	(void)value_set(b->arena, data, "body", value_null(b->arena));
	if (!put_title(b, d, d->arguments, data, e))
		return false;
	return text_trim(d->body).len == 0 || put_body(b, d, data, e);
}
