/*
 * fetch: signed requests to a server's API, and anyone's to its pages; the
 * only file with curl/curl.h.
 *
 * HTTP and HTTPS only, certificates checked, no redirect followed (a
 * signature is for one server), every answer bounded.
 *
 * libcurl is loaded by the first fetch_open, and blankett not linked with it:
 * some twenty libraries come with it (LDAP, RTMP, HTTP/2, two of TLS), and the
 * public server is this same program.  None of them belongs in a process
 * that anyone may speak to, nor in the time that every command takes to start.
 */
#ifndef DESK_FETCH_H
#define DESK_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/sign.h"

struct fetch; /* one connection, kept open; for one thread */

/*
 * `server` is "https://host" or "http://host:port", with or without a slash
 * at its end; ERR_USAGE otherwise.  ERR_SYSTEM where libcurl is not
 * installed.  The key is borrowed; without one (NULL)
 * requests are not signed.
 */
bool fetch_open(const char *server, const struct sign_key *key,
	struct fetch **out, struct err *e)
	__attribute__((warn_unused_result));
void fetch_close(struct fetch *f); /* NULL is allowed */

/* The server's address as it is remembered: without a slash at its end. */
struct text fetch_server(const struct fetch *f);

/*
 * GETs a target ("/api/v1/head") and appends the answer's body to *out, at
 * most out->max bytes.  *last, if last is not NULL, is the answer's header
 * Blankett-Last.  Every status but 200 is a fault, in the server's words.
 */
bool fetch_get(struct fetch *f, const char *target, struct buf *out,
	uint64_t *last, struct err *e) __attribute__((warn_unused_result));
/*
 * GETs a page: whatever the status, it stands in *status and the body in
 * *out.  One larger than out->max ends there, and is no fault: out->full
 * says so.  With a coding ("br", "gzip") the page is asked for packed so, and
 * *out is what a browser would unpack of it, up to where it is damaged; NULL
 * asks for it as it is.
 */
bool fetch_page(struct fetch *f, const char *target, const char *coding,
	struct buf *out, int *status, struct err *e)
	__attribute__((warn_unused_result));
/* The address that fetch_page's last answer led to, which was not followed;
 * empty if to none.  Lives until the next request. */
struct text fetch_leads_to(const struct fetch *f);
/* POSTs a body. */
bool fetch_post(struct fetch *f, const char *target, struct text body,
	struct buf *out, struct err *e) __attribute__((warn_unused_result));

#endif
