/* health: can the server do its work?  For whoever watches over it. */
#ifndef INTAKE_HEALTH_H
#define INTAKE_HEALTH_H

#include "http/request.h"
#include "http/response.h"

/*
 * GET /healthz: 200 "ok", or 503 and the names of what is wrong, a line
 * each: keyset (not valid today), queue (does not answer), disk (full),
 * clock (earlier than the last entry).
 */
void health(void *context, struct request *rq, struct response *rs);

#endif
