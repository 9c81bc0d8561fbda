/*
 * request: one HTTP request as a handler sees it, after it was found
 * unambiguous.
 *
 * Refused before any handler: both Content-Length and Transfer-Encoding, a
 * repeated or malformed Content-Length, any Transfer-Encoding, a missing or
 * repeated Host, a target that is no absolute path, header blocks over
 * REQUEST_HEADER_MAX (RFC 9110, RFC 9112).  Header lookup ignores case.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

enum {
	REQUEST_HEADER_MAX = 16 * 1024,
	REQUEST_BODY_MAX = 64 * 1024,       /* without files */
	REQUEST_BODY_FILES_MAX = 26 * 1024 * 1024,
	REQUEST_FIELDS_MAX = 200,
	REQUEST_DEADLINE_MS = 30 * 1000,
	REQUEST_UPLOAD_DEADLINE_MS = 10 * 60 * 1000
};

enum method {
	METHOD_GET,
	METHOD_HEAD,
	METHOD_POST,
	METHOD_OPTIONS,
	METHOD_OTHER /* answered with 405 by the router */
};

struct request {
	enum method method;
	struct text path;  /* percent-decoded once; begins with "/"; no NUL,
			      no "..", no "//", no control characters */
	struct text query; /* after "?", not decoded; empty if none */
	struct text host;
	struct text content_type; /* empty if none */
	struct text accept_encoding;
	struct text if_none_match;
	int64_t content_length;   /* -1 if none was sent */
	int64_t deadline_ms;      /* on clock_monotonic_ms */
	struct text peer;         /* numeric address; for limits in RAM only */
	struct arena *arena;      /* wiped when the response has gone out */
	void *io;                 /* httpd's own; see request_body */
};

/* A header's value, empty if absent; the first if repeated. */
struct text request_header(const struct request *rq, const char *name);

/*
 * Reads the whole body onto rq->arena.  ERR_LIMIT: longer than max (nothing
 * more is read); ERR_SYSTEM: the client went away or the total deadline
 * passed.  A handler reads the body at most once.
 */
bool request_body(struct request *rq, size_t max, struct text *body,
	struct err *e) __attribute__((warn_unused_result));

#endif
