/* search_page: what search.mustache gets beside common. */
#include "site/search_page.h"

#include "site/directive.h"
#include "site/frame.h"
#include "base/banned.h"

enum { DEPTH_MAX = 64 };

struct value *
search_page_put(const struct site *s, struct arena *a,
	enum page_variant variant, struct value *data)
{
	static const char *const lists[] = { "results", "groups", "services" };
	static const char *const flags[] = { "asked", "has_results", "one",
		"more", "corrected", "has_services" };
	struct value *page = value_map(a);
	struct value *search = value_map(a);

	value_set_str(a, page, "title", frame_word(s, variant,
		"search_title"));
	value_set_str(a, page, "description", frame_word(s, variant,
		"search_description"));
	(void)value_set(a, page, "breadcrumbs",
		frame_start_breadcrumbs(s, a, variant));
	(void)value_set(a, data, "page", page);
	value_set_str(a, search, "query", text_of(""));
	(void)value_set(a, search, "count", value_int(a, 0));
	(void)value_set(a, search, "suggestion", value_null(a));
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		(void)value_set(a, search, lists[i], value_list(a));
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		value_set_bool(a, search, flags[i], false);
	return value_set(a, data, "search", search);
}

/* The pages below one, as they follow each other, without their levels. */
static void
add_below(const struct site *s, struct arena *a, const struct tree_page *top,
	int depth, struct value *list)
{
	for (size_t i = 0; depth < DEPTH_MAX && i < top->child_count; i++) {
		const struct tree_page *t = top->children[i];

		(void)value_push(a, list, frame_link_to(s, a,
			frame_title(a, t->page), t->page->url));
		add_below(s, a, t, depth + 1, list);
	}
}

static void
add_group(const struct site *s, struct arena *a, const struct tree_page *top,
	struct value *groups)
{
	struct value *group = frame_link_to(s, a,
		frame_title(a, top->page), top->page->url);
	struct value *list = value_list(a);

	add_below(s, a, top, 0, list);
	(void)value_set(a, group, "pages", list);
	value_set_bool(a, group, "has_pages", list->count > 0);
	(void)value_push(a, groups, group);
}

void
search_page_list(const struct site *s, struct arena *a,
	enum page_variant variant, struct value *search)
{
	struct text home = { "", 0 };
	const struct tree_page *start = tree_find(&s->tree, home, variant);
	const struct tree_page *easy = variant == PAGE_SWEDISH
		? tree_find(&s->tree, home, PAGE_EASY) : NULL;
	struct text lang = text_of(variant_lang(variant));
	struct value *services = value_get(search, "services");

	for (size_t i = 0; start && i < start->child_count; i++)
		add_group(s, a, start->children[i], value_get(search,
			"groups"));
	if (easy)
		add_group(s, a, easy, value_get(search, "groups"));
	for (size_t i = 0; i < s->form_count; i++)
		if (text_eq(s->forms[i]->lang, lang))
			(void)value_push(a, services,
				directive_service(s, a, s->forms[i]));
	value_set_bool(a, search, "has_services", services->count > 0);
}
