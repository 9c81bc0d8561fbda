/* keydir: a directory of keys. */
#include "cmd/keydir.h"

#include <stdio.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "cmd/passphrase.h"
#include "seal/keyfile.h"
#include "seal/note.h"
#include "seal/secret.h"
#include "base/banned.h"

const struct keydir_file keydir_files[] = {
	{ "organisation.key", "organisation",
		"signs the keyset; keep it offline" },
	{ "organisation.pub", NULL,
		"its public half; keep it beside collector.key" },
	{ "kundcenter.key", "kundcenter",
		"opens what people send in; only at kundcenter" },
	{ "reserve.key", "reserve",
		"opens it too if that is lost; keep it in a safe" },
	{ "collector.key", "collector",
		"fetches from the server; only at kundcenter" },
	{ "server.key", "server",
		"signs receipts and the log; only on the server" },
	{ "keyset", NULL, "the signed list of public keys; open to all" },
	{ NULL, NULL, NULL }
};

bool
keydir_read_keyset(struct arena *a, const char *path,
	const struct verify_key *organisation, struct keyset *ks,
	struct err *e)
{
	struct text note;

	return fs_read(a, path, NOTE_MAX, &note, e) &&
		keyset_parse(a, path, note, organisation, ks, e);
}

bool
keydir_keyset(struct arena *a, const char *dir, struct keyset *ks,
	struct verify_key *organisation, struct err *e)
{
	return verify_key_load(
		       fs_join(a, dir, "organisation.pub"), organisation, e) &&
		keydir_read_keyset(
			a, fs_join(a, dir, "keyset"), organisation, ks, e);
}

bool
keydir_check_private(const char *dir, struct err *e)
{
	struct stat st;

	if (stat(dir, &st) == 0 && (st.st_mode & 077) != 0)
		return err_set(e, ERR_USAGE,
			"%s: others can look in here (mode %04o); chmod 700 it",
			dir, (unsigned)(st.st_mode & 07777));
	return true;
}

bool
keydir_is_publisher(struct arena *a, const char *dir)
{
	return fs_exists(fs_join(a, dir, KEYDIR_PUBLISHER ".key")) &&
		!fs_exists(fs_join(a, dir, "keyset"));
}

bool
keydir_passphrase(struct arena *a, const char *dir, const char *file,
	struct text *out, struct err *e)
{
	struct key_files keys;
	bool wrapped = false;

	*out = (struct text){ 0 };
	if (!key_files_list(a, dir, &keys, e))
		return false;
	for (size_t i = 0; i < keys.count; i++)
		wrapped |= keys.items[i].wrapped;
	return !wrapped || passphrase_ask(a, file, dir, out, e);
}

struct date
keydir_year_after(struct date d)
{
	d.year++;
	if (!date_exists(d))
		d.day--;
	return d;
}

void
keydir_say_memory(void)
{
	if (!secret_memory_locks())
		(void)fputs("blankett: keys may be written to swap: the limit"
			" on locked memory is too low (ulimit -l)\n", stderr);
}
