/* inbox purge: remove what was done and kept for its time. */
#include <stdio.h>

#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/inbox.h"
#include "cmd/output.h"
#include "desk/purge.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "store", "DIR", "the store" },
	{ "json", NULL, "print the counts as JSON" },
	{ "key", "DIR", "not needed: purging opens nothing" },
	{ NULL, NULL, NULL }
};

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_inbox_purge = {
	.name = "inbox purge",
	.arguments = "",
	.summary = "remove done cases whose time is over",
	.help = "The time is the form's \"retain\", counted from the "
		"acknowledgement.\nThe log keeps that the case was there, "
		"never what it said.",
	.options = options,
	.run = run,
};

static bool
purge(struct inbox *in, bool json, struct err *e)
{
	struct purge p;
	struct value *v;

	if (!purge_store(in->store, clock_now_s(), &p, e))
		return false;
	if (!json) {
		(void)printf("%zu borttagna; %zu klara som ska ligga kvar än;"
			" %zu klara utan känd tid\n", p.removed, p.waiting,
			p.undated);
		return true;
	}
	v = value_map(&in->a);
	(void)value_set(&in->a, v, "removed",
		value_int(&in->a, (int64_t)p.removed));
	(void)value_set(&in->a, v, "waiting",
		value_int(&in->a, (int64_t)p.waiting));
	(void)value_set(&in->a, v, "undated",
		value_int(&in->a, (int64_t)p.undated));
	return output_json(v, e);
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	const struct cmd *c = &cmd_inbox_purge;
	struct inbox in;
	bool ok;

	inbox_init(&in);
	ok = inbox_store(&in, c, call, STORE_WRITE, e) &&
		purge(&in, cmd_value(c, call, "json") != NULL, e);
	inbox_close(&in);
	return ok;
}
