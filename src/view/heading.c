/* heading: ids for headings, readable in an address. */
#include "view/heading.h"

#include <string.h>

#include "base/utf8.h"
#include "base/banned.h"

/* Letters of U+00C0 to U+00FF without their marks; " " is no letter. */
static const char latin1[64][3] = {
	"a", "a", "a", "a", "a", "a", "ae", "c",
	"e", "e", "e", "e", "i", "i", "i", "i",
	"d", "n", "o", "o", "o", "o", "o", " ",
	"o", "u", "u", "u", "u", "y", "th", "ss",
	"a", "a", "a", "a", "a", "a", "ae", "c",
	"e", "e", "e", "e", "i", "i", "i", "i",
	"d", "n", "o", "o", "o", "o", "o", " ",
	"o", "u", "u", "u", "u", "y", "th", "y"
};

/* The letters that stand for this one, or " ". */
static void
fold(uint32_t c, char out[3])
{
	if (c >= 'A' && c <= 'Z')
		c += 'a' - 'A';
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
		out[0] = (char)c;
		out[1] = '\0';
	} else if (c >= 0xC0 && c <= 0xFF) {
		memcpy(out, latin1[c - 0xC0], 3);
	} else {
		memcpy(out, " ", 2);
	}
}

struct text
slug(struct arena *a, struct text title)
{
	char p[SLUG_MAX + 4];
	size_t n = 0;
	bool gap = false;
	uint32_t c;

	while (n < SLUG_MAX - 3 && utf8_next(&title, &c)) {
		char letters[3];

		fold(c, letters);
		if (letters[0] == ' ') {
			gap = n > 0;
			continue;
		}
		if (gap)
			p[n++] = '-';
		gap = false;
		for (size_t i = 0; letters[i]; i++)
			p[n++] = letters[i];
	}
	return n ? arena_copy(a, (struct text){ p, n }) : text_of("avsnitt");
}

/* Which of the ids "base", "base-2", "base-3" ... is `id`?  0: none. */
static int64_t
number_of(struct text id, struct text base)
{
	int64_t n;

	if (id.len < base.len || memcmp(id.p, base.p, base.len) != 0)
		return 0;
	if (id.len == base.len)
		return 1;
	if (id.p[base.len] == '-' &&
		text_to_int(text_from(id, base.len + 1), 2, 999999, &n))
		return n;
	return 0;
}

static struct text
new_id(struct arena *a, const struct markdown_ids *ids, struct text title)
{
	struct text id;
	int64_t highest = 0;

	if (ids->numbered)
		return arena_printf(a, "a%zu", ids->count + 1);
	id = slug(a, title);
	for (size_t i = 0; i < ids->count; i++) {
		int64_t n = number_of(ids->items[i].id, id);

		if (n > highest)
			highest = n;
	}
	return highest ? arena_printf(a, "%.*s-%d", (int)id.len, id.p,
		(int)highest + 1) : id;
}

struct heading *
heading_add(struct arena *a, struct markdown_ids *ids, int level,
	struct text title)
{
	struct text id;
	struct heading *h;

	if (ids->count == HEADINGS_MAX)
		return NULL;
	id = new_id(a, ids, title);
	if (ids->count == ids->cap) {
		ids->cap = ids->cap ? ids->cap * 2 : 8;
		h = arena_array(a, ids->cap, sizeof *h);
		if (ids->count)
			memcpy(h, ids->items, ids->count * sizeof *h);
		ids->items = h;
	}
	h = &ids->items[ids->count++];
	*h = (struct heading){ .level = level, .id = id, .title = title };
	return h;
}
