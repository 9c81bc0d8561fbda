/* new: a commented file to start a page or a form from. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/unwritten.h"
#include "base/utf8.h"
#include "base/value.h"
#include "cmd/cmd.h"
#include "cmd/commands.h"
#include "site/page.h"
#include "view/heading.h"
#include "view/template.h"
#include "base/banned.h"

enum { NAME_MAX_BYTES = 100, START_MAX = 256 * 1024, PREFIX_LETTERS = 3 };

static const struct cmd_option options[] = {
	{ "title", "TITLE", "its title (default: from NAME)" },
	{ "theme", "NAME", "take it from that theme (default: standard)" },
	{ NULL, NULL, NULL }
};

/* What can be begun: where it is put, and whether in a folder of it. */
static const struct kind {
	const char *name;
	const char *dir;
	bool folders;
} kinds[] = {
	{ "page", "content", true },
	{ "form", "forms", false },
};

/* One file to begin. */
struct begin {
	const struct cmd_call *call;
	const struct kind *kind;
	struct arena *a;
	struct text name;    /* "rutin/begaran.en", without ".md" */
	struct text base;    /* "rutin/begaran" */
	struct text variant; /* "en"; empty: Swedish */
	struct text title;
};

/* ---- names --------------------------------------------------------------- */

/* "rutin/begaran", "roller.en": what check accepts as a file's name. */
static bool
is_name(const struct kind *k, struct text name)
{
	bool ok = name.len > 0 && name.len <= NAME_MAX_BYTES;

	for (size_t i = 0; ok && i < name.len; i++) {
		char c = name.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		bool inside = i > 0 && i + 1 < name.len &&
			name.p[i - 1] != '/';

		ok = letter || (inside && (c == '-' || c == '.')) ||
			(inside && (c == '/' || c == '_') && k->folders);
	}
	return ok;
}

/* A title where a name should be: the name that it would have. */
static bool
refuse_name(const struct begin *b, struct err *e)
{
	const struct kind *k = b->kind;
	const char *folders = k->folders
		? ", and \"/\" between folders" : "";
	int n = (int)b->name.len;
	bool title = n > 0 && n <= NAME_MAX_BYTES && utf8_valid(b->name) &&
		text_find(b->name, '/') == b->name.len && b->name.p[0] != '.';

	if (!title)
		return err_set(e, ERR_USAGE, "new: a %s's name has only a-z, "
			"0-9 and \"-\"%s, not \"%.*s\"", k->name, folders, n,
			b->name.p);
	return err_set(e, ERR_USAGE, "new: a %s's name has only a-z, 0-9 and "
		"\"-\"%s: blankett new %s %s --title \"%.*s\"", k->name,
		folders, k->name, slug(b->a, b->name).p, n, b->name.p);
}

/* A version that there is none of would be begun only to be refused. */
static bool
check_variant(const struct begin *b, struct err *e)
{
	/* Forms have no easy-read version. */
	bool page = b->kind->folders;

	for (int v = 0; v < PAGE_VARIANTS; v++)
		if ((page || v != PAGE_EASY) && text_is(b->variant,
			variant_name((enum page_variant)v)))
			return true;
	return err_set(e, ERR_USAGE, "new: \"%.*s\" is no version of a %s; "
		"there are %s", (int)b->variant.len, b->variant.p,
		b->kind->name, page ? "sv, en, lattlast" : "sv, en");
}

static bool
read_name(struct begin *b, struct err *e)
{
	size_t last = 0;
	size_t dot;

	if (text_ends(b->name, ".md"))
		b->name.len -= sizeof ".md" - 1;
	if (!is_name(b->kind, b->name))
		return refuse_name(b, e);
	for (size_t i = 0; i < b->name.len; i++)
		if (b->name.p[i] == '/')
			last = i + 1;
	dot = last + text_find(text_from(b->name, last), '.');
	b->base = text_sub(b->name, 0, dot);
	if (dot < b->name.len)
		b->variant = text_from(b->name, dot + 1);
	return !b->variant.len || check_variant(b, e);
}

