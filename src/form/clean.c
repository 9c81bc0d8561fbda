/* clean: bytes that a person sent, made into text. */
#include "form/clean.h"

#include "base/utf8.h"
#include "base/banned.h"

bool
clean_is_space(uint32_t point)
{
	return (point >= '\t' && point <= '\r') || point == ' ' ||
		point == 0x85 || point == 0xA0 || point == 0x1680 ||
		(point >= 0x2000 && point <= 0x200A) || point == 0x2028 ||
		point == 0x2029 || point == 0x202F || point == 0x205F ||
		point == 0x3000;
}

bool
clean_is_dash(uint32_t point)
{
	return point == '-' || (point >= 0x2010 && point <= 0x2014) ||
		point == 0x2212;
}

/* What goes when it stands first or last. */
static bool
is_edge(uint32_t point)
{
	return clean_is_space(point) || point == 0x200B || point == 0x2060 ||
		point == 0xFEFF || utf8_is_hostile(point);
}

static struct text
trim(struct text t)
{
	struct text rest = t;
	uint32_t point;

	while (utf8_next(&rest, &point) && is_edge(point))
		t = rest;
	while (t.len) {
		size_t at = t.len - 1;

		while (at > 0 && ((unsigned char)t.p[at] & 0xC0) == 0x80)
			at--;
		rest = text_from(t, at);
		if (!utf8_next(&rest, &point) || !is_edge(point))
			break;
		t.len = at;
	}
	return t.len ? t : (struct text){ 0 };
}

static bool
is_control(uint32_t point)
{
	return (point < 0x20 && point != '\t' && point != '\n') ||
		(point >= 0x7F && point <= 0x9F);
}

/* A copy with line ends as LF and without control characters. */
static struct text
rewrite(struct arena *a, struct text t, bool one_line)
{
	char *out = arena_alloc(a, t.len + 1);
	size_t len = 0;
	uint32_t point;

	while (utf8_next(&t, &point)) {
		if (point == '\r') {
			if (t.len && t.p[0] == '\n')
				continue;
			point = '\n';
		}
		if (one_line && (point == '\n' || point == '\t'))
			point = ' ';
		if (!is_control(point))
			len += utf8_encode(point, out + len);
	}
	return (struct text){ out, len };
}

bool
clean_text(struct arena *a, struct text sent, bool one_line, struct text *out)
{
	struct text rest = sent;
	uint32_t point;

	if (!utf8_valid(sent) || text_find(sent, '\0') < sent.len) {
		*out = trim(utf8_visible(a, sent));
		return false;
	}
	*out = sent;
	while (utf8_next(&rest, &point)) {
		if (is_control(point) || (one_line && point < ' ')) {
			*out = rewrite(a, sent, one_line);
			break;
		}
	}
	*out = trim(*out);
	return true;
}
