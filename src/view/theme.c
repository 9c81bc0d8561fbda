/* theme: themes/NAME/ in memory: templates, components, texts, assets. */
#include "view/theme.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/yaml.h"
#include "view/theme_parts.h"
#include "base/banned.h"

enum {
	TEMPLATE_FILE_MAX = 256 * 1024,
	TEXT_FILE_MAX = 256 * 1024
};

/* ---- files ---- */

/* "templates/page.mustache" below "templates/" is "page.mustache"; empty if
 * it stands elsewhere. */
static struct text
below(struct text path, const char *folder)
{
	return text_starts(path, folder) ? text_from(path, strlen(folder))
		: (struct text){ 0 };
}

bool
theme_too_large(struct loader *l, const char *path, struct text bytes,
	size_t max)
{
	return bytes.len > max && !err_set(l->e, ERR_LIMIT,
		"%s: is larger than %zu bytes", path, max);
}

/* The name without its suffix, which it must have. */
static bool
cut_suffix(struct loader *l, const char *path, struct text name,
	const char *suffix, struct text *out)
{
	if (!text_ends(name, suffix))
		return err_set(l->e, ERR_FORMAT,
			"%s: only files named *%s stand here", path, suffix);
	*out = text_sub(name, 0, name.len - strlen(suffix));
	return true;
}

static const struct theme_file *
file_in(const struct theme_layer *layer, struct text path)
{
	for (size_t i = 0; i < layer->count; i++)
		if (text_eq(layer->files[i].path, path))
			return &layer->files[i];
	return NULL;
}

/* Does a layer below the one being read have a file of that name? */
static bool
is_in_lower(const struct loader *l, const char *path)
{
	for (size_t i = l->layer + 1; i < l->count; i++)
		if (file_in(&l->layers[i], text_of(path)))
			return true;
	return false;
}

static bool
load_template(struct loader *l, const char *path, struct text name,
	struct text source)
{
	struct theme *t = l->t;
	struct named *to = &t->templates[t->template_count];

	if (!cut_suffix(l, path, name, ".mustache", &to->name) ||
		theme_too_large(l, path, source, TEMPLATE_FILE_MAX) ||
		!template_parse(l->a, path, source, &to->t, l->e))
		return false;
	template_minify(l->a, to->t);
	to->path = path;
	to->layer = l->layer;
	to->is_replacing = is_in_lower(l, path + strlen(l->dir) + 1);
	t->template_count++;
	return true;
}

/* ---- words ---- */

static const char *
nearest_key(struct loader *l, const struct value *map, struct text wrong)
{
	const char **names = arena_array(l->a, map->count + 1, sizeof *names);
	size_t n = 0;

	for (const struct value_item *i = map->first; i; i = i->next)
		names[n++] = arena_string(l->a, i->key);
	return text_nearest(wrong, names);
}

/*
 * Every word is a text.  A language has only words that Swedish has; a layer
 * may add Swedish words to those below it, but not one that looks like theirs.
 */
static bool
check_words(struct loader *l, const char *path, const struct value *map,
	bool swedish)
{
	const struct value *known = l->t->swedish ? l->t->swedish->map : NULL;

	for (const struct value_item *i = map->first; i; i = i->next) {
		const char *near;

		if (i->value->kind != VALUE_TEXT)
			return err_set(l->e, ERR_FORMAT,
				"%s:%d: \"%.*s\" is not a text", path,
				i->line, (int)i->key.len, i->key.p);
		if (!known || value_find(known, i->key))
			continue;
		near = nearest_key(l, known, i->key);
		if (swedish && !near)
			continue;
		return err_set(l->e, ERR_FORMAT, near
			? "%s:%d: unknown key \"%.*s\" (did you mean \"%s\"?)"
			: "%s:%d: unknown key \"%.*s\", which sv.yaml lacks",
			path, i->line, (int)i->key.len, i->key.p, near);
	}
	return true;
}

static struct words *
words_of(struct loader *l, struct text lang)
{
	struct theme *t = l->t;

	for (size_t i = 0; i < t->word_count; i++)
		if (text_eq(t->words[i].lang, lang))
			return &t->words[i];
	t->words[t->word_count] = (struct words){ lang, value_map(l->a) };
	return &t->words[t->word_count++];
}

/* Layers are read from the last to the first, which goes before it. */
static bool
load_language(struct loader *l, const char *path, struct text name,
	struct text source)
{
	struct text lang;
	struct value *map;
	struct words *to;

	if (!cut_suffix(l, path, name, ".yaml", &lang) ||
		theme_too_large(l, path, source, TEXT_FILE_MAX) ||
		!yaml_parse(l->a, path, 1, source, &map, l->e) ||
		!check_words(l, path, map, text_is(lang, "sv")))
		return false;
	to = words_of(l, lang);
	for (const struct value_item *i = map->first; i; i = i->next)
		value_set_text(l->a, to->map, i->key, i->value);
	return true;
}

