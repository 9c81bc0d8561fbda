/* new: a commented file to start a page or a form from. */
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "cmd/cmd.h"
#include "cmd/commands.h"
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

static bool
write_start(const struct cmd_call *call, const struct kind *k,
	const char *name, struct arena *a, struct err *e)
{
	const char *theme = cmd_value(&cmd_new, call, "theme");
	const char *from = arena_printf(a, "%s/themes/%s/new/%s.md",
		call->site, theme ? theme : "standard", k->name).p;
	const char *to = arena_printf(a, "%s/%s/%s.md", call->site, k->dir,
		name).p;
	const char *slash = strrchr(to, '/');
	struct text start;

	if (!fs_read(a, from, START_MAX, &start, e) ||
		!fs_mkdirs(arena_string(a, (struct text){ to,
			(size_t)(slash - to) }), 0777, e) ||
		!fs_create(to, 0644, start, e))
		return false;
	(void)printf("%s\n", to);
	return true;
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
