/* fence: which lines of Markdown stand in fenced code. */
#include "view/fence.h"

#include "base/banned.h"

void
fence_line(struct fence *f, struct text line)
{
	size_t indent = 0;
	size_t n = 0;
	char c;

	while (indent < line.len && indent < 4 && line.p[indent] == ' ')
		indent++;
	line = text_from(line, indent);
	if (indent == 4 || line.len == 0)
		return;
	c = line.p[0];
	while (n < line.len && line.p[n] == c)
		n++;
	if ((c != '`' && c != '~') || n < 3)
		return;
	if (!f->mark)
		*f = (struct fence){ c, n };
	else if (f->mark == c && n >= f->length &&
		text_trim(text_from(line, n)).len == 0)
		f->mark = 0;
}
