/* response: the head of an answer, with the headers it must not be without. */
#include "http/response.h"

#include "base/banned.h"

struct status {
	int code;
	const char *reason;
};

static const struct status statuses[] = {
	{ 200, "OK" },
	{ 201, "Created" },
	{ 204, "No Content" },
	{ 301, "Moved Permanently" },
	{ 303, "See Other" },
	{ 304, "Not Modified" },
	{ 400, "Bad Request" },
	{ 401, "Unauthorized" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 408, "Request Timeout" },
	{ 409, "Conflict" },
	{ 410, "Gone" },
	{ 411, "Length Required" },
	{ 413, "Content Too Large" },
	{ 415, "Unsupported Media Type" },
	{ 417, "Expectation Failed" },
	{ 422, "Unprocessable Content" },
	{ 429, "Too Many Requests" },
	{ 431, "Request Header Fields Too Large" },
	{ 500, "Internal Server Error" },
	{ 501, "Not Implemented" },
	{ 503, "Service Unavailable" },
	{ 505, "HTTP Version Not Supported" },
};

struct fixed_header {
	const char *name;
	const char *value;
	unsigned to; /* which responses get it */
};

/* A bit for each of enum response_as. */
enum {
	PAGES = 1 << RESPONSE_PAGE,
	PICTURES = 1 << RESPONSE_PICTURE,
	PARTS = 1 << RESPONSE_PART,
	ALL = PAGES | PICTURES | PARTS
};

static const char policy[] = "Content-Security-Policy";
/* What --watch adds to it. */
static const char scripts[] = "; script-src 'self'";

/* A theme or a page cannot loosen these.  What browsers read only of a
 * document is not sent with what is none.  connect-src is for the examiners
 * that fetch robots.txt from within the page: nothing of ours runs there. */
static const struct fixed_header strict[] = {
	{ policy,
		"default-src 'none'; style-src 'self'; img-src 'self'; "
		"connect-src 'self'; "
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
		"require-trusted-types-for 'script'; trusted-types 'none'",
		PAGES },
	{ policy, "default-src 'none'; form-action 'none'; "
		"frame-ancestors 'none'", PICTURES },
	{ "X-Content-Type-Options", "nosniff", ALL },
	{ "Referrer-Policy", "no-referrer", PAGES },
	{ "Permissions-Policy",
		"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
		PAGES },
	{ "Cross-Origin-Opener-Policy", "same-origin", PAGES },
	{ "Cross-Origin-Resource-Policy", "same-origin", ALL },
	/* For browsers that do not know frame-ancestors. */
	{ "X-Frame-Options", "DENY", PAGES },
};

enum {
	STATUS_COUNT = sizeof statuses / sizeof statuses[0],
	STRICT_COUNT = sizeof strict / sizeof strict[0]
};

static const char *
reason(int code)
{
	for (size_t i = 0; i < STATUS_COUNT; i++)
		if (statuses[i].code == code)
			return statuses[i].reason;
	return "Unknown";
}

static bool
is_one_line(struct text t)
{
	return text_find(t, '\r') == t.len && text_find(t, '\n') == t.len &&
		text_find(t, '\0') == t.len;
}

static void
put_header(struct buf *out, const char *name, struct text value)
{
	if (!is_one_line(value))
		return;
	buf_str(out, name);
	buf_str(out, ": ");
	buf_text(out, value);
	buf_str(out, "\r\n");
}

bool
response_strict(enum response_as as, size_t i, struct response_header *out)
{
	for (size_t k = 0; k < STRICT_COUNT; k++) {
		if (!(strict[k].to & 1U << as) || i-- > 0)
			continue;
		*out = (struct response_header){ strict[k].name,
			text_of(strict[k].value) };
		return true;
	}
	return false;
}

void
response_init(struct response *rs)
{
	*rs = (struct response){ .status = 200, .cache = "no-store" };
}

void
response_add(struct response *rs, const char *name, struct text value)
{
	if (rs->extra_count < RESPONSE_HEADERS_MAX)
		rs->extra[rs->extra_count++] =
			(struct response_header){ name, value };
}

void
response_head(struct buf *out, const struct response *rs, size_t body_len)
{
	/* RFC 9110 8.6 and 15.4.5: neither may have a length of its own. */
	bool has_body = rs->status != 204 && rs->status != 304;
	struct response_header h;

	buf_printf(out, "HTTP/1.1 %d %s\r\n", rs->status, reason(rs->status));
	if (has_body && rs->content_type)
		put_header(out, "Content-Type", text_of(rs->content_type));
	if (has_body)
		buf_printf(out, "Content-Length: %zu\r\n", body_len);
	put_header(out, "Cache-Control", text_of(rs->cache));
	for (size_t i = 0; response_strict(rs->as, i, &h); i++) {
		buf_printf(out, "%s: %s%s\r\n", h.name, h.value.p,
			rs->scripts && h.name == policy ? scripts : "");
	}
	for (size_t i = 0; i < rs->extra_count; i++)
		put_header(out, rs->extra[i].name, rs->extra[i].value);
	buf_str(out, "\r\n");
}
