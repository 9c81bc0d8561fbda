/*
 * fuzz-search: any bytes as a query, and as a document, are answered in
 * bounds, twice the same.
 *
 * Input: a line that is the query, then the body of one of the documents.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "site/search_index.h"
#include "site/search_snippet.h"
#include "site/search_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DOCS = 3 };

/* The pieces are the text, all of it, in order. */
static void
check_pieces(const struct search_index *x, struct arena *a,
	const struct search_found *f, struct text t)
{
	size_t count;
	const struct search_piece *p = search_index_pieces(x, a, f, t, &count);

	for (size_t i = 0; i < count; i++) {
		if (p[i].text.len == 0 || p[i].text.len > t.len ||
			!text_eq(p[i].text, text_sub(t, 0, p[i].text.len)))
			abort();
		t = text_from(t, p[i].text.len);
	}
	if (t.len)
		abort();
}

static void
check(const struct search_index *x, struct arena *a, struct text query)
{
	const struct date today = { 2026, 11, 22 };
	struct search_found f, again;

	query = search_query(query);
	if (query.len > SEARCH_QUERY_MAX)
		abort();
	search_index_find(x, a, query, today, &f);
	search_index_find(x, a, query, today, &again);
	if (f.count > f.total || f.total > DOCS || f.total != again.total ||
		!text_eq(f.meant, again.meant))
		abort();
	if (utf8_valid(query) && !utf8_valid(f.meant))
		abort();
	for (size_t i = 0; i < f.count; i++) {
		struct text shown = search_snippet(a, &f.hits[i]);

		if (f.hits[i].doc != again.hits[i].doc ||
			!(f.hits[i].score > 0) || (i > 0 &&
			f.hits[i].score > f.hits[i - 1].score))
			abort();
		if (utf8_valid(f.hits[i].doc->body) && !utf8_valid(shown))
			abort();
		check_pieces(x, a, &f, shown);
		check_pieces(x, a, &f, f.hits[i].doc->title);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text rest = { (const char *)data, size }, query = { 0 };
	struct search_doc docs[DOCS] = {
		{ .url = text_of("/kontakt/"), .title = text_of("Kontakt"),
			.body = text_of("Ring en kontaktperson.") },
		{ .url = text_of("/ansok/"), .title = text_of("Ansök"),
			.body = text_of("Så ansöker du."), .service = true },
	};
	struct arena a;

	arena_init(&a, true);
	(void)text_split(&rest, '\n', &query);
	docs[2] = (struct search_doc){ .url = text_of("/x/"),
		.title = query, .headings = rest, .unseen = query,
		.body = search_text(&a, (struct html){ rest }) };
	for (int english = 0; english < SEARCH_LANGS; english++)
		check(search_index_make(&a, english == 1, docs, DOCS), &a,
			query);
	arena_release(&a);
	return 0;
}
