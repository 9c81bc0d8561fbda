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
	REQUEST_BODY_MAX = 64 * 1024,
	REQUEST_FIELDS_MAX = 200,
	REQUEST_DEADLINE_MS = 30 * 1000
};

enum method {
	METHOD_GET,
	METHOD_HEAD,
	METHOD_POST,
	METHOD_OPTIONS,
	METHOD_OTHER /* answered with 405 by the router */
};

/* One header field as it stood in the head, white space around it removed. */
struct request_field {
	struct text name;
	struct text value;
};

/* A head as it came in, before anything about it is believed. */
struct request_head {
	struct text method;
	struct text target;  /* with its query */
	struct text version; /* "1.1" */
	const struct request_field *fields;
	size_t field_count;
};

/* Where the body is read from; httpd's, or a test's. */
struct request_source {
	/* Tells a client that waits for it to send its body (100 Continue). */
	void (*go_on)(void *context);
	/* Reads up to max bytes, more than 0; 0 if no more will come. */
	size_t (*read)(void *context, void *to, size_t max);
	void *context;
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
	bool keep_alive;          /* the client can use the connection again */
	bool expects_continue;    /* it waits for 100 before the body */
	struct arena *arena;      /* wiped when the response has gone out */
	const struct request_field *fields; /* all of them, as received */
	size_t field_count;
	const struct request_source *source; /* NULL: no body to read */
	int64_t body_left;        /* bytes of the body not read yet */
};

/*
 * Judges a head by the rules above and fills in *rq, whose texts are
 * borrowed from the head or made on `a`.  Returns 0, or the status to refuse
 * the request with: 400, 411, 417, 431, 501 or 505.
 */
int request_init(struct request *rq, struct arena *a,
	const struct request_head *head) __attribute__((warn_unused_result));

/* Decodes a path into the form that struct request promises; false if it
 * cannot have that form. */
bool request_path(struct arena *a, struct text raw, struct text *path)
	__attribute__((warn_unused_result));

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
