/* theme_parts: a theme inside; for the files that make one. */
#ifndef VIEW_THEME_PARTS_H
#define VIEW_THEME_PARTS_H

#include "view/template.h"
#include "view/theme.h"

struct named {
	struct text name; /* "page", "components/field/text" */
	const char *path; /* of its file */
	struct template *t;
	size_t layer;     /* that it was read from; 0 is the first */
	bool is_replacing; /* a layer below has one of its name */
	bool is_named;    /* by another template */
};

/* The words for one language. */
struct words {
	struct text lang;
	struct value *map;
};

struct theme {
	const char *dir; /* of all layers, for messages */
	struct template_set set; /* finds templates in this theme */
	struct named *templates;
	size_t template_count;
	struct words *words;
	size_t word_count;
	const struct words *swedish;
	struct asset *assets;
	size_t asset_count;
	struct value *asset_urls;
	struct theme_file *scripts; /* their names below script/ */
	size_t script_count;
	struct value *asset_integrity;
	const char **doubts; /* see theme_doubts */
	size_t doubt_count;
	size_t doubt_max;
};

/* A theme being made. */
struct loader {
	struct arena *a;
	struct theme *t;
	struct err *e;
	const struct theme_layer *layers;
	size_t count;
	const char *dir; /* of the layer being read */
	size_t layer;    /* its number */
};

/* Says so if a file is larger than max. */
bool theme_too_large(struct loader *l, const char *path, struct text bytes,
	size_t max);

/* ---- theme_asset.c ---- */

bool theme_asset_load(struct loader *l, const char *path, struct text name,
	struct text bytes) __attribute__((warn_unused_result));
/* Templates ask for own.css, which most themes lack: then it is null. */
void theme_asset_fill(struct loader *l);

/* ---- theme_doubt.c ---- */

/* A word that only Swedish has, in another language. */
void theme_doubt_word(struct loader *l, struct text lang, struct text key);
/* A file that stands in no folder of a theme. */
void theme_doubt_place(struct loader *l, const struct theme_file *f);
/* Templates of upper layers that nothing can come to. */
void theme_doubt_templates(struct loader *l);

#endif
