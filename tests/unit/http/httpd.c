/*
 * tests of http/httpd: a server in a child process, spoken to byte by byte.
 *
 * The child is forked before a marker is made, so what the parent finds in
 * the child's memory came in through the socket.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "http/httpd.h"

enum {
	ANSWER_MAX = 256 * 1024,
	DEADLINE_MS = 1500,
	BODY_MAX = 100,
	MARKER_LEN = 24
};

struct server {
	pid_t pid;
	int port;
};

/* ---- the child ----------------------------------------------------------- */

static const char ready_page[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
	"\r\nready";

/* What one request is given, and what is left of it after the answer. */
static void *
begin(void *context)
{
	char *page = malloc(sizeof ready_page);

	(void)context;
	if (!page)
		abort();
	memcpy(page, ready_page, sizeof ready_page);
	return page;
}

static void
end(void *context, void *begun)
{
	(void)context;
	memset(begun, '!', sizeof ready_page);
	free(begun);
}

/* /ready, /begun, /slow, /echo, /big; anything else says method and path. */
static void
answer(void *context, struct request *rq, struct response *rs)
{
	struct timespec slow = { 0, 300 * 1000000 };
	struct err e = { 0 };

	rs->content_type = "text/plain";
	if (text_is(rq->path, "/begun")) {
		rs->ready = text_of(context);
		rs->ready_head = sizeof ready_page - 1 - 5;
		return;
	}
	if (text_is(rq->path, "/ready")) {
		rs->ready = text_of(ready_page);
		rs->ready_head = sizeof ready_page - 1 - 5;
	} else if (text_is(rq->path, "/slow")) {
		(void)nanosleep(&slow, NULL);
		rs->body = text_of("slow");
	} else if (text_is(rq->path, "/echo")) {
		if (!request_body(rq, BODY_MAX, &rs->body, &e))
			rs->status = e.kind == ERR_LIMIT ? 413 : 408;
	} else if (text_is(rq->path, "/big")) {
		char *big = arena_alloc(rq->arena, 100000);

		memset(big, 'x', 100000);
		rs->body = (struct text){ big, 100000 };
	} else {
		rs->status = rq->method == METHOD_OTHER ? 405 : 200;
		rs->body = arena_printf(rq->arena, "method=%d path=%s peer=%s",
			(int)rq->method, arena_string(rq->arena, rq->path),
			arena_string(rq->arena, rq->peer));
	}
}

static void
refused(void *context, int status, struct arena *a, struct response *rs)
{
	(void)context;
	rs->content_type = "text/plain";
	rs->body = arena_printf(a, "refused %d", status);
}

/* Tells the parent its port, serves until the parent closes `until`. */
static _Noreturn void
serve(int tell, int until)
{
	struct httpd_config c = {
		.host = "127.0.0.1",
		.threads = 4,
		.deadline_ms = DEADLINE_MS,
		.handle = answer,
		.refuse = refused,
		.begin = begin,
		.end = end,
	};
	struct httpd *h;
	struct err e = { 0 };
	int port = 0;
	char end;

	if (!httpd_start(&c, &h, &port, &e)) {
		(void)fprintf(stderr, "%s\n", e.text);
		_exit(1);
	}
	if (write(tell, &port, sizeof port) != sizeof port)
		_exit(1);
	while (read(until, &end, 1) > 0)
		;
	httpd_stop(h, 2000);
	_exit(0);
}

static int until_fd;

static int
start(void **state)
{
	static struct server s;
	int tell[2], until[2];

	if (pipe(tell) != 0 || pipe(until) != 0)
		return -1;
	s.pid = fork();
	if (s.pid == 0) {
		(void)close(until[1]);
		serve(tell[1], until[0]);
	}
	(void)close(tell[1]);
	(void)close(until[0]);
	until_fd = until[1];
	if (read(tell[0], &s.port, sizeof s.port) != sizeof s.port)
		return -1;
	(void)close(tell[0]);
	*state = &s;
	return 0;
}

static int
stop(void **state)
{
	const struct server *s = *state;
	int status;

	if (until_fd >= 0)
		(void)close(until_fd);
	if (waitpid(s->pid, &status, 0) != s->pid)
		return -1;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

/* ---- the client ---------------------------------------------------------- */

static int
dial(const struct server *s)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	a.sin_port = htons((uint16_t)s->port);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
	return fd;
}

static void
say(int fd, const char *bytes, size_t len)
{
	/* The server may have hung up; its answer says why. */
	(void)send(fd, bytes, len, MSG_NOSIGNAL);
}

/* Reads until the server closes or nothing comes for wait_ms. */
static size_t
hear(int fd, int wait_ms, char *out)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t n = 0;

	while (n + 1 < ANSWER_MAX && poll(&p, 1, wait_ms) == 1) {
		ssize_t got = read(fd, out + n, ANSWER_MAX - 1 - n);

		if (got <= 0)
			break;
		n += (size_t)got;
	}
	out[n] = '\0';
	return n;
}

