/* publish: makes a directory hold exactly what was rendered. */
#include "site/site.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "site/dating.h"
#include "site/describe.h"
#include "site/keep.h"
#include "site/manifest.h"
#include "site/parts.h"
#include "site/pool.h"
#include "site/sibling.h"
#include "base/banned.h"

enum { PLACES = 1 + COMPRESS_CODINGS };

struct publish {
	const char *dir;
	struct output *outputs; /* site.json and its signature come last */
	size_t count;
	struct manifest before;
	/* Each output and its siblings after each other; no path: it has no
	 * such sibling. */
	struct memo_output *places;
	struct text about; /* compress_about's */
	struct memo_output *all; /* those with a path, by path */
	struct manifest now;     /* the same */
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

/* Files in one directory follow each other, more or less. */
static bool
make_directories(struct arena *a, const struct publish *p, struct err *e)
{
	struct text last = { 0 };

	for (size_t i = 0; i < p->count; i++) {
		struct text parent = parent_of(p->outputs[i].path);
		const char *path;

		if (parent.len == 0 || p->outputs[i].kept ||
			text_eq(parent, last))
			continue;
		last = parent;
		if (!fs_under(a, p->dir, parent, &path, e) ||
			(!fs_is_dir(path) && !fs_mkdirs(path, 0777, e)))
			return false;
	}
	return true;
}

/* Is the file there already, with these bytes? */
static bool
is_there(struct arena *a, const char *path, struct text bytes,
	struct fs_stamp *stamp)
{
	struct err ignored = { 0 };
	struct text old;

	return fs_read_stamped(a, path, bytes.len, &old, stamp, &ignored) &&
		text_eq(old, bytes);
}

static bool
write_output(struct publish *p, struct arena *a, const struct output *o,
	struct fs_stamp *stamp, struct err *e)
{
	const char *path;

	if (manifest_find(&p->before, o->path) && is_there(a, fs_join(a,
		p->dir, o->path.p), o->bytes, stamp)) {
		atomic_fetch_add(&p->unchanged, 1);
		return true;
	}
	atomic_fetch_add(&p->written, 1);
	return fs_under(a, p->dir, o->path, &path, e) &&
		fs_publish_stamped(path, 0644, o->bytes, stamp, e);
}

/* site.json lists all the others by the hashes just made. */
static bool
add_description(struct arena *a, struct publish *p, const struct site *s,
	struct err *e)
{
	struct sitejson_file *files = arena_array(a, p->count + 1,
		sizeof *files);
	struct output *more = p->outputs + p->count;
	size_t n;

