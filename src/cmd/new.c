/* new: a commented file to start a page or a form from. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/value.h"
#include "cmd/cmd.h"
#include "cmd/commands.h"
#include "view/template.h"
#include "base/banned.h"

enum { NAME_MAX_BYTES = 100, START_MAX = 64 * 1024 };

static const struct cmd_option options[] = {
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

/* "rutin/begaran", "roller.en": what check accepts as a file's name. */
static bool
check_name(const struct kind *k, const char *name, struct err *e)
{
	size_t n = strlen(name);
	bool ok = n > 0 && n <= NAME_MAX_BYTES;

	for (size_t i = 0; ok && i < n; i++) {
		char c = name[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		bool inside = i > 0 && i + 1 < n && name[i - 1] != '/';

		ok = letter || (inside && (c == '-' || c == '.' || c == '_')) ||
			(inside && c == '/' && k->folders);
	}
	return ok || err_set(e, ERR_USAGE, "new: a %s's name has only a-z, 0-9 "
		"and \"-\"%s, not \"%s\"", k->name,
		k->folders ? ", and \"/\" between folders" : "", name);
}

/* "rutin/begaran-om-stod" as a first heading: "Begaran om stod". */
static struct text
title_of(struct arena *a, const char *name)
{
	const char *slash = strrchr(name, '/');
	struct text last = text_of(slash ? slash + 1 : name);
	struct text t = arena_copy(a, text_sub(last, 0, text_find(last, '.')));
	char *p = arena_alloc(a, t.len + 1);

	for (size_t i = 0; i < t.len; i++)
		p[i] = t.p[i] == '-' || t.p[i] == '_' ? ' ' : t.p[i];
	if (p[0] >= 'a' && p[0] <= 'z')
		p[0] = (char)(p[0] - 'a' + 'A');
	return (struct text){ p, t.len };
}

/* A start has no partials. */
static const struct template *
find_none(void *context, struct text name)
{
	(void)context;
	(void)name;
	return NULL;
}

/* A start is a template of {{title}} and {{today}}. */
static bool
fill(struct arena *a, const char *path, struct text start, const char *name,
	struct buf *out, struct err *e)
{
	static const struct template_set alone = { find_none, NULL, true };
	struct value *data = value_map(a);
	struct template *t;

	value_set_str(a, data, "title", title_of(a, name));
	value_set_str(a, data, "today", date_text(a,
		date_of(clock_now_s())));
	return template_parse(a, path, start, &t, e) &&
		template_render(t, &alone, data, out, e);
}

/* Where it is put, below the site and through no symbolic link; the
 * directories down to it are made. */
static bool
make_place(const struct cmd_call *call, const struct kind *k,
	const char *name, struct arena *a, const char **to, struct err *e)
{
	struct text path = arena_printf(a, "%s/%s.md", k->dir, name);
	const char *slash;

	if (!fs_under(a, call->site, path, to, e))
		return false;
	slash = strrchr(*to, '/');
	return fs_mkdirs(arena_string(a, (struct text){ *to,
		(size_t)(slash - *to) }), 0777, e);
}

static bool
write_start(const struct cmd_call *call, const struct kind *k,
	const char *name, struct arena *a, struct err *e)
{
	const char *theme = cmd_value(&cmd_new, call, "theme");
	const char *from = arena_printf(a, "%s/themes/%s/new/%s.md",
		call->site, theme ? theme : "standard", k->name).p;
	const char *to;
	struct text start;
	struct buf filled;
	bool ok;

	buf_init(&filled, START_MAX);
	ok = fs_read(a, from, START_MAX, &start, e) &&
		fill(a, from, start, name, &filled, e) &&
		make_place(call, k, name, a, &to, e) &&
		fs_create(to, 0644, buf_view(&filled), e);
	if (ok)
		(void)printf("%s\n", to);
	buf_release(&filled);
	return ok;
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	const char *names[sizeof kinds / sizeof *kinds + 1] = { 0 };
	const char *name = call->arguments[1];
	const char *near;
	struct arena a;
	bool ok;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct kind *k = &kinds[i];

		names[i] = k->name;
		if (strcmp(call->arguments[0], k->name) != 0)
			continue;
		if (!check_name(k, name, e))
			return false;
		arena_init(&a, false);
		ok = write_start(call, k, name, &a, e);
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
	.summary = "Begin a page or a form from a commented file",
	.help = "Writes content/NAME.md or forms/NAME.md, and prints its name.  "
		"A file that is\nthere already is left as it is.",
	.options = options,
	.arguments_min = 2,
	.arguments_max = 2,
	.run = run,
};
