/* fetch: signed requests to a server's API. */
#include "desk/fetch.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
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

struct fetch {
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
		curl_strnequal(p, name, sizeof name - 1) &&
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
	CURL *c = f->curl;

	(void)curl_easy_setopt(c, CURLOPT_ERRORBUFFER, f->fault);
	(void)curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	(void)curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	(void)curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(c, CURLOPT_USERAGENT, "blankett");
	(void)curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	(void)curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES_S);
	(void)curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)SLOW_S);
	(void)curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
	(void)curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
	/* No proxy of the environment stands between a machine and itself. */
	if (is_loopback(f->server))
		(void)curl_easy_setopt(c, CURLOPT_PROXY, "");
}

bool
fetch_open(const char *server, const struct sign_key *key, struct fetch **out,
	struct err *e)
{
	struct text origin = text_of(server);
	struct fetch *f;

	*out = NULL;
	if (text_ends(origin, "/"))
		origin.len--;
	if (!is_origin(origin))
		return err_set(e, ERR_USAGE, "%s: is no server's address; it "
			"looks like https://host", server);
	f = calloc(1, sizeof *f);
	if (f)
		f->curl = curl_easy_init();
	if (!f || !f->curl) {
		free(f);
		return err_set(e, ERR_SYSTEM, "no memory for a connection");
	}
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
	curl_easy_cleanup(f->curl);
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

	(void)curl_easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &url);
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

	if (rc != CURLE_OK && !body->full)
		return err_set(e, ERR_SYSTEM, "%s: %s", f->server.p,
			f->fault[0] ? f->fault : curl_easy_strerror(rc));
	(void)curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
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
		struct curl_slist *more = curl_slist_append(headers, lines[i]);

		if (!more) {
			curl_slist_free_all(headers);
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
		(void)curl_easy_setopt(f->curl, CURLOPT_POSTFIELDS,
			body->len ? body->p : "");
		(void)curl_easy_setopt(f->curl, CURLOPT_POSTFIELDSIZE_LARGE,
			(curl_off_t)body->len);
	} else {
		(void)curl_easy_setopt(f->curl, CURLOPT_HTTPGET, 1L);
	}
	(void)curl_easy_setopt(f->curl, CURLOPT_WRITEDATA, answer);
	(void)curl_easy_setopt(f->curl, CURLOPT_HEADERDATA, answer);
	(void)curl_easy_setopt(f->curl, CURLOPT_URL,
		arena_printf(&a, "%s%s", f->server.p, target).p);
	if (headers) {
		(void)curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, headers);
		rc = curl_easy_perform(f->curl);
		(void)curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, NULL);
	}
	curl_slist_free_all(headers);
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
fetch_page(struct fetch *f, const char *target, struct buf *out, int *status,
	struct err *e)
{
	struct answer answer = { .body = out };
	bool ok;

	(void)curl_easy_setopt(f->curl, CURLOPT_TIMEOUT_MS, (long)PAGE_MS);
	ok = make(f, target, NULL, &answer, status, e);
	(void)curl_easy_setopt(f->curl, CURLOPT_TIMEOUT_MS, 0L);
	return ok;
}
