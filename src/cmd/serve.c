/* serve: the site, its forms and the collectors' API, until a signal. */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "base/clock.h"
#include "base/current.h"
#include "base/fs.h"
#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/generation.h"
#include "cmd/siteopts.h"
#include "http/httpd.h"
#include "intake/guard.h"
#include "intake/intake.h"
#include "intake/limits.h"
#include "intake/nonces.h"
#include "queue/queue.h"
#include "site/site.h"
#include "base/banned.h"

enum {
	PORT_DEFAULT = 8080,
	PORT_MAX = 65535,
	/* An idle connection holds a thread; one costs some 50 kB. */
	THREADS = 256,
	DRAIN_MS = 10 * 1000,
	SWEEP_S = 3600
};

static const struct cmd_option options[] = {
	{ "listen", "HOST:PORT", "where to listen (127.0.0.1:8080); port 0:"
				 " any free one" },
	{ "data", "DIR", "the queue (data in the site's root)" },
	{ "public", "DIR", "the built site (public in the site's root)" },
	{ "keys", "DIR", "where server.key lies (keys in the site's root)" },
	{ "base-url", "URL", "address of the site, before site.yaml's" },
	{ "dev", NULL, "take development keys, and the keyset beside them" },
	{ "proxy", NULL, "visitors come through a proxy that sets X-Real-IP" },
	{ "explain", NULL, "print every limit the server holds, and end" },
	{ NULL, NULL, NULL }
};

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_serve = {
	.name = "serve",
	.arguments = "",
	.summary = "serve the site and take in what its forms send",
	.help = "Listens on a loopback address; TLS and the world are a\n"
		"proxy's.  Answers are sealed in memory to the recipients in\n"
		"forms/keyset and lie in the data directory only as envelopes.\n"
		"SIGHUP: the site, its forms and the keyset are read again; if\n"
		"anything is wrong with them the server goes on with the old.\n"
		"SIGTERM or SIGINT: requests in flight are finished first.",
	.options = options,
	.run = run,
};

/* Everything that runs; NULL is what has not been opened. */
struct server {
	struct arena arena;
	struct generation_config config;
	struct current *current; /* struct generation */
	struct httpd *httpd;
	int port;
};

static void
print_limits(void)
{
	for (const struct limit *l = limits; l->what; l++)
		(void)printf("%11lld %-16s %s\n", (long long)l->value,
			l->unit, l->what);
}

/* "127.0.0.1:8080"; only loopback, for the traffic is not encrypted. */
static bool
read_listen(struct arena *a, const char *value, const char **host, int *port,
	struct err *e)
{
	struct text t = text_of(value);
	size_t colon = text_find(t, ':');
	int64_t n;

	*host = arena_string(a, text_sub(t, 0, colon));
	if (!text_to_int(text_from(t, colon + 1), 0, PORT_MAX, &n))
		return err_set(e, ERR_USAGE, "serve: --listen is HOST:PORT, "
			"like 127.0.0.1:8080");
	if (!text_starts(t, "127."))
		return err_set(e, ERR_USAGE, "serve: %s is no loopback "
			"address (127.0.0.1); let a proxy meet the world",
			*host);
	*port = (int)n;
	return true;
}

/* ---- opening and closing ------------------------------------------------- */

/* The option's value, or a name in the site's root. */
static const char *
place(struct server *s, const struct cmd_call *call, const char *option)
{
	const char *value = cmd_value(&cmd_serve, call, option);

	return value ? value : fs_join(&s->arena, call->site, option);
}

static bool
open_all(struct server *s, const struct cmd_call *call, struct err *e)
{
	struct generation_config *c = &s->config;
	const char *data = place(s, call, "data");
	struct generation *first;

	c->public = place(s, call, "public");
	c->keys = place(s, call, "keys");
	c->dev = cmd_value(&cmd_serve, call, "dev") != NULL;
	c->behind_proxy = cmd_value(&cmd_serve, call, "proxy") != NULL;
	if (!siteopts_read(&cmd_serve, call, &c->site, e) ||
		!generation_open(c, NULL, &first, e))
		return false;
	s->current = current_open(first, generation_close);
	c->nonces = nonces_open();
	return queue_open(data, &c->queue, e) &&
		guard_open(data, &c->guard, e) && generation_join(first, c, e);
}

