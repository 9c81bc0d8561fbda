/* nolink: what somebody meant as a link, and Markdown takes for text. */
#include "site/nolink.h"

#include <string.h>

#include "view/heading.h"
#include "base/banned.h"

/* What is longer than these was not meant: each place is looked at in its
 * own time, however long the line is.  cmark takes no more backticks. */
enum { FENCE_MIN = 3, INDENT_CODE = 4, LINK_BYTES_MAX = 2000,
	BACKTICKS_MAX = 80 };

struct scan {
	struct text path;
	struct faults *warnings;
	struct text all; /* the paragraph, or more: up to a blank line */
	int line;        /* of byte `counted` */
	size_t counted;
};

/* ---- what is found -------------------------------------------------------- */

/* The line that byte `at` stands on; places come in order. */
static int
line_at(struct scan *s, size_t at)
{
	for (; s->counted < at; s->counted++)
		s->line += s->all.p[s->counted] == '\n';
	return s->line;
}

static void
tell(struct scan *s, size_t at, struct text written, const char *what,
	struct text instead)
{
	fault_add(s->warnings, arena_printf(s->warnings->arena, instead.len
		? "%.*s:%d: \"%.*s\" is no link: %s; write \"%.*s\""
		: "%.*s:%d: \"%.*s\" is no link: %s",
		(int)s->path.len, s->path.p, line_at(s, at), (int)written.len,
		written.p, what, (int)instead.len, instead.p));
}

