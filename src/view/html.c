/* html: escaping by place, at the last moment. */
#include "view/html.h"

#include <stdint.h>

#include "base/banned.h"

static const char *const entities[256] = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;",
	['\''] = "&#39;"
};

void
html_escape(struct buf *out, struct text t)
{
	size_t from = 0;

	for (size_t i = 0; i < t.len; i++) {
		const char *safe = entities[(unsigned char)t.p[i]];

		if (!safe)
			continue;
		buf_put(out, t.p + from, i - from);
		buf_str(out, safe);
		from = i + 1;
	}
	if (from < t.len)
		buf_put(out, t.p + from, t.len - from);
}

/* The bytes of b on the arena; b is released. */
static struct text
settle(struct arena *a, struct buf *b)
{
	struct text t = arena_copy(a, buf_view(b));

	buf_release(b);
	return t;
}

struct html
html_text(struct arena *a, struct text t)
{
	struct buf b;

	buf_init_wipe(&b, SIZE_MAX / 2);
	buf_reserve(&b, t.len);
	html_escape(&b, t);
	return (struct html){ settle(a, &b) };
}

struct html
html_lines(struct arena *a, struct text t)
{
	struct text line = { NULL, 0 };
	struct buf b;
	bool first = true;

	buf_init_wipe(&b, SIZE_MAX / 2);
	buf_reserve(&b, t.len);
	while (text_split(&t, '\n', &line)) {
		if (!first)
			buf_str(&b, "<br>\n");
		html_escape(&b, line);
		first = false;
	}
	return (struct html){ settle(a, &b) };
}

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
		c == '~';
}

struct text
url_part(struct arena *a, struct text t)
{
	static const char digits[] = "0123456789ABCDEF";
	char *p = arena_array(a, t.len, 3);
	size_t n = 0;

	for (size_t i = 0; i < t.len; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if (is_unreserved(t.p[i])) {
			p[n++] = t.p[i];
		} else {
			p[n++] = '%';
			p[n++] = digits[c >> 4];
			p[n++] = digits[c & 15];
		}
	}
	return (struct text){ p, n };
}
