/* page: one content file: front matter and Markdown. */
#include "site/page.h"

#include <string.h>

#include "base/utf8.h"
#include "base/yaml.h"
#include "site/keys.h"
#include "base/banned.h"

enum { PATH_MAX_BYTES = 200, FORM_ID_MAX_BYTES = 40 };

static const struct key page_keys[] = {
	{ "title", KEY_LINE },
	{ "description", KEY_LINE },
	{ "weight", KEY_NUMBER },
	{ "menu", KEY_BOOL },
	{ "draft", KEY_BOOL },
	{ "publish", KEY_DATE },
	{ "expire", KEY_DATE },
	{ "aliases", KEY_LINES },
	{ "form", KEY_LINE },
	{ "reviewed", KEY_DATE },
	{ "review-every", KEY_MONTHS },
	{ "reviewer", KEY_LINES },
	{ "document", KEY_MAP },
	{ "sources", KEY_LINES },
	{ "toc", KEY_BOOL },
	{ NULL, KEY_LINE }
};

static const struct key document_keys[] = {
	{ "type", KEY_LINE },
	{ "approved-by", KEY_LINES },
	{ "approved", KEY_DATE },
	{ "revised", KEY_DATE },
	{ "reviewed-by", KEY_LINES },
	{ "owner", KEY_LINES },
	{ NULL, KEY_LINE }
};

static const struct {
	const char *name;   /* suffix of the file name */
	const char *lang;
	const char *prefix; /* of the address */
} variants[PAGE_VARIANTS] = {
	[PAGE_SWEDISH] = { "sv", "sv", "/" },
	[PAGE_ENGLISH] = { "en", "en", "/en/" },
	[PAGE_EASY] = { "lattlast", "sv", "/lattlast/" },
};

const char *
variant_name(enum page_variant v)
{
	return variants[v].name;
}

const char *
variant_lang(enum page_variant v)
{
	return variants[v].lang;
}

/* ---- from file name to address ---------------------------------------- */

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		c == '-' || c == '_';
}

static bool
check_name(const char *path, struct text name, struct err *e)
{
	struct text rest = name;
	struct text part;

	if (name.len == 0 || name.len > PATH_MAX_BYTES)
		return err_set(e, ERR_FORMAT, "%s: its name is empty or longer "
			"than %d bytes", path, PATH_MAX_BYTES);
	while (text_split(&rest, '/', &part)) {
		bool ok = part.len > 0;

		for (size_t i = 0; i < part.len; i++)
			ok = ok && is_name_char(part.p[i]);
		if (!ok)
			return err_set(e, ERR_FORMAT, "%s: a page's file name "
				"has only a-z, 0-9, \"-\" and \"_\"", path);
	}
	return true;
}

/* Takes a known ".en" off the name. */
static bool
take_variant(const char *path, struct text *name, enum page_variant *variant,
	struct err *e)
{
	const char *names[PAGE_VARIANTS + 1] = { 0 };
	size_t file = name->len;
	struct text suffix;
	const char *near;
	size_t dot;

	while (file && name->p[file - 1] != '/')
		file--;
	dot = file + text_find(text_from(*name, file), '.');
	suffix = text_from(*name, dot + 1);

	*variant = PAGE_SWEDISH;
	if (dot == name->len)
		return true;
	for (int v = 0; v < PAGE_VARIANTS; v++) {
		names[v] = variants[v].name;
		if (!text_is(suffix, variants[v].name))
			continue;
		*variant = (enum page_variant)v;
		*name = text_sub(*name, 0, dot);
		return true;
	}
	near = text_nearest(suffix, names);
	return err_set(e, ERR_FORMAT,
		near ? "%s: unknown variant \"%.*s\" (did you mean \"%s\"?)"
		     : "%s: unknown variant \"%.*s\"; there are sv, en, lattlast",
		path, (int)suffix.len, suffix.p, near);
}

struct text
page_url(struct arena *a, struct text key, enum page_variant variant)
{
	return arena_join(a, (struct text[]){
		text_of(variants[variant].prefix), key,
		text_of(key.len ? "/" : "") }, 3);
}

