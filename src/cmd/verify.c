/* verify: is a saved receipt the server's, is a live site that commit? */
#include <string.h>

#include "cmd/commands.h"
#include "cmd/verify.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "keyset", "FILE", "the site's keyset (default: forms/keyset)" },
	{ "organisation", "FILE", "organisation.pub, whose signature the"
				  " keyset must bear (default: the pin in"
				  " content/site.yaml)" },
	{ "lang", "sv|en", "language of the answer (default: sv)" },
	{ "rev", "REV", "the commit that a live site is to be" },
	{ "publisher", "FILE", "publisher.pub, whose signature the live site"
			       " must bear (default: the pin in REV's"
			       " content/site.yaml, if any)" },
	{ "json", NULL, "of a live site: one JSON object" },
	{ NULL, NULL, NULL }
};

/* Which options belong to which of the two. */
static const char *const of_receipt[] = { "keyset", "organisation", "lang",
	NULL };
static const char *const of_site[] = { "rev", "publisher", "json", NULL };

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_verify = {
	.name = "verify",
	.arguments = "RECEIPT.html|URL",
	.summary = "check a saved receipt, or a live site against a commit",
	.help = "RECEIPT.html: reads the file that \"Spara kvittot\" gave, and"
		" says what its signature\nproves.  The keyset is trusted"
		" because the organisation has signed it.\n\n"
		"URL --rev REV: builds REV in memory, as of the day that the"
		" live site.json states,\nfetches every file of it from URL, as"
		" it is and packed as browsers ask for it, and\nnames each"
		" difference: changed, missing, or listed by the site but not"
		" in the\ncommit.  A page may be gone from the day it expires,"
		" and a form may lead to the\nintake-url.  Ends with 0 only if"
		" all is equal.\n\n"
		"What it cannot see: a server may show this program one thing"
		" and others another,\na file that neither site.json nor the"
		" commit names is not looked for, and of what a\nserver sends"
		" only the files are compared, not the headers.\n\n"
		"With --json: {\"url\", \"commit\", \"date\", \"signed_by\","
		" \"files\", \"gone\",\n\"at_intake\", \"differences\":"
		" [{\"path\", \"what\", \"status\"}]}; signed_by is null"
		"\nwhere no key is pinned.",
	.options = options,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = run,
};

static bool
check_options(const struct cmd_call *call, const char *const others[],
	const char *what, struct err *e)
{
	for (size_t i = 0; others[i]; i++)
		if (cmd_value(&cmd_verify, call, others[i]))
			return err_set(e, ERR_USAGE, "verify: --%s is not for"
				" %s", others[i], what);
	return true;
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	const char *what = call->arguments[0];

	if (strncmp(what, "http://", 7) == 0 ||
		strncmp(what, "https://", 8) == 0)
		return check_options(call, of_receipt, "a live site", e) &&
			verify_site(call, e);
	return check_options(call, of_site, "a receipt", e) &&
		verify_receipt(call, e);
}
