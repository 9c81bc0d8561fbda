/*
 * server: what `serve` runs: the listener, the queue behind it, and one
 * generation after another between them.
 *
 * SIGHUP, or with `watch` a change to a file, opens a new generation beside
 * the one in use; only what opens as a whole is taken.
 */
#ifndef CMD_SERVER_H
#define CMD_SERVER_H

#include <stdbool.h>

#include "base/err.h"
#include "cmd/generation.h"

struct server_options {
	const char *host; /* numeric loopback address */
	int port;         /* 0: any free port */
	const char *data; /* where the queue lies */
	bool watch;
	/* Without what the server opens itself: queue, guard, nonces and
	 * preview. */
	struct generation_config generation;
};

/* Prints the address when it listens; returns after SIGTERM or SIGINT, when
 * the requests in flight have been answered. */
bool server_run(const struct server_options *o, struct err *e)
	__attribute__((warn_unused_result));

#endif
