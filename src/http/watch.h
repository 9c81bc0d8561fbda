/*
 * watch: who is being answered, and until when.
 *
 * CivetWeb's own time-out starts again with every byte, so a body that drips
 * could hold a worker for ever.  Each worker has a slot here while it answers;
 * when a slot is past its deadline, the socket of that connection is found
 * by its two ports and shut for reading, which ends the wait inside the
 * server; WATCH_GRACE_MS later it is shut for writing too.
 */
#ifndef HTTP_WATCH_H
#define HTTP_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { WATCH_GRACE_MS = 2000 };

struct watch;

/* Starts the watching thread, with `slots` slots. */
bool watch_open(size_t slots, struct watch **out, struct err *e)
	__attribute__((warn_unused_result));
/* Ends the thread; no slot may be in use.  NULL is allowed. */
void watch_close(struct watch *w);

/* Whose connections are meant: those to this port of ours. */
void watch_set_port(struct watch *w, int port);

/* From now until watch_end, this slot answers the peer at that port. */
void watch_begin(struct watch *w, size_t slot, int peer_port,
	int64_t deadline_ms);
/* Another deadline for a slot in use. */
void watch_move(struct watch *w, size_t slot, int64_t deadline_ms);
void watch_end(struct watch *w, size_t slot);

/* Waits until no slot is in use, at most max_ms. */
void watch_drain(struct watch *w, int max_ms);
/* Shuts every connection and the listening socket, so that nothing waits for
 * them to time out: CivetWeb would for two seconds. */
void watch_shut_all(struct watch *w);

#endif
