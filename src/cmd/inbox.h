/* inbox: what the inbox subcommands share: store, keys, server. */
#ifndef CMD_INBOX_H
#define CMD_INBOX_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "cmd/cmd.h"
#include "desk/fetch.h"
#include "desk/report.h"
#include "desk/store.h"
#include "seal/key.h"
#include "seal/keyring.h"
#include "seal/sign.h"

/* What a subcommand has open; begin with zeros, end with inbox_close. */
struct inbox {
	struct arena a;              /* wipes */
	struct store *store;
	struct keyring *ring;
	struct sign_key *collector;
	struct verify_key organisation; /* the pin */
	struct fetch *fetch;
};

void inbox_init(struct inbox *in);
void inbox_close(struct inbox *in);

/* --store DIR. */
bool inbox_store(struct inbox *in, const struct cmd *c,
	const struct cmd_call *call, enum store_use use, struct err *e)
	__attribute__((warn_unused_result));
/* --key DIR: the keys that open, and the pin; also the collector's key if
 * the subcommand talks to the server. */
bool inbox_keys(struct inbox *in, const struct cmd *c,
	const struct cmd_call *call, bool collector, struct err *e)
	__attribute__((warn_unused_result));
/* --server URL, or the one that was pulled from. */
bool inbox_server(struct inbox *in, const struct cmd *c,
	const struct cmd_call *call, struct err *e)
	__attribute__((warn_unused_result));

#endif
