/* verify_site: is what a live site serves what a commit builds to? */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "cmd/commands.h"
#include "cmd/verify.h"
#include "cmd/verify_site.h"
#include "desk/fetch.h"
#include "seal/note.h"
#include "site/link.h"
#include "site/pool.h"
#include "site/site.h"
#include "site/sitejson.h"
#include "base/banned.h"

enum { ADDRESS_SHOWN_MAX = 80 /* bytes of one that a server leads to */ };

/* ---- what the live site says ------------------------------------------- */

/* Why a file is not there, and what that means. */
static bool
blame_status(const struct check *c, const char *target, int status,
	const char *so, struct err *e)
{
	struct text there = fetch_leads_to(c->fetches[0]);

	if (there.len)
		return err_set(e, ERR_FORMAT, "%s%s: leads to %s, which is not"
			" followed (answered %d); give the address that"
			" answers itself", c->url.p, target,
			utf8_visible(c->arena, text_sub(there, 0,
			ADDRESS_SHOWN_MAX)).p, status);
	return err_set(e, ERR_FORMAT, "%s%s: answered %d, so %s", c->url.p,
		target, status, so);
}

/* `so`: what it means if there is none. */
static bool
fetch_whole(struct check *c, const char *path, const char *so, size_t max,
	struct text *out, struct err *e)
{
	const char *target = arena_printf(c->arena, "/%s", path).p;
	struct buf b;
	int status;
	bool ok = false;

	buf_init(&b, max);
	if (!fetch_page(c->fetches[0], target, NULL, &b, &status, e))
		goto out;
	if (status != 200) {
		(void)blame_status(c, target, status, so, e);
		goto out;
	}
	if (b.full) {
		(void)err_set(e, ERR_LIMIT, "%s%s: is larger than %zu bytes",
			c->url.p, target, max);
		goto out;
	}
	*out = arena_copy(c->arena, buf_view(&b));
	ok = true;
out:
	buf_release(&b);
	return ok;
}

static bool
fetch_description(struct check *c, struct err *e)
{
	const char *name = arena_printf(c->arena, "%s/" SITEJSON_PATH,
		c->url.p).p;

	if (!fetch_whole(c, SITEJSON_PATH, "the site does not say what it is",
		SITEJSON_MAX, &c->live_bytes, e) ||
		!sitejson_parse(c->arena, name, c->live_bytes, &c->live, e))
		return false;
	if (text_is(c->live.uncommitted, "drafts"))
		return err_set(e, ERR_FORMAT, "%s: the site was built with"
			" drafts, so it is of no commit", name);
	return date_cmp(c->live.date, c->today) <= 0 || err_set(e, ERR_FORMAT,
		"%s: the site was built as of %s, a day to come", name,
		date_text(c->arena, c->live.date).p);
}

/* The key that must have signed, if there is one. */
static bool
find_publisher(struct check *c, const struct site *s, struct err *e)
{
	const char *file = cmd_value(&cmd_verify, c->call, "publisher");
	struct text pin = value_get_text(site_config(s), "publishing_key");

	c->is_pinned = file || pin.len > 0;
	if (file)
		return verify_key_load(file, &c->publisher, e);
	return !c->is_pinned || verify_key_parse(pin, &c->publisher) ||
		err_set(e, ERR_FORMAT, "publishing-key is no key");
}

static bool
is_said(struct text body, const char *name, struct text value)
{
	struct text said = note_field(body, name);

	return said.len > 0 && text_eq(said, value);
}

/* Adds which key it is that must have signed. */
static bool
blame_key(struct check *c, struct err *e)
{
	const char *file = cmd_value(&cmd_verify, c->call, "publisher");
	struct text why = arena_copy(c->arena, text_of(e->text));

	return err_set(e, e->kind, "%s (the key is %s, of %s)", why.p,
		hex_encode(c->arena, c->publisher.id, KEY_ID_BYTES).p,
		file ? file : "content/site.yaml");
}

/* Does site.note vouch for this site.json? */
static bool
check_signature(struct check *c, struct err *e)
{
	const char *name = arena_printf(c->arena, "%s/" SITENOTE_PATH,
		c->url.p).p;
	struct hash h = hash_bytes(c->live_bytes);
	struct text note, body, first;

	if (!c->is_pinned)
		return true;
	if (!fetch_whole(c, SITENOTE_PATH, "nobody has signed the site, though"
		" a publishing key is pinned", NOTE_MAX, &note, e))
		return false;
	if (!note_open(note, name, &c->publisher, &body, e))
		return e->kind == ERR_CRYPTO && blame_key(c, e);
	first = text_sub(body, 0, text_find(body, '\n'));
	if (!text_is(first, SITENOTE_FIRST) ||
		!is_said(body, SITEJSON_PATH, hex_encode(c->arena, h.b,
			HASH_BYTES)) ||
		!is_said(body, "commit", c->live.commit) ||
		!is_said(body, "date", date_text(c->arena, c->live.date)))
		return err_set(e, ERR_CRYPTO, "%s: is signed, but for another"
			" " SITEJSON_PATH, name);
	return true;
}