static size_t
ask(const struct server *s, const char *bytes, size_t len, char *out)
{
	int fd = dial(s);
	size_t n;

	say(fd, bytes, len);
	n = hear(fd, 3000, out);
	(void)close(fd);
	return n;
}

struct raw_case {
	const char *raw;
	const char *status; /* how the answer begins */
	const char *body;   /* how it ends */
};

#define CLOSE "Host: a\r\nConnection: close\r\n"

static const struct raw_case cases[] = {
	{ "GET /a%20b?q=1 HTTP/1.1\r\n" CLOSE "\r\n",
		"HTTP/1.1 200 OK\r\nDate: ",
		"method=0 path=/a b peer=127.0.0.1" },
	{ "GET /ready HTTP/1.1\r\n" CLOSE "\r\n",
		"HTTP/1.1 200 OK\r\nDate: ", "\r\n\r\nready" },
	{ "HEAD /ready HTTP/1.1\r\n" CLOSE "\r\n",
		"HTTP/1.1 200 OK\r\nDate: ", "Content-Length: 5\r\n\r\n" },
	{ "HEAD /a HTTP/1.1\r\n" CLOSE "\r\n", "HTTP/1.1 200 OK\r\n",
		"\r\n\r\n" },
	{ "GET /a HTTP/1.0\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\n",
		"path=/a peer=127.0.0.1" },
	{ "POST /echo HTTP/1.1\r\n" CLOSE "Content-Length: 3\r\n\r\nabc",
		"HTTP/1.1 200 OK\r\n", "\r\n\r\nabc" },
	{ "POST /echo HTTP/1.1\r\n" CLOSE "Content-Length: 0\r\n\r\n",
		"HTTP/1.1 200 OK\r\n", "Content-Length: 0\r\n" },

	/* Methods CivetWeb knows and does not know. */
	{ "PROPFIND /a HTTP/1.1\r\n" CLOSE "\r\n", "HTTP/1.1 405 ", "path=/a "
		"peer=127.0.0.1" },
	{ "TRACE /a HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 405 ",
		"path=/a peer=127.0.0.1" },
	{ "BREW /a?b HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 405 ",
		"path=/a peer=127.0.0.1" },
	{ "OPTIONS /a HTTP/1.1\r\n" CLOSE "Origin: http://b\r\n"
		"Access-Control-Request-Method: POST\r\n\r\n",
		"HTTP/1.1 200 ", "method=3 path=/a peer=127.0.0.1" },

	/* Refused before the handler. */
	{ "GET /a HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ", "refused 400" },
	{ "GET /a HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "HTTP/1.1 400 ",
		"refused 400" },
	{ "GET a HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400 ",
		"refused 400" },
	{ "GET /%2e%2e/a HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400 ",
		"refused 400" },
	{ "GET /a%00 HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400 ",
		"refused 400" },
	{ "GET /a HTTP/3.0\r\nHost: a\r\n\r\n", "HTTP/1.1 505 ",
		"refused 505" },
	{ "GET /a\r\nHost: a\r\n\r\n", "HTTP/1.1 400 ", "refused 400" },
	{ "nonsense\r\n\r\n", "HTTP/1.1 400 ", "refused 400" },
	{ "GET /a HTTP/1.1\r\nHost : a\r\n\r\n", "HTTP/1.1 400 ",
		"refused 400" },
	{ "GET /a HTTP/1.1\r\nHost: a\r\nX: y\r\n Content-Length: 3\r\n\r\n",
		"HTTP/1.1 400 ", "refused 400" },
	{ "GET /a HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", "HTTP/1.1 400 ",
		"refused 400" },
	{ "GET /a HTTP/1.1\nHost: a\n\n", "HTTP/1.1 400 ", "refused 400" },
	{ "GET /a HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", "HTTP/1.1 400 ",
		"refused 400" },
	{ "  GET /a HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400 ",
		"refused 400" },
	{ "\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400 ",
		"refused 400" },
	{ "POST /echo HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 411 ",
		"refused 411" },
	{ "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
		"Content-Length: 3\r\n\r\nabc", "HTTP/1.1 400 ",
		"refused 400" },
	{ "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
		"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"HTTP/1.1 400 ", "refused 400" },
	{ "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
		"\r\n0\r\n\r\n", "HTTP/1.1 411 ", "refused 411" },
	{ "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3x\r\n\r\nabc",
		"HTTP/1.1 400 ", "refused 400" },
	{ "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
		"Expect: something\r\n\r\nabc", "HTTP/1.1 417 ",
		"refused 417" },

	/* What is not read ends the connection, and is no second request. */
	{ "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 38\r\n\r\n"
		"GET /evil HTTP/1.1\r\nHost: evil\r\n\r\n....",
		"HTTP/1.1 200 ", "path=/a peer=127.0.0.1" },
	{ "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\nabc",
		"HTTP/1.1 413 ", "\r\n\r\n" },
};

static bool
ends_with(const char *text, size_t len, const char *end)
{
	size_t n = strlen(end);

	return len >= n && memcmp(text + len - n, end, n) == 0;
}

static void
each_request_gets_its_answer_and_no_other(void **state)
{
	char *out = malloc(ANSWER_MAX);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *raw = cases[i].raw;
		size_t n = ask(*state, raw, strlen(raw), out);
		const char *second;

		if (strncmp(out, cases[i].status,
				strlen(cases[i].status)) != 0 ||
			!strstr(out, "\r\nConnection: close\r\n"))
			fail_msg("%s -> %s", raw, out);
		if (!ends_with(out, n, cases[i].body) &&
			!strstr(out, cases[i].body))
			fail_msg("%s -> %s", raw, out);
		second = strstr(out + 1, "HTTP/1.1 ");
		if (second)
			fail_msg("%s -> two answers", raw);
	}
	free(out);
}

