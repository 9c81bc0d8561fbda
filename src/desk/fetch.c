/* fetch: requests to a server, by libcurl. */
#include "desk/fetch.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/library.h"
#include "base/utf8.h"
#include "http/signed.h"
#include "base/banned.h"

enum {
	CONNECT_MS = 15 * 1000,
	/* Slower than this for so long, and the server is given up. */
	SLOW_BYTES_S = 100,
	SLOW_S = 60,
	PAGE_MS = 2 * 60 * 1000, /* for one page, however it trickles */
	WORDS_MAX = 200 /* bytes of the server's own words in a message */
};

/* What is used of libcurl, as its header has it. */
struct library {
	__typeof__(curl_easy_init) *easy_init;
	__typeof__(curl_easy_setopt) *easy_setopt;
	__typeof__(curl_easy_perform) *easy_perform;
	__typeof__(curl_easy_getinfo) *easy_getinfo;
	__typeof__(curl_easy_strerror) *easy_strerror;
	__typeof__(curl_easy_cleanup) *easy_cleanup;
	__typeof__(curl_slist_append) *slist_append;
	__typeof__(curl_slist_free_all) *slist_free_all;
};

static const struct library_function functions[] = {
	{ "curl_easy_init", offsetof(struct library, easy_init) },
	{ "curl_easy_setopt", offsetof(struct library, easy_setopt) },
	{ "curl_easy_perform", offsetof(struct library, easy_perform) },
	{ "curl_easy_getinfo", offsetof(struct library, easy_getinfo) },
	{ "curl_easy_strerror", offsetof(struct library, easy_strerror) },
	{ "curl_easy_cleanup", offsetof(struct library, easy_cleanup) },
	{ "curl_slist_append", offsetof(struct library, slist_append) },
	{ "curl_slist_free_all", offsetof(struct library, slist_free_all) },
};

struct fetch {
	struct library lib;
	CURL *curl;
	struct arena a;       /* the address */
	struct text server;
	const struct sign_key *key;
	char fault[CURL_ERROR_SIZE];
};

/* What one answer is gathered in. */
struct answer {
	struct buf *body;
	bool has_last;
	uint64_t last;
};

/* curl_easy_setopt reads what the option says from where arguments lie; so
 * each of its types has its own way in. */
static void
set_long(struct fetch *f, CURLoption option, long value)
{
	(void)f->lib.easy_setopt(f->curl, option, value);
}

static void
set_text(struct fetch *f, CURLoption option, const char *value)
{
	(void)f->lib.easy_setopt(f->curl, option, value);
}

static void
set_context(struct fetch *f, CURLoption option, void *value)
{
	(void)f->lib.easy_setopt(f->curl, option, value);
}

static void
set_callback(struct fetch *f, CURLoption option, curl_write_callback value)
{
	(void)f->lib.easy_setopt(f->curl, option, value);
}

/* ---- one answer ---------------------------------------------------------- */

static size_t
take_body(char *p, size_t size, size_t n, void *context)
{
	struct answer *answer = context;

	buf_put(answer->body, p, size * n);
	/* Anything but what was given ends the transfer. */
	return answer->body->full ? 0 : size * n;
}

static size_t
take_header(char *p, size_t size, size_t n, void *context)
{
	static const char name[] = "blankett-last:";
	struct answer *answer = context;
	struct text line = { p, size * n };
	int64_t last;

	if (line.len > sizeof name - 1 &&
		strncasecmp(p, name, sizeof name - 1) == 0 &&
		text_to_int(text_trim(text_from(line, sizeof name - 1)), 0,
			INT64_MAX, &last)) {
		answer->has_last = true;
		answer->last = (uint64_t)last;
	}
	return size * n;
}

/* "https://host" and nothing after it. */
static bool
is_origin(struct text t)
{
	struct text host = text_starts(t, "https://") ? text_from(t, 8)
		: text_starts(t, "http://") ? text_from(t, 7)
		: (struct text){ NULL, 0 };

	for (size_t i = 0; i < host.len; i++)
		if (host.p[i] <= ' ' || strchr("/?#@\\\"'", host.p[i]))
			return false;
	return host.len > 0;
}

