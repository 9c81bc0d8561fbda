/* keys_init: makes every key there is, and the keyset that names them. */
#include <stdio.h>

#include "base/clock.h"
#include "base/fs.h"
#include "cmd/commands.h"
#include "cmd/keydir.h"
#include "cmd/passphrase.h"
#include "cmd/pin.h"
#include "seal/keyfile.h"
#include "seal/sign.h"
#include "site/config.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "out", "DIR", "where to write them (made if it is not there)" },
	{ "site", "DIR", "also write DIR/forms/keyset and the pin in"
			 " DIR/content/site.yaml" },
	{ "passphrase-file", "FILE", "passphrase in FILE's first line" },
	{ "no-passphrase", NULL, "unwrapped development keys" },
	{ NULL, NULL, NULL }
};

/* The five fresh keys. */
struct fresh {
	struct sign_key *organisation;
	struct open_key *kundcenter;
	struct open_key *reserve;
	struct sign_key *collector;
	struct sign_key *server;
};

static void
fresh_make(struct fresh *f)
{
	*f = (struct fresh){
		.organisation = sign_key_new(),
		.kundcenter = open_key_new(),
		.reserve = open_key_new(),
		.collector = sign_key_new(),
		.server = sign_key_new(),
	};
}

static void
fresh_close(struct fresh *f)
{
	sign_key_close(f->organisation);
	open_key_close(f->kundcenter);
	open_key_close(f->reserve);
	sign_key_close(f->collector);
	sign_key_close(f->server);
}

/* Everything that can be refused is refused before the first byte. */
static bool
check_place(struct arena *a, const char *out, const char *site, struct err *e)
{
	const char *yaml, *keyset;

	if (!keydir_check_private(out, e))
		return false;
	for (const struct keydir_file *f = keydir_files; f->file; f++)
		if (fs_exists(fs_join(a, out, f->file)))
			return err_set(e, ERR_USAGE,
				"%s/%s exists; keys are never written over",
				out, f->file);
	if (!site)
		return true;
	yaml = fs_join(a, site, CONFIG_SITE);
	keyset = fs_join(a, site, KEYDIR_SITE_KEYSET);
	if (!fs_exists(yaml))
		return err_set(e, ERR_USAGE, "%s: no such file; is %s a site?",
			yaml, site);
	if (fs_exists(keyset))
		return err_set(e, ERR_USAGE,
			"%s exists; `keys rotate` changes it", keyset);
	return true;
}

static struct text
make_keyset(struct arena *a, const struct fresh *f, bool development)
{
	const struct date today = date_of(clock_now_s());
	const struct date until = keydir_year_after(today);
	const char *dev = development ? "dev-" : "";
	struct keyset_recipient recipients[] = {
		{ text_of("kundcenter"),
			arena_printf(a, "%skundcenter-1", dev),
			*open_key_public(f->kundcenter) },
		{ text_of("reserve"), arena_printf(a, "%sreserve-1", dev),
			*open_key_public(f->reserve) },
	};
	struct keyset_collector collector = { text_of("kundcenter"),
		arena_printf(a, "%scollector-1", dev),
		*sign_key_public(f->collector) };
	struct keyset_server server = { arena_printf(a, "%sserver-1", dev),
		today, until, *sign_key_public(f->server) };
	struct keyset ks = {
		.epoch = 1,
		.from = today,
		.until = until,
		.recipients = recipients,
		.recipient_count = 2,
		.collectors = &collector,
		.collector_count = 1,
		.servers = &server,
		.server_count = 1,
	};

	return keyset_write(a, &ks, f->organisation);
}

static bool
save_keys(struct arena *a, const char *dir, const struct fresh *f,
	struct text passphrase, struct err *e)
{
	const struct verify_key *organisation =
		sign_key_public(f->organisation);
	/* The server must start without a person. */
	const struct text bare = { 0 };

	return sign_key_save(f->organisation,
		       fs_join(a, dir, "organisation.key"), "organisation",
		       passphrase, e) &&
		verify_key_save(organisation,
			fs_join(a, dir, "organisation.pub"), e) &&
		open_key_save(f->kundcenter, fs_join(a, dir, "kundcenter.key"),
			"kundcenter", passphrase, e) &&
		open_key_save(f->reserve, fs_join(a, dir, "reserve.key"),
			"reserve", passphrase, e) &&
		sign_key_save(f->collector, fs_join(a, dir, "collector.key"),
			"collector", passphrase, e) &&
		sign_key_save(f->server, fs_join(a, dir, "server.key"),
			"server", bare, e);
}

static bool
save_site(struct arena *a, const char *site, struct text keyset,
	const struct verify_key *organisation, struct err *e)
{
	return fs_mkdirs(fs_join(a, site, "forms"), 0755, e) &&
		fs_create(fs_join(a, site, KEYDIR_SITE_KEYSET), 0644, keyset, e) &&
		pin_write(site, PIN_ORGANISATION, organisation, e);
}

static void
report(const char *dir, const char *site, bool development)
{
	for (const struct keydir_file *f = keydir_files; f->file; f++)
		(void)printf("%s/%-17s %s\n", dir, f->file, f->use);
	if (site)
		(void)printf("%s/forms/keyset and the pin in"
			" %s/content/site.yaml are set\n", site, site);
	if (development)
		(void)printf("These are development keys: no passphrase"
			" protects them. Not for real cases.\n");
}

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_keys_init = {
	.name = "keys init",
	.arguments = "",
	.summary = "make the keys and the keyset",
	.help = "Writes five key files (mode 0600), organisation.pub and the\n"
		"keyset, valid for one year.  Never writes over a file.\n"
		"Asks for a passphrase; server.key has none, because the\n"
		"server must start without a person.",
	.options = options,
	.run = run,
};

static bool
run(const struct cmd_call *call, struct err *e)
{
	const char *dir;
	const char *site = cmd_value(&cmd_keys_init, call, "site");
	const char *file = cmd_value(&cmd_keys_init, call, "passphrase-file");
	bool bare = cmd_value(&cmd_keys_init, call, "no-passphrase") != NULL;
	struct arena a;
	struct fresh f = { 0 };
	struct text passphrase = { 0 }, keyset;
	bool ok = false;

	arena_init(&a, true);
	if (!cmd_needed(&cmd_keys_init, call, "out", &dir, e))
		goto out;
	if (bare && file) {
		(void)err_set(e, ERR_USAGE,
			"keys init: a passphrase, or none: not both");
		goto out;
	}
	if (!check_place(&a, dir, site, e) ||
		(!bare && !passphrase_new(&a, file, dir, &passphrase, e)) ||
		!fs_mkdirs(dir, 0700, e))
		goto out;
	fresh_make(&f);
	keyset = make_keyset(&a, &f, bare);
	if (!save_keys(&a, dir, &f, passphrase, e) ||
		!fs_create(fs_join(&a, dir, "keyset"), 0644, keyset, e) ||
		(site && !save_site(&a, site, keyset,
				 sign_key_public(f.organisation), e)))
		goto out;
	keydir_say_memory();
	report(dir, site, bare);
	ok = true;
out:
	fresh_close(&f);
	arena_release(&a);
	return ok;
}
