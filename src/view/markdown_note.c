/*
 * markdown_note: references to footnotes, which cmark has read as links.
 *
 * "[^a][^b]" is to cmark one link with the text "^a", and "![^a]" a picture;
 * both are what people write, so both are taken for what they mean.
 */
#include "view/markdown_walk.h"

#include "view/footnote.h"
#include "view/html.h"
#include "base/banned.h"

/* The note that a link or picture stands for; NULL if it is none. */
static struct footnote *
note_of(const struct markdown_walk *w, cmark_node *n)
{
	const struct footnotes *notes = w->o->notes;
	struct text url = text_of(cmark_node_get_url(n));
	int64_t index;

	if (!notes || !text_starts(url, MARKDOWN_GUARD) ||
		!text_to_int(text_from(url, sizeof MARKDOWN_GUARD - 1), 0,
			(int64_t)notes->count - 1, &index))
		return NULL;
	return &notes->items[index];
}

bool
markdown_is_note(const struct markdown_walk *w, cmark_node *n)
{
	return note_of(w, n) != NULL;
}

static void
put_reference(struct markdown_walk *w, cmark_node *before,
	struct footnote *note)
{
	int number = footnote_refer(w->o->notes, note);
	struct text word = html_text(w->a, w->o->notes->word).markup;

	cmark_node_insert_before(before, markdown_around(
		CMARK_NODE_CUSTOM_INLINE, arena_printf(w->a, "<sup><a"
			" href=\"#_fn-%d\" id=\"%s\" aria-label=\"%.*s %d\">%d"
			"</a></sup>", number, footnote_ref_id(w->a, number,
				note->refs).p, (int)word.len, word.p, number,
			number).p, ""));
}

static struct text
literal_of(cmark_node *n)
{
	return n && cmark_node_get_type(n) == CMARK_NODE_TEXT
		? text_of(cmark_node_get_literal(n)) : (struct text){ "", 0 };
}

/* "[text[^a]](x.md)": to cmark no link holds another, so brackets and address
 * are left as text around the reference. */
static bool
is_in_link(cmark_node *n)
{
	struct text before = literal_of(cmark_node_previous(n));
	struct text after = literal_of(cmark_node_next(n));

	while (text_find(before, ']') < before.len)
		before = text_from(before, text_find(before, ']') + 1);
	return text_find(before, '[') < before.len &&
		text_search(after, "](") < text_find(after, '[');
}

bool
markdown_note(struct markdown_walk *w, cmark_node *n)
{
	struct footnote *note = note_of(w, n);
	struct text name = markdown_plain(w, n);
	struct footnote *first = NULL;

	for (cmark_node *up = cmark_node_parent(n); up;
		up = cmark_node_parent(up))
		if (cmark_node_get_type(up) == CMARK_NODE_IMAGE)
			return err_set(w->e, ERR_FORMAT, "%s:%d: a picture's "
				"description has no footnotes", w->o->path,
				markdown_line(w, n));
	if (is_in_link(n))
		return err_set(w->e, ERR_FORMAT, "%s:%d: a link's text has no "
			"footnotes; refer to them after the link", w->o->path,
			markdown_line(w, n));
	if (!text_starts(name, "^"))
		return err_set(w->e, ERR_FORMAT, "%s:%d: \"[%.*s]\" stands "
			"directly before a footnote; put a space between them",
			w->o->path, markdown_line(w, n), (int)name.len,
			name.p);
	name = text_from(name, 1);
	if (!text_eq(name, note->name)) {
		first = footnote_find(w->o->notes, name);
		if (!first)
			return footnote_unknown(w->a, w->o->notes, w->o->path,
				markdown_line(w, n), name, w->e);
	}
	if (cmark_node_get_type(n) == CMARK_NODE_IMAGE) {
		cmark_node *mark = markdown_new(CMARK_NODE_TEXT);

		cmark_node_set_literal(mark, "!");
		cmark_node_insert_before(n, mark);
	}
	if (first)
		put_reference(w, n, first);
	put_reference(w, n, note);
	cmark_node_free(n);
	return true;
}

bool
markdown_no_note(struct markdown_walk *w, cmark_node *n, struct text t)
{
	for (;;) {
		struct text name;

		t = text_from(t, text_search(t, "[^"));
		name = text_sub(t, 2, text_find(t, ']') - 2);
		if (t.len <= name.len + 2)
			return true;
		if (name.len && text_find(name, ' ') == name.len)
			return footnote_unknown(w->a, w->o->notes, w->o->path,
				markdown_line(w, n), name, w->e);
		t = text_from(t, 2);
	}
}
