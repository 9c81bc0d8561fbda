/* stopped: what a theme asks for and no browser gives it. */
#include "site/stopped.h"

#include <string.h>
#include <strings.h>

#include "site/parts.h"
#include "base/banned.h"

#define FILE_HEAD "file-head"
#define IN_OWN_CSS "the security policy allows style only in style sheets: " \
	"its rules go in static/own.css"
#define NO_SCRIPT "the security policy lets no script run, and pages work " \
	"without"
#define IN_STATIC "the security policy allows nothing from elsewhere: put " \
	"the file in static/ and name it by {{asset...}}"
#define BY_LINK "the security policy allows none: lead there with a link"

/* Elements that are left out. */
static const struct {
	const char *tag;
	const char *why;
} tags[] = {
	{ "script", NO_SCRIPT }, { "style", IN_OWN_CSS },
	{ "iframe", BY_LINK }, { "object", BY_LINK }, { "embed", BY_LINK },
	{ "video", BY_LINK }, { "audio", BY_LINK },
	{ "base", "the security policy allows none: write addresses that "
		"begin with \"/\"" },
};

/* And in style sheets. */
static const struct {
	const char *word;
	const char *why;
} rules[] = {
	{ "@import", "style sheets are published under other names: put the "
		"rules in this file" },
	{ "@font-face", "the security policy allows no fonts: name such as "
		"readers have" },
};

/* How an address begins that leads out of the site. */
static const char *const elsewhere[] = { "http:", "https:", "//", "data:",
	NULL };

struct scan {
	struct text path;
	struct text source; /* comments and Mustache's tags are blanks */
	struct faults *warnings;
	size_t counted; /* bytes whose line breaks are in `line` */
	int line;
};

/* What is asked of one element. */
struct tag {
	size_t at;
	struct text name;
	struct text type;
	struct text rel;
	struct text src;
	struct text href;
	struct text style; /* the attribute's name, if it is there */
	struct text handler; /* "onclick" */
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '-' || c == ':';
}

static bool
starts(struct text t, const char *word)
{
	return t.len >= strlen(word) &&
		strncasecmp(t.p, word, strlen(word)) == 0;
}

static bool
leads_out(struct text address)
{
	for (size_t i = 0; elsewhere[i]; i++)
		if (starts(text_trim(address), elsewhere[i]))
			return true;
	return false;
}

/* ---- telling ------------------------------------------------------------- */

/* What stands at byte `at`, shown between two signs; places come in order. */
static void
tell(struct scan *s, size_t at, const char *before, struct text what,
	const char *after, const char *why)
{
	for (; s->counted < at; s->counted++)
		s->line += s->source.p[s->counted] == '\n';
	fault_add(s->warnings, arena_printf(s->warnings->arena, "%s:%d: "
		"%s%.*s%s: browsers leave it out; %s", s->path.p, s->line,
		before, (int)what.len, what.p, after, why));
}

/* ---- a template ---------------------------------------------------------- */

/* Data for machines does not run; the watcher is where policy lets it. */
static bool
is_allowed_script(const struct tag *t)
{
	return text_is_word(t->type, "application/ld+json") ||
		text_is(t->src, "/_watch.js");
}

static void
judge_link(struct scan *s, const struct tag *t)
{
	if (!leads_out(t->href))
		return;
	if (text_is_word(t->rel, "stylesheet"))
		tell(s, t->at, "\"", t->href, "\"", IN_OWN_CSS);
	else if (text_is_word(t->rel, "icon") || starts(t->rel, "pre"))
		tell(s, t->at, "\"", t->href, "\"", IN_STATIC);
}

static void
judge(struct scan *s, const struct tag *t)
{
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (text_is_word(t->name, tags[i].tag) && !is_allowed_script(t)) {
			tell(s, t->at, "<", t->name, ">", tags[i].why);
			return;
		}
	if (text_is_word(t->name, "link"))
		judge_link(s, t);
	if (t->style.len)
		tell(s, t->at, "", t->style, "=\"...\"", "the security policy "
			"allows none: give it a class, and the class a rule "
			"in static/own.css");
	if (t->handler.len)
		tell(s, t->at, "", t->handler, "=\"...\"", NO_SCRIPT);
	if (starts(text_trim(t->href), "javascript:"))
		tell(s, t->at, "\"", t->href, "\"", NO_SCRIPT);
	if (leads_out(t->src))
		tell(s, t->at, "\"", t->src, "\"", IN_STATIC);
}