/* What a language lacks is Swedish there. */
static void
fill_words(struct loader *l)
{
	struct theme *t = l->t;

	for (size_t k = 0; k < t->word_count; k++)
		for (const struct value_item *i = t->swedish->map->first; i;
			i = i->next)
			if (!value_find(t->words[k].map, i->key)) {
				theme_doubt_word(l, t->words[k].lang, i->key);
				value_set_text(l->a, t->words[k].map, i->key,
					i->value);
			}
}

/* ---- the theme ---- */

static bool
load_about(struct loader *l, const char *path, struct text source)
{
	static const char *const keys[] = { "name", "version", NULL };
	struct value *about;

	if (theme_too_large(l, path, source, TEXT_FILE_MAX) ||
		!yaml_parse(l->a, path, 1, source, &about, l->e))
		return false;
	for (const struct value_item *i = about->first; i; i = i->next) {
		const char *near = text_nearest(i->key, keys);

		if (near && text_is(i->key, near))
			continue;
		return err_set(l->e, ERR_FORMAT, near
			? "%s:%d: unknown key \"%.*s\" (did you mean \"%s\"?)"
			: "%s:%d: unknown key \"%.*s\"",
			path, i->line, (int)i->key.len, i->key.p, near);
	}
	for (size_t i = 0; keys[i]; i++)
		if (value_get_text(about, keys[i]).len == 0)
			return err_set(l->e, ERR_FORMAT,
				"%s: \"%s\" is missing", path, keys[i]);
	return true;
}