/* "rutin/begaran-om-stod" as a first heading: "Begaran om stod". */
static struct text
title_of(struct arena *a, struct text name)
{
	char *p = arena_alloc(a, name.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < name.len; i++) {
		if (name.p[i] == '/')
			n = 0;
		else
			p[n++] = name.p[i] == '-' || name.p[i] == '_' ? ' '
				: name.p[i];
	}
	if (p[0] >= 'a' && p[0] <= 'z')
		p[0] = (char)(p[0] - 'a' + 'A');
	return (struct text){ p, n };
}

/* The Swedish page's title, for one of its variants; else of its name. */
static bool
read_title(struct begin *b, struct err *e)
{
	const char *given = cmd_value(&cmd_new, b->call, "title");
	const char *path = arena_printf(b->a, "%s/%.*s.md", b->kind->dir,
		(int)b->base.len, b->base.p).p;
	const char *file = fs_join(b->a, b->call->site, path);
	struct text source;
	struct page p;
	uint32_t point;

	b->title = given ? text_of(given) : title_of(b->a, b->base);
	if (given && (!utf8_valid(b->title) || text_trim(b->title).len == 0 ||
		text_find(b->title, '\n') < b->title.len ||
		utf8_find_hostile(b->title, &point) < b->title.len))
		return err_set(e, ERR_USAGE, "new: --title is one line of text");
	if (given || !b->variant.len || !b->kind->folders || !fs_exists(file))
		return true;
	if (!fs_read(b->a, file, PAGE_FILE_MAX, &source, e) ||
		!page_parse(b->a, path, source, &p, e))
		return false;
	b->title = p.title;
	return true;
}

/* Two to four letters that begin references: "fraga" gives FRA. */
static struct text
prefix_of(const struct begin *b)
{
	char *p = arena_alloc(b->a, PREFIX_LETTERS + 1);
	size_t n = 0;

	for (size_t i = 0; i < b->base.len && n < PREFIX_LETTERS; i++) {
		char c = b->base.p[i];

		if (c >= 'a' && c <= 'z')
			p[n++] = (char)(c - 'a' + 'A');
	}
	return n < 2 ? text_of("XX") : (struct text){ p, n };
}

/* ---- what it begins with ------------------------------------------------- */

/* A text as YAML has it, quoted if it must be (YAML 1.1, 7.3). */
static struct text
yaml_text(struct arena *a, struct text t)
{
	static const char plain[] = " ,.-!?()/";
	char *p = arena_alloc(a, 2 * t.len + 3);
	bool quoted = false;
	size_t n = 0;

	p[n++] = '"';
	for (size_t i = 0; i < t.len; i++) {
		char c = t.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || (unsigned char)c >= 0x80;

		quoted = quoted || !(letter || (i > 0 && strchr(plain, c)));
		if (c == '"' || c == '\\')
			p[n++] = '\\';
		p[n++] = c;
	}
	p[n++] = '"';
	return quoted ? (struct text){ p, n } : t;
}

/* A start has no partials. */
static const struct template *
find_none(void *context, struct text name)
{
	(void)context;
	(void)name;
	return NULL;
}

/* A start is a template of {{title}}, {{prefix}} and {{today}}. */
static bool
fill(const struct begin *b, const char *path, struct text start,
	struct buf *out, struct err *e)
{
	static const struct template_set alone = { find_none, NULL, true };
	struct value *data = value_map(b->a);
	struct template *t;

	/* Nothing of it is markup. */
	(void)value_set(b->a, data, "title", value_html(b->a,
		yaml_text(b->a, b->title)));
	value_set_str(b->a, data, "prefix", prefix_of(b));
	value_set_str(b->a, data, "today", date_text(b->a,
		date_of(clock_now_s())));
	return template_parse(b->a, path, start, &t, e) &&
		template_render(t, &alone, data, out, e);
}

/* The theme's file for this kind and variant, or that for all of the kind;
 * a form in another language begins as the Swedish one. */
