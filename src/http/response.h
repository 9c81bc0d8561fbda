/*
 * response: what a handler answers; head and body leave in one write.
 *
 * Every response gets, without the handler's doing, those headers of
 * response.c's table that mean something for what it is
 * (Content-Security-Policy, X-Content-Type-Options, Referrer-Policy,
 * Permissions-Policy, Cross-Origin-*, ...), Date, Content-Length and
 * Connection.  On a first visit, headers cost as much as a style sheet does.
 */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/text.h"

enum { RESPONSE_HEADERS_MAX = 8 };

/* How a browser may meet what is sent, the strictest first. */
enum response_as {
	RESPONSE_PAGE,    /* as a document: every strict header */
	RESPONSE_PICTURE, /* an SVG that pages show, and a document to who opens
	                   * it by itself: it may load and run nothing */
	RESPONSE_PART     /* never as a document: a style sheet, a script, a
	                   * picture of dots */
};

struct response_header {
	const char *name;
	struct text value; /* no CR or LF; the writer drops a header with one */
};

struct response {
	int status;               /* 200 unless set */
	const char *content_type; /* NULL: no body */
	const char *cache;        /* Cache-Control; "no-store" unless set */
	enum response_as as;      /* RESPONSE_PAGE unless set */
	struct response_header extra[RESPONSE_HEADERS_MAX];
	size_t extra_count;
	/* The page may run scripts of this site and ask it for more: only for
	 * an editor's own browser. */
	bool scripts;
	struct text body;         /* lives at least as long as the request */
	/* A whole response made ready earlier, response_head and body; when
	 * not empty it is sent and everything above but status is ignored. */
	struct text ready;
	/* Of a ready response: bytes of its head, so HEAD can send only that. */
	size_t ready_head;
};

/* Number i of the strict headers that such a response gets; false past the
 * last. */
bool response_strict(enum response_as as, size_t i,
	struct response_header *out) __attribute__((warn_unused_result));

/* Status 200, no body, no-store. */
void response_init(struct response *rs);
/* Adds a header; drops it silently beyond RESPONSE_HEADERS_MAX. */
void response_add(struct response *rs, const char *name, struct text value);

/*
 * The head of rs for a body of `body_len` bytes, ending with the empty line;
 * without Date and Connection, which httpd puts after the first line of
 * every head, made now or earlier.
 */
void response_head(struct buf *out, const struct response *rs,
	size_t body_len);

#endif
