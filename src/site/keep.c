/* keep: what of the build before can stay as it is. */
#include "site/keep_state.h"

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/program.h"
#include "site/manifest.h"
#include "site/sibling.h"
#include "base/banned.h"

enum { PROGRAM_MAX = 4096, LOOKS_AT_ONCE = 64 };

/* ---- opening -------------------------------------------------------------- */

const char *
keep_place(const struct site *s, struct arena *a)
{
	return fs_join(a, s->options.root, ".blankett");
}

static void
read_before(const struct site *s, struct arena *a, struct keep *k)
{
	const char *path = manifest_path(a, s->options.root,
		k->out_dir, "memo");
	struct err ignored = { 0 };
	struct text bytes = { 0 };

	if (s->options.clean || !fs_is_dir(k->out_dir) || !fs_exists(path) ||
		!fs_read(a, path, MEMO_MAX, &bytes, &ignored) ||
		!memo_parse(a, bytes, &k->before) ||
		!text_eq(k->before.program, k->program))
		k->before = (struct memo){ 0 };
	k->before_bytes = k->before.page_count ? bytes.len : 0;
}

void
keep_open(struct site *s, struct arena *a)
{
	const char *dir = keep_place(s, a);
	struct err ignored = { 0 };
	struct keep *k;
	struct buf id;

	if (!s->options.out_dir || s->options.revision || s->faults)
		return;
	k = arena_alloc(a, sizeof *k);
	k->out_dir = s->options.out_dir;
	buf_init(&k->memo, MEMO_MAX);
	buf_init(&id, PROGRAM_MAX);
	/* Before the first build there is no .blankett/, and a build that
	 * fails leaves none. */
	if (!fs_is_dir(dir) || fs_is_link(dir))
		dir = s->options.root;
	if (program_put_id(&id) && fs_clock(dir, &k->clock_ns, &ignored)) {
		k->program = arena_copy(a, buf_view(&id));
		read_before(s, a, k);
		s->keep = k;
	}
	buf_release(&id);
}

void
keep_close(struct site *s)
{
	if (s->keep)
		buf_release(&s->keep->memo);
}

void
keep_match(const struct site *s, const struct text *paths, size_t count,
	const struct memo_page **was)
{
	const struct memo *m = s->keep ? &s->keep->before : NULL;
	size_t k = 0;

	for (size_t i = 0; m && i < count; i++) {
		while (k < m->page_count && text_cmp(m->pages[k].path,
			paths[i]) < 0)
			k++;
		if (k < m->page_count && text_eq(m->pages[k].path, paths[i]))
			was[i] = &m->pages[k];
	}
}

/* ---- what all depend on ----------------------------------------------------- */

/* An option more has another size: add it below if it changes a byte. */
_Static_assert(sizeof(struct site_options) == 88, "options_text has them all");

static struct text
options_text(const struct site *s, struct arena *a)
{
	const struct site_options *o = &s->options;

	return arena_printf(a, "date %s drafts %d plain %d watch %d git %d "
		"intake %d url %s intake %s", date_text(a, o->today).p,
		o->drafts, o->plain, o->watch, s->source.history != NULL,
		o->at_intake, o->base_url ? o->base_url : "-",
		o->intake_url ? o->intake_url : "-");
}

/* A memo that is whole may still be of another tree than this. */
static bool
is_of_this_tree(const struct site *s, const struct memo *m)
{
	for (size_t i = 0; i < m->page_count; i++)
		for (size_t k = 0; k < m->pages[i].anchor_count; k++)
			if (m->pages[i].anchors[k].to >= s->page_count)
				return false;
	return true;
}

void
keep_compare(struct site *s)
{
	struct keep *k = s->keep;
	struct text *parts;
	size_t n = 0;

	if (!k)
		return;
	parts = arena_array(&s->arena, s->page_count + 2, sizeof *parts);
	parts[n++] = options_text(s, &s->arena);
	parts[n++] = (struct text){ (const char *)s->source.seen.b,
		HASH_BYTES };
	for (size_t i = 0; i < s->page_count; i++)
		parts[n++] = s->origins[i].front;
	k->globals = hash_parts("blankett globals", parts, n);
	k->usable = hash_eq(&k->globals, &k->before.globals) &&
		is_of_this_tree(s, &k->before);
	k->intact = arena_array(&s->arena, k->before.output_count + 1,
		sizeof *k->intact);
}

bool
keep_trusts(const struct site *s, const struct fs_stamp *stamp)
{
	return fs_stamp_is_old(stamp, s->keep->clock_ns);
}

const struct site_origin *
keep_origin(const struct site *s, const struct tree_page *t)
{
	return &s->origins[t->page - s->pages];
}

struct object_id
keep_head(const struct site *s)
{
	struct object_id none = { { 0 } };

	return s->source.history ? history_head(s->source.history) : none;
}

bool
keep_waits(const struct site *s, const struct tree_page *t)
{
	return s->keep && s->keep->usable && keep_origin(s, t)->same &&
		keep_origin(s, t)->was->shown;
}

/* ---- what lies in the output directory --------------------------------------- */

size_t
keep_looks(const struct site *s)
{
	return s->keep && s->keep->usable
		? (s->keep->before.output_count + LOOKS_AT_ONCE - 1) /
			LOOKS_AT_ONCE : 0;
}

/* Are an output and its siblings as they were? */
static bool
is_intact(const struct keep *k, struct arena *a, const struct fs_dir *dir,
	const struct memo_output *o)
{
	const struct fs_stamp none = { 0 };
	struct fs_stamp stamp;
	bool same = fs_dir_stamp(dir, o->path.p, &stamp) &&
		fs_stamp_eq(&stamp, &o->stamp);

	for (int i = 0; same && i < COMPRESS_CODINGS; i++) {
		const struct memo_sibling *sibling = &o->siblings[i];
		const char *path;

		if (!sibling->listed)
			continue;
		path = sibling_path(a, o->path, (enum compress_coding)i).p;
		same = fs_dir_stamp(dir, path, &stamp)
			? fs_stamp_eq(&stamp, &sibling->stamp)
			: fs_stamp_eq(&none, &sibling->stamp) &&
				!fs_exists(fs_join(a, k->out_dir, path));
	}
	return same;
}

void
keep_look(struct site *s, struct arena *a, size_t index)
{
	struct keep *k = s->keep;
	size_t end = (index + 1) * LOOKS_AT_ONCE;
	struct fs_dir dir;

	if (end > k->before.output_count)
		end = k->before.output_count;
	if (!fs_dir_open(k->out_dir, &dir))
		return;
	for (size_t i = index * LOOKS_AT_ONCE; i < end; i++)
		k->intact[i] = is_intact(k, a, &dir, &k->before.outputs[i]);
	fs_dir_close(&dir);
}

const struct memo_output *
keep_output(const struct site *s, struct text path, size_t *near)
{
	return s->keep ? memo_output_near(&s->keep->before, path, near)
		: NULL;
}
