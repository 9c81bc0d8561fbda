/*
 * keys_rotate: a new kundcenter key, a new collector key and a keyset of the
 * next epoch, valid for a year.
 *
 * Order matters, for a crash can come between any two writes.  A key is on
 * disk before a keyset names it, and an old key is copied to its dated name
 * before its place is taken: at every moment each envelope can be opened,
 * and running the command again ends well.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "cmd/commands.h"
#include "cmd/keydir.h"
#include "cmd/pin.h"
#include "seal/keyfile.h"
#include "seal/sign.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "key", "DIR", "the directory of keys, organisation.key among them" },
	{ "site", "DIR", "also write DIR/forms/keyset" },
	{ "passphrase-file", "FILE", "passphrase in FILE's first line" },
	{ NULL, NULL, NULL }
};

enum { KEY_FILE_MAX = 1024, DATED_NAMES_MAX = 100 };

static const char role[] = "kundcenter";

struct rotation {
	struct arena *arena;
	const char *dir;
	const char *site; /* NULL if not given */
	struct text passphrase;
	struct verify_key organisation;
	struct keyset ks; /* the old one, then changed to the new */
	struct sign_key *signer;
	struct open_key *recipient; /* the new ones */
	struct sign_key *collector;
	struct key_files held; /* all keys that the directory holds */
};

static const char *
file(const struct rotation *r, const char *name)
{
	return fs_join(r->arena, r->dir, name);
}

static const char *
site_keyset(const struct rotation *r)
{
	return fs_join(r->arena, r->site, KEYDIR_SITE_KEYSET);
}

/* The keyset in force: of the directory's and the site's, the later. */
static bool
read_keysets(struct rotation *r, struct err *e)
{
	struct keyset site;
	struct verify_key pin;

	if (!keydir_keyset(r->arena, r->dir, &r->ks, &r->organisation, e))
		return false;
	if (!r->site)
		return true;
	if (!pin_read(r->site, &pin, e))
		return false;
	if (memcmp(pin.pk, r->organisation.pk, sizeof pin.pk) != 0)
		return err_set(e, ERR_CRYPTO,
			"%s pins another organisation key than %s/"
			"organisation.pub", r->site, r->dir);
	if (!fs_exists(site_keyset(r)))
		return true;
	if (!keydir_read_keyset(r->arena, site_keyset(r), &pin, &site, e))
		return false;
	if (site.epoch > r->ks.epoch)
		r->ks = site;
	return true;
}

static bool
load_organisation(struct rotation *r, const char *passphrase_file,
	struct err *e)
{
	if (!keydir_passphrase(
		    r->arena, r->dir, passphrase_file, &r->passphrase, e) ||
		!sign_key_load(file(r, "organisation.key"), "organisation",
			r->passphrase, &r->signer, e))
		return false;
	if (memcmp(sign_key_public(r->signer)->pk, r->organisation.pk,
		    PUBLIC_KEY_BYTES) != 0)
		return err_set(e, ERR_CRYPTO,
			"%s: organisation.key and organisation.pub do not"
			" belong together", r->dir);
	/* A new key must not lie bare beside wrapped ones, or the mark of
	 * development keys in the keyset would be wrong. */
	if (keyset_is_development(&r->ks) == (r->passphrase.len > 0))
		return err_set(e, ERR_USAGE, "%s: %s", r->dir,
			r->passphrase.len > 0
				? "development keys cannot become real ones;"
				  " make new ones with keys init"
				: "give these keys a passphrase first"
				  " (keys passphrase)");
	return true;
}

/* Today's "kundcenter-2026-11-22.key", or with -2, -3 if it is taken. */
static const char *
dated_name(const struct rotation *r, const char *stem)
{
	const char *today = date_text(r->arena, date_of(clock_now_s())).p;
	const char *path = NULL;

	for (int i = 1; i <= DATED_NAMES_MAX; i++) {
		path = file(r, i == 1
			? arena_printf(r->arena, "%s-%s.key", stem, today).p
			: arena_printf(r->arena, "%s-%s-%d.key", stem, today,
				i).p);
		if (!fs_exists(path))
			break;
	}
	return path;
}

/* Moves STEM.key to its dated name, if it is there. */
static bool
put_aside(const struct rotation *r, const char *stem, struct err *e)
{
	const char *path = file(r, arena_printf(r->arena, "%s.key", stem).p);
	const char *aside = dated_name(r, stem);
	struct text bytes;

	if (!fs_exists(path))
		return true;
	if (!fs_read(r->arena, path, KEY_FILE_MAX, &bytes, e) ||
		!fs_create(aside, 0600, bytes, e) || !fs_remove(path, e))
		return false;
	(void)printf("%s is now %s\n", path, aside);
	return true;
}

static struct text
new_name(const struct rotation *r, const char *stem)
{
	return arena_printf(r->arena, "%s%s-%lu",
		keyset_is_development(&r->ks) ? "dev-" : "", stem,
		(unsigned long)r->ks.epoch + 1);
}

