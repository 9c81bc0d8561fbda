/*
 * generation: all that a server answers from, and takes anew as a whole: the
 * built site, its forms and theme, the keyset, the server's key.
 *
 * A request is answered from one generation, whatever is opened meanwhile.
 * The queue, the limits and the nonces outlive them all.
 */
#ifndef CMD_GENERATION_H
#define CMD_GENERATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "intake/intake.h"
#include "intake/pages.h"
#include "queue/queue.h"
#include "seal/keyset.h"
#include "seal/sign.h"
#include "site/site.h"

/* What does not change between generations; borrowed. */
struct generation_config {
	struct site_options site; /* today is set by generation_open */
	const char *public;       /* the built site */
	const char *keys;         /* where server.key lies */
	bool dev;                 /* development keys are taken */
	bool behind_proxy;
	/* serve --watch: the site is built in memory, and `public` is not
	 * read; NULL otherwise. */
	struct preview *preview;
	/* For generation_join. */
	struct queue *queue;
	struct guard *guard;
	struct nonces *nonces;
};

struct generation {
	struct arena arena;
	struct site *site;
	struct finder *finder;
	struct pages *pages;
	struct sign_key *key;
	struct keyset keyset;
	struct text keyset_file;
	const char *key_name;
	int64_t build;         /* its number in the preview */
	struct intake *intake; /* once it has been joined */
};

/*
 * Reads everything as it stands now; the queue need not be open yet.  `before`
 * is the generation it follows, or NULL: a keyset older than its own is
 * refused, and assets that are new to it stay for one turn.
 */
bool generation_open(const struct generation_config *c,
	const struct generation *before, struct generation **out,
	struct err *e) __attribute__((warn_unused_result));
/* Makes it ready to answer, and notes its keyset in the queue's log. */
bool generation_join(struct generation *g, const struct generation_config *c,
	struct err *e) __attribute__((warn_unused_result));
/* Of a struct generation, for current_open; NULL is allowed. */
void generation_close(void *generation);

/* Says in the log if the keyset is not valid today, or soon will not be. */
void generation_warn(const struct generation *g);

#endif