static void
requests_in_one_write_are_answered_in_order(void **state)
{
	static const char raw[] =
		"GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
		"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n"
		"two"
		"GET /ready HTTP/1.1\r\nHost: a\r\n\r\n"
		"GET /4 HTTP/1.1\r\n" CLOSE "\r\n";
	static const char *const want[] = { "path=/1", "\r\n\r\ntwo",
		"\r\n\r\nready", "Connection: close", "path=/4" };
	char *out = malloc(ANSWER_MAX);
	const char *at = out;

	(void)ask(*state, raw, sizeof raw - 1, out);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		at = strstr(at, want[i]);
		assert_non_null(at);
	}
	free(out);
}

static void
heads_that_are_too_large_are_refused(void **state)
{
	char *raw = malloc(64 * 1024), *out = malloc(ANSWER_MAX);
	size_t n;

	n = (size_t)sprintf(raw, "GET /a HTTP/1.1\r\n" CLOSE "X: ");
	memset(raw + n, 'x', 20000);
	memcpy(raw + n + 20000, "\r\n\r\n", 4);
	(void)ask(*state, raw, n + 20004, out);
	assert_ptr_equal(strstr(out, "HTTP/1.1 4"), out);
	assert_non_null(strstr(out, "refused 4"));
	/* The 64th header would be the last that CivetWeb looks at. */
	n = (size_t)sprintf(raw, "GET /a HTTP/1.1\r\n" CLOSE);
	for (int i = 0; i < 62; i++)
		n += (size_t)sprintf(raw + n, "X-%d: y\r\n", i);
	n += (size_t)sprintf(raw + n, "Content-Length: 5\r\n\r\n");
	(void)ask(*state, raw, n, out);
	assert_ptr_equal(strstr(out, "HTTP/1.1 4"), out);
	free(out);
	free(raw);
}