static bool
read_path(struct arena *a, const char *path, struct page *p, struct err *e)
{
	struct text name = text_of(path);

	p->path = arena_copy(a, name);
	if (!text_starts(name, "content/") || !text_ends(name, ".md"))
		return err_set(e, ERR_FORMAT, "%s: is no content/NAME.md", path);
	name = text_sub(text_from(name, strlen("content/")), 0,
		name.len - strlen("content/") - strlen(".md"));
	if (!take_variant(path, &name, &p->variant, e) ||
		!check_name(path, name, e))
		return false;
	if (text_is(name, "index"))
		name.len = 0;
	else if (text_ends(name, "/index"))
		name.len -= strlen("/index");
	p->key = arena_copy(a, name);
	p->url = page_url(a, name, p->variant);
	return true;
}

/* ---- front matter ------------------------------------------------------ */

/* "---", and blanks after it that nobody sees. */
static bool
is_dashes(struct text line)
{
	return text_starts(line, "---") && text_is(text_trim(line), "---");
}

/* Splits "---\n YAML \n---\n Markdown". */
static bool
split(const char *path, struct text source, struct text *yaml,
	struct page *p, struct err *e)
{
	struct text rest = source;
	struct text line;
	int n = 1;

	if (text_starts(rest, "\xEF\xBB\xBF"))
		rest = text_from(rest, 3);
	if (!text_line(&rest, &line) || !is_dashes(line))
		return err_set(e, ERR_FORMAT, "%s:1: must begin with a line "
			"\"---\", then \"title: ...\", then \"---\"", path);
	*yaml = (struct text){ rest.p, 0 };
	while (text_line(&rest, &line)) {
		n++;
		if (is_dashes(line)) {
			yaml->len = (size_t)(line.p - yaml->p);
			p->body = rest;
			p->body_line = n + 1;
			return true;
		}
	}
	return err_set(e, ERR_FORMAT, "%s:1: the line \"---\" that ends the "
		"front matter is missing", path);
}

/* Text that shows as it is: UTF-8 without control and bidi characters. */
static bool
check_characters(const char *path, struct text source, struct err *e)
{
	struct text rest = source;
	struct text line;
	uint32_t point;
	int n = 1;

	if (utf8_is_clean(source))
		return true;
	for (; text_split(&rest, '\n', &line); n++) {
		if (!utf8_valid(line))
			return err_set(e, ERR_FORMAT, "%s:%d: is not UTF-8",
				path, n);
		/* One of a line's two ends. */
		if (text_ends(line, "\r") && rest.p)
			line.len--;
		if (utf8_find_hostile(line, &point) < line.len)
			break;
	}
	return err_set(e, ERR_FORMAT, "%s:%d: holds the invisible character "
		"U+%04X", path, n, (unsigned)point);
}

static bool
is_alias_char(char c)
{
	return is_name_char(c) || (c >= 'A' && c <= 'Z') || c == '/' ||
		c == '.' || c == '~' || (unsigned char)c >= 0x80;
}

static bool
is_alias(struct text t)
{
	bool ok = t.len > 1 && t.len <= PATH_MAX_BYTES && t.p[0] == '/';

	for (size_t i = 0; ok && i < t.len; i++)
		ok = is_alias_char(t.p[i]) &&
			!(t.p[i] == '/' && i && t.p[i - 1] == '/') &&
			!(t.p[i] == '.' && t.p[i - 1] == '/');
	return ok;
}

static bool
is_form_id(struct text t)
{
	bool ok = t.len <= FORM_ID_MAX_BYTES && t.p[0] >= 'a' && t.p[0] <= 'z';

	for (size_t i = 0; ok && i < t.len; i++)
		ok = is_name_char(t.p[i]) && t.p[i] != '_';
	return ok;
}

/* What the table of keys cannot say. */
static bool
check_values(const char *path, const struct value *map, const struct page *p,
	struct err *e)
{
	if (text_trim(p->title).len == 0)
		return err_set(e, ERR_FORMAT, "%s:%d: \"title\" is missing",
			path, keys_where(map, "title", 1));
	if (p->form.len && !is_form_id(p->form))
		return err_set(e, ERR_FORMAT, "%s:%d: \"form\" must be a "
			"form's id: a-z, 0-9 and \"-\"", path,
			keys_where(map, "form", 1));
	for (size_t i = 0; i < p->alias_count; i++)
		if (!is_alias(p->aliases[i]))
			return err_set(e, ERR_FORMAT, "%s:%d: alias \"%.*s\" "
				"must be a path like \"/gammal/sida/\"", path,
				keys_where(map, "aliases", 1),
				(int)p->aliases[i].len, p->aliases[i].p);
	if (p->publish.year && p->expire.year &&
		date_cmp(p->publish, p->expire) >= 0)
		return err_set(e, ERR_FORMAT, "%s:%d: \"expire\" must be later "
			"than \"publish\"", path, keys_where(map, "expire", 1));
	if (p->review_months && !p->reviewed.year)
		return err_set(e, ERR_FORMAT, "%s:%d: \"review-every\" needs "
			"\"reviewed\"", path,
			keys_where(map, "review-every", 1));
	return true;
}

