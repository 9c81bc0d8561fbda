/* keys_passphrase: wraps every key of a directory under another one. */
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
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
list_files(struct arena *a, const char *dir, const char **paths, size_t *n,
	size_t max, struct err *e)
{
	struct fs_list files;

	*n = 0;
	if (!fs_list(a, dir, &files, e))
		return false;
	for (size_t i = 0; i < files.count; i++) {
		const char *path = fs_join(a, dir, files.items[i].name.p);
		struct key_file look;

		if (files.items[i].is_dir ||
			!text_ends(files.items[i].name, ".key"))
			continue;
		if (!key_file_look(a, path, &look, e))
			return false;
		if (text_is(look.role, "server"))
			continue;
		if (*n == max)
			return err_set(e, ERR_LIMIT, "%s: too many keys", dir);
		paths[(*n)++] = path;
	}
	if (*n == 0)
		return err_set(e, ERR_USAGE, "%s: no key here", dir);
	return true;
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
	enum { FILES_MAX = 128 };
	const struct cmd *c = &cmd_keys_passphrase;
	const char *dir;
	const char *paths[FILES_MAX];
	struct arena a;
	struct text old, fresh;
	size_t n;
	bool ok = false;

	arena_init(&a, true);
	if (!cmd_needed(c, call, "key", &dir, e) ||
		!list_files(&a, dir, paths, &n, FILES_MAX, e) ||
		!keydir_passphrase(&a, dir,
			cmd_value(c, call, "passphrase-file"), &old, e))
		goto out;
	for (size_t i = 0; i < n; i++)
		if (!key_file_opens(paths[i], old, e))
			goto out;
	if (!passphrase_new(&a, cmd_value(c, call, "new-passphrase-file"), dir,
		    &fresh, e))
		goto out;
	for (size_t i = 0; i < n; i++) {
		if (!key_file_rewrap(paths[i], old, fresh, e))
			goto out;
		(void)printf("%s has its new passphrase\n", paths[i]);
	}
	ok = true;
out:
	arena_release(&a);
	return ok;
}