static void
a_large_body_arrives_whole(void **state)
{
	static const char raw[] = "GET /big HTTP/1.1\r\n" CLOSE "\r\n";
	char *out = malloc(ANSWER_MAX);
	size_t n = ask(*state, raw, sizeof raw - 1, out);

	assert_true(n > 100000);
	assert_true(ends_with(out, n, "xxxx"));
	free(out);
}

static void
what_was_begun_stays_until_the_answer_is_written(void **state)
{
	static const char raw[] = "GET /begun HTTP/1.1\r\n" CLOSE "\r\n";
	char *out = malloc(ANSWER_MAX);

	(void)ask(*state, raw, sizeof raw - 1, out);
	assert_ptr_equal(strstr(out, "HTTP/1.1 200 OK"), out);
	assert_non_null(strstr(out, "\r\n\r\nready"));
	free(out);
}

static void
a_client_that_waits_for_100_gets_it(void **state)
{
	static const char head[] = "POST /echo HTTP/1.1\r\n" CLOSE
		"Content-Length: 3\r\nExpect: 100-continue\r\n\r\n";
	char *out = malloc(ANSWER_MAX);
	int fd = dial(*state);

	say(fd, head, sizeof head - 1);
	(void)hear(fd, 50, out);
	assert_string_equal(out, "HTTP/1.1 100 Continue\r\n\r\n");
	say(fd, "abc", 3);
	(void)hear(fd, 3000, out);
	assert_ptr_equal(strstr(out, "HTTP/1.1 200 OK"), out);
	assert_non_null(strstr(out, "\r\n\r\nabc"));
	(void)close(fd);
	free(out);
}

/* Sends a byte every 50 ms until the server answers or hangs up. */
static int64_t
drip(int fd, char *out)
{
	int64_t begun = clock_monotonic_ms();
	struct pollfd p = { .fd = fd, .events = POLLIN };

	do {
		say(fd, "x", 1);
	} while (poll(&p, 1, 50) == 0 &&
		clock_monotonic_ms() < begun + 20 * DEADLINE_MS);
	begun = clock_monotonic_ms() - begun;
	(void)hear(fd, 1000, out);
	return begun;
}

static void
a_dripping_body_ends_at_the_total_deadline(void **state)
{
	static const char head[] = "POST /echo HTTP/1.1\r\nHost: a\r\n"
		"Content-Length: 100\r\n\r\n";
	char *out = malloc(ANSWER_MAX);
	int fd = dial(*state);
	int64_t took;

	say(fd, head, sizeof head - 1);
	took = drip(fd, out);
	assert_ptr_equal(strstr(out, "HTTP/1.1 408 "), out);
	assert_in_range(took, DEADLINE_MS - 50, 2 * DEADLINE_MS);
	(void)close(fd);
	free(out);
}

static void
a_dripping_head_ends_before_the_deadline(void **state)
{
	static const char head[] = "GET /a HTTP/1.1\r\nHost: a\r\nX: ";
	char *out = malloc(ANSWER_MAX);
	int fd = dial(*state);

	say(fd, head, sizeof head - 1);
	assert_in_range(drip(fd, out), 0, 2 * DEADLINE_MS);
	assert_ptr_equal(strstr(out, "HTTP/1.1 400 "), out);
	(void)close(fd);
	free(out);
}

