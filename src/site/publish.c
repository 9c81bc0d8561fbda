/* publish: makes a directory hold exactly what was rendered. */
#include "site/site.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/sort.h"
#include "site/dating.h"
#include "site/describe.h"
#include "site/keep.h"
#include "site/manifest.h"
#include "site/parts.h"
#include "site/pool.h"
#include "site/sibling.h"
#include "site/stage.h"
#include "base/banned.h"

enum { THINGS_BEFORE = 3, THINGS_AFTER = 4 };

struct publish {
	const char *dir;
	const struct spool *spool; /* the site's; may be NULL */
	struct stage *stage;       /* likewise */
	bool whole; /* dir is the stage: nothing was there before */
	struct output *outputs; /* by path */
	size_t count;
	struct manifest before;
	struct memo_output *places; /* in the order of outputs */
	bool *fresh; /* likewise: the directory it is in was just made */
	struct text about; /* compress_about's */
	struct manifest now; /* what is to be, siblings too */
	struct arena *arenas;       /* one a thread, for paths and old bytes */
	atomic_size_t written;
	atomic_size_t unchanged;
};

/* A directory without a manifest has to be empty: it may be somebody's. */
static bool
check_directory(struct arena *a, const struct publish *p, struct err *e)
{
	struct fs_list l;

	if (!fs_is_dir(p->dir))
		return err_set(e, ERR_USAGE, "%s: is not a directory", p->dir);
	if (p->before.found)
		return true;
	if (!fs_list(a, p->dir, &l, e))
		return false;
	for (size_t i = 0; i < l.count; i++)
		if (!text_is(l.items[i].name, ".gitignore"))
			return err_set(e, ERR_USAGE, "%s: is not empty and was "
				"not made by a build here (\"%s\" is in it); "
				"empty it, or choose another --out", p->dir,
				l.items[i].name.p);
	return true;
}

static struct text
parent_of(struct text path)
{
	while (path.len && path.p[path.len - 1] != '/')
		path.len--;
	if (path.len)
		path.len--;
	return path;
}

/* Was it there before this build? */
static bool
is_old(const struct output *o)
{
	return o->place == OUTPUT_THERE || o->place == OUTPUT_KEPT;
}

/* Is it where it is to be already? */
static bool
is_there(const struct publish *p, const struct output *o)
{
	return is_old(o) || (o->place == OUTPUT_STAGED && p->whole);
}

/* Is it in the directory of the one before?  Those of one directory follow
 * each other, more or less. */
static bool
is_beside_last(const struct publish *p, size_t index)
{
	return index && !is_old(&p->outputs[index - 1]) && text_eq(
		parent_of(p->outputs[index].path),
		parent_of(p->outputs[index - 1].path));
}

/* Makes the directory of an output. */
static bool
work_directory(void *context, int thread, size_t index, struct err *e)
{
	struct publish *p = context;
	struct arena *a = &p->arenas[thread];
	struct text parent = parent_of(p->outputs[index].path);
	struct text above = parent_of(parent);
	const char *path;
	bool ok;

	if (parent.len == 0 || is_there(p, &p->outputs[index]) ||
		is_beside_last(p, index))
		return true;
	ok = (above.len == 0 || fs_under(a, p->dir, above, &path, e)) &&
		fs_mkdir(fs_join(a, p->dir, arena_string(a, parent)), 0777,
			&p->fresh[index], e) &&
		(p->fresh[index] || fs_under(a, p->dir, parent, &path, e));
	arena_clear(a);
	return ok;
}

static bool
make_directories(const struct site *s, struct publish *p, struct err *e)
{
	if (!pool_run(s->jobs, p->count, work_directory, p, e))
		return false;
	for (size_t i = 0; i < p->count; i++)
		p->fresh[i] = p->whole || (is_beside_last(p, i)
			? p->fresh[i - 1] : p->fresh[i]);
	return true;
}

/* The bytes of what is not in memory, and not on its way. */
static bool
get_bytes(const struct publish *p, struct arena *a, struct output *o,
	struct err *e)
{
	size_t len = o->bytes.len;

	switch (o->place) {
	case OUTPUT_SPOOLED:
		return spool_get(p->spool, a, o->at, len, &o->bytes, e);
	case OUTPUT_THERE:
		return fs_read(a, fs_join(a, p->dir, o->path.p), len,
			&o->bytes, e);
	case OUTPUT_HERE:
	case OUTPUT_STAGED:
	case OUTPUT_KEPT:
		break;
	}
	return true;
}