	for (size_t i = 0; i < p->count; i++)
		files[i] = (struct sitejson_file){ .path = p->outputs[i].path,
			.source = p->outputs[i].source,
			.hash = p->outputs[i].hash };
	if (!describe_outputs(s, a, files, p->count, more, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		more[i].hash = hash_bytes(more[i].bytes);
	p->count += n;
	return true;
}

static bool
work_write(void *context, int thread, size_t index, struct err *e)
{
	struct publish *p = context;
	const struct output *o = &p->outputs[index];
	struct memo_output *place = &p->places[index * PLACES];
	struct arena *a = &p->arenas[thread];
	bool ok;

	if (o->kept) {
		atomic_fetch_add(&p->unchanged, 1);
		return true;
	}
	ok = write_output(p, a, o, &place->stamp, e);
	for (int i = 0; ok && i < COMPRESS_CODINGS; i++)
		ok = !place[1 + i].path.len || sibling_write(a, p->dir,
			p->about, o, &o->hash, (enum compress_coding)i,
			&p->before, &place[1 + i], e);
	arena_release(a);
	return ok;
}

/* Where an output and its siblings go; of one that is kept, what lies
 * there. */
static void
name_place(const struct site *s, struct arena *a, const struct output *o,
	struct memo_output *place)
{
	bool packed = !s->options.plain && !o->kept && sibling_is_for(o);

	*place = (struct memo_output){ .path = o->path, .hash = o->hash };
	if (o->kept)
		*place = *keep_output(s, o->path);
	for (int i = 0; (packed || o->kept) && i < COMPRESS_CODINGS; i++) {
		struct text path = sibling_path(a, o->path,
			(enum compress_coding)i);
		const struct memo_output *was = o->kept
			? keep_output(s, path) : NULL;

		if (was)
			place[1 + i] = *was;
		else if (packed)
			place[1 + i].path = path;
	}
}

static void
name_places(const struct site *s, struct arena *a, struct publish *p)
{
	size_t most = p->count * PLACES + 1;

	p->about = compress_about(a);
	p->places = arena_array(a, most, sizeof *p->places);
	p->all = arena_array(a, most, sizeof *p->all);
	p->now.entries = arena_array(a, most, sizeof *p->now.entries);
	for (size_t i = 0; i < p->count; i++)
		name_place(s, a, &p->outputs[i], &p->places[i * PLACES]);
}

static int
by_path(const void *x, const void *y)
{
	const struct memo_output *a = x;
	const struct memo_output *b = y;

	return text_cmp(a->path, b->path);
}

/* Everything that is to be, as far as it is known by now. */
static void
gather(struct publish *p)
{
	bool sorted = true;
	size_t n = 0;

	for (size_t i = 0; i < p->count * PLACES; i++) {
		if (!p->places[i].path.len)
			continue;
		p->all[n] = p->places[i];
		sorted = sorted && (n == 0 || by_path(&p->all[n - 1],
			&p->all[n]) < 0);
		n++;
	}
	if (!sorted)
		qsort(p->all, n, sizeof *p->all, by_path);
	for (size_t i = 0; i < n; i++)
		p->now.entries[i] = (struct manifest_entry){ p->all[i].path,
			p->all[i].hash };
	p->now.count = n;
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

static bool
publish(struct publish *p, struct site *s, struct arena *a,
	struct publish_counts *counts, struct err *e)
{
	const char *manifest;

	if (fs_is_link(fs_join(a, s->options.root, ".blankett")))
		return err_set(e, ERR_FORMAT, ".blankett: is a symbolic link; "
			"what a build remembers lies in a directory here");
	/* Made first: the manifest's name depends on where it really is. */
	if (!fs_exists(p->dir) && !fs_mkdirs(p->dir, 0777, e))
		return false;
	manifest = manifest_path(a, s->options.root, p->dir, "manifest");
	if (!manifest_read(a, manifest, &p->before, e) ||
		!check_directory(a, p, e) || !add_description(a, p, s, e))
		return false;
	name_places(s, a, p);
	gather(p);
	if ((!same_as_before(p, false) && !announce(a, p, manifest, e)) ||
		!make_directories(a, p, e) ||
		!pool_run(s->jobs, p->count, work_write, p, e) ||
		!remove_gone(a, p, &counts->removed, e))
		return false;
	gather(p);
	return same_as_before(p, true) || manifest_write(a, manifest,
		p->now.entries, p->now.count, e);
}

bool
site_publish(struct site *s, const char *out_dir,
	const struct output *outputs, size_t count,
	struct publish_counts *counts, struct err *e)
{
	struct publish p = { .dir = out_dir, .count = count };
	struct arena a;
	bool ok;

	*counts = (struct publish_counts){ 0 };
	arena_init(&a, false);
	p.outputs = arena_array(&a, count + DESCRIBE_OUTPUTS_MAX,
		sizeof *p.outputs);
	if (count)
		memcpy(p.outputs, outputs, count * sizeof *outputs);
	p.arenas = arena_array(&a, (size_t)s->jobs, sizeof *p.arenas);
	for (int i = 0; i < s->jobs; i++)
		arena_init(&p.arenas[i], false);
	ok = publish(&p, s, &a, counts, e) && dating_save(s, e) &&
		(!s->keep || strcmp(out_dir, s->options.out_dir) != 0 ||
			keep_save(s, p.all, p.now.count, e));
	counts->written = atomic_load(&p.written);
	counts->unchanged = atomic_load(&p.unchanged);
	for (int i = 0; i < s->jobs; i++)
		arena_release(&p.arenas[i]);
	arena_release(&a);
	return ok;
}
