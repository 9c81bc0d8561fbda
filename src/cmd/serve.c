/* serve: the site, its forms and the collectors' API, until a signal. */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/keydir.h"
#include "cmd/pin.h"
#include "cmd/siteopts.h"
#include "http/httpd.h"
#include "intake/intake.h"
#include "intake/limits.h"
#include "queue/queue.h"
#include "seal/sign.h"
#include "site/search.h"
#include "site/site.h"
#include "base/banned.h"

enum {
	PORT_DEFAULT = 8080,
	PORT_MAX = 65535,
	/* An idle connection holds a thread; one costs some 50 kB. */
	THREADS = 256,
	DRAIN_MS = 10 * 1000,
	SWEEP_S = 3600,
	KEYSET_FILE_MAX = 64 * 1024
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
		"SIGTERM or SIGINT: requests in flight are finished first.",
	.options = options,
	.run = run,
};

/* Everything that runs; NULL is what has not been opened. */
struct server {
	struct arena arena;
	struct site *site;
	struct search *search;
	struct pages *pages;
	struct sign_key *key;
	struct keyset keyset;
	struct text keyset_file;
	const char *key_name;
	struct queue *queue;
	struct intake *intake;
	struct httpd *httpd;
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

/* The option's value, or a name in the site's root. */
static const char *
place(struct server *s, const struct cmd_call *call, const char *option)
{
	const char *value = cmd_value(&cmd_serve, call, option);

	return value ? value : fs_join(&s->arena, call->site, option);
}

/* ---- keys ---------------------------------------------------------------- */

/* Development keys bring their keyset; real ones stand in forms/. */
static bool
load_keyset(struct server *s, const struct cmd_call *call, const char *keys,
	bool dev, struct err *e)
{
	struct arena *a = &s->arena;
	const char *path = fs_join(a, keys, "keyset");
	struct verify_key organisation;

	if (dev && fs_exists(path))
		return keydir_keyset(a, keys, &s->keyset, &organisation, e) &&
			fs_read(a, path, KEYSET_FILE_MAX, &s->keyset_file, e);
	path = fs_join(a, fs_join(a, call->site, "forms"), "keyset");
	if (!fs_exists(path))
		return err_set(e, ERR_USAGE, "%s is not there: make it with "
			"`blankett keys init`", path);
	return pin_read(call->site, &organisation, e) &&
		keydir_read_keyset(a, path, &organisation, &s->keyset, e) &&
		fs_read(a, path, KEYSET_FILE_MAX, &s->keyset_file, e);
}

static void
warn_of_expiry(const struct keyset *ks)
{
	struct date today = date_of(clock_now_s());
	int64_t days = date_to_days(ks->until) - date_to_days(today);

	if (!keyset_is_valid_on(ks, today))
		log_warn("keyset", "valid=no forms=closed");
	else if (days <= KEYSET_WARN_DAYS)
		log_warn("keyset", "valid=yes days_left=%lld",
			(long long)days);
}

static bool
load_keys(struct server *s, const struct cmd_call *call, struct err *e)
{
	const char *keys = place(s, call, "keys");
	const char *path = fs_join(&s->arena, keys, "server.key");
	bool dev = cmd_value(&cmd_serve, call, "dev") != NULL;
	const struct text bare = { 0 };
	const struct keyset_server *entry;

	if (!load_keyset(s, call, keys, dev, e))
		return false;
	if (keyset_is_development(&s->keyset) && !dev)
		return err_set(e, ERR_USAGE, "the keyset names development "
			"keys; only serve --dev takes them");
	if (!sign_key_load(path, "server", bare, &s->key, e))
		return false;
	entry = keyset_server(&s->keyset, sign_key_public(s->key)->id);
	if (!entry)
		return err_set(e, ERR_CRYPTO, "%s is not a server of the "
			"keyset", path);
	s->key_name = arena_string(&s->arena, entry->name);
	if (dev)
		log_warn("development", "keys=development");
	warn_of_expiry(&s->keyset);
	return true;
}

/* ---- opening and closing ------------------------------------------------- */

static bool
common(void *context, struct arena *a, struct text lang, struct text url,
	struct value **out, struct err *e)
{
	return site_common(((struct server *)context)->site, a, lang, url,
		out, e);
}

static bool
form_data(void *context, struct arena *a, const struct form *f,
	const struct submission *sub, struct value **out, struct err *e)
{
	return site_form_data(((struct server *)context)->site, a, f, sub,
		out, e);
}

static bool
search(void *context, struct arena *a, struct text lang, struct text url,
	struct text query, struct value **out, struct err *e)
{
	struct server *s = context;

