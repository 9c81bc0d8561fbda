/* postdata: what a form sent, as names and values. */
#include "http/postdata.h"

#include <string.h>

#include "http/percent.h"
#include "base/banned.h"

enum {
	BOUNDARY_MAX = 70, /* RFC 2046 5.1.1 */
	PART_HEADERS_MAX = 8,
	PART_HEAD_MAX = 2048
};

static bool
add_field(struct postdata *out, struct text name, struct text value,
	struct err *e)
{
	if (out->count == REQUEST_FIELDS_MAX)
		return err_set(e, ERR_LIMIT, "more than %d fields",
			REQUEST_FIELDS_MAX);
	out->fields[out->count++] = (struct sent){ name, value };
	return true;
}

/* ---- urlencoded ---------------------------------------------------------- */

/* WHATWG URL 5.1: "+" is a space, then percent-decoding. */
static struct text
url_decode(struct arena *a, struct text t)
{
	char *out = arena_alloc(a, t.len + 1);
	size_t len;

	for (size_t i = 0; i < t.len; i++)
		out[i] = t.p[i] == '+' ? ' ' : t.p[i];
	(void)percent_decode((struct text){ out, t.len }, out, &len);
	return (struct text){ out, len };
}

static bool
parse_urlencoded(struct arena *a, struct text body, struct postdata *out,
	struct err *e)
{
	struct text pair;

	while (text_split(&body, '&', &pair)) {
		size_t equals = text_find(pair, '=');
		struct text name = url_decode(a, text_sub(pair, 0, equals));
		struct text value =
			url_decode(a, text_from(pair, equals + 1));

		/* An empty piece is skipped by the standard; a value without
		 * a name no question of ours can have sent. */
		if (name.len > 0 && !add_field(out, name, value, e))
			return false;
	}
	return true;
}

/* ---- parameters of a header ---------------------------------------------- */

/* Takes `"..."` or a token off *rest; a backslash quotes only " and \. */
static bool
take_value(struct arena *a, struct text *rest, struct text *value)
{
	char *out;
	size_t n = 0, i = 1;

	if (rest->len == 0 || rest->p[0] != '"') {
		size_t len = 0;

		while (len < rest->len && !strchr("; \t\"", rest->p[len]))
			len++;
		*value = text_sub(*rest, 0, len);
		*rest = text_from(*rest, len);
		return len > 0;
	}
	out = arena_alloc(a, rest->len);
	for (; i < rest->len && rest->p[i] != '"'; i++) {
		if (rest->p[i] == '\\' && i + 1 < rest->len &&
			(rest->p[i + 1] == '"' || rest->p[i + 1] == '\\'))
			i++;
		out[n++] = rest->p[i];
	}
	if (i >= rest->len)
		return false;
	*value = (struct text){ out, n };
	*rest = text_from(*rest, i + 1);
	return true;
}

/* Takes `; name=value` off *rest; false at the end or if malformed (then
 * *rest is not empty). */
static bool
take_parameter(struct arena *a, struct text *rest, struct text *name,
	struct text *value)
{
	struct text t = text_trim(*rest);
	size_t equals;

	*rest = t;
	if (t.len == 0 || t.p[0] != ';')
		return false;
	t = text_trim(text_from(t, 1));
	equals = text_find(t, '=');
	if (equals == 0 || equals == t.len)
		return false;
	*name = text_sub(t, 0, equals);
	t = text_from(t, equals + 1);
	if (!take_value(a, &t, value))
		return false;
	*rest = t;
	return true;
}

/* The type before the first parameter; *rest is what follows. */
static struct text
take_type(struct text header, struct text *rest)
{
	size_t semicolon = text_find(header, ';');

	*rest = text_from(header, semicolon);
	return text_trim(text_sub(header, 0, semicolon));
}

/* ---- multipart ----------------------------------------------------------- */

/* "--" and the boundary that the parameters give, exactly once. */
static bool
read_boundary(struct arena *a, struct text parameters, struct text *delimiter,
	struct err *e)
{
	struct text name, value;

	*delimiter = (struct text){ 0 };
	while (take_parameter(a, &parameters, &name, &value)) {
		if (!text_is_word(name, "boundary"))
			continue;
		if (delimiter->len > 0)
			return err_set(e, ERR_FORMAT, "two boundaries");
		if (value.len == 0 || value.len > BOUNDARY_MAX ||
			text_find(value, '\0') < value.len)
			return err_set(e, ERR_FORMAT, "an odd boundary");
		*delimiter = arena_printf(a, "\r\n--%.*s", (int)value.len,
			value.p);
	}
	if (parameters.len > 0)
		return err_set(e, ERR_FORMAT, "malformed Content-Type");
	if (delimiter->len == 0)
		return err_set(e, ERR_FORMAT, "multipart without boundary");
	return true;
}

struct part {
	struct text name;
	bool is_file;
};