static bool
is_loopback(struct text t)
{
	return text_starts(t, "http://127.0.0.1") ||
		text_starts(t, "http://localhost") ||
		text_starts(t, "http://[::1]");
}

static void
set_options(struct fetch *f)
{
	set_context(f, CURLOPT_ERRORBUFFER, f->fault);
	set_text(f, CURLOPT_PROTOCOLS_STR, "http,https");
	set_long(f, CURLOPT_FOLLOWLOCATION, 0);
	set_long(f, CURLOPT_NOSIGNAL, 1);
	set_text(f, CURLOPT_USERAGENT, "blankett");
	set_long(f, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
	set_long(f, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES_S);
	set_long(f, CURLOPT_LOW_SPEED_TIME, SLOW_S);
	set_callback(f, CURLOPT_WRITEFUNCTION, take_body);
	set_callback(f, CURLOPT_HEADERFUNCTION, take_header);
	/* No proxy of the environment stands between a machine and itself. */
	if (is_loopback(f->server))
		set_text(f, CURLOPT_PROXY, "");
}

bool
fetch_open(const char *server, const struct sign_key *key, struct fetch **out,
	struct err *e)
{
	struct text origin = text_of(server);
	struct library lib;
	struct fetch *f;

	*out = NULL;
	if (text_ends(origin, "/"))
		origin.len--;
	if (!is_origin(origin))
		return err_set(e, ERR_USAGE, "%s: is no server's address; it "
			"looks like https://host", server);
	if (!library_load("libcurl.so.4", "libcurl4", functions,
		sizeof functions / sizeof *functions, &lib, e))
		return false;
	f = calloc(1, sizeof *f);
	if (f)
		f->curl = lib.easy_init();
	if (!f || !f->curl) {
		free(f);
		return err_set(e, ERR_SYSTEM, "no memory for a connection");
	}
	f->lib = lib;
	arena_init(&f->a, false);
	f->server = arena_copy(&f->a, origin);
	f->key = key;
	set_options(f);
	*out = f;
	return true;
}

void
fetch_close(struct fetch *f)
{
	if (!f)
		return;
	f->lib.easy_cleanup(f->curl);
	arena_release(&f->a);
	free(f);
}

struct text
fetch_server(const struct fetch *f)
{
	return f->server;
}

struct text
fetch_leads_to(const struct fetch *f)
{
	const char *url = NULL;

	(void)f->lib.easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &url);
	return text_of(url);
}

/* The server's reason, made safe to show. */
static struct text
words_of(struct arena *a, const struct buf *body)
{
	struct value *v;
	struct err ignored;
	struct text words = { 0 };

	if (json_parse(a, "answer", buf_view(body), &v, &ignored))
		words = value_get_text(v, "error");
	return utf8_visible(a, text_sub(words, 0, WORDS_MAX));
}

/* Was there an answer at all?  The server's status then. */
static bool
take_status(struct fetch *f, CURLcode rc, const struct buf *body, int *out,
	struct err *e)
{
	long status = 0;

	if (rc != CURLE_OK && rc != CURLE_BAD_CONTENT_ENCODING && !body->full)
		return err_set(e, ERR_SYSTEM, "%s: %s", f->server.p,
			f->fault[0] ? f->fault : f->lib.easy_strerror(rc));
	(void)f->lib.easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
	*out = (int)status;
	return true;
}

static bool
judge(struct fetch *f, const char *target, int status,
	const struct answer *answer, struct err *e)
{
	struct arena a;
	struct text words;

	if (answer->body->full)
		return err_set(e, ERR_LIMIT, "%s%s: the answer is too large",
			f->server.p, target);
	if (status == 200)
		return true;
	arena_init(&a, false);
	words = words_of(&a, answer->body);
	(void)err_set(e, status == 401 ? ERR_CRYPTO : ERR_SYSTEM,
		"%s%s: answered %d%s%.*s", f->server.p, target, status,
		words.len ? ": " : "", (int)words.len, words.p ? words.p : "");
	arena_release(&a);
	return false;
}