/* Is it a key of the directory, so that its place is taken over?  Keys of
 * colleagues on other machines stay in the keyset. */
static bool
is_held(const struct rotation *r, const unsigned char id[KEY_ID_BYTES])
{
	for (size_t i = 0; i < r->held.count; i++)
		if (memcmp(r->held.items[i].id, id, KEY_ID_BYTES) == 0)
			return true;
	return false;
}

/* The new recipient in the place of the old ones. */
static bool
place_recipient(struct rotation *r, struct err *e)
{
	const struct keyset old = r->ks;
	struct keyset_recipient *to = arena_array(
		r->arena, old.recipient_count + 1, sizeof *to);
	size_t n = 1;

	to[0] = (struct keyset_recipient){ text_of(role),
		new_name(r, "kundcenter"), *open_key_public(r->recipient) };
	for (size_t i = 0; i < old.recipient_count; i++)
		if (!text_is(old.recipients[i].role, role) ||
			!is_held(r, old.recipients[i].key.id))
			to[n++] = old.recipients[i];
	if (n > KEYSET_RECIPIENTS_MAX)
		return err_set(e, ERR_LIMIT, "%s: the keyset is full", r->dir);
	r->ks.recipients = to;
	r->ks.recipient_count = n;
	return true;
}

static bool
place_collector(struct rotation *r, struct err *e)
{
	const struct keyset old = r->ks;
	struct keyset_collector *to = arena_array(
		r->arena, old.collector_count + 1, sizeof *to);
	size_t n = 1;

	to[0] = (struct keyset_collector){ text_of(role),
		new_name(r, "collector"), *sign_key_public(r->collector) };
	for (size_t i = 0; i < old.collector_count; i++)
		if (!is_held(r, old.collectors[i].key.id))
			to[n++] = old.collectors[i];
	if (n > KEYSET_SIGNERS_MAX)
		return err_set(e, ERR_LIMIT, "%s: the keyset is full", r->dir);
	r->ks.collectors = to;
	r->ks.collector_count = n;
	return true;
}

/* The next epoch, from today for a year, server keys as long. */
static void
renew(struct keyset *ks)
{
	struct date today = date_of(clock_now_s());

	ks->epoch++;
	ks->from = today;
	ks->until = keydir_year_after(today);
	for (size_t i = 0; i < ks->server_count; i++)
		if (date_cmp(ks->servers[i].until, today) >= 0)
			ks->servers[i].until = ks->until;
}

static bool
rotate(struct rotation *r, struct err *e)
{
	struct text note;

	/* All that can refuse comes first, then the keys, then the keyset. */
	if (!key_files_list(r->arena, r->dir, &r->held, e) ||
		!place_recipient(r, e) || !place_collector(r, e) ||
		!put_aside(r, "kundcenter", e) ||
		!open_key_save(r->recipient, file(r, "kundcenter.key"), role,
			r->passphrase, e) ||
		!put_aside(r, "collector", e) ||
		!sign_key_save(r->collector, file(r, "collector.key"),
			"collector", r->passphrase, e))
		return false;
	renew(&r->ks);
	note = keyset_write(r->arena, &r->ks, r->signer);
	if (!fs_replace(file(r, "keyset"), 0644, note, e) ||
		(r->site && !fs_replace(site_keyset(r), 0644, note, e)))
		return false;
	(void)printf("keyset epoch %lu, valid %s to %s\n",
		(unsigned long)r->ks.epoch,
		date_text(r->arena, r->ks.from).p,
		date_text(r->arena, r->ks.until).p);
	if (!r->site)
		(void)printf("Publish it: copy %s to forms/keyset.\n",
			file(r, "keyset"));
	return true;
}

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_keys_rotate = {
	.name = "keys rotate",
	.arguments = "",
	.summary = "new kundcenter and collector keys, the next keyset",
	.help = "The old key files stay under dated names: envelopes that\n"
		"were sealed to them need them.  Needs organisation.key.",
	.options = options,
	.run = run,
};

static bool
run(const struct cmd_call *call, struct err *e)
{
	struct arena a;
	struct rotation r = { .arena = &a };
	bool ok = false;

	r.site = cmd_value(&cmd_keys_rotate, call, "site");
	arena_init(&a, true);
	if (!cmd_needed(&cmd_keys_rotate, call, "key", &r.dir, e) ||
		!read_keysets(&r, e) ||
		!load_organisation(&r,
			cmd_value(&cmd_keys_rotate, call, "passphrase-file"),
			e))
		goto out;
	r.recipient = open_key_new();
	r.collector = sign_key_new();
	ok = rotate(&r, e);
out:
	sign_key_close(r.signer);
	open_key_close(r.recipient);
	sign_key_close(r.collector);
	arena_release(&a);
	return ok;
}