static void
an_idle_connection_is_closed_without_a_word(void **state)
{
	static const char raw[] = "GET /ready HTTP/1.1\r\nHost: a\r\n\r\n";
	char *out = malloc(ANSWER_MAX);
	int fd = dial(*state);
	const char *body;

	say(fd, raw, sizeof raw - 1);
	(void)hear(fd, 300, out);
	body = strstr(out, "\r\n\r\nready");
	assert_non_null(body);
	assert_null(strstr(out, "Connection: close"));
	assert_int_equal(hear(fd, 8000, out), 0);
	(void)close(fd);
	free(out);
}

/* ---- what stays in memory ------------------------------------------------ */

static size_t
count_in(const char *hay, size_t len, const char *needle, size_t n)
{
	size_t found = 0;

	for (size_t i = 0; i + n <= len; i++) {
		const char *hit = memchr(hay + i, needle[0], len - i - n + 1);

		if (!hit)
			break;
		i = (size_t)(hit - hay);
		found += memcmp(hit, needle, n) == 0;
	}
	return found;
}

/* How often the marker stands in the readable memory of the process. */
static size_t
count_in_memory(pid_t pid, const char *marker)
{
	char path[64], line[512];
	size_t found = 0;
	FILE *maps;
	int mem;

	(void)snprintf(path, sizeof path, "/proc/%d/maps", (int)pid);
	maps = fopen(path, "r");
	(void)snprintf(path, sizeof path, "/proc/%d/mem", (int)pid);
	mem = open(path, O_RDONLY);
	assert_non_null(maps);
	assert_true(mem >= 0);
	while (fgets(line, sizeof line, maps)) {
		uintmax_t from, to;
		char *end;
		char *bytes;
		ssize_t got;

		from = strtoumax(line, &end, 16);
		to = strtoumax(end + 1, &end, 16);
		/* A sanitizer's shadow is terabytes of nothing. */
		if (end[1] != 'r' || end[2] != 'w' ||
			to - from > 64 * 1024 * 1024)
			continue;
		bytes = malloc((size_t)(to - from));
		assert_non_null(bytes);
		got = pread(mem, bytes, (size_t)(to - from), (off_t)from);
		if (got > 0)
			found += count_in(bytes, (size_t)got, marker,
				MARKER_LEN);
		free(bytes);
	}
	(void)close(mem);
	(void)fclose(maps);
	return found;
}

static void
make_marker(char marker[MARKER_LEN + 1])
{
	int fd = open("/dev/urandom", O_RDONLY);
	unsigned char random[MARKER_LEN];

	assert_true(fd >= 0);
	assert_int_equal(read(fd, random, sizeof random), sizeof random);
	(void)close(fd);
	for (int i = 0; i < MARKER_LEN; i++)
		marker[i] = (char)('a' + random[i] % 26);
	marker[MARKER_LEN] = '\0';
}

struct leak_case {
	const char *name;
	const char *format; /* the marker stands for %s, once or twice */
};

static const struct leak_case leaks[] = {
	{ "a body on a connection kept", "POST /echo HTTP/1.1\r\n"
		"Host: a\r\nContent-Length: 24\r\n\r\n%s" },
	{ "a body on a connection closed", "POST /echo HTTP/1.1\r\n"
		CLOSE "Content-Length: 24\r\n\r\n%s" },
	{ "more than the body said", "POST /echo HTTP/1.1\r\n"
		CLOSE "Content-Length: 2\r\n\r\nxx%s" },
	{ "a body too large", "POST /echo HTTP/1.1\r\n"
		"Host: a\r\nContent-Length: 240\r\n\r\n%s" },
	{ "a body not read", "POST /other HTTP/1.1\r\n"
		"Host: a\r\nContent-Length: 24\r\n\r\n%s" },
	{ "a request refused", "POST /echo HTTP/1.1\r\nHost: a\r\nHost: b\r\n"
		"Content-Length: 24\r\n\r\n%s" },
	{ "a request pipelined", "GET /ready HTTP/1.1\r\nHost: a\r\n\r\n"
		"POST /echo HTTP/1.1\r\n" CLOSE
		"Content-Length: 24\r\n\r\n%s" },
};