/* The request's own headers; NULL: no memory. */
static struct curl_slist *
make_headers(const struct fetch *f, const char *target,
	const struct text *body)
{
	/* Sent as bytes, and without asking first whether to. */
	const char *lines[] = { "Content-Type: application/octet-stream",
		"Expect:", NULL };
	struct curl_slist *headers = NULL;
	struct arena a;

	arena_init(&a, false);
	if (f->key)
		lines[2] = arena_printf(&a, "Authorization: %s",
			signed_make(&a, f->key, body ? "POST" : "GET",
				text_of(target), body ? *body : text_of(""),
				clock_now_s()).p).p;
	for (size_t i = 0; i < sizeof lines / sizeof *lines && lines[i]; i++) {
		struct curl_slist *more =
			f->lib.slist_append(headers, lines[i]);

		if (!more) {
			f->lib.slist_free_all(headers);
			headers = NULL;
			break;
		}
		headers = more;
	}
	arena_release(&a);
	return headers;
}

/* Makes one request; `body` is NULL for GET. */
static bool
make(struct fetch *f, const char *target, const struct text *body,
	struct answer *answer, int *status, struct err *e)
{
	struct curl_slist *headers = make_headers(f, target, body);
	struct arena a;
	CURLcode rc = CURLE_OUT_OF_MEMORY;

	arena_init(&a, false);
	f->fault[0] = '\0';
	if (body) {
		set_text(f, CURLOPT_POSTFIELDS, body->len ? body->p : "");
		(void)f->lib.easy_setopt(f->curl, CURLOPT_POSTFIELDSIZE_LARGE,
			(curl_off_t)body->len);
	} else {
		set_long(f, CURLOPT_HTTPGET, 1);
	}
	set_context(f, CURLOPT_WRITEDATA, answer);
	set_context(f, CURLOPT_HEADERDATA, answer);
	set_text(f, CURLOPT_URL,
		arena_printf(&a, "%s%s", f->server.p, target).p);
	if (headers) {
		set_context(f, CURLOPT_HTTPHEADER, headers);
		rc = f->lib.easy_perform(f->curl);
		set_context(f, CURLOPT_HTTPHEADER, NULL);
	}
	f->lib.slist_free_all(headers);
	arena_release(&a);
	return take_status(f, rc, answer->body, status, e);
}

bool
fetch_get(struct fetch *f, const char *target, struct buf *out,
	uint64_t *last, struct err *e)
{
	struct answer answer = { .body = out };
	int status = 0;

	if (!make(f, target, NULL, &answer, &status, e) ||
		!judge(f, target, status, &answer, e))
		return false;
	if (last && !answer.has_last)
		return err_set(e, ERR_FORMAT, "%s%s: the answer does not say "
			"how far it goes", f->server.p, target);
	if (last)
		*last = answer.last;
	return true;
}

bool
fetch_post(struct fetch *f, const char *target, struct text body,
	struct buf *out, struct err *e)
{
	struct answer answer = { .body = out };
	int status = 0;

	return make(f, target, &body, &answer, &status, e) &&
		judge(f, target, status, &answer, e);
}

bool
fetch_page(struct fetch *f, const char *target, const char *coding,
	struct buf *out, int *status, struct err *e)
{
	struct answer answer = { .body = out };
	bool ok;

	set_long(f, CURLOPT_TIMEOUT_MS, PAGE_MS);
	set_text(f, CURLOPT_ACCEPT_ENCODING, coding);
	ok = make(f, target, NULL, &answer, status, e);
	set_text(f, CURLOPT_ACCEPT_ENCODING, NULL);
	set_long(f, CURLOPT_TIMEOUT_MS, 0);
	return ok;
}
