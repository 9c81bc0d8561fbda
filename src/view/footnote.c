/* footnote: "[^name]" in the text, and its text on a line "[^name]: text". */
#include "view/footnote.h"

#include <stdint.h>

#include "base/buf.h"
#include "view/fence.h"
#include "view/markdown_walk.h"
#include "base/banned.h"

struct reader {
	struct arena *a;
	struct footnotes *notes;
	const char *path;
	int line;              /* of the line being read */
	struct fence fence;
	struct footnote *open; /* what the line may go on with */
	bool ended;            /* only blank lines since a note */
	struct buf text;       /* of the open one */
	struct buf rest;       /* the source without them */
	struct err *e;
};

static bool
fault(struct reader *r, const char *what)
{
	return err_set(r->e, ERR_FORMAT, "%s:%d: %s", r->path, r->line, what);
}

static size_t
indent(struct text line)
{
	size_t n = 0;

	while (n < line.len && (line.p[n] == ' ' || line.p[n] == '\t'))
		n += line.p[n] == '\t' ? 4 : 1;
	return n;
}

static bool
is_name(struct text t)
{
	for (size_t i = 0; i < t.len; i++) {
		char c = t.p[i];
		bool dash = c == '-' && i && i + 1 < t.len &&
			t.p[i - 1] != '-';

		if (!dash && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
			return false;
	}
	return t.len > 0 && t.len <= FOOTNOTE_NAME_MAX;
}

/* "[^name]: text" at the beginning of a line. */
static bool
is_definition(struct text line, struct text *name, struct text *text)
{
	size_t end;

	if (indent(line) > 3)
		return false;
	line = text_trim(line);
	end = text_find(line, ']');
	if (!text_starts(line, "[^") || !text_starts(text_from(line, end),
		"]:"))
		return false;
	*name = text_sub(line, 2, end - 2);
	*text = text_trim(text_from(line, end + 2));
	return true;
}

static bool
begin(struct reader *r, struct text name, struct text text)
{
	struct footnotes *f = r->notes;
	const struct footnote *other;

	if (!is_name(name))
		return fault(r, "a footnote's name is a-z, 0-9 and single "
			"\"-\", like [^1] or [^lag-2]");
	other = footnote_find(f, name);
	if (other)
		return err_set(r->e, ERR_FORMAT, "%s:%d: footnote \"%.*s\" "
			"stands on line %d already", r->path, r->line,
			(int)name.len, name.p, other->line);
	if (f->count == FOOTNOTES_MAX)
		return fault(r, "too many footnotes on one page");
	r->open = &f->items[f->count++];
	*r->open = (struct footnote){ .name = name, .line = r->line };
	buf_text(&r->text, text);
	return true;
}

static bool
end(struct reader *r)
{
	struct footnote *f = r->open;

	if (!f)
		return true;
	f->text = arena_copy(r->a, buf_view(&r->text));
	buf_clear(&r->text);
	r->open = NULL;
	r->ended = true;
	if (f->text.len == 0)
		return err_set(r->e, ERR_FORMAT, "%s:%d: footnote \"%.*s\" "
			"has no text", r->path, f->line, (int)f->name.len,
			f->name.p);
	if (footnotes_may_be_in(f->text))
		return err_set(r->e, ERR_FORMAT, "%s:%d: a footnote does not "
			"refer to footnotes", r->path, f->line);
	return true;
}

/* A line that no definition begins on. */
static bool
other_line(struct reader *r, struct text line)
{
	bool blank = text_trim(line).len == 0;

	if (r->open && !blank && indent(line)) {
		buf_char(&r->text, ' ');
		buf_text(&r->text, text_trim(line));
		return true;
	}
	if (r->open && !blank && !text_starts(line, ":::"))
		return fault(r, "a footnote ends with an empty line; a line "
			"that goes on with it is indented");
	if (!end(r))
		return false;
	if (r->ended && indent(line) > 3 && !blank)
		return fault(r, "a footnote is one paragraph");
	r->ended = r->ended && blank;
	fence_line(&r->fence, line);
	buf_text(&r->rest, line);
	return true;
}

static bool
read_lines(struct reader *r, struct text source)
{
	struct text line, name, text;

	for (; text_line(&source, &line); r->line++) {
		bool defines = !r->fence.mark &&
			is_definition(line, &name, &text);

		if (defines ? !end(r) || !begin(r, name, text)
			: !other_line(r, line))
			return false;
		buf_char(&r->rest, '\n');
	}
	return end(r);
}

/* Each name becomes a link to its place among the definitions. */
static struct text
references(struct arena *a, const struct footnotes *f)
{
	struct text t;
	struct buf b;

	buf_init(&b, SIZE_MAX / 2);
	for (size_t i = 0; i < f->count; i++)
		buf_printf(&b, "[^%.*s]: " MARKDOWN_GUARD "%zu\n",
			(int)f->items[i].name.len, f->items[i].name.p, i);
	if (f->count)
		buf_char(&b, '\n');
	t = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return t;
}

bool
footnotes_may_be_in(struct text source)
{
	return text_search(source, "[^") < source.len;
}

bool
footnotes_read(struct arena *a, const char *path, int line,
	struct text *source, struct footnotes *out, struct err *e)
{
	struct reader r = { .a = a, .notes = out, .path = path, .line = line,
		.e = e };
	bool ok;

	out->items = arena_array(a, FOOTNOTES_MAX, sizeof *out->items);
	out->shown = arena_array(a, FOOTNOTES_MAX, sizeof *out->shown);
	buf_init(&r.text, SIZE_MAX / 2);
	buf_init(&r.rest, SIZE_MAX / 2);
	ok = read_lines(&r, *source);
	if (ok) {
		*source = arena_copy(a, buf_view(&r.rest));
		out->references = references(a, out);
	}
	buf_release(&r.text);
	buf_release(&r.rest);
	return ok;
}

struct footnote *
footnote_find(const struct footnotes *f, struct text name)
{
	for (size_t i = 0; i < f->count; i++)
		if (text_eq(f->items[i].name, name))
			return &f->items[i];
	return NULL;
}

int
footnote_refer(struct footnotes *f, struct footnote *note)
{
	if (note->refs++ == 0) {
		f->shown[f->shown_count++] = note;
		note->number = f->before + (int)f->shown_count;
	}
	return note->number;
}

bool
footnote_unknown(struct arena *a, const struct footnotes *f, const char *path,
	int line, struct text name, struct err *e)
{
	const char **names = arena_array(a, f->count + 1, sizeof *names);
	const char *near;

	for (size_t i = 0; i < f->count; i++)
		names[i] = arena_string(a, f->items[i].name);
	near = text_nearest(name, names);
	return err_set(e, ERR_FORMAT, near
		? "%s:%d: there is no footnote \"%.*s\" (did you mean \"%s\"?)"
		: "%s:%d: there is no footnote \"%.*s\"", path, line,
		(int)name.len, name.p, near);
}

struct text
footnote_ref_id(struct arena *a, int number, int ref)
{
	return ref == 1 ? arena_printf(a, "_ref-%d", number)
		: arena_printf(a, "_ref-%d-%d", number, ref);
}