/* Is it meant to lead somewhere? */
static bool
is_address(struct text t)
{
	static const char *const begins[] = { "#", "/", "./", "../", "http:",
		"https:", "mailto:", "tel:", "www." };
	static const char *const holds[] = { ".md", ".pdf", ".png", ".jpg",
		".jpeg", ".svg", ".webp" };

	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (text_starts(t, begins[i]) && t.len > strlen(begins[i]))
			return true;
	for (size_t i = 0; i < sizeof holds / sizeof *holds; i++) {
		size_t at = text_search(t, holds[i]);
		struct text after = text_from(t, at + strlen(holds[i]));

		if (at < t.len && at > 0 && (after.len == 0 ||
			strchr("#? ", after.p[0])))
			return true;
	}
	return false;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
has_blank(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if (is_blank(t.p[i]))
			return true;
	return false;
}

static size_t
skip_blanks(struct text t, size_t i)
{
	while (i < t.len && is_blank(t.p[i]))
		i++;
	return i;
}

/* The address that begins at i, up to a blank or the ")" of the link. */
static size_t
skip_address(struct text t, size_t i)
{
	int depth = 0;

	t = text_sub(t, 0, i + LINK_BYTES_MAX);
	for (; i < t.len && !is_blank(t.p[i]); i++) {
		if (t.p[i] == '\\' && i + 1 < t.len)
			i++;
		else if (t.p[i] == '(')
			depth++;
		else if (t.p[i] == ')' && depth-- == 0)
			break;
	}
	return i;
}

/* Up to the first `end` on the line, or the line's end, if that is near. */
static struct text
up_to(struct text t, size_t from, char end)
{
	struct text rest = text_sub(text_from(t, from), 0, LINK_BYTES_MAX);
	struct text line = text_sub(rest, 0, text_find(rest, '\n'));

	return text_sub(line, 0, text_find(line, end));
}

/* "a.md#vad-kostar-det" of "a.md#Vad kostar det?"; empty: nothing is sure. */
static struct text
mend(struct arena *a, struct text written)
{
	size_t hash = text_find(written, '#');
	struct text file = text_sub(written, 0, hash);
	struct text name = text_from(written, hash + 1);

	if (has_blank(file) || name.len == 0)
		return (struct text){ 0 };
	return arena_join(a, (struct text[]){ file, text_of("#"),
		slug(a, name) }, 3);
}

/* "](" stands before `at`. */
static void
look_inside(struct scan *s, size_t at)
{
	struct text t = s->all;
	size_t from = skip_blanks(t, at);
	struct text written = up_to(t, from, ')');
	size_t end;

	if (written.len == LINK_BYTES_MAX)
		return;
	end = skip_blanks(t, skip_address(t, from));
	/* An address in < > may have blanks; a title follows in quotes. */
	if ((from < t.len && t.p[from] == '<') ||
		(end < t.len && strchr(")\"'(", t.p[end])) ||
		!is_address(written))
		return;
	if (from + written.len == t.len || t.p[from + written.len] == '\n')
		tell(s, at, text_sub(text_from(t, at - 2), 0, from - at + 2 +
			written.len), "a \")\" is missing", (struct text){ 0 });
	else
		tell(s, at, written, "an address has no blanks",
			mend(s->warnings->arena, written));
}

/* Is `open` on the line before `at`, and not as a footnote's "[^"? */
static bool
is_opened(const struct scan *s, size_t at, char open)
{
	struct text t = s->all;
	size_t least = at > LINK_BYTES_MAX ? at - LINK_BYTES_MAX : 0;

	while (at > least && t.p[at - 1] != '\n' && t.p[at - 1] != open)
		at--;
	return at > 0 && t.p[at - 1] == open && t.p[at] != '^';
}

/* "] (" or ")[" stands at i, and what they hold at `at`, up to `end`. */
static void
look_beside(struct scan *s, size_t i, size_t at, char open, char end)
{
	struct text written = up_to(s->all, at, end);
	struct text after = text_from(s->all, at + written.len);

	if (after.len == 0 || after.p[0] != end || has_blank(written) ||
		!is_address(written) || !is_opened(s, i, open) ||
		(after.len > 1 && strchr("([:", after.p[1])))
		return;
	tell(s, i, text_sub(text_from(s->all, i), 0, at - i + written.len + 1),
		end == ')' ? "the blank before \"(\" is one too many"
		: "the text stands in [ ], and after it the address in ( )",
		end == ')' ? arena_printf(s->warnings->arena, "](%.*s)",
			(int)written.len, written.p) : (struct text){ 0 });
}

/* ---- where it is looked for ------------------------------------------------ */

/* Past code in backticks (6.1), or past the backticks that begin none. */
static size_t
skip_code(struct text t, size_t i)
{
	size_t n = 0;
	size_t run = 0;

	while (i + n < t.len && t.p[i + n] == '`')
		n++;
	for (size_t k = i + n; n <= BACKTICKS_MAX && k <= t.len; k++) {
		if (k < t.len && t.p[k] == '`') {
			run++;
			continue;
		}
		if (run == n)
			return k;
		run = 0;
	}
	return i + n;
}

static void
scan_paragraph(struct scan *s)
{
	struct text t = s->all;
	size_t i = 0;

	while (i < t.len) {
		struct text rest = text_from(t, i);

		if (t.p[i] == '`') {
			i = skip_code(t, i);
			continue;
		}
		if (text_starts(rest, "]("))
			look_inside(s, i + 2);
		else if (text_starts(rest, "] ("))
			look_beside(s, i, i + 3, '[', ')');
		else if (text_starts(rest, ")["))
			look_beside(s, i, i + 2, '(', ']');
		i += t.p[i] == '\\' ? 2 : 1;
	}
}

/* How many of ``` or ~~~ begin the line; 0 if it opens or ends no code. */
static size_t
fence_of(struct text line, char *mark)
{
	struct text t = text_trim(line);
	size_t n = 0;

	*mark = t.len ? t.p[0] : '\0';
	while (n < t.len && t.p[n] == *mark)
		n++;
	return (*mark == '`' || *mark == '~') && n >= FENCE_MIN ? n : 0;
}

/* Indented so far after a blank line: code, or in a list, which is spared. */
static bool
is_indented(struct text line)
{
	size_t n = 0;

	while (n < line.len && line.p[n] == ' ')
		n++;
	return n >= INDENT_CODE || (n < line.len && line.p[n] == '\t');
}

void
nolink_warn(struct text path, struct text source, struct faults *warnings)
{
	struct scan s = { .path = path, .warnings = warnings };
	struct text rest = source;
	struct text line;
	size_t fence = 0;
	char mark = '\0';

	for (int n = 1; text_line(&rest, &line); n++) {
		char here;
		size_t length = fence_of(line, &here);
		bool ends = length || text_trim(line).len == 0;

		if (ends || fence) {
			scan_paragraph(&s);
			s.all = (struct text){ 0 };
		}
		if (fence && length >= fence && here == mark)
			fence = 0;
		else if (!fence && length) {
			fence = length;
			mark = here;
		} else if (!fence && !ends && (s.all.len ||
			!is_indented(line))) {
			if (!s.all.len)
				s = (struct scan){ path, warnings, { line.p,
					0 }, n, 0 };
			s.all.len = (size_t)(line.p + line.len - s.all.p);
		}
	}
	scan_paragraph(&s);
}
