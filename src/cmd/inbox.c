/* inbox: what the inbox subcommands share: store, keys, server. */
#include "cmd/inbox.h"

#include "base/fs.h"
#include "cmd/keydir.h"
#include "base/banned.h"

void
inbox_init(struct inbox *in)
{
	*in = (struct inbox){ 0 };
	arena_init(&in->a, true);
}

void
inbox_close(struct inbox *in)
{
	fetch_close(in->fetch);
	sign_key_close(in->collector);
	keyring_close(in->ring);
	store_close(in->store);
	arena_release(&in->a);
}

bool
inbox_store(struct inbox *in, const struct cmd *c,
	const struct cmd_call *call, enum store_use use, struct err *e)
{
	const char *dir;

	return cmd_needed(c, call, "store", &dir, e) &&
		store_open(dir, use, &in->store, e);
}

bool
inbox_keys(struct inbox *in, const struct cmd *c, const struct cmd_call *call,
	bool collector, struct err *e)
{
	const char *dir;
	struct text passphrase;

	if (!cmd_needed(c, call, "key", &dir, e) ||
		!verify_key_load(fs_join(&in->a, dir, "organisation.pub"),
			&in->organisation, e) ||
		!keydir_passphrase(&in->a, dir,
			cmd_value(c, call, "passphrase-file"), &passphrase,
			e) ||
		!keyring_open(dir, passphrase, &in->ring, e))
		return false;
	return !collector || sign_key_load(
		fs_join(&in->a, dir, "collector.key"), "collector", passphrase,
		&in->collector, e);
}

bool
inbox_server(struct inbox *in, const struct cmd *c,
	const struct cmd_call *call, struct err *e)
{
	const char *server = cmd_value(c, call, "server");

	if (!server && in->store->server.len)
		server = arena_string(&in->a, in->store->server);
	if (!server)
		return err_set(e, ERR_USAGE, "%s: --server URL is needed the "
			"first time", c->name);
	return fetch_open(server, in->collector, &in->fetch, e);
}
