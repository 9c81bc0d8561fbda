/* check: everything that is wrong with a site, without writing. */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/commands.h"
#include "cmd/siteopts.h"
#include "site/site.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	SITE_OPTIONS,
	{ "drafts", NULL, "drafts too" },
	{ NULL, NULL, NULL }
};

static bool
run(const struct cmd_call *call, struct err *e)
{
	struct site_options o = { .keep_going = true };
	struct site_faults f;
	struct site *s = NULL;
	bool ok = false;

	if (!siteopts_read(&cmd_check, call, &o, e) || !site_load(&o, &s, e) ||
		!site_check(s, &f, e))
		goto out;
	for (size_t i = 0; i < f.count; i++)
		(void)printf("%.*s\n", (int)f.lines[i].len, f.lines[i].p);
	if (f.count > f.warnings)
		(void)err_set(e, ERR_FORMAT, "check: %zu fault%s, %zu "
			"warning%s", f.count - f.warnings,
			f.count - f.warnings == 1 ? "" : "s", f.warnings,
			f.warnings == 1 ? "" : "s");
	else
		(void)printf("no faults, %zu warning%s\n", f.warnings,
			f.warnings == 1 ? "" : "s");
	ok = f.count == f.warnings;
out:
	site_close(s);
	return ok;
}

const struct cmd cmd_check = {
	.name = "check",
	.arguments = "",
	.summary = "Tell everything that is wrong, without writing",
	.help = "Reads content/, forms/, themes/ and forms/keyset and prints "
		"one line for each\nfault.  Lines that begin with \"warning:\" "
		"do not stop a build: overdue reviews,\nmissing descriptions, "
		"acts that no longer apply.  Ends with 1 if there is a fault.",
	.options = options,
	.run = run,
};