	return search_data(s->search, s->site, a, lang, url, query, out, e);
}

static bool
open_intake(struct server *s, const struct cmd_call *call, const char *data,
	struct err *e)
{
	struct intake_config c = {
		.theme = site_theme(s->site),
		.pages = s->pages,
		.queue = s->queue,
		.queue_dir = data,
		.keyset = &s->keyset,
		.keyset_file = s->keyset_file,
		.server = s->key,
		.server_name = s->key_name,
		.behind_proxy = cmd_value(&cmd_serve, call, "proxy") != NULL,
		.common = common,
		.form_data = form_data,
		.search = search,
		.context = s,
	};

	c.forms = site_forms(s->site, &c.form_count);
	return intake_open(&c, &s->intake, e);
}

/* A page made while serving needs the style sheet that build wrote. */
static bool
check_built(struct server *s, const char *dir, struct err *e)
{
	size_t count;
	const struct asset *assets = theme_assets(site_theme(s->site), &count);

	for (size_t i = 0; i < count; i++)
		if (!pages_has(s->pages, assets[i].url))
			return err_set(e, ERR_USAGE, "%s was built with "
				"another theme than this: run `blankett build` "
				"again", dir);
	return true;
}

static bool
open_all(struct server *s, const struct cmd_call *call, struct err *e)
{
	const char *data = place(s, call, "data");
	const char *public = place(s, call, "public");
	struct site_options o = { 0 };
	struct hash hash;

	if (!siteopts_read(&cmd_serve, call, &o, e) ||
		!pages_load(public, &s->pages, e) ||
		!load_keys(s, call, e) || !site_load(&o, &s->site, e) ||
		!check_built(s, public, e) ||
		!search_open(s->site, &s->search, e) ||
		!queue_open(data, &s->queue, e))
		return false;
	hash = hash_bytes(s->keyset_file);
	return queue_note_keyset(s->queue, &hash, e) &&
		open_intake(s, call, data, e);
}

static void
close_all(struct server *s)
{
	httpd_stop(s->httpd, DRAIN_MS);
	intake_close(s->intake);
	if (s->queue)
		queue_close(s->queue);
	sign_key_close(s->key);
	search_close(s->search);
	site_close(s->site);
	pages_close(s->pages);
	arena_release(&s->arena);
}

/* ---- serving ------------------------------------------------------------- */

/* Threads inherit the mask, so that only wait_for_end sees the signals. */
static void
hold_signals(sigset_t *set)
{
	const struct rlimit none = { 0, 0 };

	(void)sigemptyset(set);
	(void)sigaddset(set, SIGTERM);
	(void)sigaddset(set, SIGINT);
	(void)sigaddset(set, SIGPIPE);
	(void)sigprocmask(SIG_BLOCK, set, NULL);
	(void)sigdelset(set, SIGPIPE);
	/* A core file would hold answers. */
	(void)setrlimit(RLIMIT_CORE, &none);
}

static void
sweep(struct server *s)
{
	struct err e = { 0 };
	size_t count;

	if (!queue_sweep(s->queue, clock_now_s(), &count, &e))
		log_error("sweep", "fault=\"%s\"", e.text);
	else if (count > 0)
		log_info("sweep", "deleted=%zu", count);
	warn_of_expiry(&s->keyset);
}

static void
wait_for_end(struct server *s, const sigset_t *set)
{
	const struct timespec interval = { SWEEP_S, 0 };

	while (sigtimedwait(set, NULL, &interval) < 0)
		sweep(s);
}

static bool
serve(struct server *s, const struct cmd_call *call, struct err *e)
{
	const char *listen = cmd_value(&cmd_serve, call, "listen");
	struct httpd_config c = {
		.host = "127.0.0.1",
		.port = PORT_DEFAULT,
		.threads = THREADS,
		.handle = intake_handle,
		.refuse = intake_refuse,
	};
	sigset_t set;
	int port;

	if (listen && !read_listen(&s->arena, listen, &c.host, &c.port, e))
		return false;
	hold_signals(&set);
	if (!open_all(s, call, e))
		return false;
	c.context = s->intake;
	if (!httpd_start(&c, &s->httpd, &port, e))
		return false;
	(void)printf("http://%s:%d/\n", c.host, port);
	(void)fflush(stdout);
	log_info("start", "port=%d files=%zu forms=%zu", port,
		pages_count(s->pages), s->intake->form_count);
	wait_for_end(s, &set);
	log_info("stop", "port=%d", port);
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
