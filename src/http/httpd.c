/* httpd: CivetWeb behind one handler; the only file with civetweb.h. */
#include "http/httpd.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <civetweb.h>

#include "base/buf.h"
#include "base/clock.h"
#include "http/listen.h"
#include "http/watch.h"
#include "base/banned.h"

enum {
	/* Room for a head of REQUEST_HEADER_MAX; also CivetWeb's buffer. */
	BUFFER_BYTES = REQUEST_HEADER_MAX,
	HEADERS_MAX = 64,           /* CivetWeb's own MG_MAX_HEADERS */
	HEAD_MAX = 8 * 1024,        /* of a response */
	DATE_MAX = 40,
	KEEP_BUFFER = 64 * 1024,    /* kept by a worker between responses */
	LINGER_BYTES = 1024 * 1024, /* read after a refusal, so it arrives */
	LINGER_MS = 1000,
	WORKER_THREAD = 1           /* CivetWeb's number for a worker */
};

/* What a worker thread keeps from one request to the next: public bytes. */
struct worker {
	size_t slot;       /* in the watch */
	struct buf out;    /* ready responses pass through it */
	int64_t date_s;    /* the second that date is of */
	char date[DATE_MAX];
};

struct httpd {
	struct httpd_config config;
	struct mg_context *mg;
	struct watch *watch;
	struct worker *workers;
	atomic_size_t worker_count; /* started so far */
	atomic_bool stopping;
};

/* One request on its way through. */
struct exchange {
	struct httpd *h;
	struct worker *worker;
	struct mg_connection *conn;
	const struct mg_request_info *info;
	void *context; /* of the handlers, for this request */
	struct arena arena;
	struct request rq;
	struct response rs;
	const char *body_start; /* in CivetWeb's buffer; NULL if unknown */
};

static void
body_go_on(void *context)
{
	static const char line[] = "HTTP/1.1 100 Continue\r\n\r\n";
	struct exchange *x = context;

	(void)mg_write(x->conn, line, sizeof line - 1);
}

static size_t
body_read(void *context, void *to, size_t max)
{
	struct exchange *x = context;
	int got = mg_read(x->conn, to, max);

	return got > 0 ? (size_t)got : 0;
}

/*
 * CivetWeb skips white space before a request without saying so, and then
 * the end of its buffer cannot be known.  The byte before the method tells:
 * white space, or the last byte of malloc's header, which is no white space.
 */
__attribute__((no_sanitize("address"))) static bool
begins_its_buffer(const struct mg_request_info *info)
{
	const volatile char *first = info->request_method;
	char before = first[-1];

	return before != ' ' && (before < '\t' || before > '\r');
}

/*
 * The end of the head in CivetWeb's buffer, where it has overwritten every
 * separator with NUL; NULL if something between or after the fields was not
 * taken as a field: a space before a colon, a folded line, a bare LF.
 */
static const char *
head_end(const struct mg_request_info *info)
{
	const char *end = info->request_method + BUFFER_BYTES;
	const char *p = info->http_version + strlen(info->http_version);

	for (int i = 0; i < info->num_headers; i++) {
		const struct mg_header *f = &info->http_headers[i];
		const char *after = f->name + strlen(f->name) + 1;

		if (f->name - p < 2)
			return NULL;
		for (; p < f->name; p++)
			if (*p != '\0')
				return NULL;
		for (; after < f->value; after++)
			if (*after != ' ' && *after != '\t')
				return NULL;
		p = f->value + strlen(f->value);
	}
	while (p < end && *p == '\0')
		p++;
	if (p + 2 > end || p[0] != '\r' || p[1] != '\0')
		return NULL;
	return p + 2;
}

/* Fills in x->rq; returns 0 or the status to refuse it with. */
static int
read_head(struct exchange *x, struct request_field *fields)
{
	const struct mg_request_info *info = x->info;
	struct request_head head = {
		.method = text_of(info->request_method),
		.target = text_of(info->request_uri),
		.version = text_of(info->http_version),
		.fields = fields,
		.field_count = (size_t)info->num_headers,
	};

	if (!begins_its_buffer(info))
		return 400;
	x->body_start = head_end(info);
	if (!x->body_start)
		return 400;
	if (info->num_headers >= HEADERS_MAX)
		return 431;
	for (size_t i = 0; i < head.field_count; i++) {
		fields[i].name = text_of(info->http_headers[i].name);
		fields[i].value =
			text_trim(text_of(info->http_headers[i].value));
	}
	if (info->query_string)
		head.target = arena_printf(&x->arena, "%s?%s",
			info->request_uri, info->query_string);
	return request_init(&x->rq, &x->arena, &head);
}

/* The date now, made anew when the second changes. */
static const char *
date_now(struct worker *w)
{
	int64_t now_s = clock_now_s();
	struct arena a;

	if (now_s != w->date_s) {
		arena_init(&a, false);
		(void)snprintf(w->date, sizeof w->date, "%s",
			clock_http(&a, now_s).p);
		arena_release(&a);
		w->date_s = now_s;
	}
	return w->date;
}

