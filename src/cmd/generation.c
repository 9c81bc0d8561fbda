/* generation: all that a server answers from, and takes anew as a whole. */
#include "cmd/generation.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "cmd/finder.h"
#include "cmd/keydir.h"
#include "cmd/pin.h"
#include "cmd/whole.h"
#include "seal/hash.h"
#include "seal/note.h"
#include "base/banned.h"

/* After that, who searches is given the list of all pages. */
enum { SEARCH_WAIT_MS = 2000 };

/* ---- keys ---------------------------------------------------------------- */

/* Development keys bring their keyset; real ones stand in forms/. */
static bool
load_keyset(struct generation *g, const struct generation_config *c,
	struct err *e)
{
	struct arena *a = &g->arena;
	const char *path = fs_join(a, c->keys, "keyset");
	bool beside = c->dev && fs_exists(path);
	struct verify_key organisation;

	if (c->dev && !fs_exists(c->keys))
		return err_set(e, ERR_USAGE, "%s is not there: make it with "
			"`blankett keys init --no-passphrase --out %s`",
			c->keys, c->keys);
	if (!beside)
		path = fs_join(a, c->site.root, KEYDIR_SITE_KEYSET);
	if (!fs_exists(path))
		return err_set(e, ERR_USAGE, "%s is not there: make it with "
			"`blankett keys init`; to try or to write a site, "
			"`make run` and `make watch` need none", path);
	if (beside ? !verify_key_load(fs_join(a, c->keys, "organisation.pub"),
			&organisation, e)
		   : !pin_read(c->site.root, &organisation, e))
		return false;
	/* What collectors are given is what has been verified here. */
	return fs_read(a, path, NOTE_MAX, &g->keyset_file, e) &&
		keyset_parse(a, path, g->keyset_file, &organisation,
			&g->keyset, e);
}

void
generation_warn(const struct generation *g)
{
	struct date today = date_of(clock_now_s());
	int64_t days = date_to_days(g->keyset.until) - date_to_days(today);

	if (!keyset_is_valid_on(&g->keyset, today))
		log_warn("keyset", "valid=no forms=closed");
	else if (days <= KEYSET_WARN_DAYS)
		log_warn("keyset", "valid=yes days_left=%lld",
			(long long)days);
}

static bool
load_keys(struct generation *g, const struct generation_config *c,
	const struct generation *before, struct err *e)
{
	const char *path = fs_join(&g->arena, c->keys, "server.key");
	const struct text bare = { 0 };
	const struct keyset_server *entry;

	if (!load_keyset(g, c, e))
		return false;
	if (keyset_is_development(&g->keyset) && !c->dev)
		return err_set(e, ERR_USAGE, "the keyset names development "
			"keys; only serve --dev takes them");
	if (before && g->keyset.epoch < before->keyset.epoch)
		return err_set(e, ERR_CRYPTO, "the keyset is older (epoch %u) "
			"than the one in use (%u)", (unsigned)g->keyset.epoch,
			(unsigned)before->keyset.epoch);
	if (!sign_key_load(path, "server", bare, &g->key, e))
		return false;
	entry = keyset_server(&g->keyset, sign_key_public(g->key)->id);
	if (!entry)
		return err_set(e, ERR_CRYPTO, "%s is not a server of the "
			"keyset", path);
	g->key_name = arena_string(&g->arena, entry->name);
	if (c->dev && !before)
		log_warn("development", "keys=development");
	if (!before || !c->preview)
		generation_warn(g);
	return true;
}

/* ---- what intake asks the site ------------------------------------------- */

static bool
common(void *context, struct arena *a, struct text lang, struct text url,
	struct value **out, struct err *e)
{
	return site_common(((struct generation *)context)->site, a, lang, url,
		out, e);
}

static bool
form_data(void *context, struct arena *a, const struct form *f,
	const struct submission *sub, struct value **out, struct err *e)
{
	return site_form_data(((struct generation *)context)->site, a, f, sub,
		out, e);
}

static bool
find(void *context, struct arena *a, struct text lang, struct text url,
	struct text query, struct value **out, struct err *e)
{
	struct generation *g = context;
	const struct search *search = finder_get(g->finder, SEARCH_WAIT_MS);