/* ---- what the commit says ---------------------------------------------- */

static void
add_fault(struct check *c, struct text line)
{
	(void)value_push(c->arena, c->faults, value_text(c->arena, line));
}

/* The address that site.yaml has under that name; may be empty. */
static struct text
own_address(const struct site *s, const char *name)
{
	struct text own = value_get_text(site_config(s), name);

	if (text_ends(own, "/"))
		own.len--;
	return own;
}

static void
compare_address(struct check *c, const struct site *s, const char *name,
	struct text live, struct text or_else, const char *what)
{
	struct text own = own_address(s, name);
	struct arena *a = c->arena;

	if (text_eq(live, own) || text_eq(live, or_else))
		return;
	add_fault(c, arena_printf(a, "%s %s; the commit's site.yaml has %s",
		what, live.len ? utf8_visible(a, live).p : "no address",
		own.len ? arena_string(a, own) : "none"));
}

static void
compare_heads(struct check *c, const struct site *s)
{
	if (c->live.commit.len == 0)
		add_fault(c, arena_printf(c->arena, "site.json names no"
			" commit: %s", text_is(c->live.uncommitted, "changed")
			? "the site was built of files that were not committed"
			: "the site was built outside git"));
	else if (!text_eq(c->live.commit, c->ours.commit))
		add_fault(c, arena_printf(c->arena, "site.json names commit"
			" %s, not %s", c->live.commit.p ? arena_string(
			c->arena, c->live.commit) : "", c->ours.commit.p));
	compare_address(c, s, "intake_url", c->live.intake_url, text_of(""),
		"its forms are received at");
	compare_address(c, s, "base_url", c->live.base_url, c->url,
		"the site was built for");
}

/* Where the commits of the whole differ, those of files say nothing more. */
static bool
is_listed_alike(const struct check *c, const struct sitejson_file *live,
	const struct sitejson_file *ours)
{
	return hash_eq(&live->hash, &ours->hash) &&
		text_eq(live->source, ours->source) &&
		(text_eq(live->commit, ours->commit) ||
			!text_eq(c->live.commit, c->ours.commit)) &&
		date_cmp(live->expire, ours->expire) == 0;
}

/* Both lists at once; both are by path. */
static void
compare_lists(struct check *c)
{
	const struct sitejson *live = &c->live, *ours = &c->ours;
	size_t k = 0;

	c->files = arena_array(c->arena, ours->count + live->count + 1,
		sizeof *c->files);
	c->count = ours->count;
	for (size_t i = 0; i < ours->count; i++) {
		struct text path = ours->files[i].path;

		while (k < live->count &&
			text_cmp(live->files[k].path, path) < 0)
			c->files[c->count++] = (struct checked){
				live->files[k++].path, NOT_IN_COMMIT, 0 };
		c->files[i] = (struct checked){ path, MISLISTED, 0 };
		if (k < live->count && text_eq(live->files[k].path, path))
			c->files[i].found = is_listed_alike(c,
				&live->files[k++], &ours->files[i]) ? SAME : MISLISTED;
	}
	while (k < live->count)
		c->files[c->count++] = (struct checked){
			live->files[k++].path, NOT_IN_COMMIT, 0 };
}

/* ---- what is served ---------------------------------------------------- */

/* "roller/index.html" is asked for as "/roller/". */
static const char *
target_of(struct arena *a, struct text path)
{
	static const char index[] = "index.html";
	static const char hex[] = "0123456789ABCDEF";
	struct text shown = path;
	size_t n = 0;
	char *out;

	if (text_is(path, index) || text_ends(path, "/index.html"))
		shown.len -= sizeof index - 1;
	out = arena_alloc(a, 3 * shown.len + 2);
	out[n++] = '/';
	/* What is not ASCII; all other characters of a path are plain. */
	for (size_t i = 0; i < shown.len; i++) {
		unsigned char b = (unsigned char)shown.p[i];

		if (b < 0x80) {
			out[n++] = (char)b;
			continue;
		}
		out[n++] = '%';
		out[n++] = hex[b >> 4];
		out[n++] = hex[b & 15];
	}
	return out;
}

/* Does the server lead to the same place at the intake, as it should? */
static bool
is_elsewhere(const struct check *c, const struct fetch *f, const char *target)
{
	struct arena a;
	struct text there;
	bool is;

	arena_init(&a, false);
	there = link_address(&a, c->ours.intake_url, text_of(target));
	is = !text_is(there, target) && text_eq(fetch_leads_to(f), there);
	arena_release(&a);
	return is;
}

