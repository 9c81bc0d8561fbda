/* clash: two that want one address, told where an editor can mend it. */
#include "site/clash.h"

#include "site/parts.h"
#include "base/banned.h"

/* Who wants an address. */
struct claim {
	const struct output *output;
	const struct page *page; /* it is an alias of; NULL: it is none */
	struct text alias;
};

static const char *
name_of(const struct output *o)
{
	return o->source.len ? o->source.p : "the build itself";
}

/* "/roller/" and "/roller" lead to roller/index.html, "/a.html" to a.html. */
static bool
leads_to(struct text url, struct text path)
{
	struct text start = text_from(url, 1);
	struct text rest = text_from(path, start.len);

	return text_eq(text_sub(path, 0, start.len), start) &&
		(rest.len == 0 || text_is(rest, "index.html") ||
			text_is(rest, "/index.html"));
}

static struct claim
claim_of(const struct site *s, const struct output *o)
{
	struct claim c = { .output = o };

	for (size_t i = 0; i < s->page_count; i++) {
		const struct page *p = &s->pages[i];

		if (!text_eq(p->path, o->source))
			continue;
		for (size_t k = 0; k < p->alias_count; k++)
			if (leads_to(p->aliases[k], o->path)) {
				c.page = p;
				c.alias = p->aliases[k];
			}
	}
	return c;
}

/* Does a line of the front matter have this address, and no longer one? */
static bool
has_address(struct text line, struct text address)
{
	static const char around[] = " \t\r\"'[],#";
	const struct text ends = { around, sizeof around - 1 };

	for (size_t i = 0; i + address.len <= line.len; i++) {
		size_t to = i + address.len;

		if (text_eq(text_sub(line, i, address.len), address) &&
			(i == 0 || text_find(ends, line.p[i - 1]) < ends.len) &&
			(to == line.len ||
				text_find(ends, line.p[to]) < ends.len))
			return true;
	}
	return false;
}

/* The last line of the front matter that has the alias; 1 if the file cannot
 * tell. */
static int
line_of(struct site *s, const struct claim *c)
{
	struct err ignored = { 0 };
	struct text rest, line;
	int found = 1;

	if (!source_read(&s->source, c->page->path.p, PAGE_FILE_MAX, &rest,
		&ignored))
		return 1;
	for (int n = 1; text_line(&rest, &line); n++) {
		if (n > 1 && text_is(text_trim(line), "---"))
			break;
		if (has_address(line, c->alias))
			found = n;
	}
	return found;
}

/* One address, one page: what the alias is besides. */
static const char *
also(struct site *s, const struct claim *c, const struct claim *other)
{
	struct arena *a = &s->arena;
	bool same = c->page == other->page;

	if (same && leads_to(c->page->url, c->output->path))
		return "is the page's own address; take it away";
	if (same)
		return "stands there twice; take one away";
	if (other->page)
		return arena_printf(a, "is an alias in %s:%d too; an address "
			"leads to one page", other->page->path.p,
			line_of(s, other)).p;
	if (!other->output->source.len)
		return "is the address of something that the build itself "
			"makes";
	return arena_printf(a, "is the address of %s; take one of them away",
		name_of(other->output)).p;
}

static bool
tell_alias(struct site *s, const struct claim *c, const struct claim *other,
	struct err *e)
{
	const char *why = text_eq(c->output->path, other->output->path)
		? also(s, c, other) : arena_printf(&s->arena, "cannot be: "
			"\"%s\" is a file (of %s), no folder", other->output->path.p,
			name_of(other->output)).p;

	return err_set(e, ERR_FORMAT, "%s:%d: alias \"%.*s\" %s",
		c->page->path.p, line_of(s, c), (int)c->alias.len, c->alias.p,
		why);
}

bool
clash_tell(struct site *s, const struct output *a, const struct output *b,
	struct err *e)
{
	const struct claim one = claim_of(s, a);
	const struct claim two = claim_of(s, b);

	if (one.page)
		return tell_alias(s, &one, &two, e);
	/* A file has no place for a directory either. */
	if (two.page)
		return tell_alias(s, &two, &one, e);
	return err_set(e, ERR_FORMAT, "%s: would be written to \"%s\", where "
		"%s is to be; give it another name", name_of(a), a->path.p,
		name_of(b));
}
