/* diagram_page: the diagrams of a page, and their large versions. */
#include "site/diagram_page.h"

#include <string.h>

#include "site/diagram.h"
#include "site/diagram_text.h"
#include "site/directive.h"
#include "base/banned.h"

static const struct kind {
	const char *name;
	const char *file;  /* of the large version */
	const char *label; /* word for one without a title */
	const char *drawing, *sheet; /* components */
	struct value *(*make)(struct arena *, const struct diagram_item *,
		size_t, const struct diagram_words *, bool);
} kinds[] = {
	{ "steps", "steg", "steps_title", "components/steps-svg",
		"components/steps-large", diagram_steps },
	{ "network", "natverk", "network_title", "components/network-svg",
		"components/network-large", diagram_network },
};

/* What is drawn, the same for both sizes. */
struct diagram {
	const struct kind *kind;
	struct diagram_item *items;
	size_t count;
	struct diagram_words words;
};

static struct diagram_item *
items_of(struct arena *a, const struct value *list)
{
	struct diagram_item *items = arena_array(a, list->count,
		sizeof *items);
	size_t n = 0;

	for (const struct value_item *i = list->first; i; i = i->next)
		items[n++] = (struct diagram_item){
			diagram_text_plain(a, value_get_text(i->value,
				"title")),
			diagram_text_plain(a, value_get_text(i->value, "body")),
			value_get_bool(i->value, "own") };
	return items;
}

static struct text
word(const struct body *b, const char *key)
{
	int lang = config_lang(text_of(variant_lang(b->variant)));

	return value_get_text(b->site->words[lang], key);
}

static bool
draw(struct body *b, const char *component, const struct diagram *d,
	bool large, struct value *data, struct text *out, struct err *e)
{
	struct value *v = d->kind->make(b->arena, d->items, d->count,
		&d->words, large);
	struct buf buf;
	bool ok;

	for (const struct value_item *i = data->first; i; i = i->next)
		(void)value_set_text(b->arena, v, i->key, i->value);
	buf_init(&buf, BODY_HTML_MAX);
	ok = theme_render(b->site->theme, component, v, &buf, e);
	*out = arena_copy(b->arena, buf_view(&buf));
	buf_release(&buf);
	return ok;
}

static bool
put_drawing(struct body *b, const struct diagram *d, struct value *shared,
	struct value *data, struct err *e)
{
	struct text svg;

	(void)value_set(b->arena, data, "drawing", value_null(b->arena));
	if (!theme_has(b->site->theme, d->kind->drawing))
		return true;
	if (!draw(b, d->kind->drawing, d, false, shared, &svg, e))
		return false;
	while (text_ends(svg, "\n"))
		svg.len--;
	(void)value_set(b->arena, data, "drawing", value_html(b->arena, svg));
	return true;
}

/* "/roller/steg", "/roller/steg-2". */
static struct text
sheet_place(const struct body *b, const struct kind *kind)
{
	const struct diagram_sheets *all = b->sheets;
	struct text page = b->links->from->page->url;
	size_t n = 1;

	for (size_t i = 0; i < all->count; i++)
		n += all->items[i].kind == kind->name;
	return n == 1 ? arena_printf(b->arena, "%.*s%s", (int)page.len,
		page.p, kind->file) : arena_printf(b->arena, "%.*s%s-%zu",
		(int)page.len, page.p, kind->file, n);
}

bool
diagram_is_sheet(struct text name)
{
	int64_t number;

	if (!text_ends(name, ".svg"))
		return false;
	name.len -= strlen(".svg");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct text rest = text_from(name, strlen(kinds[i].file));

		if (text_starts(name, kinds[i].file) && (rest.len == 0 ||
			(text_starts(rest, "-") && text_to_int(
				text_from(rest, 1), 2, INT32_MAX, &number))))
			return true;
	}
	return false;
}

static void
add_sheet(struct arena *a, struct diagram_sheets *all,
	struct diagram_sheet sheet)
{
	if (all->count == all->cap) {
		size_t cap = all->cap ? 2 * all->cap : 4;
		struct diagram_sheet *items = arena_array(a, cap,
			sizeof *items);

		if (all->count)
			memcpy(items, all->items, all->count * sizeof *items);
		all->items = items;
		all->cap = cap;
	}
	all->items[all->count++] = sheet;
}

/* A PDF is linked to if somebody has put one in content/ (make brochure). */
static bool
put_sheet(struct body *b, const struct diagram *d, struct value *shared,
	struct value *data, struct err *e)
{
	struct diagram_sheet sheet = { .kind = d->kind->name };
	struct text place, pdf;

	(void)value_set(b->arena, data, "large", value_null(b->arena));
	(void)value_set(b->arena, data, "pdf", value_null(b->arena));
	if (!b->sheets || !theme_has(b->site->theme, d->kind->sheet))
		return true;
	place = sheet_place(b, d->kind);
	sheet.url = arena_printf(b->arena, "%s.svg", place.p);
	(void)value_set(b->arena, shared, "asset", b->site->assets);
	(void)value_set(b->arena, shared, "site", b->site->config.lang[
		config_lang(text_of(variant_lang(b->variant)))].site);
	value_set_str(b->arena, shared, "page_url", arena_join(b->arena,
		(struct text[]){ b->site->config.base_url,
			b->links->from->page->url }, 2));
	if (!draw(b, d->kind->sheet, d, true, shared, &sheet.bytes, e))
		return false;
	add_sheet(b->arena, b->sheets, sheet);
	value_set_str(b->arena, data, "large", sheet.url);
	pdf = arena_printf(b->arena, "%s.pdf", place.p);
	if (site_file(b->site, arena_printf(b->arena, "content%s", pdf.p)))
		value_set_str(b->arena, data, "pdf", pdf);
	return true;
}

bool
diagram_put(struct body *b, struct text kind, struct value *data,
	struct err *e)
{
	struct diagram d = { .kind = kinds };
	struct value *list = value_get(data, "items");
	struct value *shared = value_map(b->arena);
	struct text title = value_get_text(data, "title");

	while (!text_is(kind, d.kind->name))
		d.kind++;
	if (title.len == 0)
		title = word(b, d.kind->label);
	d.items = items_of(b->arena, list);
	d.count = list->count;
	d.words = (struct diagram_words){ title, word(b, "network_centre"),
		word(b, "network_own") };
	value_set_str(b->arena, shared, "id", arena_printf(b->arena,
		"_bild-%d", ++b->diagrams));
	value_set_str(b->arena, shared, "label", title);
	value_set_str(b->arena, shared, "lang",
		text_of(variant_lang(b->variant)));
	(void)value_set(b->arena, shared, "words", value_get(data, "words"));
	(void)value_set(b->arena, data, "id", value_get(shared, "id"));
	return put_drawing(b, &d, shared, data, e) &&
		put_sheet(b, &d, shared, data, e);
}
