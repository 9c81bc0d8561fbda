/*
 * pages: the built site in memory, each file as a ready response.
 *
 * "public/roller/index.html" answers "/roller/"; any other file its own
 * path.  Nothing is read from the disk after pages_load, so no request can
 * name a file.  Hidden names are left out, but for .well-known.
 *
 * "index.html.br" and "index.html.gz" are the same page packed, and are sent
 * for it to who takes that.  Only files are ever sent packed: a page made
 * while serving holds what its visitor typed, and often beside it a secret
 * (a case's token, a reply); the length of both packed together would tell
 * an eavesdropper of the secret (BREACH).
 */
#ifndef INTAKE_PAGES_H
#define INTAKE_PAGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"
#include "http/accept.h"
#include "http/request.h"
#include "http/response.h"
#include "seal/hash.h"

enum {
	PAGES_FILE_MAX = 32 * 1024 * 1024,
	PAGES_TOTAL_MAX = 512 * 1024 * 1024,
	PAGES_COUNT_MAX = 200 * 1000
};

struct pages;

/* Loads everything under `dir`; fails if it has no start page. */
bool pages_load(const char *dir, struct pages **out, struct err *e)
	__attribute__((warn_unused_result));

/* One file of a site that lies in memory. */
struct pages_file {
	struct text path; /* "roller/index.html" */
	struct text bytes;
};
/* As pages_load, of files that are on no disk; everything is copied. */
bool pages_make(const struct pages_file *files, size_t count,
	struct pages **out, struct err *e) __attribute__((warn_unused_result));

/*
 * Adds those files of the site before that lie under /assets/ and are gone
 * from this one: a page that somebody has just been given asks for them.  What
 * was added to `before` in this way is left out.
 */
void pages_keep_assets(struct pages *p, const struct pages *before);

void pages_close(struct pages *p); /* NULL is allowed */
size_t pages_count(const struct pages *p);

bool pages_has(const struct pages *p, struct text path);

/* A file as it was loaded, and what lay packed beside it. */
struct pages_stored {
	struct hash hash;                  /* of its own bytes */
	struct text bytes[ACCEPT_CODINGS]; /* p is NULL: there is none */
};
/* By its path below the directory, "roller/index.html"; false if there is
 * none. */
bool pages_stored(const struct pages *p, struct text file,
	struct pages_stored *out) __attribute__((warn_unused_result));

/*
 * Answers a GET or HEAD: the page in the coding that the client takes best
 * (http/accept.h), 304 if the client has that, or 301 from
 * "/roller" to "/roller/".  False if there is no such page; rs is untouched
 * then.
 */
bool pages_answer(const struct pages *p, const struct request *rq,
	struct response *rs) __attribute__((warn_unused_result));

#endif
