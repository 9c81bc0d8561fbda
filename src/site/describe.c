/* describe: fills site.json in from the site that was built, and signs it. */
#include "site/describe.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "seal/note.h"
#include "site/parts.h"
#include "site/past.h"
#include "site/worktree.h"
#include "base/banned.h"

/* ---- is it the commit? ------------------------------------------------- */

static bool
name_commit(struct site *s, struct arena *a, struct sitejson *out,
	struct text *changed, struct err *e)
{
	struct object_id head;

	*changed = (struct text){ 0 };
	if (!s->source.history) {
		out->uncommitted = text_of("no-history");
		return true;
	}
	if (!s->compared && !s->source.at_commit &&
		!worktree_compare(s, a, e))
		return false;
	*changed = s->changed;
	for (size_t i = 0; !changed->len && i < s->page_count; i++)
		if (s->origins[i].moved)
			*changed = s->pages[i].path;
	if (s->options.drafts) {
		out->uncommitted = text_of("drafts");
	} else if (changed->len) {
		out->uncommitted = text_of("changed");
	} else {
		head = history_head(s->source.history);
		out->commit = hex_encode(a, head.bytes, sizeof head.bytes);
	}
	return true;
}

/* ---- what is known of each file ---------------------------------------- */

static int
by_path(const void *x, const void *y)
{
	return text_cmp(((const struct sitejson_file *)x)->path,
		((const struct sitejson_file *)y)->path);
}

static int
by_page(const void *x, const void *y)
{
	return text_cmp((*(const struct page *const *)x)->path,
		(*(const struct page *const *)y)->path);
}

/* The pages that expire, by path. */
static const struct page **
list_expiring(const struct site *s, struct arena *a, size_t *count)
{
	const struct page **list = arena_array(a, s->page_count + 1,
		sizeof(struct page *));

	*count = 0;
	for (size_t i = 0; i < s->page_count; i++)
		if (s->pages[i].expire.year)
			list[(*count)++] = &s->pages[i];
	if (*count)
		qsort(list, *count, sizeof(struct page *), by_page);
	return list;
}

static void
fill_files(const struct site *s, struct arena *a, struct sitejson *j)
{
	size_t expiring;
	const struct page **list = list_expiring(s, a, &expiring);

	for (size_t i = 0; i < j->count; i++) {
		struct sitejson_file *f = &j->files[i];
		const struct history_dates *d = j->commit.len && f->source.len
			? past_find(s->past, f->source) : NULL;
		const struct page key = { .path = f->source };
		const struct page *at = &key;
		const struct page **page = expiring ? bsearch(&at, list,
			expiring, sizeof(struct page *), by_page) : NULL;

		f->expire = page ? (*page)->expire : (struct date){ 0 };
		f->commit = d && d->known && d->latest_count
			? hex_encode(a, d->latest[0]->id.bytes,
				OBJECT_ID_BYTES)
			: (struct text){ 0 };
	}
}

static bool
describe_all(struct site *s, struct arena *a,
	struct sitejson_file *files, size_t count, struct sitejson *out,
	struct text *changed, struct err *e)
{
	*out = (struct sitejson){ .date = s->options.today,
		.base_url = s->config.base_url,
		.intake_url = s->config.intake_url,
		.generator = text_of("blankett " BLANKETT_VERSION),
		/* A draft's address is nobody's business either. */
		.files = files, .count = s->options.drafts ? 0 : count };
	if (!name_commit(s, a, out, changed, e))
		return false;
	fill_files(s, a, out);
	if (out->count)
		qsort(files, out->count, sizeof *files, by_path);
	return true;
}

bool
describe(struct site *s, struct arena *a, struct sitejson_file *files,
	size_t count, struct sitejson *out, struct err *e)
{
	struct text changed;

	return describe_all(s, a, files, count, out, &changed, e);
}

/* ---- as outputs -------------------------------------------------------- */