/* Is the file there already, with these bytes? */
static bool
has_bytes(struct arena *a, const char *path, struct text bytes,
	struct fs_stamp *stamp)
{
	struct err ignored = { 0 };
	struct text old;

	return fs_read_stamped(a, path, bytes.len, &old, stamp, &ignored) &&
		text_eq(old, bytes);
}

/* Writes a file where there may be one. */
static bool
write_file(const struct publish *p, struct arena *a, struct text name,
	struct text bytes, struct fs_stamp *stamp, struct err *e)
{
	const char *path;
	size_t number;

	if (!fs_under(a, p->dir, name, &path, e))
		return false;
	if (p->whole)
		return fs_publish_new(path, 0644, bytes, stamp, e);
	if (p->stage && stage_put(p->stage, name, bytes, a,
		&number, stamp))
		return stage_settle(p->stage, a, name, number, path, stamp, e);
	return fs_publish_stamped(path, 0644, bytes, stamp, e);
}

static bool
replace_output(struct publish *p, struct arena *a, const struct output *o,
	struct fs_stamp *stamp, struct err *e)
{
	const char *path;

	*stamp = o->stamp;
	return fs_under(a, p->dir, o->path, &path, e) &&
		sibling_remove(a, p->dir, o, &p->before, e) &&
		(o->place == OUTPUT_STAGED
			? stage_settle(p->stage, a, o->path, o->at, path,
				stamp, e)
			: write_file(p, a, o->path, o->bytes, stamp, e));
}

static bool
write_output(struct publish *p, struct arena *a, struct output *o,
	bool fresh, struct fs_stamp *stamp, struct err *e)
{
	if (is_there(p, o)) {
		*stamp = o->stamp;
		atomic_fetch_add(o->place == OUTPUT_THERE ? &p->unchanged
			: &p->written, 1);
		return true;
	}
	if (!get_bytes(p, a, o, e))
		return false;
	if (!fresh && o->place != OUTPUT_STAGED &&
		manifest_find(&p->before, o->path) && has_bytes(a, fs_join(a,
			p->dir, o->path.p), o->bytes, stamp)) {
		atomic_fetch_add(&p->unchanged, 1);
		return true;
	}
	atomic_fetch_add(&p->written, 1);
	if (fresh && o->place != OUTPUT_STAGED)
		return fs_publish_new(fs_join(a, p->dir, o->path.p), 0644,
			o->bytes, stamp, e);
	return replace_output(p, a, o, stamp, e);
}

static bool
write_siblings(const struct publish *p, struct arena *a,
	struct output *o, struct memo_output *place, struct err *e)
{
	for (int i = 0; i < COMPRESS_CODINGS; i++) {
		enum compress_coding coding = (enum compress_coding)i;
		struct memo_sibling *to = &place->siblings[i];
		struct text bytes, name;
		const char *path;

		if (!to->listed || sibling_is_kept(a, p->dir, p->about, o,
			coding, &p->before, to))
			continue;
		if (!o->bytes.p && !get_bytes(p, a, o, e))
			return false;
		bytes = sibling_make(a, p->about, o, coding, to);
		name = sibling_path(a, o->path, coding);
		if (bytes.len ? !write_file(p, a, name, bytes, &to->stamp, e)
			: !fs_under(a, p->dir, name, &path, e) ||
				!fs_remove(path, e))
			return false;
	}
	return true;
}

/* At its place in the order of paths. */
static void
add_output(struct publish *p, struct output o)
{
	size_t i = p->count++;

	for (; i && text_cmp(p->outputs[i - 1].path, o.path) > 0; i--)
		p->outputs[i] = p->outputs[i - 1];
	o.hash = hash_bytes(o.bytes);
	p->outputs[i] = o;
}

/* site.json lists all the others by their hashes. */
static bool
add_description(struct arena *a, struct publish *p, struct site *s,
	struct err *e)
{
	struct sitejson_file *files = arena_array(a, p->count + 1,
		sizeof *files);
	struct output more[DESCRIBE_OUTPUTS_MAX];
	size_t n;

