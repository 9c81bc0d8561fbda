/* serve: the site, its forms and the collectors' API, until a signal. */
#include <stdio.h>

#include "base/fs.h"
#include "cmd/commands.h"
#include "cmd/server.h"
#include "cmd/siteopts.h"
#include "intake/limits.h"
#include "base/banned.h"

enum { PORT_DEFAULT = 8080, PORT_MAX = 65535 };

/* Where --dev looks for what --keys and --data would name. */
#define DEV_DIR ".blankett/dev"

static const struct cmd_option options[] = {
	{ "listen", "HOST:PORT", "where to listen (127.0.0.1:8080); port 0:"
				 " any free one" },
	{ "data", "DIR", "the queue (data in the site's root; with --dev "
			 DEV_DIR "/data)" },
	{ "public", "DIR", "the built site (public in the site's root)" },
	{ "keys", "DIR", "where server.key lies (keys in the site's root; with "
			 "--dev " DEV_DIR "/keys)" },
	{ "base-url", "URL", "address of the site, before site.yaml's" },
	{ "dev", NULL, "take development keys, and the keyset beside them" },
	{ "watch", NULL, "build in memory, and again when a file changes; "
			 "pages reload themselves" },
	{ "drafts", NULL, "with --watch: drafts too" },
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
		"--watch is for who writes the site: nothing is read from or\n"
		"written to public, and what is wrong stands in the page.\n"
		"SIGTERM or SIGINT: requests in flight are finished first.",
	.options = options,
	.run = run,
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

static bool
has(const struct cmd_call *call, const char *option)
{
	return cmd_value(&cmd_serve, call, option) != NULL;
}

/* The option's value, or a name in that directory of the site's root. */
static const char *
place(struct arena *a, const struct cmd_call *call, const char *option,
	const char *dir)
{
	const char *value = cmd_value(&cmd_serve, call, option);

	return value ? value : fs_join(a, fs_join(a, call->site, dir), option);
}

static bool
check_watch(const struct cmd_call *call, struct err *e)
{
	if (!has(call, "watch") && has(call, "drafts"))
		return err_set(e, ERR_USAGE, "serve: --drafts goes with "
			"--watch; without it, drafts are what `blankett build "
			"--drafts` made");
	if (has(call, "watch") && has(call, "public"))
		return err_set(e, ERR_USAGE, "serve: --watch builds in memory "
			"and reads no --public");
	return true;
}

static bool
read_options(struct arena *a, const struct cmd_call *call,
	struct server_options *o, struct err *e)
{
	const char *listen = cmd_value(&cmd_serve, call, "listen");
	const char *dir = has(call, "dev") ? DEV_DIR : "";

	*o = (struct server_options){
		.host = "127.0.0.1",
		.port = PORT_DEFAULT,
		.data = place(a, call, "data", dir),
		.watch = has(call, "watch"),
		.generation = {
			.public = place(a, call, "public", ""),
			.keys = place(a, call, "keys", dir),
			.dev = has(call, "dev"),
			.behind_proxy = has(call, "proxy"),
		},
	};
	return (!listen || read_listen(a, listen, &o->host, &o->port, e)) &&
		check_watch(call, e) &&
		siteopts_read(&cmd_serve, call, &o->generation.site, e);
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	struct server_options o;
	struct arena a;
	bool ok;

	if (has(call, "explain")) {
		print_limits();
		return true;
	}
	arena_init(&a, false);
	ok = read_options(&a, call, &o, e) && server_run(&o, e);
	arena_release(&a);
	return ok;
}
