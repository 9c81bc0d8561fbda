/*
 * sitejson: site.json, in which a built site says what it consists of, so
 * that anyone with the repository can hold it to that (`blankett verify`).
 *
 *     {"base_url":"https://…","commit":"3f2a…","date":"2026-11-22",
 *     "files":[{"commit":"0b1c…","expire":"2027-01-01","hash":"9d41…",
 *     "path":"roller/index.html","source":"content/roller.md"},…],
 *     "generator":"blankett 0.1.0","intake_url":"https://…","version":1}
 *
 * It is canonical JSON (RFC 8785) on one line, without a time of its own: the
 * same input and date give the same bytes.  No other form is read.
 *
 * A site is built from a commit only if every file that was read is as that
 * commit has it.  Otherwise `commit` is null, "uncommitted" says why, and no
 * file has a commit.  `files` are all outputs by path, but site.json, its
 * signature and the packed siblings of others.  A build with drafts lists
 * none.
 */
#ifndef SITE_SITEJSON_H
#define SITE_SITEJSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/hash.h"

#define SITEJSON_PATH "site.json"
/* Its signature, and that one's first line: see describe.h. */
#define SITENOTE_PATH "site.note"
#define SITENOTE_FIRST "blankett site v1"

enum {
	SITEJSON_MAX = 32 * 1024 * 1024, /* as any file that is served */
	SITEJSON_FILES_MAX = 200 * 1000,
	SITEJSON_STRING_MAX = 1024, /* bytes of any string, escapes included */
	COMMIT_DIGITS = 40
};

struct sitejson_file {
	/* Parts of A-Z, a-z, 0-9, ".", "_", "~", "-" and what is not ASCII,
	 * joined by "/"; none is "." or "..". */
	struct text path;
	struct hash hash;    /* BLAKE2b-256 of its bytes: b2sum -l 256 */
	struct text source;  /* the file it is made of; empty: of many */
	struct text commit;  /* the last that changed the source; may be empty */
	struct date expire;  /* gone from that day; year 0: stays */
};

struct sitejson {
	struct date date;        /* as of which it was built: --date */
	struct text base_url;    /* with which; may be empty */
	struct text intake_url;  /* where forms are received; empty: there */
	struct text commit;      /* 40 digits; empty: none can be named */
	/* Why not: "changed", "drafts" or "no-history"; else empty. */
	struct text uncommitted;
	struct text generator;   /* "blankett 0.1.0" */
	struct sitejson_file *files; /* by path */
	size_t count;
};

void sitejson_put(struct buf *b, const struct sitejson *j);

/*
 * Reads what sitejson_put wrote and nothing else; `name` stands in the
 * message.  The texts lie in `bytes` or on the arena.
 */
bool sitejson_parse(struct arena *a, const char *name, struct text bytes,
	struct sitejson *out, struct err *e)
	__attribute__((warn_unused_result));

#endif
