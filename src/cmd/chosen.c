/* chosen: of all that a check tells, what the files named have. */
#define _DEFAULT_SOURCE /* realpath */

#include "cmd/chosen.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/banned.h"

/* ---- which they are -------------------------------------------------------- */

/* The path below `root` of what stands at `path`; empty if it is not there. */
static struct text
below(struct arena *a, const char *root, const char *path)
{
	char *top = realpath(root, NULL);
	char *real = realpath(path, NULL);
	size_t n = top ? strlen(top) : 0;
	struct text rest = { 0 };

	if (top && real && strncmp(real, top, n) == 0 && real[n] == '/')
		rest = arena_copy(a, text_of(real + n + 1));
	free(top);
	free(real);
	return rest;
}

bool
chosen_read(struct arena *a, const struct cmd_call *call, struct chosen *out,
	struct err *e)
{
	out->count = 0;
	out->paths = arena_array(a, call->argument_count + 1,
		sizeof *out->paths);
	for (size_t i = 0; i < call->argument_count; i++) {
		const char *given = call->arguments[i];
		struct text path = below(a, call->site, given);

		if (!path.len)
			path = below(a, call->site, fs_join(a, call->site,
				given));
		if (!path.len)
			return err_set(e, ERR_USAGE, "check: there is no "
				"\"%s\" in the site; a file is named as in "
				"\"check content/index.md\"", given);
		out->paths[out->count++] = path;
	}
	return true;
}

static bool
is_chosen(const struct chosen *c, struct text file)
{
	for (size_t i = 0; i < c->count; i++) {
		struct text path = c->paths[i];

		if (text_eq(text_sub(file, 0, path.len), path) &&
			(file.len == path.len || file.p[path.len] == '/'))
			return true;
	}
	return c->count == 0;
}

bool
chosen_has_draft(const struct chosen *c, const struct site *s)
{
	struct text file, url;

	for (size_t i = 0; c->count && site_draft(s, &i, &file, &url);)
		if (is_chosen(c, file))
			return true;
	return false;
}

/* ---- what they have -------------------------------------------------------- */

void
chosen_keep(const struct chosen *c, struct site_faults *f,
	struct site_faults *elsewhere)
{
	size_t first_warning = f->count - f->warnings;
	struct site_faults kept = { .lines = f->lines };

	*elsewhere = (struct site_faults){ 0 };
	for (size_t i = 0; i < f->count; i++) {
		bool warning = i >= first_warning;
		struct text line = f->lines[i];
		struct fault_place at = fault_place(text_from(line,
			warning ? strlen("warning: ") : 0));

		if (!is_chosen(c, at.file)) {
			elsewhere->count++;
			elsewhere->warnings += warning;
			continue;
		}
		kept.lines[kept.count++] = line;
		kept.warnings += warning;
	}
	*f = kept;
}
