/* backup: copies a queue, running or not, as it stands at one moment. */
#include <stdio.h>

#include "cmd/commands.h"
#include "queue/queue.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "data", "DIR", "the server's data directory" },
	{ NULL, NULL, NULL }
};

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_backup = {
	.name = "backup",
	.arguments = "DIR",
	.summary = "copy a queue, running or not, to DIR",
	.help = "DIR is made if it is not there; a queue in it is never "
		"written over.",
	.options = options,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = run,
};

static bool
run(const struct cmd_call *call, struct err *e)
{
	const char *data;

	if (!cmd_needed(&cmd_backup, call, "data", &data, e) ||
		!queue_backup(data, call->arguments[0], e))
		return false;
	(void)printf("%s/queue.db is a copy of the queue in %s\n",
		call->arguments[0], data);
	return true;
}
