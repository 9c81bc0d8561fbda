/* head: which commit git's HEAD was, and by what one sees that it still is. */
#define _DEFAULT_SOURCE /* realpath */

#include "site/head.h"

#include <stdlib.h>

#include "base/pack.h"
#include "base/banned.h"

#define FIRST_LINE "blankett head 1\n"

enum { FILE_LEAST = PACK_TEXT_LEAST + PACK_STAMP_BYTES };

void
head_put(struct buf *b, const struct head *h)
{
	buf_str(b, FIRST_LINE);
	pack_text(b, h->root);
	buf_put(b, h->commit.bytes, OBJECT_ID_BYTES);
	pack_text(b, h->prefix);
	pack_u32(b, (uint32_t)h->count);
	for (size_t i = 0; i < h->count; i++) {
		pack_text(b, h->files[i].path);
		pack_stamp(b, &h->files[i].stamp);
	}
	buf_put(b, h->compared.b, HASH_BYTES);
	pack_text(b, h->changed);
	hash_close(b);
}

bool
head_parse(struct arena *a, struct text bytes, struct head *out)
{
	struct unpack u = { 0 };

	*out = (struct head){ 0 };
	if (!hash_is_closed(&bytes) || !text_starts(bytes, FIRST_LINE))
		return false;
	u.rest = text_from(bytes, sizeof FIRST_LINE - 1);
	out->root = unpack_text(&u);
	unpack_into(&u, out->commit.bytes, OBJECT_ID_BYTES);
	out->prefix = unpack_text(&u);
	out->count = unpack_count(&u, FILE_LEAST);
	out->files = arena_array(a, out->count + 1, sizeof *out->files);
	for (size_t i = 0; i < out->count; i++) {
		out->files[i].path = unpack_text(&u);
		out->files[i].stamp = unpack_stamp(&u);
	}
	unpack_into(&u, out->compared.b, HASH_BYTES);
	out->changed = unpack_text(&u);
	return unpack_ended(&u);
}

static bool
file_stands(const struct head_file *f)
{
	const struct fs_stamp none = { 0 };
	struct fs_stamp now;

	return fs_stamp_eq(&f->stamp, &none) ? !fs_exists(f->path.p)
		: fs_stamp(f->path.p, &now) && fs_stamp_eq(&now, &f->stamp);
}

bool
head_stands(const struct head *h, const char *root)
{
	char *here = realpath(root, NULL);
	bool stands = here && text_is(h->root, here);

	for (size_t i = 0; stands && i < h->count; i++)
		stands = file_stands(&h->files[i]);
	free(here);
	return stands;
}
