/* broken: the rest of what is wrong with pages that could not be read. */
#include "site/broken.h"

#include "site/body.h"
#include "site/directive.h"
#include "site/leftout.h"
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
			.picture = link_picture, .context = &links, .ids = &ids,
			.english = p->variant == PAGE_ENGLISH } };
	struct buf html;
	bool ok;

	buf_init(&html, BODY_HTML_MAX);
	ok = body_render(&b, p, &notes, &html, e) || fault_seen(s->faults, e);
	buf_release(&html);
	return ok;
}

static bool
look_at(struct site *s, struct text path, struct err *e)
{
	struct page p = { .path = path };
	struct text source;

	/* What cannot be read at all is a fault already. */
	if (!source_read(&s->source, path.p, PAGE_FILE_MAX, &source, e)) {
		*e = (struct err){ 0 };
		return true;
	}
	return !page_parse_all(&s->arena, path.p, source, &p, s->faults) ||
		look_at_body(s, &p, e);
}

bool
broken_check(struct site *s, struct err *e)
{
	for (size_t i = 0; i < leftout_count(s); i++) {
		struct text path = leftout_path(s, i);

		if (text_starts(path, "content/") && text_ends(path, ".md") &&
			!look_at(s, path, e))
			return false;
	}
	return true;
}
