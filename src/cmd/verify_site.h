/*
 * verify_site: what holding a live site to a commit finds, and its telling;
 * for cmd/verify_*.c only.
 */
#ifndef CMD_VERIFY_SITE_H
#define CMD_VERIFY_SITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "base/value.h"
#include "cmd/cmd.h"
#include "desk/fetch.h"
#include "seal/key.h"
#include "site/site.h"
#include "site/sitejson.h"

/* Pages are fetched over so many connections, each kept open. */
enum { VERIFY_CONNECTIONS = 4 };

/* What was found of one file; verify_tell.c has the words. */
enum finding {
	SAME,
	GONE,          /* expired, and gone as it should be: no difference */
	ELSEWHERE,     /* led to the intake, where forms are: none either */
	CHANGED,
	REPACKED,      /* as it is asked for packed, which browsers do */
	LED_AWAY,      /* to another address than the intake's */
	MISSING,
	NOT_IN_COMMIT,
	MISLISTED,
	FINDINGS
};

struct checked {
	struct text path;
	enum finding found;
	int status; /* the server's, where the file is missing; else 0 */
};

/* One verification. */
struct check {
	struct arena *arena;
	const struct cmd_call *call;
	struct fetch *fetches[VERIFY_CONNECTIONS];
	struct text url;
	struct date today;
	struct sitejson live;    /* what the site says */
	struct text live_bytes;
	struct sitejson ours;    /* what the commit says */
	const struct output *outputs; /* by path, as ours.files are */
	struct verify_key publisher;
	bool is_pinned;
	/* What is wrong with the whole: lines for people. */
	struct value *faults;
	struct checked *files; /* ours in order, then those only live has */
	size_t count;
};

/* Prints what was found; false, with a line that counts them, if there are
 * differences. */
bool verify_tell(const struct check *c, struct err *e)
	__attribute__((warn_unused_result));

#endif
