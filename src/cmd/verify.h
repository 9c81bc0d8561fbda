/* verify: what the two kinds of `verify` share; for cmd/verify*.c only. */
#ifndef CMD_VERIFY_H
#define CMD_VERIFY_H

#include <stdbool.h>

#include "base/err.h"
#include "cmd/cmd.h"

/* Each takes the whole call, and prints what it proves. */
bool verify_receipt(const struct cmd_call *call, struct err *e)
	__attribute__((warn_unused_result));
bool verify_site(const struct cmd_call *call, struct err *e)
	__attribute__((warn_unused_result));

#endif
