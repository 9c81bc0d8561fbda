/* inbox done: tell the server that cases lie safe here. */
#include <stdio.h>

#include "cmd/commands.h"
#include "cmd/inbox.h"
#include "desk/ack.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "store", "DIR", "the store" },
	{ "key", "DIR", "kundcenter's keys and organisation.pub" },
	{ "server", "URL", "the server's address, if not the one pulled from" },
	{ "passphrase-file", "FILE", "passphrase in FILE's first line" },
	{ NULL, NULL, NULL }
};

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_inbox_done = {
	.name = "inbox done",
	.arguments = "REF...",
	.summary = "acknowledge cases: the server may delete them",
	.help = "Each envelope is read from the disk again, verified and "
		"opened first.\nThe server deletes it 14 days later; here it "
		"stays until inbox purge.",
	.options = options,
	.arguments_min = 1,
	.arguments_max = CMD_ARGUMENTS_MAX,
	.run = run,
};

static bool
acknowledge(struct inbox *in, const struct cmd_call *call, struct err *e)
{
	struct store_case *cases[CMD_ARGUMENTS_MAX] = { NULL };
	size_t n = call->argument_count;

	for (size_t i = 0; i < n; i++) {
		if (!store_resolve(in->store, call->arguments[i], &cases[i],
			e))
			return false;
		if (!cases[i]->stored)
			return err_set(e, ERR_USAGE, "%s: is %s",
				call->arguments[i], report_status(cases[i]));
	}
	if (!ack_cases(in->store, in->fetch, in->ring, cases, n, e))
		return false;
	(void)printf(n == 1 ? "%zu ärende är kvitterat\n"
		: "%zu ärenden är kvitterade\n", n);
	return true;
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	const struct cmd *c = &cmd_inbox_done;
	struct inbox in;
	bool ok;

	inbox_init(&in);
	ok = inbox_store(&in, c, call, STORE_WRITE, e) &&
		inbox_keys(&in, c, call, true, e) &&
		inbox_server(&in, c, call, e) && acknowledge(&in, call, e);
	inbox_close(&in);
	return ok;
}
