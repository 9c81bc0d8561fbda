/* theme_asset: the files of a theme's static/, named by their content. */
#include "view/theme_parts.h"

#include "seal/hash.h"
#include "view/minify.h"
#include "base/banned.h"

enum {
	ASSET_FILE_MAX = 4 * 1024 * 1024,
	HASH_SHOWN = 8 /* bytes of an asset's hash in its name */
};

/* "style.css" with its hash: "/assets/style.1a2b3c4d5e6f7a8b.css". */
static struct text
asset_url(struct arena *a, struct text name, struct text bytes)
{
	struct hash h = hash_bytes(bytes);
	struct text hex = hex_encode(a, h.b, HASH_SHOWN);
	size_t dot = name.len;

	for (size_t i = 1; i < name.len; i++)
		if (name.p[i] == '.')
			dot = i;
	return arena_printf(a, "/assets/%.*s.%s%.*s", (int)dot, name.p, hex.p,
		(int)(name.len - dot), name.p + dot);
}

/* The name as a key that templates can write. */
static struct text
asset_key(struct arena *a, struct text name)
{
	char *p = arena_alloc(a, name.len + 1);

	for (size_t i = 0; i < name.len; i++)
		p[i] = name.p[i] == '.' || name.p[i] == '-' ? '_' : name.p[i];
	return (struct text){ p, name.len };
}

/* Names go into addresses, file names and template keys as they are. */
static bool
is_plain(struct text name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
			c != '.' && c != '-' && c != '_')
			return false;
	}
	return true;
}

bool
theme_asset_load(struct loader *l, const char *path, struct text name,
	struct text bytes)
{
	struct theme *t = l->t;
	struct asset *to = &t->assets[t->asset_count++];
	struct text key = asset_key(l->a, name);

	if (text_find(name, '/') < name.len)
		return err_set(l->e, ERR_FORMAT,
			"%s: assets stand in no folder", path);
	if (!is_plain(name))
		return err_set(l->e, ERR_FORMAT, "%s: the name of an asset is"
			" a-z, 0-9, \".\", \"-\" and \"_\"", path);
	if (value_find(t->asset_urls, key))
		return err_set(l->e, ERR_FORMAT, "%s: another asset is also"
			" known as \"%s\"", path, key.p);
	if (theme_too_large(l, path, bytes, ASSET_FILE_MAX))
		return false;
	to->name = name;
	to->path = text_of(path);
	to->bytes = text_ends(name, ".css") ? minify_css(l->a, bytes) : bytes;
	to->url = asset_url(l->a, name, to->bytes);
	to->integrity = hash_integrity(l->a, to->bytes);
	value_set_text(l->a, t->asset_urls, key, value_text(l->a, to->url));
	value_set_text(l->a, t->asset_integrity, key,
		value_text(l->a, to->integrity));
	return true;
}

void
theme_asset_fill(struct loader *l)
{
	struct value *maps[] = { l->t->asset_urls, l->t->asset_integrity };

	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		if (!value_get(maps[i], "own_css"))
			(void)value_set(l->a, maps[i], "own_css",
				value_null(l->a));
}