static struct named *
find_named(const struct theme *t, struct text name)
{
	for (size_t low = 0, high = t->template_count; low < high;) {
		size_t middle = low + (high - low) / 2;
		int c = text_cmp(name, t->templates[middle].name);

		if (c == 0)
			return &t->templates[middle];
		if (c < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static const struct template *
find(void *context, struct text name)
{
	const struct named *found = find_named(context, name);

	return found ? found->t : NULL;
}

/* The same, for templates that are named by others. */
static const struct template *
find_and_mark(void *context, struct text name)
{
	struct named *found = find_named(context, name);

	if (!found)
		return NULL;
	found->is_named = true;
	return found->t;
}

static int
by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	return text_cmp(x->name, y->name);
}

static bool
finish_templates(struct loader *l)
{
	struct theme *t = l->t;
	const struct template_set marking = { find_and_mark, t, true };

	qsort(t->templates, t->template_count, sizeof *t->templates, by_name);
	for (size_t i = 0; i + 1 < t->template_count; i++)
		if (text_eq(t->templates[i].name, t->templates[i + 1].name))
			return err_set(l->e, ERR_FORMAT, "%s: two templates"
				" are named \"%.*s\"", t->dir,
				(int)t->templates[i].name.len,
				t->templates[i].name.p);
	for (size_t i = 0; i < t->template_count; i++)
		if (!template_check(t->templates[i].t, &marking, l->e))
			return false;
	theme_doubt_templates(l);
	return true;
}

/* Every file by the folder it stands in; Swedish has been read before. */
static bool
load_file(struct loader *l, const struct theme_file *f)
{
	const char *path = arena_printf(l->a, "%s/%.*s", l->dir,
		(int)f->path.len, f->path.p).p;
	struct text name = below(f->path, "templates/");

	if (name.len)
		return load_template(l, path, name, f->bytes);
	/* Components keep their folder's name. */
	if (text_starts(f->path, "components/"))
		return load_template(l, path, f->path, f->bytes);
	name = below(f->path, "static/");
	if (name.len)
		return theme_asset_load(l, path, name, f->bytes);
	name = below(f->path, "script/");
	if (name.len)
		l->t->scripts[l->t->script_count++] =
			(struct theme_file){ name, f->bytes };
	name = below(f->path, "text/");
	if (name.len && !text_is(name, "sv.yaml"))
		return load_language(l, path, name, f->bytes);
	theme_doubt_place(l, f);
	return true;
}

/* A file that only the last layer must have. */
static bool
load_required(struct loader *l, size_t layer, const char *name,
	bool (*load)(struct loader *, const char *, struct text))
{
	const struct theme_file *f = file_in(&l->layers[layer],
		text_of(name));
	const char *path = fs_join(l->a, l->layers[layer].dir, name);

	if (f)
		return load(l, path, f->bytes);
	return layer + 1 < l->count || err_set(l->e, ERR_FORMAT,
		l->count > 1 ? "%s: there is no such file; the last theme is "
		"to be whole" : "%s: there is no such file; a theme that is "
		"not whole lies on one that is: \"theme: [egen, standard]\"",
		path);
}

static bool
load_swedish(struct loader *l, const char *path, struct text source)
{
	return load_language(l, path, text_of("sv.yaml"), source);
}

/* Is a file left out since a layer before has its own?  Words add up. */
static bool
is_replaced(const struct loader *l, size_t layer, struct text path)
{
	for (size_t i = 0; i < layer && !text_starts(path, "text/"); i++)
		if (file_in(&l->layers[i], path))
			return true;
	return false;
}

static bool
load_layer(struct loader *l, size_t layer)
{
	const struct theme_layer *from = &l->layers[layer];

	l->dir = from->dir;
	l->layer = layer;
	for (size_t i = 0; i < from->count; i++)
		if (!is_replaced(l, layer, from->files[i].path) &&
			!load_file(l, &from->files[i]))
			return false;
	return true;
}

static bool
load_layers(struct loader *l)
{
	for (size_t i = l->count; i-- > 0;) {
		if (!load_required(l, i, "theme.yaml", load_about) ||
			!load_required(l, i, "text/sv.yaml", load_swedish))
			return false;
		l->t->swedish = &l->t->words[0];
	}
	for (size_t i = l->count; i-- > 0;)
		if (!load_layer(l, i))
			return false;
	fill_words(l);
	theme_asset_fill(l);
	return finish_templates(l);
}

/* "themes/mine, themes/standard" */
static const char *
names_of(struct arena *a, const struct theme_layer *layers, size_t count)
{
	struct text names = text_of(layers[0].dir);

	for (size_t i = 1; i < count; i++)
		names = arena_printf(a, "%.*s, %s", (int)names.len, names.p,
			layers[i].dir);
	return arena_string(a, names);
}

bool
theme_make_layers(struct arena *a, const struct theme_layer *layers,
	size_t count, struct theme **out, struct err *e)
{
	struct loader l = { .a = a, .t = arena_alloc(a, sizeof **out), .e = e,
		.layers = layers, .count = count };
	size_t files = 1;

	*out = NULL;
	for (size_t i = 0; i < count; i++)
		files += layers[i].count;
	l.t->dir = names_of(a, layers, count);
	l.t->set = (struct template_set){ find, l.t, true };
	l.t->templates = arena_array(a, files, sizeof *l.t->templates);
	l.t->words = arena_array(a, files, sizeof *l.t->words);
	l.t->assets = arena_array(a, files, sizeof *l.t->assets);
	l.t->asset_urls = value_map(a);
	l.t->scripts = arena_array(a, files, sizeof *l.t->scripts);
	l.t->asset_integrity = value_map(a);
	if (!load_layers(&l))
		return false;
	*out = l.t;
	return true;
}

bool
theme_make(struct arena *a, const char *dir, const struct theme_file *files,
	size_t count, struct theme **out, struct err *e)
{
	const struct theme_layer layer = { dir, files, count };

	return theme_make_layers(a, &layer, 1, out, e);
}

bool
theme_render(const struct theme *t, const char *name,
	const struct value *data, struct buf *out, struct err *e)
{
	const struct template *found =
		t->set.find(t->set.context, text_of(name));

	if (!found)
		return err_set(e, ERR_FORMAT, "%s: there is no template"
			" \"%s\"", t->dir, name);
	return template_render(found, &t->set, data, out, e);
}

bool
theme_has(const struct theme *t, const char *name)
{
	return t->set.find(t->set.context, text_of(name)) != NULL;
}

const char *
theme_path(const struct theme *t, const char *name)
{
	for (size_t i = 0; i < t->template_count; i++)
		if (text_is(t->templates[i].name, name))
			return t->templates[i].path;
	return name;
}

const char *const *
theme_names(const struct theme *t, struct arena *a, const char *folder,
	size_t *count)
{
	const char **names = arena_array(a, t->template_count + 1,
		sizeof *names);

	*count = 0;
	for (size_t i = 0; i < t->template_count; i++)
		if (text_starts(t->templates[i].name, folder))
			names[(*count)++] = arena_string(a, text_from(
				t->templates[i].name, strlen(folder)));
	return names;
}

const struct value *
theme_text(const struct theme *t, struct text lang)
{
	for (size_t i = 0; i < t->word_count; i++)
		if (text_eq(t->words[i].lang, lang))
			return t->words[i].map;
	return t->swedish->map;
}

struct text
theme_script(const struct theme *t, const char *name)
{
	for (size_t i = 0; i < t->script_count; i++)
		if (text_is(t->scripts[i].path, name))
			return t->scripts[i].bytes;
	return (struct text){ 0 };
}

const struct asset *
theme_assets(const struct theme *t, size_t *count)
{
	*count = t->asset_count;
	return t->assets;
}

const struct value *
theme_asset_urls(const struct theme *t)
{
	return t->asset_urls;
}

const struct value *
theme_asset_integrity(const struct theme *t)
{
	return t->asset_integrity;
}
