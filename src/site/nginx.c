/*
 * nginx: what a web server has to be told when the pages of information lie
 * on it and forms are received elsewhere (site.yaml's intake-url).
 *
 * The file is for the inside of a `server` block.  It sends the headers that
 * blankett serve sends, with the intake's origin in the policy; lets assets
 * be kept for ever, since their names hold their hash; sends what lies
 * packed beside a page; and sends whoever comes for a form to the intake,
 * with what they posted (307).
 */
#include "site/site.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fs.h"
#include "http/media.h"
#include "site/parts.h"
#include "base/banned.h"

enum { FILE_MAX = 16 * 1024 };

static const char before[] =
	"# Made by blankett build from intake-url; changes are lost.\n"
	"# For the inside of the server block whose root is public/.\n"
	"index index.html;\n"
	"charset utf-8;\n"
	"charset_types text/css text/plain text/javascript;\n"
	"server_tokens off;\n"
	"error_page 404 /404.html;\n"
	"\n"
	"# What lies packed beside a file is sent for it, and is no page.\n"
	"gzip_static on;\n"
	"gzip_vary on;\n"
	"# With the package libnginx-mod-http-brotli-static:\n"
	"# brotli_static on;\n"
	"location ~ \\.(br|gz)$ { return 404; }\n"
	"\n"
	"# A page may change at any time.\n";

/* The policy with one more place for forms to go. */
static void
put_header(struct buf *out, const struct response_header *h,
	struct text intake_url)
{
	static const char own[] = "form-action 'self'";
	size_t at = text_search(h->value, own);

	buf_printf(out, "add_header %s \"", h->name);
	if (at < h->value.len) {
		at += sizeof own - 1;
		buf_text(out, text_sub(h->value, 0, at));
		buf_char(out, ' ');
		buf_text(out, intake_url);
		buf_text(out, text_from(h->value, at));
	} else {
		buf_text(out, h->value);
	}
	buf_str(out, "\" always;\n");
}

static void
put_headers(struct buf *out, enum response_as as, struct text intake_url)
{
	struct response_header h;

	for (size_t i = 0; response_strict(as, i, &h); i++)
		put_header(out, &h, intake_url);
}

/* Not `always`: an asset that is not there is not to be kept. */
static void
put_asset_headers(struct buf *out, enum response_as as,
	struct text intake_url)
{
	buf_printf(out, "add_header Cache-Control \"%s\";\n",
		media_cache_asset);
	put_headers(out, as, intake_url);
}

/* Assets that get fewer headers: "location ~ \.(css|js)$ { ... }". */
static void
put_location(struct buf *out, enum response_as as, struct text intake_url)
{
	const char *between = "location ~ \\.(";

	for (const struct media *m = media_table; m->suffix[0]; m++) {
		if (m->as != as)
			continue;
		buf_printf(out, "%s%s", between, m->suffix + 1);
		between = "|";
	}
	buf_str(out, ")$ {\n");
	put_asset_headers(out, as, intake_url);
	buf_str(out, "}\n");
}

/* Appends the file; `intake_url` is an origin that config.c has checked.  A
 * location with add_header gets none from around it, and one that begins
 * with ^~ keeps those outside it from being asked. */
static void
put_file(struct buf *out, struct text intake_url)
{
	buf_printf(out, "%sadd_header Cache-Control \"%s\" always;\n"
		"# The same as blankett serve sends.\n", before,
		media_cache_page);
	put_headers(out, RESPONSE_PAGE, intake_url);
	buf_str(out, "\n# An asset's name holds its hash.\n"
		"location ^~ " MEDIA_ASSETS " {\n");
	put_asset_headers(out, RESPONSE_PAGE, intake_url);
	buf_str(out, "location ~ \\.(br|gz)$ { return 404; }\n");
	put_location(out, RESPONSE_PICTURE, intake_url);
	put_location(out, RESPONSE_PART, intake_url);
	buf_str(out, "}\n");
	buf_printf(out, "\n# Forms and replies: where they are received.\n"
		"location ~ ^/(en/)?(e-tjanster|svar)(/|$) {\n"
		"\treturn 307 %.*s$request_uri;\n}\n",
		(int)intake_url.len, intake_url.p);
}

bool
site_write_nginx(struct site *s, const char **path, struct err *e)
{
	const char *dir = fs_join(&s->arena, s->options.root, ".blankett");
	struct buf b;
	bool ok;

	*path = NULL;
	if (s->config.intake_url.len == 0)
		return true;
	buf_init(&b, FILE_MAX);
	put_file(&b, s->config.intake_url);
	*path = fs_join(&s->arena, dir, "nginx-headers.conf");
	ok = b.full ? err_set(e, ERR_LIMIT, "%s: is too long", *path)
		: fs_mkdirs(dir, 0777, e) &&
			fs_publish(*path, 0644, buf_view(&b), e);
	buf_release(&b);
	return ok;
}
