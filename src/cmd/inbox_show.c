/* inbox show: one case as text to read. */

#include "cmd/commands.h"
#include "cmd/inbox.h"
#include "cmd/output.h"
#include "desk/casefile.h"
#include "desk/show.h"
#include "base/banned.h"

enum { SHOWN_MAX = 64 * 1024 * 1024 };

static const struct cmd_option options[] = {
	{ "store", "DIR", "the store" },
	{ "key", "DIR", "kundcenter's keys and organisation.pub" },
	{ "passphrase-file", "FILE", "passphrase in FILE's first line" },
	{ "json", NULL, "as one line of JSON" },
	{ NULL, NULL, NULL }
};

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_inbox_show = {
	.name = "inbox show",
	.arguments = "REF",
	.summary = "show one case as text",
	.help = "REF is a reference (SYN-7KQ4-M2XD, in any case, with or "
		"without\nhyphens) or the 32 digits of a subid.",
	.options = options,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = run,
};

static bool
print_case(const struct store_case *c, const struct casefile *file,
	struct err *e)
{
	struct buf b;
	bool ok;

	buf_init_wipe(&b, SHOWN_MAX);
	show_case(c, file, &b);
	ok = output_text(&b, e);
	buf_release(&b);
	return ok;
}

static bool
show(struct inbox *in, const char *ref, bool json, struct err *e)
{
	struct store_case *c;
	struct text envelope;
	struct casefile file;

	if (!store_resolve(in->store, ref, &c, e))
		return false;
	if (!c->stored)
		return err_set(e, ERR_USAGE, "%s: is %s", ref,
			report_status(c));
	if (!store_get(in->store, c, &in->a, &envelope, e) ||
		!casefile_open(&in->a, envelope, in->ring, &file, e))
		return false;
	if (json)
		return output_json(casefile_line(&in->a, &file,
			c->received_s, NULL), e);
	return print_case(c, &file, e);
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	const struct cmd *c = &cmd_inbox_show;
	struct inbox in;
	bool ok;

	inbox_init(&in);
	ok = inbox_store(&in, c, call, STORE_READ, e) &&
		inbox_keys(&in, c, call, false, e) &&
		show(&in, call->arguments[0],
			cmd_value(c, call, "json") != NULL, e);
	inbox_close(&in);
	return ok;
}
