/* inbox list: what is in the store, also as counts, opening nothing. */
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/inbox.h"
#include "cmd/output.h"
#include "base/banned.h"

enum { TABLE_MAX = 256 * 1024 * 1024 };

static const struct cmd_option list_options[] = {
	{ "store", "DIR", "the store" },
	{ "form", "ID", "only of this form" },
	{ "new", NULL, "only those not done" },
	{ "all", NULL, "purged ones too" },
	{ "json", NULL, "as JSON" },
	{ "key", "DIR", "not needed: a list opens nothing" },
	{ NULL, NULL, NULL }
};

static const struct cmd_option stats_options[] = {
	{ "store", "DIR", "the store" },
	{ "json", NULL, "as JSON" },
	{ "key", "DIR", "not needed: counting opens nothing" },
	{ NULL, NULL, NULL }
};

static bool run_list(const struct cmd_call *call, struct err *e);
static bool run_stats(const struct cmd_call *call, struct err *e);

const struct cmd cmd_inbox_list = {
	.name = "inbox list",
	.arguments = "",
	.summary = "list the cases in the store",
	.help = "Reference, time, form, status, age and the day to answer by: "
		"never\na name or an answer.",
	.options = list_options,
	.run = run_list,
};

const struct cmd cmd_inbox_stats = {
	.name = "inbox stats",
	.arguments = "",
	.summary = "count cases by form and month",
	.options = stats_options,
	.run = run_stats,
};

static bool
list(struct inbox *in, const struct report_filter *f, bool json,
	struct err *e)
{
	int64_t now = clock_now_s();
	bool colour = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
	struct buf b;
	bool ok;

	if (json)
		return output_json(
			report_list_value(&in->a, in->store, f, now), e);
	buf_init(&b, TABLE_MAX);
	report_list(in->store, f, now, colour, &b);
	ok = output_text(&b, e);
	buf_release(&b);
	return ok;
}

static bool
run_list(const struct cmd_call *call, struct err *e)
{
	const struct cmd *c = &cmd_inbox_list;
	struct report_filter f = {
		.form = cmd_value(c, call, "form"),
		.only_new = cmd_value(c, call, "new") != NULL,
		.purged = cmd_value(c, call, "all") != NULL,
	};
	struct inbox in;
	bool ok;

	inbox_init(&in);
	ok = inbox_store(&in, c, call, STORE_READ, e) &&
		list(&in, &f, cmd_value(c, call, "json") != NULL, e);
	inbox_close(&in);
	return ok;
}

static bool
stats(struct inbox *in, bool json, struct err *e)
{
	struct value *v = report_stats_value(&in->a, in->store);
	struct buf b;
	bool ok;

	if (json)
		return output_json(v, e);
	buf_init(&b, TABLE_MAX);
	report_stats(v, &b);
	ok = output_text(&b, e);
	buf_release(&b);
	return ok;
}

static bool
run_stats(const struct cmd_call *call, struct err *e)
{
	const struct cmd *c = &cmd_inbox_stats;
	struct inbox in;
	bool ok;

	inbox_init(&in);
	ok = inbox_store(&in, c, call, STORE_READ, e) &&
		stats(&in, cmd_value(c, call, "json") != NULL, e);
	inbox_close(&in);
	return ok;
}
