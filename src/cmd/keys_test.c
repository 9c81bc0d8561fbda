/*
 * keys_test: the drill.  Seals a canary to every recipient of the keyset and
 * opens it with each key that is here; lets each signing key sign.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "cmd/commands.h"
#include "cmd/keydir.h"
#include "seal/hash.h"
#include "seal/keyring.h"
#include "seal/seal.h"
#include "seal/sign.h"
#include "seal/unseal.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "key", "DIR", "the directory of keys" },
	{ "passphrase-file", "FILE", "passphrase in FILE's first line" },
	{ NULL, NULL, NULL }
};

static const char canary[] = "{\"canary\":\"kvitter\"}";

enum { ENVELOPE_ROOM = 64 * 1024 };

/* What a drill has found. */
struct drill {
	struct arena *arena;
	const char *dir;
	struct text passphrase;
	const struct keyset *ks; /* NULL: only a publisher's key is here */
	const struct verify_key *organisation;
	struct verify_key publisher; /* publisher.pub */
	struct keyring *ring; /* NULL if no key here opens anything */
	size_t worked;
	size_t failed;
};

static void
print_result(struct drill *d, struct text name, const char *what, bool works)
{
	(void)printf("%-24.*s %s\n", (int)name.len, name.p, what);
	if (works)
		d->worked++;
}

/* An envelope like any other, to everyone of this role and the reserve. */
static bool
seal_canary(const struct drill *d, struct text role, struct buf *out,
	struct err *e)
{
	struct seal_key keys[KEYSET_RECIPIENTS_MAX];
	size_t n = keyset_recipients(d->ks, role, keys);
	unsigned char subid[SUBID_BYTES], reply_pk[REPLY_PK_BYTES];
	struct seal_meta m = {
		.mode = ENVELOPE_MODE_SERVER,
		.subid = subid,
		.form_id = text_of("canary"),
		.epoch = d->ks->epoch,
	};
	struct sealer *s;
	struct hash hash;

	random_bytes(subid, sizeof subid);
	random_bytes(reply_pk, sizeof reply_pk);
	if (!seal_open(&m, keys, n, out, &s, e))
		return false;
	seal_record(s, RECORD_ANSWERS, text_of(canary));
	seal_record(s, RECORD_REPLY_KEY,
		(struct text){ (const char *)reply_pk, sizeof reply_pk });
	return seal_close(s, &hash, e);
}

static bool
canary_comes_back(struct text envelope, const struct open_key *key)
{
	struct arena a;
	struct opened o;
	struct err e = { 0 };
	bool ok;

	arena_init(&a, true);
	ok = unseal(&a, envelope, key, &o, &e) && text_is(o.answers, canary);
	arena_release(&a);
	return ok;
}

/* One role's canary, opened by everyone it was sealed to. */
static bool
drill_role(struct drill *d, struct text role, struct err *e)
{
	struct buf b;
	bool ok;

	buf_init(&b, ENVELOPE_ROOM);
	ok = seal_canary(d, role, &b, e);
	for (size_t i = 0; ok && i < d->ks->recipient_count; i++) {
		const struct keyset_recipient *r = &d->ks->recipients[i];
		const struct open_key *k =
			d->ring ? keyring_key(d->ring, r->key.id) : NULL;

		if (!text_eq(r->role, role) && !text_is(r->role, "reserve"))
			continue;
		if (!k) {
			print_result(d, r->name, "its key is not here", false);
		} else if (canary_comes_back(buf_view(&b), k)) {
			print_result(d, r->name, "opens the canary", true);
		} else {
			print_result(d, r->name, "DOES NOT OPEN", false);
			d->failed++;
		}
	}
	buf_release(&b);
	return ok;
}

/* Each role once, at its first recipient. */
static bool
drill_recipients(struct drill *d, struct err *e)
{
	const struct keyset *ks = d->ks;

	for (size_t i = 0; i < ks->recipient_count; i++) {
		struct text role = ks->recipients[i].role;
		bool seen = text_is(role, "reserve");

		for (size_t k = 0; k < i; k++)
			seen |= text_eq(ks->recipients[k].role, role);
		if (!seen && !drill_role(d, role, e))
			return false;
	}
	return true;
}

static bool
is_listed(const struct drill *d, const char *role,
	const unsigned char id[KEY_ID_BYTES])
{
	if (strcmp(role, "organisation") == 0)
		return memcmp(d->organisation->id, id, KEY_ID_BYTES) == 0;
	if (strcmp(role, KEYDIR_PUBLISHER) == 0)
		return memcmp(d->publisher.id, id, KEY_ID_BYTES) == 0;
	if (strcmp(role, "collector") == 0)
		return keyset_collector(d->ks, id) != NULL;
	return keyset_server(d->ks, id) != NULL;
}