	for (size_t i = 0; i < p->count; i++)
		files[i] = (struct sitejson_file){ .path = p->outputs[i].path,
			.source = p->outputs[i].source,
			.hash = p->outputs[i].hash };
	if (!describe_outputs(s, a, files, p->count, more, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		add_output(p, more[i]);
	return true;
}

static bool
work_write(void *context, int thread, size_t index, struct err *e)
{
	struct publish *p = context;
	struct output o = p->outputs[index];
	struct memo_output *place = &p->places[index];
	struct arena *a = &p->arenas[thread];
	bool ok;

	if (o.place == OUTPUT_KEPT) {
		atomic_fetch_add(&p->unchanged, 1);
		return true;
	}
	ok = write_output(p, a, &o, p->fresh[index], &place->stamp, e);
	if (o.place == OUTPUT_STAGED)
		o.place = OUTPUT_THERE;
	ok = ok && write_siblings(p, a, &o, place, e);
	arena_clear(a);
	return ok;
}

/* What lies where, of outputs that are kept; and where the others go. */
static void
find_places(const struct site *s, struct arena *a, struct publish *p)
{
	size_t near = 0;

	p->about = compress_about(a);
	p->places = arena_array(a, p->count + 1, sizeof *p->places);
	p->fresh = arena_array(a, p->count + 1, sizeof *p->fresh);
	for (size_t i = 0; i < p->count; i++) {
		const struct output *o = &p->outputs[i];
		bool packed = !s->options.plain &&
			o->place != OUTPUT_KEPT &&
			sibling_is_for(o);

		if (o->place == OUTPUT_KEPT)
			p->places[i] = *keep_output(s, o->path, &near);
		p->places[i].path = o->path;
		p->places[i].hash = o->hash;
		for (int k = 0; packed && k < COMPRESS_CODINGS; k++)
			p->places[i].siblings[k].listed = true;
	}
	p->now.entries = arena_array(a, p->count * (1 + COMPRESS_CODINGS) + 1,
		sizeof *p->now.entries);
}

static int
by_path(const void *x, const void *y)
{
	const struct manifest_entry *a = x;
	const struct manifest_entry *b = y;

	return text_cmp(a->path, b->path);
}

static void
list(struct publish *p, struct text path, struct hash hash)
{
	p->now.entries[p->now.count++] = (struct manifest_entry){ path, hash };
}

/* Everything that is to be, as far as it is known by now. */
static void
gather(struct arena *a, struct publish *p)
{
	p->now.count = 0;
	for (size_t i = 0; i < p->count; i++) {
		const struct memo_output *o = &p->places[i];

		list(p, o->path, o->hash);
		for (int k = 0; k < COMPRESS_CODINGS; k++)
			if (o->siblings[k].listed)
				list(p, sibling_path(a, o->path,
					(enum compress_coding)k),
					o->siblings[k].mark);
	}
	/* "a.html.br" may come after "a.html-b". */
	sort_items(p->now.entries, p->now.count, sizeof *p->now.entries,
		by_path);
}

/* Both what was and what is to be: whatever a crash leaves is known to the
 * next build. */
static bool
announce(struct arena *a, const struct publish *p, const char *manifest,
	struct err *e)
{
	struct manifest_entry *all = arena_array(a, p->before.count +
		p->now.count + 1, sizeof *all);
	size_t i = 0;
	size_t k = 0;
	size_t n = 0;

	while (i < p->before.count || k < p->now.count) {
		int c = i == p->before.count ? 1 : k == p->now.count ? -1 :
			text_cmp(p->before.entries[i].path,
				p->now.entries[k].path);

		all[n++] = c < 0 ? p->before.entries[i] : p->now.entries[k];
		i += c <= 0;
		k += c >= 0;
	}
	return manifest_write(a, manifest, all, n, e);
}

static bool
remove_gone(struct arena *a, const struct publish *p, size_t *removed,
	struct err *e)
{
	for (size_t i = 0; i < p->before.count; i++) {
		struct text gone = p->before.entries[i].path;
		const char *path;

		if (manifest_find(&p->now, gone))
			continue;
		if (!fs_under(a, p->dir, gone, &path, e))
			return false;
		if (fs_exists(path)) {
			if (!fs_remove(path, e))
				return false;
			*removed += !sibling_is(gone);
		}
		for (gone = parent_of(gone); gone.len; gone = parent_of(gone))
			fs_remove_empty_dir(fs_join(a, p->dir,
				arena_string(a, gone)));
	}
	return true;
}

/* Are the same paths listed, with the same hashes if those are known? */
static bool
same_as_before(const struct publish *p, bool hashes)
{
	const struct manifest_entry *was = p->before.entries;
	const struct manifest_entry *now = p->now.entries;

	if (!p->before.found || p->before.count != p->now.count)
		return false;
	for (size_t i = 0; i < p->now.count; i++)
		if (!text_eq(was[i].path, now[i].path) ||
			(hashes && !hash_eq(&was[i].hash, &now[i].hash)))
			return false;
	return true;
}

/* What it takes before and after the writing, several things at a time. */
struct step {
	struct publish *p;
	struct site *s;
	struct arena arenas[THINGS_BEFORE];
	const char *manifest;
};

static bool
work_before(void *context, int thread, size_t index, struct err *e)
{
	struct step *step = context;
	struct publish *p = step->p;
	struct arena *a = &step->arenas[index];

	(void)thread;
	if (index == 1)
		return add_description(a, p, step->s, e);
	if (index == 2) {
		keep_begin_save(step->s);
		return true;
	}
	return p->whole || (manifest_read(a, step->manifest, &p->before, e) &&
		check_directory(a, p, e));
}

static bool
work_after(void *context, int thread, size_t index, struct err *e)
{
	struct step *step = context;
	struct publish *p = step->p;

	(void)thread;
	if (index == 0)
		return same_as_before(p, true) || manifest_write(
			&step->arenas[0], step->manifest, p->now.entries,
			p->now.count, e);
	if (index == 1) {
		/* Nothing waits in it any more, and it is large. */
		spool_close(step->s->spool);
		step->s->spool = NULL;
		return true;
	}
	if (index == 2)
		return dating_save(step->s, e);
	return !step->s->keep || keep_save(step->s, p->places, p->count, e);
}

static bool
publish(struct publish *p, struct step *step, struct arena *a,
	struct publish_counts *counts, struct err *e)
{
	struct site *s = step->s;
	const char *out_dir = s->options.out_dir;
	bool same;

	if (fs_is_link(fs_join(a, s->options.root, ".blankett")))
		return err_set(e, ERR_FORMAT, ".blankett: is a symbolic link; "
			"what a build remembers lies in a directory here");
	/* Made first: the manifest's name depends on where it really is. */
	if (!fs_exists(out_dir) && !fs_mkdirs(out_dir, 0777, e))
		return false;
	step->manifest = manifest_path(a, s->options.root, out_dir,
		"manifest");
	if (!pool_run(s->jobs, THINGS_BEFORE, work_before, step, e))
		return false;
	find_places(s, a, p);
	gather(a, p);
	same = p->whole || same_as_before(p, false);
	if ((!same && !announce(a, p, step->manifest, e)) ||
		!make_directories(s, p, e) ||
		!pool_run(s->jobs, p->count, work_write, p, e) ||
		(!same && !remove_gone(a, p, &counts->removed, e)))
		return false;
	gather(a, p);
	return pool_run(s->jobs, THINGS_AFTER, work_after, step, e) &&
		(!p->whole || stage_move(s->stage, e));
}

bool
site_publish(struct site *s, const struct output *outputs, size_t count,
	struct publish_counts *counts, struct err *e)
{
	const char *whole = s->stage ? stage_whole(s->stage) : NULL;
	struct publish p = { .dir = whole ? whole : s->options.out_dir,
		.spool = s->spool, .stage = s->stage, .whole = whole != NULL,
		.count = count };
	struct step step = { .p = &p, .s = s };
	struct arena a;
	bool ok;

	*counts = (struct publish_counts){ 0 };
	arena_init(&a, false);
	p.outputs = arena_array(&a, count + DESCRIBE_OUTPUTS_MAX,
		sizeof *p.outputs);
	if (count)
		memcpy(p.outputs, outputs, count * sizeof *outputs);
	p.arenas = arena_array(&a, (size_t)s->jobs, sizeof *p.arenas);
	ok = publish(&p, &step, &a, counts, e);
	counts->written = atomic_load(&p.written);
	counts->unchanged = atomic_load(&p.unchanged);
	for (int i = 0; i < s->jobs; i++)
		arena_release(&p.arenas[i]);
	for (size_t i = 0; i < THINGS_BEFORE; i++)
		arena_release(&step.arenas[i]);
	arena_release(&a);
	return ok;
}
