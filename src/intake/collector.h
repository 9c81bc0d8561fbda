/*
 * collector: the API that kundcenter's machine fetches from.
 *
 *     GET  /api/v1/head            the signed log head (note.h)
 *     GET  /api/v1/queue?after=N   frames of queue/entry.h, then nothing;
 *                                  header Blankett-Last: N of the last entry
 *     GET  /api/v1/chain?after=N   links of queue/entry.h, of every entry;
 *                                  header Blankett-Last as above
 *     POST /api/v1/ack             body: subids, 16 bytes each, at most
 *                                  QUEUE_ACK_MAX; answers {"acknowledged":N}
 *     GET  /api/v1/keyset          forms/keyset as served
 *
 * Every request is signed (http/signed.h) by a collector of the keyset, at
 * most 5 minutes off, its nonce never used before; otherwise 401.  A
 * collector sees and acknowledges only its own role.
 *
 * The head note's body is queue/head.h's.  What cannot be logged as fetched
 * is not given out.  Faults are answered as {"error":"..."}.
 */
#ifndef INTAKE_COLLECTOR_H
#define INTAKE_COLLECTOR_H

#include <stdbool.h>

#include "base/text.h"
#include "http/request.h"
#include "http/response.h"
#include "intake/nonces.h"
#include "queue/queue.h"
#include "seal/keyset.h"
#include "seal/sign.h"

struct collector; /* thread-safe */

/* All of it is borrowed and must outlive the collector. */
struct collector *collector_open(struct queue *q, const struct keyset *ks,
	struct text keyset_file, const struct sign_key *server,
	const char *server_name, struct nonces *nonces);
void collector_close(struct collector *c); /* NULL is allowed */

void collector_head(struct collector *c, struct request *rq,
	struct response *rs);
void collector_queue(struct collector *c, struct request *rq,
	struct response *rs);
void collector_chain(struct collector *c, struct request *rq,
	struct response *rs);
void collector_ack(struct collector *c, struct request *rq,
	struct response *rs);
void collector_keyset(struct collector *c, struct request *rq,
	struct response *rs);

#endif
