/* fuzz-markdown: any bytes as a page's text, and as a label. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "view/footnote.h"
#include "view/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
elsewhere(void *context, struct arena *a, struct text url, int line,
	struct text *out, struct err *e)
{
	(void)context;
	(void)a;
	if (text_is(url, "gone"))
		return err_set(e, ERR_FORMAT, "x:%d: gone", line);
	*out = text_of("/here");
	return true;
}

/* Every attribute of this name has the value "/here", or leads to a
 * footnote. */
static bool
all_here(struct text markup, const char *attribute)
{
	while (markup.len) {
		markup = text_from(markup, text_search(markup, attribute));
		if (markup.len == 0)
			break;
		markup = text_from(markup, strlen(attribute));
		if (!text_starts(markup, "/here\"") &&
			!text_starts(markup, "#_fn-"))
			return false;
	}
	return true;
}

/* Every tag begins with one of the names that Markdown makes. */
static bool
all_known(struct text markup)
{
	static const char *const names[] = {
		"p>", "/p>", "h2", "/h2", "h3", "/h3", "h4", "/h4", "h5",
		"/h5", "h6", "/h6", "ul>", "/ul>", "ol>", "ol start=", "/ol>",
		"li>", "/li>", "blockquote>", "/blockquote>", "pre>", "/pre>",
		"code>", "code class=\"language-", "/code>", "hr />", "br />",
		"sup>", "/sup>", "em>", "/em>", "strong>", "/strong>", "a href=", "/a>",
		"img src=", "section class=\"table\"", "/section>",
		"div class=\"table\"", "/div>", "table>",
		"/table>", "thead>", "/thead>", "tbody>", "/tbody>", "tr>",
		"/tr>", "td>", "td class=", "/td>", "th scope=", "/th>"
	};

	for (;;) {
		size_t i = 0;

		markup = text_from(markup, text_find(markup, '<') + 1);
		if (markup.len == 0)
			return true;
		while (i < sizeof names / sizeof *names &&
			!text_starts(markup, names[i]))
			i++;
		if (i == sizeof names / sizeof *names)
			return false;
	}
}

/* Its definitions apart, the text is rendered or refused; each place that
 * refers to a note is there once. */
static void
with_footnotes(struct arena *a, struct text source, struct markdown_options o)
{
	struct markdown_ids ids = { 0 };
	struct footnotes notes = { .word = text_of("Not") };
	struct err e = { 0 };
	struct html h;

	o.ids = &ids;
	o.notes = &notes;
	if (!footnotes_read(a, "x", 1, &source, &notes, &e) ||
		!markdown_render(a, source, &o, &h, &e)) {
		if (e.kind == ERR_NONE || !text_starts(text_of(e.text), "x:"))
			abort();
		return;
	}
	if (!all_known(h.markup) || !all_here(h.markup, " href=\"") ||
		!utf8_valid(h.markup))
		abort();
	for (size_t i = 0; i < notes.shown_count; i++)
		for (int k = 1; k <= notes.shown[i]->refs; k++) {
			const char *id = arena_printf(a, " id=\"%s\"",
				footnote_ref_id(a, (int)i + 1, k).p).p;
			size_t at = text_search(h.markup, id);

			if (at == h.markup.len || text_search(text_from(
				h.markup, at + 1), id) + at + 1 < h.markup.len)
				abort();
		}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text source = { (const char *)data, size };
	struct markdown_ids ids = { 0 };
	struct markdown_options o = {
		.path = "x", .line = 1, .link = elsewhere, .ids = &ids
	};
	struct html h = { { NULL, 0 } };
	struct err e = { 0 };
	struct arena a;

	/* Who calls has seen to that. */
	if (!utf8_valid(source))
		return 0;
	arena_init(&a, false);
	o.english = size % 2;
	if (markdown_render(&a, source, &o, &h, &e)) {
		if (!all_known(h.markup) || !all_here(h.markup, " href=\"") ||
			!all_here(h.markup, "<img src=\"") ||
			!utf8_valid(h.markup))
			abort();
	} else if (e.kind == ERR_NONE || !text_starts(text_of(e.text),
		"x:")) {
		abort();
	}
	for (size_t i = 0; i < ids.count; i++)
		for (size_t k = 0; k < i; k++)
			if (text_eq(ids.items[i].id, ids.items[k].id))
				abort();
	with_footnotes(&a, source, o);
	e = (struct err){ 0 };
	if (markdown_inline(&a, source, &o, &h, &e) ? !all_known(h.markup)
		: e.kind == ERR_NONE)
		abort();
	arena_release(&a);
	return 0;
}