/* Head and body, with Date and Connection after the first line. */
static void
put_response(struct exchange *x, struct text head, struct text body,
	struct buf *out)
{
	size_t line = text_find(head, '\n') + 1;

	buf_reserve(out, head.len + body.len + HEAD_MAX);
	buf_text(out, text_sub(head, 0, line));
	buf_str(out, "Date: ");
	buf_str(out, date_now(x->worker));
	buf_str(out, x->rq.keep_alive ? "\r\n" : "\r\nConnection: close\r\n");
	buf_text(out, text_from(head, line));
	if (x->rq.method != METHOD_HEAD)
		buf_text(out, body);
	(void)mg_write(x->conn, out->p, out->len);
}

static void
send_ready(struct exchange *x)
{
	struct buf *out = &x->worker->out;
	struct text ready = x->rs.ready;

	buf_clear(out);
	put_response(x, text_sub(ready, 0, x->rs.ready_head),
		text_from(ready, x->rs.ready_head), out);
	if (out->cap > KEEP_BUFFER)
		buf_release(out);
}

static void
send_made(struct exchange *x)
{
	struct buf head, out;

	buf_init_wipe(&head, HEAD_MAX);
	buf_init_wipe(&out, x->rs.body.len + 2 * HEAD_MAX);
	response_head(&head, &x->rs, x->rs.body.len);
	put_response(x, buf_view(&head), x->rs.body, &out);
	buf_release(&out);
	buf_release(&head);
}

/* A client that still sends would lose the answer to a reset connection. */
static void
linger(struct exchange *x)
{
	char *scrap;
	size_t total = 0;

	if (x->rq.body_left <= 0)
		return;
	scrap = arena_alloc(&x->arena, HEAD_MAX);
	watch_move(x->h->watch, x->worker->slot,
		clock_monotonic_ms() + LINGER_MS);
	while (x->rq.body_left > 0 && total < LINGER_BYTES) {
		size_t want = x->rq.body_left < HEAD_MAX
			? (size_t)x->rq.body_left : HEAD_MAX;
		size_t got = body_read(x, scrap, want);

		if (got == 0)
			return;
		total += got;
		x->rq.body_left -= (int64_t)got;
	}
}

/*
 * Overwrites the body where it lay in CivetWeb's buffer, and on a connection
 * that ends everything after it; a next request stays readable otherwise.
 */
static void
wipe_body(const struct exchange *x)
{
	const char *end = x->info->request_method + BUFFER_BYTES;
	size_t room, len;

	if (!x->body_start || x->body_start >= end)
		return;
	room = (size_t)(end - x->body_start);
	len = room;
	if (x->rq.keep_alive)
		len = x->rq.content_length > 0
			? (size_t)x->rq.content_length : 0;
	/* The buffer is CivetWeb's and writable; only its names are const. */
	memset((char *)(uintptr_t)x->body_start, 0, len < room ? len : room);
}

static void
refuse(struct exchange *x, int status)
{
	x->rq.keep_alive = false;
	if (x->h->config.refuse)
		x->h->config.refuse(x->context, status, &x->arena, &x->rs);
	x->rs.status = status;
}

static void
exchange_begin(struct exchange *x, struct mg_connection *conn)
{
	const struct mg_request_info *info = mg_get_request_info(conn);
	struct httpd *h = info->user_data;
	int64_t deadline = clock_monotonic_ms() + h->config.deadline_ms;

	*x = (struct exchange){
		.h = h,
		.worker = mg_get_thread_pointer(conn),
		.conn = conn,
		.info = info,
		.context = h->config.begin
			? h->config.begin(h->config.context)
			: h->config.context,
	};
	arena_init(&x->arena, true);
	response_init(&x->rs);
	x->rq = (struct request){ .arena = &x->arena, .content_length = -1 };
	watch_begin(h->watch, x->worker->slot, info->remote_port, deadline);
}

static void
exchange_end(struct exchange *x)
{
	if (x->rs.ready.len > 0)
		send_ready(x);
	else
		send_made(x);
	if (x->h->config.end)
		x->h->config.end(x->h->config.context, x->context);
	wipe_body(x);
	if (!x->rq.keep_alive) {
		linger(x);
		mg_disable_connection_keep_alive(x->conn);
	}
	arena_release(&x->arena);
	watch_end(x->h->watch, x->worker->slot);
}

static void
handle(struct exchange *x)
{
	struct request_source source = { body_go_on, body_read, x };
	struct httpd_config *c = &x->h->config;

	x->rq.source = &source;
	x->rq.peer = text_of(x->info->remote_addr);
	x->rq.deadline_ms = clock_monotonic_ms() + c->deadline_ms;
	c->handle(x->context, &x->rq, &x->rs);
	x->rq.source = NULL;
	/* What was not read would be taken for the next request. */
	if (x->rq.body_left > 0)
		x->rq.keep_alive = false;
}

