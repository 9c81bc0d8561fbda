/* listen: can an address be listened on, and if not, why not? */
#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H

#include <stdbool.h>

#include "base/err.h"

/*
 * Tries to listen on a numeric IPv4 address and lets go again, because
 * CivetWeb does not say why it could not.  ERR_USAGE: no such address;
 * ERR_SYSTEM: taken, or refused by the system.
 */
bool listen_check(const char *host, int port, struct err *e)
	__attribute__((warn_unused_result));

#endif
