/* body: the text of a page with its directives and footnotes. */
#include "site/body.h"

#include "site/example.h"
#include "site/frame.h"
#include "base/banned.h"

/* The notes' own texts, once the page has numbered them. */
static bool
render_notes(const struct body *b, struct footnotes *notes, struct err *e)
{
	struct markdown_options o = b->markdown;

	o.notes = NULL;
	for (size_t i = 0; i < notes->shown_count; i++) {
		struct footnote *note = notes->shown[i];

		o.line = note->line;
		if (!markdown_inline(b->arena, note->text, &o, &note->html, e))
			return false;
	}
	/* After another fault, what refers to a note may not have been read;
	 * in the booklet it may have been left out. */
	for (size_t i = 0; i < notes->count; i++) {
		const struct footnote *note = &notes->items[i];

		if (note->number || b->left_out || (b->links->faults &&
			b->links->faults->count))
			continue;
		return err_set(e, ERR_FORMAT, "%s:%d: nothing refers to "
			"footnote \"%.*s\"", b->path, note->line,
			(int)note->name.len, note->name.p);
	}
	return true;
}

bool
body_sources(struct body *b, const struct page *p, struct html **out,
	struct err *e)
{
	struct markdown_options o = b->markdown;

	*out = p->source_count ? arena_array(b->arena, p->source_count,
		sizeof **out) : NULL;
	o.notes = NULL;
	for (size_t i = 0; i < p->source_count; i++) {
		o.line = p->source_lines[i];
		if (!markdown_inline(b->arena, p->sources[i], &o, &(*out)[i],
			e) && !fault_seen(b->links->faults, e))
			return false;
	}
	return true;
}

bool
body_render(struct body *b, const struct page *p, struct footnotes *notes,
	struct buf *out, struct err *e)
{
	struct text source = p->body;

	/* A check tells of all the examples of all pages by itself. */
	if (!b->links->faults && !example_refuse(b->site, b->arena, p, e))
		return false;
	if (!footnotes_may_be_in(source))
		return directive_render(b, source, p->body_line, out, e);
	b->markdown.notes = notes;
	notes->word = frame_word(b->site, p->variant, "footnote");
	return footnotes_read(b->arena, b->path, p->body_line, &source,
			notes, e) &&
		directive_render(b, source, p->body_line, out, e) &&
		render_notes(b, notes, e);
}
