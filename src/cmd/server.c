/* server: what `serve` runs. */
#include "cmd/server.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/current.h"
#include "base/log.h"
#include "base/watch_fs.h"
#include "cmd/faults.h"
#include "http/httpd.h"
#include "intake/guard.h"
#include "intake/intake.h"
#include "intake/nonces.h"
#include "intake/preview.h"
#include "queue/queue.h"
#include "base/banned.h"

enum {
	/* An idle connection holds a thread; one costs some 50 kB. */
	THREADS = 256,
	DRAIN_MS = 10 * 1000,
	SWEEP_MS = 3600 * 1000,
	/* An editor saves in several steps; this long after the last. */
	QUIET_MS = 10,
	/* Less than a full block of an arena. */
	OWN_PAGES_BYTES = 512 * 1024
};

/* What --watch looks at, in the site's root.  The last is where git keeps
 * what a commit moves: a page shows its dates. */
static const char *const watched[] = { "content", "forms", "themes",
	".git/refs/heads" };

/* Everything that runs; NULL is what has not been opened. */
struct server {
	struct generation_config config;
	struct current *current; /* struct generation */
	struct watch_fs *watch;
	struct httpd *httpd;
	int signals;             /* signalfd; -1 until there is one */
	int port;
};

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

/* ---- one generation after another ---------------------------------------- */

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
reload(struct server *s, const char *event, int64_t begun_ms)
{
	struct preview *preview = s->config.preview;
	struct generation *now = current_take(s->current), *next;
	struct err e = { 0 };

	if (generation_open(&s->config, now, &next, &e) &&
		generation_join(next, &s->config, &e)) {
		current_replace(s->current, next);
		if (preview)
			preview_show(preview, next->build);
		log_site(s, event, begun_ms);
	} else {
		generation_close(next);
		if (preview)
			faults_show(&s->config, now, &e);
		log_error(event, "done=no fault=\"%s\"", e.text);
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
rebuild(struct server *s)
{
	int64_t begun_ms = clock_monotonic_ms();
	struct err e = { 0 };
	bool changed;

	if (!watch_fs_read(s->watch, QUIET_MS, &changed, &e))
		log_error("watch", "fault=\"%s\"", e.text);
	if (changed)
		reload(s, "rebuilt", begun_ms);
}

/* ---- until the end ------------------------------------------------------- */

/* The signal that came, or 0. */
static int
read_signal(int fd)
{
	struct signalfd_siginfo info;

	return read(fd, &info, sizeof info) == sizeof info
		? (int)info.ssi_signo : 0;
}

static int
ms_until(int64_t end_ms)
{
	int64_t left_ms = end_ms - clock_monotonic_ms();

	return left_ms > 0 ? (int)left_ms : 0;
}

static void
wait_for_end(struct server *s)
{
	struct pollfd p[] = {
		{ .fd = s->signals, .events = POLLIN },
		{ .fd = s->watch ? watch_fs_fd(s->watch) : -1,
			.events = POLLIN },
	};
	int64_t sweep_ms = clock_monotonic_ms() + SWEEP_MS;

	for (;;) {
		int ready = poll(p, 2, ms_until(sweep_ms));
		int signal = ready > 0 && p[0].revents
			? read_signal(s->signals) : 0;

		if (signal == SIGHUP)
			reload(s, "reload", clock_monotonic_ms());
		else if (signal)
			return;
		if (ready > 0 && p[1].revents)
			rebuild(s);
		if (ms_until(sweep_ms) == 0) {
			sweep(s);
			sweep_ms = clock_monotonic_ms() + SWEEP_MS;
		}
	}
}

/* Threads inherit the mask, so that only wait_for_end sees the signals. */
static bool
hold_signals(struct server *s, struct err *e)
{
	const struct rlimit none = { 0, 0 };
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGPIPE);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGHUP);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	/* A core file would hold answers. */
	(void)setrlimit(RLIMIT_CORE, &none);
	s->signals = signalfd(-1, &set, SFD_CLOEXEC);
	return s->signals >= 0 || err_set(e, ERR_SYSTEM,
		"cannot wait for signals: %s", strerror(errno));
}

/*
 * The site as it stands.  An editor's may begin with faults: then it is what
 * can be made of it, and *fault says that there are some.
 */
static bool
open_first(struct server *s, struct generation **out, struct err *fault,
	struct err *e)
{
	struct generation_config c = s->config;

	if (generation_open(&c, NULL, out, e))
		return true;
	if (!c.preview)
		return false;
	*fault = *e;
	c.site.keep_going = true;
	return generation_open(&c, NULL, out, e);
}

static bool
open_all(struct server *s, const struct server_options *o, struct err *e)
{
	struct generation_config *c = &s->config;
	struct generation *first;
	struct err fault = { 0 };

	/* Before the first build, so that no change falls between. */
	if (o->watch && !watch_fs_open(c->site.root, watched,
		sizeof watched / sizeof *watched, &s->watch, e))
		return false;
	if (o->watch)
		c->preview = preview_open();
	if (!open_first(s, &first, &fault, e))
		return false;
	s->current = current_open(first, generation_close);
	c->nonces = nonces_open();
	if (!queue_open(o->data, &c->queue, e) ||
		!guard_open(o->data, &c->guard, e) ||
		!generation_join(first, c, e))
		return false;
	if (c->preview)
		preview_show(c->preview, first->build);
	if (fault.kind != ERR_NONE) {
		log_error("watch", "fault=\"%s\"", fault.text);
		faults_show(c, first, &fault);
	}
	return true;
}

static bool
serve(struct server *s, const struct server_options *o, struct err *e)
{
	int64_t begun_ms = clock_monotonic_ms();
	const struct httpd_config c = {
		.host = o->host,
		.port = o->port,
		.threads = THREADS,
		.handle = answer,
		.refuse = refuse,
		.begin = begin,
		.end = end,
		.context = s,
	};

	if (!hold_signals(s, e) || !open_all(s, o, e) ||
		!httpd_start(&c, &s->httpd, &s->port, e))
		return false;
	(void)printf("http://%s:%d/\n", o->host, s->port);
	(void)fflush(stdout);
	log_site(s, "start", begun_ms);
	wait_for_end(s);
	log_info("stop", "port=%d", s->port);
	return true;
}

static void
close_all(struct server *s)
{
	if (s->config.preview)
		preview_stop(s->config.preview);
	httpd_stop(s->httpd, DRAIN_MS);
	current_close(s->current);
	preview_close(s->config.preview);
	nonces_close(s->config.nonces);
	guard_close(s->config.guard);
	queue_close(s->config.queue);
	watch_fs_close(s->watch);
	if (s->signals >= 0)
		(void)close(s->signals);
}

bool
server_run(const struct server_options *o, struct err *e)
{
	struct server s = { .config = o->generation, .signals = -1 };
	bool ok;

	/* A large piece goes back to the system when it is freed; by default
	 * what a start or a reload needed for a moment stays with us. */
	(void)mallopt(M_MMAP_THRESHOLD, OWN_PAGES_BYTES);
	ok = serve(&s, o, e);
	close_all(&s);
	return ok;
}