static bool
make_start(const struct begin *b, struct buf *out, struct err *e)
{
	const char *theme = cmd_value(&cmd_new, b->call, "theme");
	const char *dir = arena_printf(b->a, "%s/themes/%s/new",
		b->call->site, theme ? theme : "standard").p;
	const char *from = arena_printf(b->a, "%s/%s.%.*s.md", dir,
		b->kind->name, (int)b->variant.len, b->variant.p).p;
	struct text start;

	if (b->variant.len && !b->kind->folders) {
		from = arena_printf(b->a, "%s/%s/%.*s.md", b->call->site,
			b->kind->dir, (int)b->base.len, b->base.p).p;
		if (!fs_read(b->a, from, START_MAX, &start, e))
			return false;
		buf_text(out, start);
		return true;
	}
	if (!b->variant.len || !fs_exists(from))
		from = arena_printf(b->a, "%s/%s.md", dir, b->kind->name).p;
	return fs_read(b->a, from, START_MAX, &start, e) &&
		fill(b, from, start, out, e);
}

/* Where it is put, below the site and through no symbolic link; the
 * directories down to it are made. */
static bool
make_place(const struct begin *b, const char **to, struct err *e)
{
	struct text path = arena_printf(b->a, "%s/%.*s.md", b->kind->dir,
		(int)b->name.len, b->name.p);
	const char *slash;

	if (!fs_under(b->a, b->call->site, path, to, e))
		return false;
	if (strncmp(*to, "./", 2) == 0)
		*to += 2;
	slash = strrchr(*to, '/');
	return fs_mkdirs(arena_string(b->a, (struct text){ *to,
		(size_t)(slash - *to) }), 0777, e);
}

/* What to do with it; standard output has only its name. */
static void
print_next(const struct begin *b)
{
	if (b->kind->folders)
		(void)fputs("blankett: a draft: write where there is a pencil, "
			UNWRITTEN ", then take its line \"draft: true\" away\n", stderr);
	else if (b->variant.len)
		(void)fputs("blankett: as the Swedish one: translate its "
			"texts, leave ids and options\n", stderr);
	else
		(void)fprintf(stderr, "blankett: closed until nothing is left "
			"after a pencil, " UNWRITTEN ", and its line \"open: false\" is "
			"gone; \":::form %.*s\" and \":::\" on a "
			"page lead to it\n", (int)b->name.len, b->name.p);
}

static bool
begin(struct begin *b, struct err *e)
{
	const char *to;
	struct buf filled;
	bool ok;

	buf_init(&filled, START_MAX);
	ok = read_name(b, e) && read_title(b, e) &&
		make_start(b, &filled, e) && make_place(b, &to, e) &&
		fs_create(to, 0644, buf_view(&filled), e);
	if (ok) {
		(void)printf("%s\n", to);
		print_next(b);
	}
	buf_release(&filled);
	return ok;
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	const char *names[sizeof kinds / sizeof *kinds + 1] = { 0 };
	const char *near;
	struct arena a;
	bool ok;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct kind *k = &kinds[i];

		names[i] = k->name;
		if (strcmp(call->arguments[0], k->name) != 0)
			continue;
		arena_init(&a, false);
		ok = begin(&(struct begin){ .call = call, .kind = k, .a = &a,
			.name = text_of(call->arguments[1]) }, e);
		arena_release(&a);
		return ok;
	}
	near = text_nearest(text_of(call->arguments[0]), names);
	return err_set(e, ERR_USAGE, near
		? "new: there is no \"%s\" to begin (did you mean \"%s\"?)"
		: "new: there is no \"%s\" to begin, only page and form",
		call->arguments[0], near);
}

const struct cmd cmd_new = {
	.name = "new",
	.arguments = "page|form NAME",
	.summary = "begin a page or a form from a commented file",
	.help = "Writes content/NAME.md or forms/NAME.md, and prints its name.  "
		"A file that is\nthere already is left as it is.  NAME.en and "
		"NAME.lattlast begin versions of a page,\nNAME.en that of a "
		"form, whose texts are then to be translated.",
	.options = options,
	.arguments_min = 2,
	.arguments_max = 2,
	.run = run,
};