/* Was the file to be gone by now? */
static bool
has_expired(const struct check *c, const struct sitejson_file *f)
{
	return f->expire.year && date_cmp(f->expire, c->today) <= 0;
}

/*
 * Is the file the same packed?  Browsers ask for nothing else, and the .br
 * and .gz that a web server sends are files of their own, which a copy may
 * have left behind.
 */
static bool
check_packed(struct fetch *f, const char *target, struct text want,
	struct checked *out, struct err *e)
{
	static const char *const codings[] = { "br", "gzip" };
	bool ok = true;

	for (size_t i = 0; ok && out->found == SAME &&
		i < sizeof codings / sizeof *codings; i++) {
		struct buf b;
		int status;

		buf_init(&b, want.len);
		ok = fetch_page(f, target, codings[i], &b, &status, e);
		if (ok && (b.full || !text_eq(buf_view(&b), want)))
			out->found = REPACKED;
		buf_release(&b);
	}
	return ok;
}

static bool
work_fetch(void *context, int thread, size_t index, struct err *e)
{
	struct check *c = context;
	const struct sitejson_file *f = &c->ours.files[index];
	struct text want = c->outputs[index].bytes;
	struct checked *out = &c->files[index];
	struct fetch *fetch = c->fetches[thread];
	const char *target;
	struct arena a;
	struct buf b;
	int status;
	bool ok;

	arena_init(&a, false);
	buf_init(&b, want.len);
	target = target_of(&a, f->path);
	ok = fetch_page(fetch, target, NULL, &b, &status, e);
	/* Servers that have their own way with a page not found may well
	 * send that page so. */
	if (ok && status == 404 && text_is(f->path, "404.html"))
		status = 200;
	if (ok && status != 200) {
		out->status = status;
		if (out->found == SAME && has_expired(c, f))
			out->found = GONE;
		else if (out->found == SAME && is_elsewhere(c, fetch, target))
			out->found = ELSEWHERE;
		else if (fetch_leads_to(fetch).len)
			out->found = LED_AWAY;
		else
			out->found = MISSING;
	} else if (ok && (b.full || !text_eq(buf_view(&b), want))) {
		out->found = CHANGED;
	} else if (ok) {
		ok = check_packed(fetch, target, want, out, e);
	}
	buf_release(&b);
	arena_release(&a);
	return ok;
}

/* ---- all of it --------------------------------------------------------- */

/* Whether the commit builds may hang on the day, which is the server's word:
 * the fault says so. */
static bool
blame_day(struct check *c, struct err *e)
{
	struct text why = arena_copy(c->arena, text_of(e->text));

	return err_set(e, e->kind, "as of %s, which site.json states: %s",
		date_text(c->arena, c->live.date).p, why.p);
}

static bool
check_site(struct check *c, const char *rev, struct err *e)
{
	const struct site_options o = { .root = c->call->site,
		.revision = rev, .today = c->live.date,
		.intake_url = arena_string(c->arena, c->live.intake_url),
		.base_url = c->live.base_url.len
			? arena_string(c->arena, c->live.base_url) : NULL };
	struct site *s = NULL;
	size_t count;
	bool ok = false;

	if (!site_load(&o, &s, e) || !find_publisher(c, s, e) ||
		!check_signature(c, e))
		goto out;
	if (!site_render(s, &c->outputs, &count, e)) {
		(void)blame_day(c, e);
		goto out;
	}
	if (!site_describe(s, c->outputs, count, &c->ours, e))
		goto out;
	compare_heads(c, s);
	compare_lists(c);
	ok = pool_run(VERIFY_CONNECTIONS, c->ours.count, work_fetch, c, e) &&
		verify_tell(c, e);
out:
	site_close(s);
	return ok;
}

bool
verify_site(const struct cmd_call *call, struct err *e)
{
	const char *rev = cmd_value(&cmd_verify, call, "rev");
	struct arena a;
	struct check c = { .arena = &a, .call = call,
		.today = date_of(clock_now_s()) };
	bool ok = false;

	arena_init(&a, false);
	c.faults = value_list(&a);
	if (!rev) {
		(void)err_set(e, ERR_USAGE, "verify: --rev REV is needed: which"
			" commit is the site to be?");
		goto out;
	}
	for (size_t i = 0; i < VERIFY_CONNECTIONS; i++)
		if (!fetch_open(call->arguments[0], NULL, &c.fetches[i], e))
			goto out;
	c.url = fetch_server(c.fetches[0]);
	ok = fetch_description(&c, e) && check_site(&c, rev, e);
out:
	for (size_t i = 0; i < VERIFY_CONNECTIONS; i++)
		fetch_close(c.fetches[i]);
	arena_release(&a);
	return ok;
}
