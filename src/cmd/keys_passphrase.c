/* keys_passphrase: wraps every key of a directory under another one. */
#include <stdio.h>

#include "cmd/commands.h"
#include "cmd/keydir.h"
#include "cmd/passphrase.h"
#include "seal/keyfile.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "key", "DIR", "the directory of keys" },
	{ "passphrase-file", "FILE", "the passphrase now" },
	{ "new-passphrase-file", "FILE", "the passphrase from now on" },
	{ NULL, NULL, NULL }
};

/* The files to wrap: every key but the server's. */
static bool
list_files(struct arena *a, const char *dir, struct key_files *out,
	struct err *e)
{
	struct key_files all;

	if (!key_files_list(a, dir, &all, e))
		return false;
	*out = (struct key_files){ .items = all.items };
	for (size_t i = 0; i < all.count; i++)
		if (!text_is(all.items[i].role, "server"))
			out->items[out->count++] = all.items[i];
	return out->count > 0 || err_set(e, ERR_USAGE, "%s: no key here", dir);
}

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_keys_passphrase = {
	.name = "keys passphrase",
	.arguments = "",
	.summary = "change the passphrase of a directory's keys",
	.help = "All of the directory's keys but server.key; if one does not\n"
		"open with the passphrase now, none is changed.",
	.options = options,
	.run = run,
};

static bool
run(const struct cmd_call *call, struct err *e)
{
	const struct cmd *c = &cmd_keys_passphrase;
	const char *dir;
	struct key_files keys;
	struct arena a;
	struct text old, fresh;
	bool ok = false;

	arena_init(&a, true);
	if (!cmd_needed(c, call, "key", &dir, e) ||
		!list_files(&a, dir, &keys, e) ||
		!keydir_passphrase(&a, dir,
			cmd_value(c, call, "passphrase-file"), &old, e))
		goto out;
	for (size_t i = 0; i < keys.count; i++)
		if (!key_file_opens(keys.items[i].path, old, e))
			goto out;
	if (!passphrase_new(&a, cmd_value(c, call, "new-passphrase-file"), dir,
		    &fresh, e))
		goto out;
	for (size_t i = 0; i < keys.count; i++) {
		if (!key_file_rewrap(keys.items[i].path, old, fresh, e))
			goto out;
		(void)printf("%s has its new passphrase\n", keys.items[i].path);
	}
	ok = true;
out:
	arena_release(&a);
	return ok;
}