	*out = NULL;
	return !search || search_data(search, g->site, a, lang, url, query,
		date_of(clock_now_s()), out, e);
}

static bool
is_over(void *context, struct text path, int64_t now_s)
{
	return site_is_over(((struct generation *)context)->site, path, now_s);
}

static bool
open_intake(struct generation *g, const struct generation_config *c,
	struct err *e)
{
	struct intake_config in = {
		.theme = site_theme(g->site),
		.pages = g->pages,
		.queue = c->queue,
		.guard = c->guard,
		.nonces = c->nonces,
		.keyset = &g->keyset,
		.keyset_file = g->keyset_file,
		.server = g->key,
		.server_name = g->key_name,
		.behind_proxy = c->behind_proxy,
		.common = common,
		.form_data = form_data,
		.search = find,
		.is_over = is_over,
		.preview = c->preview,
		.build = g->build,
		.context = g,
	};

	in.forms = site_forms(g->site, &in.form_count);
	return intake_open(&in, &g->intake, e);
}

/* ---- all of it ----------------------------------------------------------- */

/* A page made while serving needs the style sheet that build wrote; and what
 * is still a draft is for no public. */
static bool
check_built(const struct generation *g, const char *dir, bool drafts,
	struct err *e)
{
	size_t count, at = 0;
	const struct asset *assets = theme_assets(site_theme(g->site), &count);
	struct text file, url;

	for (size_t i = 0; i < count; i++)
		if (!pages_has(g->pages, assets[i].url))
			return err_set(e, ERR_USAGE, "%s was built with "
				"another theme than this: run `blankett build` "
				"again", dir);
	while (!drafts && site_draft(g->site, &at, &file, &url))
		if (pages_has(g->pages, url))
			return err_set(e, ERR_USAGE, "%s has the draft %.*s; "
				"only serve --dev takes what `build --drafts` "
				"made", dir, (int)file.len, file.p);
	return true;
}

/* What build would write, without writing it. */
static bool
build_pages(struct generation *g, struct err *e)
{
	const struct output *outputs;
	struct pages_file *files;
	size_t count;

	if (!site_render(g->site, &outputs, &count, e))
		return false;
	files = arena_array(&g->arena, count + 1, sizeof *files);
	for (size_t i = 0; i < count; i++)
		files[i] = (struct pages_file){ outputs[i].path,
			outputs[i].bytes };
	return pages_make(files, count, &g->pages, e);
}

static bool
load(struct generation *g, const struct generation_config *c,
	const struct generation *before, struct err *e)
{
	struct site_options site = c->site;

	site.today = date_of(clock_now_s());
	site.at_intake = true;
	site.watch = c->preview != NULL;
	if (c->preview)
		g->build = preview_next(c->preview);
	else if (!pages_load(c->public, &g->pages, e) ||
		!whole_check(g->pages, c->public, e))
		return false;
	if (!load_keys(g, c, before, e) ||
		!site_load(&site, &g->site, e) ||
		!(c->preview ? build_pages(g, e)
			     : check_built(g, c->public, c->dev, e)) ||
		!finder_open(g->site, !c->preview, &g->finder, e))
		return false;
	if (before)
		pages_keep_assets(g->pages, before->pages);
	return true;
}

bool
generation_open(const struct generation_config *c,
	const struct generation *before, struct generation **out,
	struct err *e)
{
	struct generation *g = calloc(1, sizeof *g);

	*out = NULL;
	if (!g)
		return err_set(e, ERR_SYSTEM, "no memory for the site");
	arena_init(&g->arena, false);
	if (!load(g, c, before, e)) {
		generation_close(g);
		return false;
	}
	*out = g;
	return true;
}

bool
generation_join(struct generation *g, const struct generation_config *c,
	struct err *e)
{
	struct hash hash = hash_bytes(g->keyset_file);

	/* What is noted in the log is in use from now, so that is last. */
	return open_intake(g, c, e) && queue_note_keyset(c->queue, &hash, e);
}

void
generation_close(void *generation)
{
	struct generation *g = generation;

	if (!g)
		return;
	intake_close(g->intake);
	sign_key_close(g->key);
	finder_close(g->finder);
	site_close(g->site);
	pages_close(g->pages);
	arena_release(&g->arena);
	free(g);
}
