/* store_resolve: which case a person means. */
#include <string.h>

#include "base/buf.h"
#include "desk/store.h"
#include "base/banned.h"

static bool
ambiguous(struct store *s, struct text reference, struct err *e)
{
	struct buf b;
	bool ok;

	buf_init(&b, 256);
	for (size_t i = 0; i < s->case_count; i++)
		if (text_eq(s->cases[i]->reference, reference))
			buf_printf(&b, " %s", hex_encode(&s->a,
				s->cases[i]->subid, SUBID_BYTES).p);
	ok = err_set(e, ERR_USAGE, "%.*s: several cases have this reference; "
		"use one of%.*s", (int)reference.len, reference.p,
		(int)b.len, b.p);
	buf_release(&b);
	return ok;
}

/* A reference with one hyphen, before its last eight characters, however
 * many spaces and hyphens it was written with. */
static struct text
with_hyphen(struct arena *a, const char *ref)
{
	struct text t = text_of(ref);
	char *p = arena_alloc(a, t.len + 2);
	size_t n = 0;

	for (size_t i = 0; i < t.len; i++)
		if (t.p[i] != ' ' && t.p[i] != '-')
			p[n++] = t.p[i];
	if (n > REFERENCE_DIGITS) {
		size_t at = n - REFERENCE_DIGITS;

		memmove(p + at + 1, p + at, REFERENCE_DIGITS);
		p[at] = '-';
		n++;
	}
	return (struct text){ p, n };
}

bool
store_resolve(struct store *s, const char *ref, struct store_case **out,
	struct err *e)
{
	unsigned char subid[SUBID_BYTES];
	struct text reference;

	*out = NULL;
	if (hex_decode(text_of(ref), subid, sizeof subid)) {
		*out = store_find(s, subid);
		return *out || err_set(e, ERR_USAGE,
			"%s: no such case in the store", ref);
	}
	if (!reference_parse(&s->a, with_hyphen(&s->a, ref), &reference))
		return err_set(e, ERR_USAGE,
			"%s: is no reference; is a letter or digit wrong?",
			ref);
	for (size_t i = 0; i < s->case_count; i++) {
		if (!text_eq(s->cases[i]->reference, reference))
			continue;
		if (*out)
			return ambiguous(s, reference, e);
		*out = s->cases[i];
	}
	return *out || err_set(e, ERR_USAGE, "%.*s: no such case in the store",
		(int)reference.len, reference.p);
}