static void
close_all(struct server *s)
{
	httpd_stop(s->httpd, DRAIN_MS);
	current_close(s->current);
	nonces_close(s->config.nonces);
	guard_close(s->config.guard);
	if (s->config.queue)
		queue_close(s->config.queue);
	arena_release(&s->arena);
}

/* ---- requests ------------------------------------------------------------ */

static void *
begin(void *context)
{
	return current_take(((struct server *)context)->current);
}

static void
end(void *context, void *generation)
{
	current_give(((struct server *)context)->current, generation);
}

static void
answer(void *generation, struct request *rq, struct response *rs)
{
	intake_handle(((struct generation *)generation)->intake, rq, rs);
}

static void
refuse(void *generation, int status, struct arena *a, struct response *rs)
{
	intake_refuse(((struct generation *)generation)->intake, status, a, rs);
}

/* ---- between them -------------------------------------------------------- */

/* Threads inherit the mask, so that only wait_for_end sees the signals. */
static void
hold_signals(sigset_t *set)
{
	const struct rlimit none = { 0, 0 };

	(void)sigemptyset(set);
	(void)sigaddset(set, SIGTERM);
	(void)sigaddset(set, SIGINT);
	(void)sigaddset(set, SIGHUP);
	(void)sigaddset(set, SIGPIPE);
	(void)sigprocmask(SIG_BLOCK, set, NULL);
	(void)sigdelset(set, SIGPIPE);
	/* A core file would hold answers. */
	(void)setrlimit(RLIMIT_CORE, &none);
}

static void
log_site(struct server *s, const char *event, int64_t begun_ms)
{
	struct generation *g = current_take(s->current);

	log_info(event, "port=%d files=%zu forms=%zu ms=%lld", s->port,
		pages_count(g->pages), g->intake->form_count,
		(long long)(clock_monotonic_ms() - begun_ms));
	current_give(s->current, g);
}

/* What cannot be read as a whole is not taken at all. */
static void
reload(struct server *s)
{
	int64_t begun_ms = clock_monotonic_ms();
	struct generation *now = current_take(s->current), *next;
	struct err e = { 0 };

	if (generation_open(&s->config, now, &next, &e) &&
		generation_join(next, &s->config, &e)) {
		current_replace(s->current, next);
		log_site(s, "reload", begun_ms);
	} else {
		generation_close(next);
		log_error("reload", "done=no fault=\"%s\"", e.text);
	}
	current_give(s->current, now);
}

static void
sweep(struct server *s)
{
	struct generation *now = current_take(s->current);
	struct err e = { 0 };
	size_t count;

	if (!queue_sweep(s->config.queue, clock_now_s(), &count, &e))
		log_error("sweep", "fault=\"%s\"", e.text);
	else if (count > 0)
		log_info("sweep", "deleted=%zu", count);
	generation_warn(now);
	current_give(s->current, now);
}

static void
wait_for_end(struct server *s, const sigset_t *set)
{
	const struct timespec interval = { SWEEP_S, 0 };

	for (;;) {
		int signal = sigtimedwait(set, NULL, &interval);

		if (signal == SIGHUP)
			reload(s);
		else if (signal > 0)
			return;
		else
			sweep(s);
	}
}

static bool
serve(struct server *s, const struct cmd_call *call, struct err *e)
{
	const char *listen = cmd_value(&cmd_serve, call, "listen");
	int64_t begun_ms = clock_monotonic_ms();
	struct httpd_config c = {
		.host = "127.0.0.1",
		.port = PORT_DEFAULT,
		.threads = THREADS,
		.handle = answer,
		.refuse = refuse,
		.begin = begin,
		.end = end,
		.context = s,
	};
	sigset_t set;

	if (listen && !read_listen(&s->arena, listen, &c.host, &c.port, e))
		return false;
	hold_signals(&set);
	if (!open_all(s, call, e) ||
		!httpd_start(&c, &s->httpd, &s->port, e))
		return false;
	(void)printf("http://%s:%d/\n", c.host, s->port);
	(void)fflush(stdout);
	log_site(s, "start", begun_ms);
	wait_for_end(s, &set);
	log_info("stop", "port=%d", s->port);
	return true;
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	struct server s = { 0 };
	bool ok;

	if (cmd_value(&cmd_serve, call, "explain")) {
		print_limits();
		return true;
	}
	arena_init(&s.arena, false);
	ok = serve(&s, call, e);
	close_all(&s);
	return ok;
}
