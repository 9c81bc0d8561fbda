/*
 * httpd: CivetWeb behind one handler; the only file with civetweb.h.
 *
 * Plain HTTP on a loopback address: Debian's CivetWeb has no IPv6 and no TLS
 * that works with its OpenSSL, and each connection holds a thread.  Those, and
 * slow clients, are the proxy's.  CivetWeb serves no file itself.
 */
#ifndef HTTP_HTTPD_H
#define HTTP_HTTPD_H

#include <stdbool.h>

#include "base/err.h"
#include "http/request.h"
#include "http/response.h"

/* Answers one request; called from many threads at once.  It never fails:
 * what goes wrong becomes a response. */
typedef void httpd_handler(void *context, struct request *rq,
	struct response *rs);

struct httpd_config {
	const char *host; /* numeric loopback address */
	int port;         /* 0: any free port */
	int threads;      /* worker threads */
	int deadline_ms;  /* for a whole request; 0: REQUEST_DEADLINE_MS */
	httpd_handler *handle;
	/* Answers what was refused before it became a request (status is 400,
	 * 411, 417, 431, 501, 503 or 505): fills in a page for it. */
	void (*refuse)(void *context, int status, struct arena *a,
		struct response *rs);
	void *context;
	/*
	 * What handle and refuse get for one request instead of `context`;
	 * given back to `end` when the answer has been written, so that it may
	 * live in what `begin` gave.  NULL: they get `context`.
	 */
	void *(*begin)(void *context);
	void (*end)(void *context, void *begun);
};

struct httpd;

/* Starts serving; *port is the port bound.  ERR_SYSTEM if it is taken. */
bool httpd_start(const struct httpd_config *c, struct httpd **out, int *port,
	struct err *e) __attribute__((warn_unused_result));
/*
 * Stops taking connections, lets requests in flight finish for at most
 * drain_ms, then stops.
 */
void httpd_stop(struct httpd *h, int drain_ms);

#endif
