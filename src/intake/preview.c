/* preview: what the editor of a site sees of it while it is written. */
#include "intake/preview.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "http/media.h"
#include "intake/intake.h"
#include "base/banned.h"

enum { FAULTS_PAGE_MAX = 4 * 1024 * 1024 };

static const char html[] = "text/html; charset=utf-8";

struct preview {
	pthread_mutex_t lock;
	pthread_cond_t news;
	int64_t last;     /* number given out */
	int64_t number;   /* of the build that is served, or has faults */
	struct buf faults; /* the page that shows them; empty: none */
	int waiters;
	bool stopped;
};

struct preview *
preview_open(void)
{
	struct preview *p = calloc(1, sizeof *p);
	pthread_condattr_t monotonic;

	if (!p)
		abort();
	(void)pthread_mutex_init(&p->lock, NULL);
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&p->news, &monotonic);
	(void)pthread_condattr_destroy(&monotonic);
	buf_init(&p->faults, FAULTS_PAGE_MAX);
	/* A page of the server before this one is of no build of ours. */
	p->last = clock_now_s() * 1000;
	return p;
}

void
preview_close(struct preview *p)
{
	if (!p)
		return;
	buf_release(&p->faults);
	(void)pthread_cond_destroy(&p->news);
	(void)pthread_mutex_destroy(&p->lock);
	free(p);
}

void
preview_stop(struct preview *p)
{
	(void)pthread_mutex_lock(&p->lock);
	p->stopped = true;
	(void)pthread_cond_broadcast(&p->news);
	(void)pthread_mutex_unlock(&p->lock);
}

/* ---- builds -------------------------------------------------------------- */

int64_t
preview_next(struct preview *p)
{
	int64_t number;

	(void)pthread_mutex_lock(&p->lock);
	number = ++p->last;
	(void)pthread_mutex_unlock(&p->lock);
	return number;
}

static void
tell(struct preview *p, int64_t number, struct text faults)
{
	(void)pthread_mutex_lock(&p->lock);
	p->number = number;
	buf_clear(&p->faults);
	buf_text(&p->faults, faults);
	(void)pthread_cond_broadcast(&p->news);
	(void)pthread_mutex_unlock(&p->lock);
}

void
preview_show(struct preview *p, int64_t number)
{
	tell(p, number, (struct text){ "", 0 });
}

bool
preview_fail(struct preview *p, int64_t number, const struct intake *in,
	struct value *faults, struct err *e)
{
	const struct intake_config *c = &in->config;
	struct arena a;
	struct value *data;
	struct buf b;
	bool ok = false;

	arena_init(&a, false);
	buf_init(&b, FAULTS_PAGE_MAX);
	if (!c->common(c->context, &a, text_of("sv"), text_of("/"), &data, e))
		goto out;
	value_set_bool(&a, data, "watch", true);
	(void)value_set(&a, data, "faults", faults);
	if (!theme_render(c->theme, "build-error", data, &b, e))
		goto out;
	tell(p, number, buf_view(&b));
	ok = true;
out:
	buf_release(&b);
	arena_release(&a);
	return ok;
}

/* ---- requests ------------------------------------------------------------ */

static struct timespec
deadline(void)
{
	int64_t end_ms = clock_monotonic_ms() + PREVIEW_WAIT_MS;

	return (struct timespec){ .tv_sec = (time_t)(end_ms / 1000),
		.tv_nsec = (long)(end_ms % 1000) * 1000000 };
}

/* Waits for another build than the one the query names. */
static void
wait_for_news(struct preview *p, struct request *rq, struct response *rs)
{
	const struct timespec end = deadline();
	int64_t known = 0, number;
	bool full;

	if (!text_to_int(rq->query, 0, INT64_MAX, &known))
		known = 0;
	(void)pthread_mutex_lock(&p->lock);
	full = p->waiters == PREVIEW_WAITERS_MAX;
	p->waiters++;
	while (!full && !p->stopped && p->number == known &&
		pthread_cond_timedwait(&p->news, &p->lock, &end) == 0)
		;
	p->waiters--;
	number = p->number;
	(void)pthread_mutex_unlock(&p->lock);
	rs->status = full ? 503 : 200;
	rs->content_type = "text/plain; charset=utf-8";
	rs->body = arena_printf(rq->arena, "%lld\n", (long long)number);
}

static bool
is_page(struct text path)
{
	return text_ends(path, "/") || text_ends(path, ".html");
}

/* The number of its build, where a script can read it: the Server-Timing of
 * its own page (W3C Server Timing). */
static void
put_number(struct request *rq, struct response *rs, int64_t number)
{
	rs->scripts = true;
	response_add(rs, "Server-Timing", arena_printf(rq->arena,
		"build;desc=\"%lld\"", (long long)number));
}

/* Is there a page of faults to show?  Both are of one moment. */
static bool
show_faults(struct preview *p, struct request *rq, struct response *rs)
{
	int64_t number;

	(void)pthread_mutex_lock(&p->lock);
	number = p->number;
	rs->body = arena_copy(rq->arena, buf_view(&p->faults));
	(void)pthread_mutex_unlock(&p->lock);
	if (rs->body.len == 0)
		return false;
	rs->status = 500;
	rs->content_type = html;
	put_number(rq, rs, number);
	return true;
}

/* The value of a header in a head that was made ready. */
static struct text
header_of(struct text head, const char *name)
{
	struct text line;

	while (text_line(&head, &line))
		if (text_starts(line, name))
			return text_trim(text_from(line,
				text_find(line, ':') + 1));
	return (struct text){ "", 0 };
}

/* A file of the built site, as no cache may keep it.  Assets are named by
 * what is in them and stay as they are. */
static void
make_fresh(const struct intake *in, struct request *rq, struct response *rs)
{
	struct text head = text_sub(rs->ready, 0, rs->ready_head);
	struct text body = text_from(rs->ready, rs->ready_head);

	if (rs->ready.len == 0 || media_is_asset(rq->path))
		return;
	response_init(rs);
	rs->content_type = arena_string(rq->arena,
		header_of(head, "Content-Type:"));
	rs->body = body;
	if (is_page(rq->path))
		put_number(rq, rs, in->config.build);
}

void
preview_handle(struct intake *in, struct request *rq, struct response *rs,
	void (*answer)(struct intake *in, struct request *rq,
		struct response *rs))
{
	struct preview *p = in->config.preview;
	bool get = rq->method == METHOD_GET || rq->method == METHOD_HEAD;
	const struct text none = { "", 0 };

	if (get && text_is(rq->path, "/_watch")) {
		wait_for_news(p, rq, rs);
	} else if (get && text_is(rq->path, "/_watch.js")) {
		rs->content_type = "text/javascript; charset=utf-8";
		rs->body = theme_script(in->config.theme, "watch.js");
	} else if (!get || !is_page(rq->path) || !show_faults(p, rq, rs)) {
		rq->if_none_match = none;
		rq->accept_encoding = none;
		answer(in, rq, rs);
		if (get)
			make_fresh(in, rq, rs);
	}
}
