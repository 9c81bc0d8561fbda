/* siteopts: the options that every command that reads a site has. */
#include "cmd/siteopts.h"

#include <string.h>

#include "base/clock.h"
#include "base/banned.h"

enum { JOBS_MAX = 64 };

/* The option's value; NULL also if the command has no such option. */
static const char *
value(const struct cmd *c, const struct cmd_call *call, const char *name)
{
	for (size_t i = 0; c->options[i].name; i++)
		if (strcmp(c->options[i].name, name) == 0)
			return call->options[i];
	return NULL;
}

bool
siteopts_read(const struct cmd *c, const struct cmd_call *call,
	struct site_options *o, struct err *e)
{
	const char *day = value(c, call, "date");
	const char *jobs = value(c, call, "jobs");
	int64_t n = 0;

	o->root = call->site;
	o->revision = value(c, call, "rev");
	o->base_url = value(c, call, "base-url");
	o->intake_url = value(c, call, "intake-url");
	o->drafts = value(c, call, "drafts") != NULL;
	o->today = date_of(clock_now_s());
	if (day && !date_parse(text_of(day), &o->today))
		return err_set(e, ERR_USAGE, "%s: --date must be a day like "
			"2026-11-22, not \"%s\"", c->name, day);
	if (jobs && !text_to_int(text_of(jobs), 1, JOBS_MAX, &n))
		return err_set(e, ERR_USAGE, "%s: --jobs must be a number from "
			"1 to %d, not \"%s\"", c->name, JOBS_MAX, jobs);
	o->jobs = (int)n;
	return true;
}
