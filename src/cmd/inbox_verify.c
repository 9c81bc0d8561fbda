/* inbox verify: is everything in the store right, and does it open? */
#include <stdio.h>

#include "cmd/commands.h"
#include "cmd/inbox.h"
#include "desk/check.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "store", "DIR", "the store" },
	{ "key", "DIR", "kundcenter's keys and organisation.pub" },
	{ "passphrase-file", "FILE", "passphrase in FILE's first line" },
	{ NULL, NULL, NULL }
};

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_inbox_verify = {
	.name = "inbox verify",
	.arguments = "",
	.summary = "verify every log and envelope in the store again",
	.options = options,
	.run = run,
};

static void
say(void *context, const char *fault)
{
	(void)context;
	(void)fprintf(stderr, "%s\n", fault);
}

static bool
verify(struct inbox *in, struct err *e)
{
	struct check c = { .tell = say };

	check_store(in->store, &in->organisation, in->ring, &c);
	(void)printf("%zu rader i loggen, %zu kuvert går att öppna", c.entries,
		c.opened);
	if (c.closed)
		(void)printf(", %zu avvisade", c.closed);
	if (c.purged)
		(void)printf(", %zu gallrade", c.purged);
	(void)printf("; %zu fel\n", c.faults);
	return c.faults == 0 || err_set(e, ERR_CRYPTO,
		"%s: the store is not what was fetched", in->store->dir);
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	const struct cmd *c = &cmd_inbox_verify;
	struct inbox in;
	bool ok;

	inbox_init(&in);
	ok = inbox_store(&in, c, call, STORE_READ, e) &&
		inbox_keys(&in, c, call, false, e) && verify(&in, e);
	inbox_close(&in);
	return ok;
}
