/* build: content/, forms/ and themes/ become public/. */
#define _DEFAULT_SOURCE /* flock */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "cmd/cmd.h"
#include "cmd/commands.h"
#include "cmd/drafts.h"
#include "cmd/keydir.h"
#include "cmd/passphrase.h"
#include "cmd/siteopts.h"
#include "seal/keyfile.h"
#include "seal/sign.h"
#include "site/site.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "out", "DIR", "where to (default: public/ in the site's root)" },
	SITE_OPTIONS,
	{ "intake-url", "URL", "where forms are received; \"\": by this site" },
	{ "drafts", NULL, "drafts too" },
	{ "jobs", "N", "threads (default: one for each processor)" },
	{ "clean", NULL, "make everything anew, whatever is there already" },
	{ "no-compress", NULL, "write no .br and .gz beside text" },
	{ "sign", "FILE", "sign site.json with publisher.key" },
	{ "passphrase-file", "FILE", "its passphrase, in FILE's first line" },
	{ NULL, NULL, NULL }
};

static size_t
count_pages(const struct output *outputs, size_t count)
{
	size_t pages = 0;

	for (size_t i = 0; i < count; i++)
		pages += text_ends(outputs[i].path, ".html");
	return pages;
}

/* What the person at the keyboard should know although all went well. */
static void
print_notes(const struct site *s, const struct site_options *o)
{
	size_t undated = site_undated(s);

	if (!site_has_history(s))
		(void)fputs("blankett: not in git, or nothing committed: pages "
			"carry no dates\n", stderr);
	else if (undated)
		(void)fprintf(stderr, "blankett: %zu page%s\n", undated,
			undated == 1 ? " is not committed: its dates are shown "
				"once it is" : "s are not committed: their "
				"dates are shown once they are");
	if (!o->publisher && !o->drafts &&
		value_get_text(site_config(s), "publishing_key").len)
		(void)fputs("blankett: not signed, though site.yaml pins a "
			"publishing-key: `verify` will not have it\n", stderr);
}

/* The key to sign with; NULL without --sign.  `a` should wipe. */
static bool
load_signer(struct arena *a, const struct cmd_call *call,
	struct sign_key **out, struct err *e)
{
	const char *path = cmd_value(&cmd_build, call, "sign");
	const char *file = cmd_value(&cmd_build, call, "passphrase-file");
	struct text passphrase = { 0 };

	*out = NULL;
	if (!path)
		return !file || err_set(e, ERR_USAGE, "build: "
			"--passphrase-file is for --sign");
	if (key_file_is_wrapped(path) &&
		!passphrase_ask(a, file, path, &passphrase, e))
		return false;
	keydir_say_memory();
	return sign_key_load(path, KEYDIR_PUBLISHER, passphrase, out, e);
}

/*
 * One build of a site at a time, a timer's or a person's: they would take
 * each other's files for what the build before had left.  Returns what has
 * the turn until it is closed; -1 where there is none to take, and the build
 * goes on as if alone: it says itself what is wrong with a root, and some
 * file systems know no locks.
 */
static int
take_turn(const char *root)
{
	int fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (errno == EWOULDBLOCK) {
		(void)fputs("blankett: another build of this site is running; "
			"waiting for it to end\n", stderr);
		while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
			;
	}
	return fd;
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	int64_t start;
	struct site_options o = { .root = call->site };
	const char *dir = cmd_value(&cmd_build, call, "out");
	const char *nginx;
	const struct output *outputs;
	struct publish_counts counts;
	struct sign_key *signer = NULL;
	struct site *s = NULL;
	struct arena a;
	size_t count;
	int turn = -1;
	bool ok = false;

	arena_init(&a, true);
	if (!dir)
		dir = fs_join(&a, call->site, "public");
	o.out_dir = dir;
	o.clean = cmd_value(&cmd_build, call, "clean") != NULL;
	o.plain = cmd_value(&cmd_build, call, "no-compress") != NULL;
	if (!siteopts_read(&cmd_build, call, &o, e) ||
		!load_signer(&a, call, &signer, e))
		goto out;
	o.publisher = signer;
	turn = take_turn(call->site);
	start = clock_monotonic_ms();
	if (!site_load(&o, &s, e) ||
		!site_render(s, &outputs, &count, e) ||
		!site_publish(s, outputs, count, &counts, e) ||
		!site_write_nginx(s, &nginx, e))
		goto out;
	print_notes(s, &o);
	(void)printf("built %zu pages in %.2f s: %zu written, %zu unchanged, "
		"%zu removed\n", count_pages(outputs, count),
		(double)(clock_monotonic_ms() - start) / 1000, counts.written,
		counts.unchanged, counts.removed);
	drafts_print(s, &o);
	if (nginx)
		(void)printf("for nginx: include %s\n", nginx);
	ok = true;
out:
	site_close(s);
	sign_key_close(signer);
	if (turn >= 0)
		(void)close(turn);
	arena_release(&a);
	return ok;
}

const struct cmd cmd_build = {
	.name = "build",
	.arguments = "",
	.summary = "build the site",
	.help = "Reads content/, forms/ and themes/ and writes the finished "
		"site.  The same input\nand date give the same bytes.  A fault "
		"anywhere stops before anything is written;\nonly files that "
		"the build before wrote are ever removed.\n\nWhat has not "
		"changed since the build before is not made again; the result "
		"is\nthe same as from nothing, which --clean asks for.\n\n"
		"While another build of the same site runs, this one waits "
		"for it.\n\n"
		"site.json lists "
		"every file with its hash, and names the commit if all that "
		"was\nread is as that commit has it; `verify URL --rev REV` "
		"holds a live site to it.\nWith --sign a build of anything "
		"else is refused.",
	.options = options,
	.run = run,
};