static int
on_request(struct mg_connection *conn)
{
	struct exchange x;
	struct request_field *fields;
	int status;

	exchange_begin(&x, conn);
	fields = arena_array(&x.arena, HEADERS_MAX, sizeof *fields);
	status = read_head(&x, fields);
	if (x.h->stopping)
		status = 503;
	if (status != 0)
		refuse(&x, status);
	else
		handle(&x);
	exchange_end(&x);
	return x.rs.status;
}

/* CivetWeb does not know TRACE and invented methods: still a 405. */
static bool
is_unknown_method(struct exchange *x)
{
	const struct mg_request_info *info = x->info;

	return info->request_method && info->request_uri &&
		info->http_version && info->num_headers == 0 &&
		text_starts(text_of(info->http_version), "1.") &&
		request_path(&x->arena,
			text_sub(text_of(info->request_uri), 0,
				strcspn(info->request_uri, "?")),
			&x->rq.path);
}

/* What CivetWeb refuses itself; 0 tells it that all has been said. */
static int
on_error(struct mg_connection *conn, int status, const char *message)
{
	struct exchange x;

	(void)message;
	exchange_begin(&x, conn);
	if (status == 400 && is_unknown_method(&x)) {
		x.rq.method = METHOD_OTHER;
		handle(&x);
		x.rq.keep_alive = false;
	} else {
		refuse(&x, status == 505 ? 505 : 400);
	}
	exchange_end(&x);
	return 0;
}

/* CivetWeb's own lines may hold addresses and paths of visitors. */
static int
on_log(const struct mg_connection *conn, const char *message)
{
	(void)conn;
	(void)message;
	return 1;
}

static void *
on_thread(const struct mg_context *mg, int type)
{
	struct httpd *h = mg_get_user_data(mg);
	size_t n;

	if (type != WORKER_THREAD)
		return NULL;
	n = h->worker_count++;
	if (n >= (size_t)h->config.threads)
		abort(); /* CivetWeb started more than it was asked to */
	h->workers[n].slot = n;
	buf_init(&h->workers[n].out, SIZE_MAX / 2);
	return &h->workers[n];
}

static struct mg_context *
start(struct httpd *h)
{
	static const struct mg_callbacks callbacks = {
		.begin_request = on_request,
		.http_error = on_error,
		.log_message = on_log,
		.init_thread = on_thread,
	};
	char ports[64], threads[16], bytes[16], wait[16];
	const char *const options[] = {
		"listening_ports", ports,
		"num_threads", threads,
		"max_request_size", bytes,
		"request_timeout_ms", wait,
		"keep_alive_timeout_ms", "5000",
		"enable_keep_alive", "yes",
		"tcp_nodelay", "1",
		"decode_url", "no",
		"connection_queue", "256",
		"listen_backlog", "512",
		NULL
	};
	/* mg_start takes const char **, and writes to none of it. */
	const char *given[sizeof options / sizeof options[0]];

	memcpy(given, options, sizeof given);
	(void)snprintf(ports, sizeof ports, "%s:%d", h->config.host,
		h->config.port);
	(void)snprintf(threads, sizeof threads, "%d", h->config.threads);
	(void)snprintf(bytes, sizeof bytes, "%d", BUFFER_BYTES);
	(void)snprintf(wait, sizeof wait, "%d", h->config.deadline_ms / 3);
	return mg_start(&callbacks, h, given);
}

static void
httpd_free(struct httpd *h)
{
	size_t n = h->worker_count;

	watch_close(h->watch);
	for (size_t i = 0; h->workers && i < n; i++)
		buf_release(&h->workers[i].out);
	free(h->workers);
	free(h);
	(void)mg_exit_library();
}

bool
httpd_start(const struct httpd_config *c, struct httpd **out, int *port,
	struct err *e)
{
	struct mg_server_port bound = { 0 };
	struct httpd *h;

	*out = NULL;
	if (!listen_check(c->host, c->port, e))
		return false;
	h = calloc(1, sizeof *h);
	if (!h)
		return err_set(e, ERR_SYSTEM, "no memory for the server");
	(void)mg_init_library(0);
	h->config = *c;
	if (h->config.deadline_ms == 0)
		h->config.deadline_ms = REQUEST_DEADLINE_MS;
	h->workers = calloc((size_t)c->threads, sizeof *h->workers);
	if (!h->workers) {
		(void)err_set(e, ERR_SYSTEM, "no memory for %d workers",
			c->threads);
		goto out;
	}
	if (!watch_open((size_t)c->threads, &h->watch, e))
		goto out;
	h->mg = start(h);
	if (!h->mg || mg_get_server_ports(h->mg, 1, &bound) != 1) {
		(void)err_set(e, ERR_SYSTEM, "cannot listen on %s:%d",
			c->host, c->port);
		goto out;
	}
	watch_set_port(h->watch, bound.port);
	*port = bound.port;
	*out = h;
	return true;
out:
	if (h->mg)
		mg_stop(h->mg);
	httpd_free(h);
	return false;
}

void
httpd_stop(struct httpd *h, int drain_ms)
{
	if (!h)
		return;
	h->stopping = true;
	watch_drain(h->watch, drain_ms);
	watch_shut_all(h->watch);
	mg_stop(h->mg);
	httpd_free(h);
}