static void
take(struct tag *t, struct text name, struct text value)
{
	const struct {
		const char *name;
		struct text *to;
	} known[] = {
		{ "type", &t->type }, { "rel", &t->rel }, { "src", &t->src },
		{ "href", &t->href }, { "xlink:href", &t->href },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (text_is_word(name, known[i].name))
			*known[i].to = value;
	if (text_is_word(name, "style"))
		t->style = name;
	if (starts(name, "on") && name.len > 2)
		t->handler = name;
}

static size_t
past_spaces(struct text t, size_t at)
{
	while (at < t.len && is_space(t.p[at]))
		at++;
	return at;
}

static size_t
past_name(struct text t, size_t at)
{
	while (at < t.len && is_name(t.p[at]))
		at++;
	return at;
}

/* An attribute's value from byte *at on, which moves past it. */
static struct text
value_at(struct text t, size_t *at)
{
	size_t from = past_spaces(t, *at);
	char quote = from < t.len ? t.p[from] : '\0';
	size_t to;

	if (quote == '"' || quote == '\'') {
		from++;
		to = from + text_find(text_from(t, from), quote);
		*at = to + 1;
	} else {
		for (to = from; to < t.len && !is_space(t.p[to]) &&
			t.p[to] != '>'; to++)
			;
		*at = to;
	}
	return text_sub(t, from, to - from);
}

/* The element whose "<" stands at byte `at`; returns where it ends. */
static size_t
read_tag(struct scan *s, size_t at)
{
	struct text t = s->source;
	size_t end = past_name(t, at + 1);
	struct tag tag = { .at = at,
		.name = text_sub(t, at + 1, end - at - 1) };

	while (end < t.len && t.p[end] != '>' && t.p[end] != '<') {
		size_t from = end;
		struct text name, value = { 0 };

		end = past_name(t, from);
		if (end == from) {
			end++;
			continue;
		}
		name = text_sub(t, from, end - from);
		from = past_spaces(t, end);
		if (from < t.len && t.p[from] == '=') {
			end = from + 1;
			value = value_at(t, &end);
		}
		take(&tag, name, value);
	}
	judge(s, &tag);
	return end;
}

static void
read_template(struct scan *s)
{
	for (size_t at = 0; at < s->source.len;) {
		char next = at + 1 < s->source.len ? s->source.p[at + 1] : ' ';

		if (s->source.p[at] == '<' && is_name(next))
			at = read_tag(s, at);
		else
			at++;
	}
}

/* ---- a style sheet ------------------------------------------------------- */

static void
read_url(struct scan *s, size_t at)
{
	size_t from = at + strlen("url(");
	struct text address = text_from(s->source, from);

	address = text_trim(text_sub(address, 0, text_find(address, ')')));
	if (address.len && strchr("\"'", address.p[0]))
		address = text_sub(address, 1, text_find(text_from(address, 1),
			address.p[0]));
	if (leads_out(address))
		tell(s, at, "url(", address, ")", "the security policy "
			"allows pictures of the site only: put it in content/ "
			"and write url(/its-name.png)");
}

static void
read_sheet(struct scan *s)
{
	for (size_t at = 0; at < s->source.len; at++) {
		struct text rest = text_from(s->source, at);

		if (starts(rest, "url("))
			read_url(s, at);
		for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
			if (starts(rest, rules[i].word)) {
				tell(s, at, "", text_of(rules[i].word), "",
					rules[i].why);
				rest = text_sub(rest, 0, text_find(rest, '\n'));
				at += text_find(rest, ';');
				break;
			}
	}
}

/* ---- all of it ----------------------------------------------------------- */

/* A copy with all from `open` to `close` blank, but for line breaks. */
static struct text
without(struct arena *a, struct text t, const char *open, const char *close)
{
	char *bytes = arena_alloc(a, t.len + 1);
	size_t at = 0;

	if (t.len)
		memcpy(bytes, t.p, t.len);
	while ((at += text_search(text_from(t, at), open)) < t.len) {
		struct text rest = text_from(t, at);
		size_t n = text_search(rest, close) + strlen(close);

		for (size_t i = at; i < at + n && i < t.len; i++)
			if (bytes[i] != '\n')
				bytes[i] = ' ';
		at += n;
	}
	return (struct text){ bytes, t.len };
}

void
stopped_in(struct text path, struct text source, struct faults *warnings)
{
	struct arena *a = warnings->arena;
	struct scan s = { .path = path, .warnings = warnings,
		.line = 1 };

	if (text_ends(path, ".css")) {
		s.source = without(a, source, "/*", "*/");
		read_sheet(&s);
	} else if (text_ends(path, ".mustache") &&
		!text_ends(path, "/" FILE_HEAD ".mustache") &&
		text_search(source, "{{>" FILE_HEAD "}}") == source.len) {
		s.source = without(a, without(a, source, "{{", "}}"), "<!--",
			"-->");
		read_template(&s);
	}
}

/* Is it a file that pages are made of? */
static bool
is_for_pages(struct text path, const char *theme)
{
	static const char *const folders[] = { "templates/", "components/",
		"static/" };
	struct text rest = text_from(path, strlen(theme) + 1);

	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		if (text_starts(rest, folders[i]))
			return true;
	return false;
}

void
stopped_warn(struct site *s, struct faults *warnings)
{
	for (size_t i = 0; i < s->config.theme_count; i++) {
		struct text name = s->config.themes[i];
		const char *dir = arena_printf(&s->arena, "themes/%.*s",
			(int)name.len, name.p).p;
		struct err ignored = { 0 };
		struct text *paths;
		struct text bytes;
		size_t count;

		/* What cannot be read is a fault already. */
		if (!source_list(&s->source, dir, &paths, &count, &ignored))
			continue;
		for (size_t k = 0; k < count; k++)
			if (is_for_pages(paths[k], dir) && source_read(
				&s->source, paths[k].p, SITE_FILE_MAX, &bytes,
				&ignored))
				stopped_in(paths[k], bytes, warnings);
	}
}
