/* media: what a file of the built site is on the web, by its path. */
#include "http/media.h"

#include "base/banned.h"

const struct media media_table[] = {
	{ ".html", "text/html; charset=utf-8", RESPONSE_PAGE },
	{ ".css", "text/css; charset=utf-8", RESPONSE_PART },
	{ ".js", "text/javascript; charset=utf-8", RESPONSE_PART },
	{ ".json", "application/json", RESPONSE_PAGE },
	{ ".xml", "application/xml", RESPONSE_PAGE },
	{ ".txt", "text/plain; charset=utf-8", RESPONSE_PAGE },
	{ ".note", "text/plain; charset=utf-8", RESPONSE_PAGE },
	{ ".svg", "image/svg+xml", RESPONSE_PICTURE },
	{ ".png", "image/png", RESPONSE_PART },
	{ ".jpg", "image/jpeg", RESPONSE_PART },
	{ ".jpeg", "image/jpeg", RESPONSE_PART },
	{ ".webp", "image/webp", RESPONSE_PART },
	{ ".gif", "image/gif", RESPONSE_PART },
	{ ".ico", "image/x-icon", RESPONSE_PART },
	{ ".pdf", "application/pdf", RESPONSE_PAGE },
	{ "", "application/octet-stream", RESPONSE_PAGE }
};

/* An asset's name holds its hash, so nobody asks whether it has changed; a
 * page may change at any time, and then its ETag tells. */
const char media_cache_asset[] = "max-age=31536000, immutable";
const char media_cache_page[] = "max-age=60, must-revalidate";

bool
media_is_asset(struct text path)
{
	return text_starts(path, MEDIA_ASSETS);
}

static const struct media *
media_of(struct text path)
{
	const struct media *m = media_table;

	/* Only pages have addresses that end so. */
	if (text_ends(path, "/"))
		path = text_of(".html");
	while (!text_ends(path, m->suffix))
		m++;
	return m;
}

void
media_describe(struct text path, struct response *rs)
{
	const struct media *m = media_of(path);
	bool asset = media_is_asset(path);

	response_init(rs);
	rs->content_type = m->type;
	rs->as = asset ? m->as : RESPONSE_PAGE;
	rs->cache = asset ? media_cache_asset : media_cache_page;
}
