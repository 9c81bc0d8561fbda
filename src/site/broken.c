/* broken: the rest of what is wrong with pages that could not be read. */
#include "site/broken.h"

#include "site/body.h"
#include "site/directive.h"
#include "base/banned.h"

static bool
look_at_body(struct site *s, const struct page *p, struct err *e)
{
	const struct tree_page from = { .page = p };
	struct markdown_ids ids = { 0 };
	struct footnotes notes = { 0 };
	struct link_page links = { .targets = &s->targets, .from = &from,
		.variant = p->variant, .path = p->path, .faults = s->faults };
	struct body b = { .site = s, .arena = &s->arena,
		.variant = p->variant, .path = p->path.p, .links = &links,
		.markdown = { .path = p->path.p, .link = link_resolve,
			.context = &links, .ids = &ids,
			.english = p->variant == PAGE_ENGLISH } };
	struct buf html;
	bool ok;

	buf_init(&html, BODY_HTML_MAX);
	ok = body_render(&b, p, &notes, &html, e) || fault_seen(s->faults, e);
	buf_release(&html);
	return ok;
}

/* ---- what only follows --------------------------------------------------- */

/* Does the line say that it misses p, which is there but could not be read?
 * As link.c and site.c say it. */
static bool
misses(struct site *s, struct text line, const struct page *p)
{
	static const char begin[] = ": link to \"";
	struct text written = text_from(line, text_search(line, begin));
	const struct link_targets only = { .files = &p->path, .file_count = 1 };
	struct link_page from = { .targets = &only, .path = text_sub(line, 0,
		text_find(line, ':')) };

	if (text_starts(line, CONFIG_SITE))
		return text_search(line, arena_printf(&s->arena, "there is no "
			"page \"%.*s\"", (int)p->key.len, p->key.p).p) <
			line.len;
	if (!written.len)
		return false;
	written = text_from(written, sizeof begin - 1);
	written = text_sub(written, 0, text_find(written, '"'));
	written = text_sub(written, 0, text_find(written, '#'));
	return text_eq(written, p->url) ||
		link_file(&from, &s->arena, written).len;
}

static void
drop_missing(struct site *s, const struct page *p)
{
	struct faults *f = s->faults;
	size_t kept = 0;

	for (size_t i = 0; i < f->count; i++)
		if (!misses(s, f->lines[i], p))
			f->lines[kept++] = f->lines[i];
	f->count = kept;
}

/* ---- pages that were left out -------------------------------------------- */

static bool
look_at(struct site *s, struct text path, struct page *p, struct err *e)
{
	struct text source;

	*p = (struct page){ .path = path };
	/* What cannot be read at all is a fault already. */
	if (!source_read(&s->source, path.p, PAGE_FILE_MAX, &source, e)) {
		*e = (struct err){ 0 };
		return true;
	}
	return !page_parse_all(&s->arena, path.p, source, p, s->faults) ||
		look_at_body(s, p, e);
}

/* Both lists are sorted by path. */
bool
broken_check(struct site *s, struct err *e)
{
	struct page *all = arena_array(&s->arena, s->content_count + 1,
		sizeof *all);
	size_t page = 0, count = 0;

	for (size_t i = 0; i < s->content_count; i++) {
		struct text path = s->content[i].path;

		while (page < s->page_count &&
			text_cmp(s->pages[page].path, path) < 0)
			page++;
		if (!text_ends(path, ".md") || (page < s->page_count &&
			text_eq(s->pages[page].path, path)))
			continue;
		if (!look_at(s, path, &all[count++], e))
			return false;
	}
	for (size_t i = 0; i < count; i++)
		drop_missing(s, &all[i]);
	return true;
}
