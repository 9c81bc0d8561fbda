/* page_pack: a page comes back as it was, but for its body. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/json.h"
#include "site/page_pack.h"

enum { ROOM = 64 * 1024 };

/* Every key there is: themes and checks may read any of them. */
static const char all[] =
	"---\n"
	"title: Roller & ansvar\n"
	"description: Vem gör \"vad\"?\n"
	"weight: -20\n"
	"menu: true\n"
	"draft: true\n"
	"publish: 2026-01-02\n"
	"expire: 2027-03-04\n"
	"aliases: [/gammal/, /roller.html]\n"
	"form: synpunkt\n"
	"reviewed: 2026-05-06\n"
	"review-every: 12 months\n"
	"reviewer: [Chefen, Nämnden]\n"
	"document:\n"
	"  type: Riktlinje\n"
	"  approved-by: [A, B]\n"
	"  approved: 2026-01-01\n"
	"  revised: 2026-02-02\n"
	"  reviewed-by: C\n"
	"  owner: D\n"
	"sources: [\"*Lagen*\", Boken]\n"
	"toc: false\n"
	"---\n"
	"\n"
	"Text.\n";

static void
assert_texts(const struct text *x, size_t x_count, const struct text *y,
	size_t y_count)
{
	assert_int_equal(x_count, y_count);
	for (size_t i = 0; i < x_count; i++)
		assert_true(text_eq(x[i], y[i]));
}

static void
assert_document(const struct value *x, const struct value *y)
{
	struct buf a, b;

	buf_init(&a, ROOM);
	buf_init(&b, ROOM);
	assert_int_equal(!x, !y);
	if (x) {
		json_put(&a, x);
		json_put(&b, y);
		assert_true(text_eq(buf_view(&a), buf_view(&b)));
	}
	buf_release(&a);
	buf_release(&b);
}

static void
assert_same(const struct page *x, const struct page *y)
{
	assert_true(text_eq(x->path, y->path));
	assert_true(text_eq(x->key, y->key));
	assert_int_equal(x->variant, y->variant);
	assert_true(text_eq(x->url, y->url));
	assert_true(text_eq(x->title, y->title));
	assert_true(text_eq(x->description, y->description));
	assert_int_equal(x->weight, y->weight);
	assert_int_equal(x->weight_given, y->weight_given);
	assert_int_equal(x->menu, y->menu);
	assert_int_equal(x->menu_given, y->menu_given);
	assert_int_equal(x->draft, y->draft);
	assert_int_equal(x->toc, y->toc);
	assert_int_equal(date_cmp(x->publish, y->publish), 0);
	assert_int_equal(date_cmp(x->expire, y->expire), 0);
	assert_texts(x->aliases, x->alias_count, y->aliases, y->alias_count);
	assert_true(text_eq(x->form, y->form));
	assert_int_equal(x->form_line, y->form_line);
	assert_int_equal(date_cmp(x->reviewed, y->reviewed), 0);
	assert_int_equal(x->review_months, y->review_months);
	assert_texts(x->reviewers, x->reviewer_count, y->reviewers,
		y->reviewer_count);
	assert_texts(x->sources, x->source_count, y->sources,
		y->source_count);
	for (size_t i = 0; i < x->source_count; i++)
		assert_int_equal(x->source_lines[i], y->source_lines[i]);
	assert_document(x->document, y->document);
}

static void
a_page_comes_back_with_every_key(void **state)
{
	static const struct {
		const char *path;
		const char *source;
	} pages[] = {
		{ "content/roller.md", all },
		{ "content/del/roller.lattlast.md", all },
		{ "content/index.en.md", "---\ntitle: T\n---\n" },
	};
	struct arena a;

	(void)state;
	arena_init(&a, false);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct page before, after;
		struct err e = { 0 };
		struct buf b;

		buf_init(&b, ROOM);
		assert_true(page_parse(&a, pages[i].path,
			text_of(pages[i].source), &before, &e));
		page_pack(&b, &before);
		assert_true(page_unpack(&a, buf_view(&b), &after));
		assert_same(&before, &after);
		assert_null(after.body.p);
		buf_release(&b);
	}
	arena_release(&a);
}

static void
what_is_cut_or_goes_on_is_no_page(void **state)
{
	struct page p;
	struct err e = { 0 };
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a, false);
	buf_init(&b, ROOM);
	assert_true(page_parse(&a, "content/a.md", text_of(all), &p, &e));
	page_pack(&b, &p);
	for (size_t len = 0; len < b.len; len++)
		assert_false(page_unpack(&a, (struct text){ b.p, len }, &p));
	buf_char(&b, '\0');
	assert_false(page_unpack(&a, buf_view(&b), &p));
	buf_release(&b);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_comes_back_with_every_key),
		cmocka_unit_test(what_is_cut_or_goes_on_is_no_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