/* Content-Disposition: form-data; name="..."; filename="..." */
static bool
read_disposition(struct arena *a, struct text header, struct part *part,
	struct err *e)
{
	struct text rest, name, value;

	if (part->name.len > 0 || !text_is_word(take_type(header, &rest),
			"form-data"))
		return err_set(e, ERR_FORMAT, "a part that is no form-data");
	while (take_parameter(a, &rest, &name, &value)) {
		if (text_is_word(name, "name")) {
			if (part->name.len > 0)
				return err_set(e, ERR_FORMAT,
					"a part with two names");
			part->name = value;
		} else if (text_is_word(name, "filename") ||
			text_is_word(name, "filename*")) {
			part->is_file = true;
		}
	}
	if (rest.len > 0 || part->name.len == 0)
		return err_set(e, ERR_FORMAT, "a part without a name");
	return true;
}

/* Takes the lines of a part's head, and the empty line, off *rest. */
static bool
take_part_head(struct arena *a, struct text *rest, struct part *part,
	struct err *e)
{
	size_t end = text_search(text_sub(*rest, 0, PART_HEAD_MAX),
		"\r\n\r\n");
	struct text head = text_sub(*rest, 0, end);
	struct text line;
	int lines = 0;

	*part = (struct part){ 0 };
	if (end == PART_HEAD_MAX || end == rest->len)
		return err_set(e, ERR_FORMAT, "a part's head does not end");
	*rest = text_from(*rest, end + 4);
	while (text_line(&head, &line)) {
		size_t colon = text_find(line, ':');

		if (++lines > PART_HEADERS_MAX || colon == line.len)
			return err_set(e, ERR_FORMAT,
				"a part's head is malformed");
		if (text_is_word(text_sub(line, 0, colon),
				"Content-Disposition") &&
			!read_disposition(a, text_from(line, colon + 1), part,
				e))
			return false;
	}
	if (part->name.len == 0)
		return err_set(e, ERR_FORMAT, "a part without a name");
	return true;
}

/* Where the delimiter (which may hold NUL-free bytes only) next stands. */
static size_t
find_delimiter(struct text t, struct text delimiter)
{
	for (size_t i = 0; i + delimiter.len <= t.len; i++) {
		const char *cr = memchr(t.p + i, '\r', t.len - i);

		if (!cr)
			break;
		i = (size_t)(cr - t.p);
		if (i + delimiter.len <= t.len &&
			memcmp(cr, delimiter.p, delimiter.len) == 0)
			return i;
	}
	return t.len;
}

/*
 * Stricter than RFC 2046: no preamble, nothing but one line break after the
 * closing delimiter, no white space after a delimiter.  No browser sends
 * other than that.
 */
static bool
parse_multipart(struct arena *a, struct text parameters, struct text body,
	struct postdata *out, struct err *e)
{
	struct text delimiter;
	struct part part;

	if (!read_boundary(a, parameters, &delimiter, e))
		return false;
	if (!text_eq(text_sub(body, 0, delimiter.len - 2),
			text_from(delimiter, 2)))
		return err_set(e, ERR_FORMAT, "no boundary where one belongs");
	body = text_from(body, delimiter.len - 2);
	while (text_starts(body, "\r\n")) {
		size_t end;

		body = text_from(body, 2);
		if (!take_part_head(a, &body, &part, e))
			return false;
		end = find_delimiter(body, delimiter);
		if (end == body.len)
			return err_set(e, ERR_FORMAT, "a part does not end");
		if (!part.is_file && !add_field(out, part.name,
				text_sub(body, 0, end), e))
			return false;
		body = text_from(body, end + delimiter.len);
	}
	if (!text_is(body, "--") && !text_is(body, "--\r\n"))
		return err_set(e, ERR_FORMAT, "bytes after the last part");
	return true;
}

bool
postdata_parse(struct arena *a, struct text content_type, struct text body,
	struct postdata *out, struct err *e)
{
	struct text parameters;
	struct text type = take_type(content_type, &parameters);

	out->count = 0;
	out->fields = arena_array(a, REQUEST_FIELDS_MAX, sizeof *out->fields);
	if (text_is_word(type, "application/x-www-form-urlencoded"))
		return parse_urlencoded(a, body, out, e);
	if (text_is_word(type, "multipart/form-data"))
		return parse_multipart(a, parameters, body, out, e);
	return err_set(e, ERR_FORMAT, "not the content type of a form");
}

int
postdata_read(struct request *rq, size_t max, struct postdata *out)
{
	struct text body;
	struct err e = { 0 };

	if (!request_body(rq, max, &body, &e))
		return e.kind == ERR_LIMIT ? 413 : 408;
	if (postdata_parse(rq->arena, rq->content_type, body, out, &e))
		return 0;
	return e.kind == ERR_LIMIT ? 413 : 400;
}

struct text
postdata_get(const struct postdata *p, const char *name)
{
	for (size_t i = 0; i < p->count; i++)
		if (text_is(p->fields[i].name, name))
			return p->fields[i].value;
	return (struct text){ 0 };
}