static void
nothing_of_a_body_stays_in_memory(void **state)
{
	const struct server *s = *state;
	char *raw = malloc(4096), *out = malloc(ANSWER_MAX);

	for (size_t i = 0; i < sizeof leaks / sizeof *leaks; i++) {
		char marker[MARKER_LEN + 1];
		struct text format = text_of(leaks[i].format);
		size_t at = text_search(format, "%s");
		int n, fd = dial(s);
		size_t found;

		make_marker(marker);
		n = snprintf(raw, 4096, "%.*s%s", (int)at, format.p, marker);
		say(fd, raw, (size_t)n);
		(void)hear(fd, 400, out);
		found = count_in_memory(s->pid, marker);
		if (found > 0)
			fail_msg("%s: %zu times", leaks[i].name, found);
		(void)close(fd);
	}
	free(out);
	free(raw);
}

/* Last: it ends the server. */
static void
stopping_lets_a_request_in_flight_finish(void **state)
{
	static const char raw[] = "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n";
	static const char next[] = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
	struct timespec wait = { 0, 50 * 1000000 };
	char *out = malloc(ANSWER_MAX);
	int slow = dial(*state), other;
	int64_t begun;

	say(slow, raw, sizeof raw - 1);
	(void)nanosleep(&wait, NULL);
	(void)close(until_fd);
	until_fd = -1;
	begun = clock_monotonic_ms();
	(void)nanosleep(&wait, NULL);
	other = dial(*state);
	say(other, next, sizeof next - 1);
	(void)hear(other, 3000, out);
	assert_ptr_equal(strstr(out, "HTTP/1.1 503 "), out);
	(void)hear(slow, 3000, out);
	assert_ptr_equal(strstr(out, "HTTP/1.1 200 OK"), out);
	assert_non_null(strstr(out, "\r\n\r\nslow"));
	assert_in_range(clock_monotonic_ms() - begun, 0, 2000);
	(void)close(slow);
	(void)close(other);
	free(out);
}

static void
a_port_that_is_taken_is_said_in_one_line(void **state)
{
	const struct server *s = *state;
	struct httpd_config c = {
		.host = "127.0.0.1",
		.port = s->port,
		.threads = 1,
		.handle = answer,
	};
	struct httpd *h;
	struct err e = { 0 };
	int port;

	assert_false(httpd_start(&c, &h, &port, &e));
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_non_null(strstr(e.text, "is taken by another program"));
	c.host = "localhost";
	assert_false(httpd_start(&c, &h, &port, &e));
	assert_int_equal(e.kind, ERR_USAGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_request_gets_its_answer_and_no_other),
		cmocka_unit_test(requests_in_one_write_are_answered_in_order),
		cmocka_unit_test(heads_that_are_too_large_are_refused),
		cmocka_unit_test(a_large_body_arrives_whole),
		cmocka_unit_test(
			what_was_begun_stays_until_the_answer_is_written),
		cmocka_unit_test(a_client_that_waits_for_100_gets_it),
		cmocka_unit_test(a_dripping_body_ends_at_the_total_deadline),
		cmocka_unit_test(a_dripping_head_ends_before_the_deadline),
		cmocka_unit_test(an_idle_connection_is_closed_without_a_word),
		cmocka_unit_test(nothing_of_a_body_stays_in_memory),
		cmocka_unit_test(a_port_that_is_taken_is_said_in_one_line),
		cmocka_unit_test(stopping_lets_a_request_in_flight_finish),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
