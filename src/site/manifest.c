/* manifest: which files of an output directory the build before made. */
#define _DEFAULT_SOURCE /* realpath */

#include "site/manifest.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/banned.h"

#define FIRST_LINE "blankett manifest v1"

/* Hexadecimal digits of a hash, and those that name a manifest. */
enum { HASH_DIGITS = 2 * HASH_BYTES, NAME_BYTES = 8 };

/* public/ has the plain name; any other directory one made of its path. */
const char *
manifest_path(struct arena *a, const char *root, const char *out_dir,
	const char *name)
{
	const char *usual = fs_join(a, root, "public");
	char *real = realpath(out_dir, NULL);
	char *real_usual = realpath(usual, NULL);
	struct text t = text_of(real ? real : out_dir);
	struct hash h = hash_bytes(t);

	if (strcmp(out_dir, usual) != 0 &&
		(!real || !real_usual || strcmp(real, real_usual) != 0))
		name = arena_printf(a, "%s-%s", name,
			hex_encode(a, h.b, NAME_BYTES).p).p;
	free(real);
	free(real_usual);
	return fs_join(a, fs_join(a, root, ".blankett"), name);
}

/* Why not hex_encode and hex_decode: they take their time so that it tells
 * nothing of a key, and here are ten thousands of hashes that nobody hides. */
static void
put_hash(struct buf *b, const struct hash *h)
{
	static const char digits[] = "0123456789abcdef";
	char hex[HASH_DIGITS];

	for (size_t i = 0; i < HASH_BYTES; i++) {
		hex[2 * i] = digits[h->b[i] >> 4];
		hex[2 * i + 1] = digits[h->b[i] & 15];
	}
	buf_put(b, hex, sizeof hex);
}

/* One more than the digit's value; 0 for what is no digit. */
static const unsigned char values[UCHAR_MAX + 1] = {
	['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6,
	['6'] = 7, ['7'] = 8, ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16
};

static bool
get_hash(const char *hex, struct hash *out)
{
	bool right = true;

	for (size_t i = 0; i < HASH_BYTES; i++) {
		unsigned high = values[(unsigned char)hex[2 * i]];
		unsigned low = values[(unsigned char)hex[2 * i + 1]];

		right = right && high && low;
		out->b[i] = (unsigned char)((high - 1) << 4 | (low - 1));
	}
	return right;
}

static bool
parse_entry(struct text line, struct manifest_entry *out)
{
	if (line.len < HASH_DIGITS + 3 || !get_hash(line.p, &out->hash) ||
		!text_starts(text_from(line, HASH_DIGITS), "  "))
		return false;
	out->path = text_from(line, HASH_DIGITS + 2);
	return true;
}

bool
manifest_read(struct arena *a, const char *path, struct manifest *out,
	struct err *e)
{
	struct text rest, line;
	size_t lines = 0;

	*out = (struct manifest){ 0 };
	if (!fs_exists(path))
		return true;
	if (!fs_read(a, path, MANIFEST_MAX, &rest, e))
		return false;
	for (size_t i = 0; i < rest.len; i++)
		lines += rest.p[i] == '\n';
	out->entries = arena_array(a, lines + 1, sizeof *out->entries);
	out->found = text_line(&rest, &line) && text_is(line, FIRST_LINE);
	while (out->found && text_line(&rest, &line)) {
		struct manifest_entry *next = &out->entries[out->count];

		out->found = parse_entry(line, next) && (out->count == 0 ||
			text_cmp(next[-1].path, next->path) < 0);
		out->count++;
	}
	if (!out->found)
		return err_set(e, ERR_FORMAT, "%s: is damaged; remove it and "
			"empty the directory it was for", path);
	return true;
}

bool
manifest_write(struct arena *a, const char *path,
	const struct manifest_entry *entries, size_t count, struct err *e)
{
	const char *slash = strrchr(path, '/');
	const char *dir = slash ? arena_string(a, (struct text){ path,
		(size_t)(slash - path) }) : ".";
	struct buf b;
	bool ok;

	buf_init(&b, MANIFEST_MAX);
	buf_str(&b, FIRST_LINE "\n");
	for (size_t i = 0; i < count; i++) {
		put_hash(&b, &entries[i].hash);
		buf_str(&b, "  ");
		buf_text(&b, entries[i].path);
		buf_char(&b, '\n');
	}
	if (b.full)
		ok = err_set(e, ERR_LIMIT, "%s: too many files", path);
	else
		ok = fs_mkdirs(dir, 0777, e) &&
			fs_publish(path, 0644, buf_view(&b), e);
	buf_release(&b);
	return ok;
}

const struct manifest_entry *
manifest_find(const struct manifest *m, struct text path)
{
	size_t low = 0;
	size_t high = m->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int c = text_cmp(m->entries[middle].path, path);

		if (c == 0)
			return &m->entries[middle];
		if (c < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}