/* The two names are the build's own. */
static bool
check_names(const struct sitejson_file *files, size_t count, struct err *e)
{
	static const char *const names[] = { SITEJSON_PATH, SITENOTE_PATH };

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
			struct text rest = files[i].path;
			struct text first;

			if (!text_split(&rest, '/', &first) ||
				!text_is(first, names[k]))
				continue;
			return err_set(e, ERR_FORMAT, "%.*s: would be written "
				"to \"%.*s\", where the build itself is to be",
				(int)files[i].source.len, files[i].source.p,
				(int)files[i].path.len, files[i].path.p);
		}
	return true;
}

static struct text
sign(const struct site *s, struct arena *a, const struct sitejson *j,
	struct text bytes)
{
	struct hash h = hash_bytes(bytes);
	struct text body = arena_printf(a, SITENOTE_FIRST "\ncommit: %s\n"
		"date: %s\n" SITEJSON_PATH ": %s\n", j->commit.p,
		date_text(a, j->date).p, hex_encode(a, h.b, HASH_BYTES).p);

	return note_sign(a, body, "publisher", s->options.publisher);
}

/* May this be signed, and by this key? */
static bool
check_signing(const struct site *s, const struct sitejson *j,
	struct text changed, struct err *e)
{
	const struct verify_key *key = sign_key_public(s->options.publisher);
	struct text pin = value_get_text(site_config(s), "publishing_key");
	struct verify_key pinned;

	if (verify_key_parse(pin, &pinned) &&
		memcmp(pinned.pk, key->pk, sizeof key->pk) != 0)
		return err_set(e, ERR_USAGE, CONFIG_SITE ": publishing-key is "
			"another key than the one to sign with");
	if (j->commit.len)
		return true;
	if (changed.len)
		return err_set(e, ERR_USAGE, "%.*s: is not as the last commit "
			"has it, so there is no commit to sign for; commit "
			"it, or build --rev HEAD", (int)changed.len,
			changed.p);
	return err_set(e, ERR_USAGE, text_is(j->uncommitted, "drafts")
		? "a build with --drafts is not signed: it is of no commit"
		: "not in git, or nothing committed: there is no commit to "
			"sign for");
}

bool
describe_outputs(struct site *s, struct arena *a,
	struct sitejson_file *files, size_t count,
	struct output out[DESCRIBE_OUTPUTS_MAX], size_t *n, struct err *e)
{
	struct sitejson j;
	struct text changed;
	struct buf b;
	bool ok = true;

	*n = 0;
	if (!check_names(files, count, e) ||
		!describe_all(s, a, files, count, &j, &changed, e))
		return false;
	if (s->options.publisher && !check_signing(s, &j, changed, e))
		return false;
	buf_init(&b, SITEJSON_MAX);
	sitejson_put(&b, &j);
	out[(*n)++] = (struct output){ .path = text_of(SITEJSON_PATH),
		.bytes = arena_copy(a, buf_view(&b)) };
	if (s->options.publisher)
		out[(*n)++] = (struct output){ .path = text_of(SITENOTE_PATH),
			.bytes = sign(s, a, &j, out[0].bytes) };
	if (b.full || count > SITEJSON_FILES_MAX)
		ok = err_set(e, ERR_LIMIT, SITEJSON_PATH ": the site is "
			"larger than %d files or %d MB of their names",
			SITEJSON_FILES_MAX, SITEJSON_MAX / 1024 / 1024);
	buf_release(&b);
	return ok;
}

/* ---- of outputs in memory ---------------------------------------------- */

bool
site_describe(struct site *s, const struct output *outputs, size_t count,
	struct sitejson *out, struct err *e)
{
	struct sitejson_file *files = arena_array(&s->arena, count + 1,
		sizeof *files);

	for (size_t i = 0; i < count; i++)
		files[i] = (struct sitejson_file){ .path = outputs[i].path,
			.source = outputs[i].source,
			.hash = outputs[i].hash };
	return describe(s, &s->arena, files, count, out, e);
}
