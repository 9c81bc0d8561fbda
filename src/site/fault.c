/* fault: what is wrong, kept line by line, so that a check can go on. */
#include "site/fault.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

void
fault_add(struct faults *f, struct text line)
{
	if (f->count == f->cap) {
		struct text *old = f->lines;

		f->cap = f->cap ? f->cap * 2 : 16;
		f->lines = arena_array(f->arena, f->cap, sizeof *f->lines);
		if (f->count)
			memcpy(f->lines, old, f->count * sizeof *old);
	}
	f->lines[f->count++] = arena_copy(f->arena, line);
}

bool
fault_seen(struct faults *f, struct err *e)
{
	if (!f)
		return false;
	fault_add(f, text_of(e->text));
	*e = (struct err){ 0 };
	return true;
}

/* "content/a.md:12: ..." is file "content/a.md", line 12. */
static struct text
file_and_line(struct text fault, int64_t *line)
{
	size_t colon = text_find(fault, ':');
	struct text rest = text_from(fault, colon + 1);

	if (!text_to_int(text_sub(rest, 0, text_find(rest, ':')), 0,
		INT32_MAX, line))
		*line = 0;
	return text_sub(fault, 0, colon);
}

struct fault_place
fault_place(struct text fault)
{
	struct fault_place p = { .text = fault };
	struct text file = file_and_line(fault, &p.line);
	struct text rest = text_from(fault, file.len + 1);

	if (text_find(file, '/') == file.len || text_find(file, ' ') < file.len)
		return (struct fault_place){ .text = fault };
	p.file = file;
	if (p.line)
		rest = text_from(rest, text_find(rest, ':') + 1);
	p.text = text_trim(rest);
	return p;
}

static int
by_place(const void *x, const void *y)
{
	const struct text *a = x;
	const struct text *b = y;
	int64_t line_a, line_b;
	int c = text_cmp(file_and_line(*a, &line_a),
		file_and_line(*b, &line_b));

	if (c == 0)
		c = (line_a > line_b) - (line_a < line_b);
	return c ? c : text_cmp(*a, *b);
}

void
fault_sort(struct faults *f)
{
	size_t kept = 0;

	if (f->count)
		qsort(f->lines, f->count, sizeof *f->lines, by_place);
	for (size_t i = 0; i < f->count; i++)
		if (!kept || !text_eq(f->lines[i], f->lines[kept - 1]))
			f->lines[kept++] = f->lines[i];
	f->count = kept;
}
