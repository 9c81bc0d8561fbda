/* request: is a request's head one that everybody reads the same way? */
#include "http/request.h"

#include <string.h>

#include "base/clock.h"
#include "http/percent.h"
#include "base/banned.h"

struct method_name {
	const char *name;
	enum method method;
};

/* Methods are case-sensitive (RFC 9110 9.1). */
static const struct method_name methods[] = {
	{ "GET", METHOD_GET },
	{ "HEAD", METHOD_HEAD },
	{ "POST", METHOD_POST },
	{ "OPTIONS", METHOD_OPTIONS },
	{ NULL, METHOD_OTHER }
};

static enum method
method_of(struct text name)
{
	const struct method_name *m = methods;

	while (m->name && !text_is(name, m->name))
		m++;
	return m->method;
}

/* RFC 9110 5.6.2. */
static bool
is_token(struct text t)
{
	for (size_t i = 0; i < t.len; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if (c <= ' ' || c >= 127 || strchr("\"(),/:;<=>?@[\\]{}", c))
			return false;
	}
	return t.len > 0;
}

/* The number of fields of that name; *value is the first one's. */
static size_t
find_field(const struct request_field *fields, size_t count, const char *name,
	struct text *value)
{
	size_t found = 0;

	*value = (struct text){ 0 };
	for (size_t i = 0; i < count; i++) {
		if (!text_is_word(fields[i].name, name))
			continue;
		if (found++ == 0)
			*value = fields[i].value;
	}
	return found;
}

struct text
request_header(const struct request *rq, const char *name)
{
	struct text value;

	(void)find_field(rq->fields, rq->field_count, name, &value);
	return value;
}

/* Does a comma-separated list hold this token, in any case? */
static bool
list_has(struct text list, const char *token)
{
	struct text piece;

	while (text_split(&list, ',', &piece))
		if (text_is_word(text_trim(piece), token))
			return true;
	return false;
}

bool
request_path(struct arena *a, struct text raw, struct text *path)
{
	char *out = arena_alloc(a, raw.len + 1);
	struct text rest, part;
	size_t len;

	if (raw.len == 0 || raw.p[0] != '/' || !percent_decode(raw, out, &len))
		return false;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)out[i] < ' ' || out[i] == 127 ||
			out[i] == '\\')
			return false;
	*path = (struct text){ out, len };
	rest = text_from(*path, 1);
	while (text_split(&rest, '/', &part)) {
		bool is_last = rest.p == NULL;

		if ((part.len == 0 && !is_last) || text_is(part, ".") ||
			text_is(part, ".."))
			return false;
	}
	return true;
}

/* RFC 9112 3.2.1: an absolute path, and a query if there is a "?". */
static bool
read_target(struct request *rq, struct text target)
{
	size_t question = text_find(target, '?');

	for (size_t i = 0; i < target.len; i++) {
		unsigned char c = (unsigned char)target.p[i];

		if (c <= ' ' || c >= 127 || c == '#')
			return false;
	}
	rq->query = text_from(target, question + 1);
	return request_path(rq->arena, text_sub(target, 0, question),
		&rq->path);
}

/* A name or address with an optional port; no user, path or space. */
static bool
is_host(struct text t)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]";

	for (size_t i = 0; i < t.len; i++)
		if (t.p[i] == '\0' || !strchr(allowed, t.p[i]))
			return false;
	return t.len > 0;
}

static bool
fields_are_clean(const struct request_head *h)
{
	for (size_t i = 0; i < h->field_count; i++) {
		struct text value = h->fields[i].value;

		if (!is_token(h->fields[i].name))
			return false;
		for (size_t k = 0; k < value.len; k++) {
			unsigned char c = (unsigned char)value.p[k];

			if ((c < ' ' && c != '\t') || c == 127)
				return false;
		}
	}
	return true;
}

/* RFC 9112 6: how long is the body?  Returns 0 or the status to refuse. */
static int
read_length(struct request *rq, const struct request_head *h)
{
	struct text length, coding;
	size_t lengths = find_field(h->fields, h->field_count,
		"Content-Length", &length);
	size_t codings = find_field(h->fields, h->field_count,
		"Transfer-Encoding", &coding);

	rq->content_length = -1;
	if (lengths > 1 || (lengths > 0 && codings > 0))
		return 400;
	if (codings > 0)
		return list_has(coding, "chunked") ? 411 : 501;
	if (lengths == 0)
		return rq->method == METHOD_POST ? 411 : 0;
	if (!text_to_int(length, 0, INT64_MAX, &rq->content_length))
		return 400;
	rq->body_left = rq->content_length;
	return 0;
}

static int
read_fields(struct request *rq, const struct request_head *h)
{
	struct text expect, connection;

	if (!fields_are_clean(h) ||
		find_field(h->fields, h->field_count, "Host", &rq->host) != 1 ||
		!is_host(rq->host))
		return 400;
	if (find_field(h->fields, h->field_count, "Expect", &expect) > 0) {
		if (!text_is_word(expect, "100-continue"))
			return 417;
		rq->expects_continue = text_is(h->version, "1.1");
	}
	(void)find_field(h->fields, h->field_count, "Connection", &connection);
	rq->keep_alive = text_is(h->version, "1.1") &&
		!list_has(connection, "close");
	rq->content_type = request_header(rq, "Content-Type");
	rq->accept_encoding = request_header(rq, "Accept-Encoding");
	rq->if_none_match = request_header(rq, "If-None-Match");
	return read_length(rq, h);
}

static size_t
head_bytes(const struct request_head *h)
{
	/* "METHOD target HTTP/1.1\r\n", "name: value\r\n" and "\r\n". */
	size_t n = h->method.len + h->target.len + 12 + 2;

	for (size_t i = 0; i < h->field_count; i++)
		n += h->fields[i].name.len + h->fields[i].value.len + 4;
	return n;
}

int
request_init(struct request *rq, struct arena *a,
	const struct request_head *head)
{
	*rq = (struct request){
		.arena = a,
		.method = method_of(head->method),
		.fields = head->fields,
		.field_count = head->field_count,
		.content_length = -1,
	};
	if (!text_is(head->version, "1.1") && !text_is(head->version, "1.0"))
		return 505;
	if (head_bytes(head) > REQUEST_HEADER_MAX)
		return 431;
	if (!is_token(head->method) || !read_target(rq, head->target))
		return 400;
	return read_fields(rq, head);
}

bool
request_body(struct request *rq, size_t max, struct text *body, struct err *e)
{
	size_t want = rq->body_left > 0 ? (size_t)rq->body_left : 0;
	char *to;

	*body = (struct text){ 0 };
	if (rq->body_left > (int64_t)max)
		return err_set(e, ERR_LIMIT, "the body is longer than %zu bytes",
			max);
	if (want == 0)
		return true;
	if (!rq->source)
		return err_set(e, ERR_SYSTEM, "the body cannot be read");
	if (rq->expects_continue) {
		rq->source->go_on(rq->source->context);
		rq->expects_continue = false;
	}
	to = arena_alloc(rq->arena, want + 1);
	while (rq->body_left > 0) {
		size_t got = rq->source->read(rq->source->context,
			to + want - (size_t)rq->body_left,
			(size_t)rq->body_left);

		if (got == 0 || clock_monotonic_ms() > rq->deadline_ms)
			return err_set(e, ERR_SYSTEM,
				"the body did not come in time");
		rq->body_left -= (int64_t)got;
	}
	*body = (struct text){ to, want };
	return true;
}
