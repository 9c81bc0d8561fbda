/* form: a form file, taken apart line by line. */
#include "form/form.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/unwritten.h"
#include "base/utf8.h"
#include "form/message.h"
#include "form/parser.h"
#include "base/banned.h"

bool
parser_line(struct parser *p, struct text *line)
{
	if (!text_line(&p->rest, line))
		return false;
	p->line++;
	return true;
}

bool
parser_fail(const struct parser *p, int line, const char *fmt, ...)
{
	char text[ERR_TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return err_set(p->e, ERR_FORMAT, "%s:%d: %s", p->path, line, text);
}

bool
parser_unknown(const struct parser *p, int line, const char *what,
	struct text word, const char *const names[])
{
	const char *near = text_nearest(word, names);

	if (!near)
		return parser_fail(p, line, "unknown %s \"%.*s\"", what,
			(int)word.len, word.p);
	return parser_fail(p, line, "unknown %s \"%.*s\" (did you mean"
		" \"%s\"?)", what, (int)word.len, word.p, near);
}

bool
parser_is_word(struct text t, bool digit_first)
{
	if (t.len == 0 || t.len > FORM_ID_MAX)
		return false;
	for (size_t i = 0; i < t.len; i++) {
		char c = t.p[i];
		bool letter = c >= 'a' && c <= 'z';
		bool digit = c >= '0' && c <= '9';

		if (!letter && !(digit && (i > 0 || digit_first)) &&
			!(c == '-' && i > 0))
			return false;
	}
	return true;
}

bool
parser_check_text(const struct parser *p, int line, const char *what,
	struct text t)
{
	if (t.len == 0)
		return parser_fail(p, line, "\"%s\" has no value", what);
	if (t.len > FORM_LABEL_MAX)
		return parser_fail(p, line, "\"%s\" is longer than %d bytes",
			what, FORM_LABEL_MAX);
	return true;
}

int
parser_heading(struct text line)
{
	if (text_starts(line, "### "))
		return 3;
	return text_starts(line, "## ") ? 2 : 0;
}

/* "forms/synpunkt.en.md": id "synpunkt", lang "en". */
static bool
read_name(struct parser *p)
{
	const char *slash = strrchr(p->path, '/');
	struct text name = text_of(slash ? slash + 1 : p->path);
	struct form *f = p->form;
	size_t dot;

	if (!text_ends(name, ".md"))
		return err_set(p->e, ERR_FORMAT,
			"%s: a form file is named ID.md or ID.LANG.md",
			p->path);
	name.len -= 3;
	dot = text_find(name, '.');
	f->id = text_sub(name, 0, dot);
	f->lang = dot < name.len ? text_from(name, dot + 1) : text_of("sv");
	if (!parser_is_word(f->id, false))
		return err_set(p->e, ERR_FORMAT, "%s: a form's id is a-z, 0-9"
			" and \"-\", beginning with a letter, at most %d bytes",
			p->path, FORM_ID_MAX);
	if (dot < name.len && (!message_has_lang(f->lang) ||
			text_is(f->lang, "sv")))
		return err_set(p->e, ERR_FORMAT, "%s: no texts in the"
			" language \"%.*s\" (a translation is ID.en.md)",
			p->path, (int)f->lang.len, f->lang.p);
	return true;
}

/* One kind of line end, or the same form would have two versions. */
static struct text
without_cr(struct arena *a, struct text t)
{
	char *out;
	size_t len = 0;

	if (text_find(t, '\r') == t.len)
		return t;
	out = arena_alloc(a, t.len);
	for (size_t i = 0; i < t.len; i++)
		if (t.p[i] != '\r' || i + 1 == t.len || t.p[i + 1] != '\n')
			out[len++] = t.p[i];
	return (struct text){ out, len };
}

/* Text that shows as it is: UTF-8 without control and bidi characters. */
static bool
check_characters(const struct parser *p)
{
	struct text rest = p->rest;
	struct text line;
	uint32_t point;

	for (int n = 1; text_split(&rest, '\n', &line); n++) {
		if (!utf8_valid(line))
			return parser_fail(p, n, "is not UTF-8");
		while (utf8_next(&line, &point))
			if (utf8_is_hostile(point))
				return parser_fail(p, n, "holds the invisible"
					" character U+%04X", (unsigned)point);
	}
	return true;
}

/* The lines between "---" and "---". */
static bool
read_front(struct parser *p)
{
	const char *start;
	struct text line;

	if (!parser_line(p, &line) || !text_is(text_trim(line), "---"))
		return parser_fail(p, 1, "a form begins with front"
			" matter between two lines of ---");
	start = p->rest.p;
	while (parser_line(p, &line)) {
		struct text yaml = { start, (size_t)(line.p - start) };

		if (text_is(text_trim(line), "---"))
			return front_parse(p, yaml, 2);
	}
	return parser_fail(p, 1, "the front matter has no closing line of ---");
}

/* Nobody is to be shown what a form began with. */
static bool
check_written(struct parser *p, struct text source)
{
	int line = 0;

	return !p->form->open || !unwritten_next(&source, &line) ||
		unwritten_fail(p->path, line, p->e);
}

bool
form_parse(struct arena *a, const char *path, struct text source,
	struct form *out, struct err *e)
{
	struct parser p = { .arena = a, .path = path, .form = out, .e = e };

	*out = (struct form){ .path = text_of(path), .open = true };
	if (!read_name(&p))
		return false;
	if (source.len > FORM_FILE_MAX)
		return err_set(e, ERR_LIMIT, "%s: larger than %d bytes", path,
			FORM_FILE_MAX);
	if (text_starts(source, "\xEF\xBB\xBF"))
		source = text_from(source, 3);
	p.rest = without_cr(a, source);
	source = p.rest;
	return check_characters(&p) && read_front(&p) && body_parse(&p) &&
		check_written(&p, source);
}

int
form_question(const struct form *f, struct text id)
{
	for (size_t i = 0; i < f->question_count; i++)
		if (text_eq(f->questions[i].id, id))
			return (int)i;
	return -1;
}
