/* whole: is a built site all there, and all of one build? */
#include "cmd/whole.h"

#include "base/arena.h"
#include "site/compress.h"
#include "site/pool.h"
#include "site/sitejson.h"
#include "base/banned.h"

struct check {
	const struct pages *pages;
	const char *dir;
	struct sitejson said;
};

static bool
fail(const struct check *c, struct text path, const char *suffix,
	const char *what, struct err *e)
{
	return err_set(e, ERR_FORMAT, "%s/%.*s%s: %s; copy the whole site, or "
		"run `blankett build` again", c->dir, (int)path.len, path.p,
		suffix, what);
}

static bool
check_file(void *context, int thread, size_t index, struct err *e)
{
	const struct check *c = context;
	const struct sitejson_file *f = &c->said.files[index];
	struct pages_stored at;

	(void)thread;
	if (!pages_stored(c->pages, f->path, &at))
		return fail(c, f->path, "", "is missing, though " SITEJSON_PATH
			" lists it", e);
	if (!hash_eq(&at.hash, &f->hash))
		return fail(c, f->path, "", "is not the file that "
			SITEJSON_PATH " lists", e);
	for (int i = 0; i < COMPRESS_CODINGS; i++)
		if (at.bytes[i].p && !compress_holds((enum compress_coding)i,
			at.bytes[i], at.bytes[ACCEPT_IDENTITY]))
			return fail(c, f->path,
				accept_suffix((enum accept_coding)i),
				"is another file, packed", e);
	return true;
}

bool
whole_check(const struct pages *p, const char *dir, struct err *e)
{
	struct check c = { .pages = p, .dir = dir };
	struct pages_stored description;
	struct arena a;
	bool ok;

	if (!pages_stored(p, text_of(SITEJSON_PATH), &description))
		return true;
	arena_init(&a, false);
	ok = sitejson_parse(&a, arena_printf(&a, "%s/" SITEJSON_PATH, dir).p,
			description.bytes[ACCEPT_IDENTITY], &c.said, e) &&
		pool_run(pool_processors(), c.said.count, check_file, &c, e);
	arena_release(&a);
	return ok;
}
