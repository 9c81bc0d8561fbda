/*
 * keydir: a directory of keys, as `keys init` makes it and the other
 * commands find it.
 *
 *     organisation.key   signs keysets; kept offline
 *     organisation.pub   its public half: the pin of whoever collects
 *     kundcenter.key     opens envelopes; kundcenter-DATE.key: earlier ones
 *     reserve.key        opens them too; kept in a safe
 *     collector.key      signs what kundcenter asks the server for
 *     server.key         signs the server's log and receipts
 *     keyset             the signed list of all public halves
 *
 * `keys publisher` makes another two, in a directory of their own or there:
 *
 *     publisher.key      signs what a build publishes
 *     publisher.pub      its public half
 */
#ifndef CMD_KEYDIR_H
#define CMD_KEYDIR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/keyset.h"

#define KEYDIR_PUBLISHER "publisher"
/* The published keyset, in a site's root. */
#define KEYDIR_SITE_KEYSET "forms/keyset"

/* Has the directory publisher.key, and no keyset that lists other keys? */
bool keydir_is_publisher(struct arena *a, const char *dir);

/* Refuses a directory that others can look in; one that is not there yet is
 * none. */
bool keydir_check_private(const char *dir, struct err *e)
	__attribute__((warn_unused_result));

/* What keys init writes; ends with a NULL file. */
struct keydir_file {
	const char *file; /* "kundcenter.key" */
	const char *role; /* as the file says it; NULL for what is no key */
	const char *use;  /* a line for people */
};

extern const struct keydir_file keydir_files[];

/* The keyset of the directory, verified by its organisation.pub. */
bool keydir_keyset(struct arena *a, const char *dir, struct keyset *ks,
	struct verify_key *organisation, struct err *e)
	__attribute__((warn_unused_result));
/* A keyset file, verified by the key given. */
bool keydir_read_keyset(struct arena *a, const char *path,
	const struct verify_key *organisation, struct keyset *ks,
	struct err *e) __attribute__((warn_unused_result));

/*
 * The passphrase of the directory's keys: empty if none is wrapped,
 * otherwise from `file` or the terminal.  `a` should wipe.  Fails too if a
 * key file is damaged.
 */
bool keydir_passphrase(struct arena *a, const char *dir, const char *file,
	struct text *out, struct err *e) __attribute__((warn_unused_result));

/* One year after d: the same day, or 28 February for the 29th. */
struct date keydir_year_after(struct date d);

/* Says on standard error if keys cannot be kept out of swap. */
void keydir_say_memory(void);

#endif
