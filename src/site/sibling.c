/* sibling: the ready-made .br and .gz beside an output. */
#include "site/sibling.h"

#include <string.h>

#include "base/fs.h"
#include "site/brochure.h"
#include "site/sitejson.h"
#include "base/banned.h"

/* What is packed; pictures and documents are so already. */
static const char *const packed[] = {
	".html", ".css", ".js", ".svg", ".xml", ".txt", ".json", ".csv",
	".vtt", NULL
};

bool
sibling_is_for(const struct output *o)
{
	/* It changes with every page, and hashes hardly pack. */
	if (text_is(o->path, SITEJSON_PATH))
		return false;
	for (size_t i = 0; o->bytes.len >= SIBLING_MIN && packed[i]; i++)
		if (text_ends(o->path, packed[i]))
			return true;
	return false;
}

bool
sibling_is(struct text path)
{
	return accept_is_packed(path);
}

struct text
sibling_path(struct arena *a, struct text path, enum compress_coding coding)
{
	const char *suffix = accept_suffix((enum accept_coding)coding);
	size_t more = strlen(suffix);
	char *p = arena_alloc(a, path.len + more + 1);

	memcpy(p, path.p, path.len);
	memcpy(p + path.len, suffix, more);
	return (struct text){ p, path.len + more };
}

bool
sibling_remove(struct arena *scratch, const char *dir,
	const struct output *o, const struct manifest *before, struct err *e)
{
	for (int i = 0; i < COMPRESS_CODINGS; i++) {
		struct text name = sibling_path(scratch, o->path,
			(enum compress_coding)i);
		const char *path;

		if (manifest_find(before, name) &&
			(!fs_under(scratch, dir, name, &path, e) ||
				!fs_remove(path, e)))
			return false;
	}
	return true;
}

static struct hash
mark(const struct hash *source, struct text about, struct text bytes)
{
	const struct text parts[] = {
		{ (const char *)source->b, HASH_BYTES }, about, bytes
	};

	return hash_parts("blankett sibling", parts,
		sizeof parts / sizeof *parts);
}

bool
sibling_is_kept(struct arena *scratch, const char *dir, struct text about,
	const struct output *o, enum compress_coding coding,
	const struct manifest *before, struct memo_sibling *out)
{
	struct text name = sibling_path(scratch, o->path, coding);
	const struct manifest_entry *was = manifest_find(before, name);
	struct err ignored = { 0 };
	struct text bytes = { 0 };
	const char *path;
	struct hash h;

	out->stamp = (struct fs_stamp){ 0 };
	if (!was || !fs_under(scratch, dir, name, &path, &ignored) ||
		(fs_exists(path) && !fs_read_stamped(scratch, path,
			o->bytes.len, &bytes, &out->stamp, &ignored)))
		return false;
	h = mark(&o->hash, about, bytes);
	out->mark = h;
	return hash_eq(&h, &was->hash);
}

/* What every page loads, and the one page that holds all the others: both
 * are made once, and weigh the most. */
static bool
is_worth_it(struct text path)
{
	static const char booklet[] = BROCHURE_URL "index.html";

	return text_starts(path, "assets/") ||
		text_eq(path, text_from(text_of(booklet), 1));
}

struct text
sibling_make(struct arena *a, struct text about, const struct output *o,
	enum compress_coding coding, struct memo_sibling *out)
{
	bool best = is_worth_it(o->path);
	struct text bytes;

	if (!compress_pack(a, coding, best, o->bytes, &bytes))
		bytes = (struct text){ 0 };
	out->stamp = (struct fs_stamp){ 0 };
	out->mark = mark(&o->hash, about, bytes);
	return bytes;
}
