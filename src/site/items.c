/* items: a plain Markdown list as titles and texts, for drawings. */
#include "site/items.h"

#include "base/buf.h"
#include "site/page.h"
#include "base/banned.h"

enum { ITEMS_MAX = 100 };

/* Bytes of "- ", "1. ", "12) " at the start of a line; 0: no item begins. */
static size_t
marker(struct text line)
{
	size_t i = 0;

	while (i < line.len && line.p[i] >= '0' && line.p[i] <= '9')
		i++;
	if (i == line.len)
		return 0;
	if (i ? line.p[i] != '.' && line.p[i] != ')'
	      : line.p[i] != '-' && line.p[i] != '*' && line.p[i] != '+')
		return 0;
	i++;
	return i < line.len && line.p[i] == ' ' ? i + 1 : 0;
}

static struct text
skip(struct text t, const char *prefix)
{
	return text_starts(t, prefix)
		? text_trim(text_from(t, text_of(prefix).len)) : t;
}

/* Parts the first line into title and the start of the text. */
static void
take_title(struct item *item, struct text line, struct text *first)
{
	size_t end;

	*first = (struct text){ 0 };
	if (text_starts(line, "[own]")) {
		item->own = true;
		line = skip(line, "[own]");
	}
	item->title = line;
	if (!text_starts(line, "**"))
		return;
	end = text_search(text_from(line, 2), "**");
	if (end + 4 > line.len)
		return;
	item->title = text_sub(line, 2, end);
	if (text_ends(item->title, ".") || text_ends(item->title, ":"))
		item->title.len--;
	*first = text_trim(text_from(line, end + 4));
	*first = skip(*first, ":");
	*first = skip(*first, "\xE2\x80\x93"); /* en dash */
	*first = skip(*first, "- ");
}

/* A line that goes on with an item, without what it is indented by. */
static struct text
dedent(struct text line, size_t indent)
{
	size_t i = 0;

	while (i < indent && i < line.len && line.p[i] == ' ')
		i++;
	return text_from(line, i);
}

static bool
next_item(struct arena *a, struct text *rest, int *line, struct item *item)
{
	struct text first, text_line_;
	struct text at = *rest;
	struct buf b;
	size_t indent;

	(void)text_line(rest, &text_line_);
	indent = marker(text_line_);
	if (!indent) {
		*rest = at;
		return false;
	}
	item->line = (*line)++;
	take_title(item, text_trim(text_from(text_line_, indent)), &first);
	buf_init(&b, PAGE_FILE_MAX);
	buf_text(&b, first);
	for (at = *rest; text_line(&at, &text_line_) &&
		!marker(text_line_); *rest = at, (*line)++) {
		buf_char(&b, '\n');
		buf_text(&b, dedent(text_line_, indent));
	}
	item->body = arena_copy(a, buf_view(&b));
	if (text_trim(item->body).len == 0)
		item->body.len = 0;
	buf_release(&b);
	return true;
}

bool
items_parse(struct arena *a, const char *path, int line, struct text source,
	struct item **items, size_t *count, struct err *e)
{
	struct text rest = source;
	struct text blank;
	struct text at = rest;

	*items = arena_array(a, ITEMS_MAX, sizeof **items);
	*count = 0;
	while (text_line(&at, &blank) && text_trim(blank).len == 0) {
		rest = at;
		line++;
	}
	while (rest.len) {
		if (*count == ITEMS_MAX)
			return err_set(e, ERR_LIMIT, "%s:%d: more than %d "
				"items", path, line, ITEMS_MAX);
		if (!next_item(a, &rest, &line, &(*items)[*count]))
			break;
		(*count)++;
	}
	if (*count == 0)
		return err_set(e, ERR_FORMAT, "%s:%d: a list is missing: lines "
			"that begin with \"1. \" or \"- \"", path, line);
	return true;
}