static bool
drill_signer(struct drill *d, const char *role, struct err *e)
{
	const char *file = arena_printf(d->arena, "%s.key", role).p;
	const char *path = fs_join(d->arena, d->dir, file);
	const struct text empty = { 0 };
	struct sign_key *k;
	unsigned char sig[SIGNATURE_BYTES];
	struct text name = text_of(role);

	if (!fs_exists(path)) {
		print_result(d, name, "its key is not here", false);
		return true;
	}
	if (!sign_key_load(path, role,
		    key_file_is_wrapped(path) ? d->passphrase : empty, &k, e))
		return false;
	sign_message(k, text_of(canary), sig);
	if (!is_listed(d, role, sign_key_public(k)->id)) {
		print_result(d, name, strcmp(role, KEYDIR_PUBLISHER) == 0
			? "IS NOT THAT OF " KEYDIR_PUBLISHER ".pub"
			: "IS NOT IN THE KEYSET", false);
		d->failed++;
	} else if (!verify_signature(
			   sign_key_public(k), text_of(canary), sig)) {
		print_result(d, name, "DOES NOT SIGN", false);
		d->failed++;
	} else {
		print_result(d, name, "signs", true);
	}
	sign_key_close(k);
	return true;
}

/* Most sites have none, and it lies elsewhere: not a word if it does. */
static bool
drill_publisher(struct drill *d, struct err *e)
{
	if (!fs_exists(fs_join(d->arena, d->dir, KEYDIR_PUBLISHER ".key")))
		return true;
	return verify_key_load(fs_join(d->arena, d->dir,
			KEYDIR_PUBLISHER ".pub"), &d->publisher, e) &&
		drill_signer(d, KEYDIR_PUBLISHER, e);
}

/* Every key that the keyset lists. */
static bool
drill_keyset(struct drill *d, struct err *e)
{
	return drill_recipients(d, e) && drill_signer(d, "collector", e) &&
		drill_signer(d, "server", e) &&
		drill_signer(d, "organisation", e);
}

/* Is there any key file that opens, so that a ring can be made? */
static bool
has_open_key(const struct key_files *files)
{
	for (size_t i = 0; i < files->count; i++)
		if (files->items[i].opens)
			return true;
	return false;
}

static bool
verdict(const struct drill *d, struct err *e)
{
	struct date today = date_of(clock_now_s());

	if (d->ks && !keyset_is_valid_on(d->ks, today))
		return err_set(e, ERR_CRYPTO,
			"%s: the keyset is valid from %s to %s, not today",
			d->dir, date_text(d->arena, d->ks->from).p,
			date_text(d->arena, d->ks->until).p);
	if (d->failed > 0)
		return err_set(e, ERR_CRYPTO, "%s: %zu of %zu keys do not work",
			d->dir, d->failed, d->failed + d->worked);
	if (d->worked == 0)
		return err_set(e, ERR_CRYPTO, "%s: no key here", d->dir);
	return true;
}

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_keys_test = {
	.name = "keys test",
	.arguments = "",
	.summary = "the drill: seal and open a canary with every key",
	.help = "Do it once a month with kundcenter's keys, and once a year\n"
		"with the reserve key from the safe.  Keys that are not in\n"
		"DIR are named but are no failure.",
	.options = options,
	.run = run,
};

static bool
run(const struct cmd_call *call, struct err *e)
{
	struct arena a;
	struct keyset ks;
	struct key_files files;
	struct verify_key organisation;
	struct drill d = { .arena = &a, .organisation = &organisation };
	bool ok = false;

	arena_init(&a, true);
	if (!cmd_needed(&cmd_keys_test, call, "key", &d.dir, e))
		goto out;
	if (!keydir_is_publisher(&a, d.dir)) {
		if (!keydir_keyset(&a, d.dir, &ks, &organisation, e))
			goto out;
		d.ks = &ks;
	}
	if (!keydir_passphrase(&a, d.dir,
			cmd_value(&cmd_keys_test, call, "passphrase-file"),
			&d.passphrase, e))
		goto out;
	keydir_say_memory();
	if (!key_files_list(&a, d.dir, &files, e) || (has_open_key(&files) &&
		!keyring_open(d.dir, d.passphrase, &d.ring, e)))
		goto out;
	ok = (!d.ks || drill_keyset(&d, e)) && drill_publisher(&d, e) &&
		verdict(&d, e);
out:
	keyring_close(d.ring);
	arena_release(&a);
	return ok;
}
