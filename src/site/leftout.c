/* leftout: the files that a check could not read. */
#include "site/leftout.h"

#include <string.h>

#include "site/parts.h"
#include "view/formview.h"
#include "base/banned.h"

#define START "content/index.md"

void
leftout_add(struct site *s, struct text path)
{
	if (s->left_out_count == s->left_out_cap) {
		struct text *old = s->left_out;

		s->left_out_cap = s->left_out_cap ? s->left_out_cap * 2 : 8;
		s->left_out = arena_array(&s->arena, s->left_out_cap,
			sizeof *s->left_out);
		if (s->left_out_count)
			memcpy(s->left_out, old,
				s->left_out_count * sizeof *old);
	}
	s->left_out[s->left_out_count++] = path;
}

/* Of "forms/synpunkt.en.md": "synpunkt" and "en"; false: it is no form. */
static bool
name_form(struct text path, struct form *out)
{
	struct text name = text_from(path, strlen("forms/"));
	size_t dot;

	if (!text_starts(path, "forms/") || !text_ends(name, ".md"))
		return false;
	name.len -= strlen(".md");
	dot = text_find(name, '.');
	*out = (struct form){ .id = text_sub(name, 0, dot),
		.lang = dot < name.len ? text_from(name, dot + 1)
			: text_of("sv") };
	return true;
}

static bool
is_page(struct text path)
{
	return text_starts(path, "content/") && text_ends(path, ".md");
}

bool
leftout_form(const struct site *s, struct text id)
{
	struct form f;

	for (size_t i = 0; i < s->left_out_count; i++)
		if (name_form(s->left_out[i], &f) && text_eq(f.id, id))
			return true;
	return false;
}

bool
leftout_page(const struct site *s, struct text key)
{
	for (size_t i = 0; i < s->left_out_count; i++) {
		enum page_variant ignored;

		if (is_page(s->left_out[i]) && text_eq(
			link_key(s->left_out[i], &ignored), key))
			return true;
	}
	return false;
}

/* The Swedish start page, shown or not. */
static struct page *
find_start(struct site *s)
{
	for (size_t i = 0; i < s->page_count; i++)
		if (s->pages[i].key.len == 0 &&
			s->pages[i].variant == PAGE_SWEDISH)
			return &s->pages[i];
	return NULL;
}

bool
leftout_start(struct site *s, struct err *e)
{
	struct page *p = find_start(s);
	struct err ignored = { 0 };
	bool told = false;

	if (p && !p->draft && page_is_public(p, s->options.today))
		return false;
	for (size_t i = 0; i < s->left_out_count; i++)
		told = told || text_is(s->left_out[i], START);
	if (told)
		*e = ignored;
	else if (!fault_seen(s->faults, e))
		return false;
	/* There is room for it: content_open has one page too many. */
	if (!p && !told)
		leftout_add(s, text_of(START));
	if (!p)
		return page_parse(&s->arena, START, text_of("---\n"
			"title: x\ndescription: x\n---\n"),
			&s->pages[s->page_count++], &ignored);
	p->draft = false;
	p->publish = p->expire = (struct date){ 0 };
	return true;
}

size_t
leftout_count(const struct site *s)
{
	return s->left_out_count;
}

struct text
leftout_path(const struct site *s, size_t index)
{
	return s->left_out[index];
}

struct text
leftout_url(struct site *s, size_t index)
{
	struct text path = s->left_out[index];
	enum page_variant variant;
	struct form f;
	struct text key;

	if (name_form(path, &f))
		return formview_url(&s->arena, &f);
	if (!is_page(path))
		return text_of("");
	key = link_key(path, &variant);
	return page_url(&s->arena, key, variant);
}
