/* open: opens one envelope file and prints the submission as JSON. */
#include "base/fs.h"
#include "cmd/commands.h"
#include "cmd/keydir.h"
#include "cmd/output.h"
#include "desk/casefile.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "key", "DIR", "the directory of keys" },
	{ "passphrase-file", "FILE", "passphrase in FILE's first line" },
	{ NULL, NULL, NULL }
};

static bool
open_file(struct arena *a, const char *path, const struct keyring *ring,
	struct err *e)
{
	struct text envelope;
	struct casefile file;
	struct err why;

	if (!fs_read(a, path, ENVELOPE_MAX, &envelope, e))
		return false;
	if (!casefile_open(a, envelope, ring, &file, &why))
		return err_set(e, why.kind, "%s: %s", path, why.text);
	/* When it was received is the queue's to know, not a file's. */
	return output_json(casefile_line(a, &file, -1, NULL), e);
}

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_open = {
	.name = "open",
	.arguments = "FILE",
	.summary = "open one envelope file",
	.help = "Prints the submission as one line of JSON, or refuses.\n"
		"\"valid\" is false when what stands inside does not agree\n"
		"with what stands on the envelope.",
	.options = options,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = run,
};

static bool
run(const struct cmd_call *call, struct err *e)
{
	const char *dir;
	struct arena a;
	struct text passphrase;
	struct keyring *ring = NULL;
	bool ok;

	arena_init(&a, true);
	ok = cmd_needed(&cmd_open, call, "key", &dir, e) &&
		keydir_passphrase(&a, dir,
			cmd_value(&cmd_open, call, "passphrase-file"),
			&passphrase, e) &&
		keyring_open(dir, passphrase, &ring, e) &&
		open_file(&a, call->arguments[0], ring, e);
	keyring_close(ring);
	arena_release(&a);
	return ok;
}
