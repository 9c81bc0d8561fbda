/* attach: the files of a case, written where they cannot do harm. */
#include "desk/attach.h"

#include <string.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/utf8.h"
#include "base/banned.h"

/* What comes after the last slash of either kind. */
static struct text
last_part(struct text name)
{
	struct text last = name;

	for (size_t i = 0; i < name.len; i++)
		if (name.p[i] == '/' || name.p[i] == '\\')
			last = text_from(name, i + 1);
	return last;
}

static bool
is_harmless(uint32_t point)
{
	if (utf8_is_hostile(point) || point == '\t' || point == '\n')
		return false;
	return point >= 0x80 || !strchr("<>:\"|?*'`$&;", (int)point);
}

struct text
attach_name(struct arena *a, size_t number, struct text name)
{
	struct text rest = last_part(name);
	struct text clean;
	struct buf b;
	uint32_t point;

	buf_init(&b, ATTACH_NAME_MAX + 4);
	while (b.len < ATTACH_NAME_MAX && utf8_next(&rest, &point)) {
		char bytes[4];

		if (!is_harmless(point))
			point = '_';
		buf_put(&b, bytes, utf8_encode(point, bytes));
	}
	clean = text_trim(buf_view(&b));
	/* Windows drops dots at the end, and would meet another name. */
	while (clean.len && clean.p[clean.len - 1] == '.')
		clean.len--;
	clean = arena_printf(a, "%zu-%.*s", number,
		clean.len ? (int)clean.len : 3, clean.len ? clean.p : "fil");
	buf_release(&b);
	return clean;
}

bool
attach_write(struct arena *a, const char *dir, struct text name,
	const struct casefile *file, struct text **paths, struct err *e)
{
	const char *path;
	const char *folder;

	*paths = arena_array(a, file->file_count + 1, sizeof **paths);
	if (file->file_count == 0)
		return true;
	folder = arena_printf(a, "%s/files/%.*s", dir, (int)name.len,
		name.p).p;
	if (!fs_mkdirs(folder, 0700, e))
		return false;
	for (size_t i = 0; i < file->file_count; i++) {
		const struct casefile_file *f = &file->files[i];
		struct text last = attach_name(a, i + 1, f->name);

		(*paths)[i] = arena_printf(a, "files/%.*s/%.*s",
			(int)name.len, name.p, (int)last.len, last.p);
		if (!fs_under(a, dir, (*paths)[i], &path, e) ||
			!fs_replace(path, 0600, f->bytes, e))
			return false;
	}
	return true;
}
