/*
 * keys_publisher: makes the key that signs what a build publishes.
 *
 * Not one of those that keys init makes: it belongs to the machine that
 * builds, where none of the others has any business, and a site can do
 * without it.
 */
#include <stdio.h>

#include "base/fs.h"
#include "cmd/commands.h"
#include "cmd/keydir.h"
#include "cmd/passphrase.h"
#include "cmd/pin.h"
#include "seal/sign.h"
#include "site/config.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "out", "DIR", "where to write it (made if it is not there)" },
	{ "site", "DIR", "also write the pin in DIR/content/site.yaml" },
	{ "passphrase-file", "FILE", "passphrase in FILE's first line" },
	{ "no-passphrase", NULL, "an unwrapped key, for builds that nobody"
				 " watches" },
	{ NULL, NULL, NULL }
};

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_keys_publisher = {
	.name = "keys publisher",
	.arguments = "",
	.summary = "make the key that signs what a build publishes",
	.help = "Writes " KEYDIR_PUBLISHER ".key (mode 0600), for `build"
		" --sign`, and its public half,\n" KEYDIR_PUBLISHER ".pub."
		"  The key belongs on the machine that builds and never on\n"
		"the server: whoever has both could publish anything.  The"
		" pin publishing-key in\nsite.yaml, once committed, makes"
		" `verify URL` demand the signature.\n\nMaking another one"
		" the same way, in another DIR, replaces it.",
	.options = options,
	.run = run,
};

static bool
save(struct arena *a, const char *dir, const struct sign_key *key,
	struct text passphrase, struct err *e)
{
	return sign_key_save(key, fs_join(a, dir, KEYDIR_PUBLISHER ".key"),
		       KEYDIR_PUBLISHER, passphrase, e) &&
		verify_key_save(sign_key_public(key),
			fs_join(a, dir, KEYDIR_PUBLISHER ".pub"), e);
}

/* What can be refused is refused before anything is asked or written. */
static bool
check_call(struct arena *a, const char *dir, const char *site, bool both,
	struct err *e)
{
	static const char *const names[] = { KEYDIR_PUBLISHER ".key",
		KEYDIR_PUBLISHER ".pub" };

	if (both)
		return err_set(e, ERR_USAGE,
			"keys publisher: a passphrase, or none: not both");
	if (!keydir_check_private(dir, e))
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (fs_exists(fs_join(a, dir, names[i])))
			return err_set(e, ERR_USAGE, "%s/%s exists; keys are"
				" never written over", dir, names[i]);
	if (site && !fs_exists(fs_join(a, site, CONFIG_SITE)))
		return err_set(e, ERR_USAGE, "%s/" CONFIG_SITE ": no such"
			" file; is %s a site?", site, site);
	return true;
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	const struct cmd *c = &cmd_keys_publisher;
	const char *dir;
	const char *site = cmd_value(c, call, "site");
	const char *file = cmd_value(c, call, "passphrase-file");
	bool bare = cmd_value(c, call, "no-passphrase") != NULL;
	struct text passphrase = { 0 };
	struct sign_key *key = NULL;
	struct arena a;
	bool ok = false;

	arena_init(&a, true);
	if (!cmd_needed(c, call, "out", &dir, e) ||
		!check_call(&a, dir, site, bare && file, e) ||
		(!bare && !passphrase_new(&a, file, dir, &passphrase, e)) ||
		!fs_mkdirs(dir, 0700, e))
		goto out;
	key = sign_key_new();
	if (!save(&a, dir, key, passphrase, e) ||
		(site && !pin_write(site, PIN_PUBLISHER,
				 sign_key_public(key), e)))
		goto out;
	keydir_say_memory();
	(void)printf("%s/" KEYDIR_PUBLISHER ".key signs builds; only on the"
		" machine that builds\n%s/" KEYDIR_PUBLISHER ".pub is its"
		" public half%s\n", dir, dir, site
		? "; the pin in content/site.yaml is set: commit it" : "");
	ok = true;
out:
	sign_key_close(key);
	arena_release(&a);
	return ok;
}
