/*
 * theme: themes/NAME/ in memory: templates, components, texts, assets.
 *
 *     themes/standard/
 *       theme.yaml     name, version
 *       templates/     NAME.mustache: pages, also partials under NAME
 *       components/    NAME.mustache: partials under "components/NAME",
 *                      in folders under "components/FOLDER/NAME";
 *                      components/directives/NAME is the directive :::NAME
 *       text/          sv.yaml, en.yaml: the words of the interface, by
 *                      key; sv.yaml has them all, what another language
 *                      lacks is Swedish there
 *       static/        copied to /assets/ under a name with their hash
 *       script/        what serve --watch needs; never published
 *
 * Names that begin with "." are left alone.  themes/DATA.md describes the
 * data each template gets.
 */
#ifndef VIEW_THEME_H
#define VIEW_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "base/value.h"

struct theme;

/* A file of static/, named by its content so it can be cached for ever. */
struct asset {
	struct text name;  /* "style.css" */
	struct text path;  /* of its file: "themes/standard/static/style.css" */
	struct text url;   /* "/assets/style.1a2b3c4d5e6f7a8b.css" */
	struct text bytes;
	struct text integrity; /* "sha256-…", as the attribute has it (SRI) */
};

/* One file of a theme, wherever it was read: work tree or commit. */
struct theme_file {
	struct text path;  /* inside the theme: "templates/page.mustache" */
	struct text bytes; /* must live as long as the theme */
};

/* Makes a theme of files already read; `dir` ("themes/standard") stands
 * before their paths in messages. */
bool theme_make(struct arena *a, const char *dir,
	const struct theme_file *files, size_t count, struct theme **out,
	struct err *e) __attribute__((warn_unused_result));

/* One of several themes that are laid on each other. */
struct theme_layer {
	const char *dir; /* as theme_make's */
	const struct theme_file *files;
	size_t count;
};

/*
 * Makes one theme of at least one layer.  A file replaces the one of its
 * name in the layers after it; the words of text/ are merged key by key.
 * Only the last layer must have theme.yaml and text/sv.yaml.
 */
bool theme_make_layers(struct arena *a, const struct theme_layer *layers,
	size_t count, struct theme **out, struct err *e)
	__attribute__((warn_unused_result));

/* theme_make of everything under `dir`. */
bool theme_load(struct arena *a, const char *dir, struct theme **out,
	struct err *e) __attribute__((warn_unused_result));

/*
 * What is no fault, but hardly meant: a file that nothing uses, a word that
 * stands in Swedish on pages of another language.  Lines for people, each
 * beginning with its file.
 */
const char *const *theme_doubts(const struct theme *t, size_t *count);

/* Renders a template ("page") or a component ("components/notice")
 * strictly. */
bool theme_render(const struct theme *t, const char *name,
	const struct value *data, struct buf *out, struct err *e)
	__attribute__((warn_unused_result));
bool theme_has(const struct theme *t, const char *name);
/* The file a template was read from, for messages. */
const char *theme_path(const struct theme *t, const char *name);
/* The names of all templates below a folder ("components/field/"), without
 * it, sorted; an array on the arena. */
const char *const *theme_names(const struct theme *t, struct arena *a,
	const char *folder, size_t *count);

/* The interface's words for a language (Swedish if there are none); a map,
 * read-only, shared. */
const struct value *theme_text(const struct theme *t, struct text lang);

/* A file of script/ ("watch.js"); empty if there is none. */
struct text theme_script(const struct theme *t, const char *name);

const struct asset *theme_assets(const struct theme *t, size_t *count);
/* Map from asset name with "." and "-" as "_" to its URL: style_css. */
const struct value *theme_asset_urls(const struct theme *t);
/* Likewise to its integrity. */
const struct value *theme_asset_integrity(const struct theme *t);

#endif
