/* siteopts: the options that every command that reads a site has. */
#ifndef CMD_SITEOPTS_H
#define CMD_SITEOPTS_H

#include <stdbool.h>

#include "base/err.h"
#include "cmd/cmd.h"
#include "site/site.h"

/* Rows of an option table. */
#define SITE_OPTIONS \
	{ "rev", "REV", "read all of it from that commit" }, \
	{ "date", "DATE", "as of that day, YYYY-MM-DD (default: today)" }, \
	{ "base-url", "URL", "address of the site, before site.yaml's" }

/* Fills o from the options that the command has; --drafts and --jobs too. */
bool siteopts_read(const struct cmd *c, const struct cmd_call *call,
	struct site_options *o, struct err *e)
	__attribute__((warn_unused_result));

#endif