static bool
is_given(const struct value *map, const char *name)
{
	const struct value *v = value_get(map, name);

	return v && v->kind != VALUE_NULL;
}

static void
take_values(struct arena *a, const struct value *map, struct page *p)
{
	p->title = keys_text(map, "title");
	p->description = keys_text(map, "description");
	p->weight = keys_number(map, "weight", PAGE_WEIGHT);
	p->weight_given = is_given(map, "weight");
	p->menu = keys_bool(map, "menu", false);
	p->menu_given = is_given(map, "menu");
	p->draft = keys_bool(map, "draft", false);
	p->toc = keys_bool(map, "toc", true);
	p->publish = keys_date(map, "publish");
	p->expire = keys_date(map, "expire");
	p->aliases = keys_lines(a, map, "aliases", &p->alias_count);
	p->form = keys_text(map, "form");
	p->form_line = keys_where(map, "form", 0);
	p->reviewed = keys_date(map, "reviewed");
	p->review_months = keys_months(map, "review-every");
	p->reviewers = keys_lines(a, map, "reviewer", &p->reviewer_count);
	p->sources = keys_lines(a, map, "sources", &p->source_count);
	p->source_lines = keys_wheres(a, map, "sources", p->source_count);
	if (is_given(map, "document"))
		p->document = value_get(map, "document");
}

bool
page_parse(struct arena *a, const char *path, struct text source,
	struct page *out, struct err *e)
{
	struct page p = { 0 };
	struct value *map;
	struct text yaml;

	*out = p;
	if (!read_path(a, path, &p, e))
		return false;
	if (source.len > PAGE_FILE_MAX)
		return err_set(e, ERR_LIMIT, "%s: is larger than %d bytes",
			path, PAGE_FILE_MAX);
	if (!check_characters(path, source, e) ||
		!split(path, source, &yaml, &p, e) ||
		!yaml_parse(a, path, 2, yaml, &map, e) ||
		!keys_check(path, map, page_keys, e))
		return false;
	take_values(a, map, &p);
	if (p.document && !keys_check(path, p.document, document_keys, e))
		return false;
	if (!check_values(path, map, &p, e))
		return false;
	*out = p;
	return true;
}

bool
page_parse_all(struct arena *a, const char *path, struct text source,
	struct page *out, struct faults *faults)
{
	struct page p = { 0 };
	struct err e = { 0 };
	struct value *map, *document;
	struct text yaml;

	*out = p;
	if (!read_path(a, path, &p, &e) ||
		!check_characters(path, source, &e) ||
		!split(path, source, &yaml, &p, &e))
		return !fault_seen(faults, &e);
	*out = p;
	if (!yaml_parse(a, path, 2, yaml, &map, &e))
		return fault_seen(faults, &e);
	keys_check_all(path, map, page_keys, faults);
	document = value_get(map, "document");
	if (document && document->kind == VALUE_MAP)
		keys_check_all(path, document, document_keys, faults);
	return true;
}

bool
page_is_public(const struct page *p, struct date today)
{
	return (!p->publish.year || date_cmp(p->publish, today) <= 0) &&
		(!p->expire.year || date_cmp(today, p->expire) < 0);
}

bool
page_is_overdue(const struct page *p, struct date today)
{
	struct date due = p->reviewed;
	int months = due.month - 1 + p->review_months;

	if (!p->reviewed.year || !p->review_months)
		return false;
	/* From the 31st: due on the last day of a shorter month. */
	due.year += months / 12;
	due.month = months % 12 + 1;
	while (!date_exists(due) && due.day > 28 && due.year <= 9999)
		due.day--;
	return date_cmp(due, today) < 0;
}
