/*
 * template_tag: the tags of a template's source, between template_tag.c and
 * template_parse.c; for no other file.
 */
#ifndef VIEW_TEMPLATE_TAG_H
#define VIEW_TEMPLATE_TAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

struct template_tag {
	char sigil;       /* # ^ / > < $ ! = & or 'v' for {{name}} */
	struct text name; /* without sigil and white space */
	size_t from, to;  /* where it stands in the source */
	int line;
	size_t mate;      /* #^<$: index of the tag that closes it; / : of the
			     one it closes */
	/* Set while the tree is made: */
	size_t cut_before, cut_after; /* white space that goes with it */
	struct text strip; /* $: taken off the beginning of lines inside */
};

struct template_tags {
	struct arena *a;  /* for what nodes will point to */
	struct arena scratch; /* for the tags themselves */
	const char *name; /* of the template, in messages */
	struct text source;
	struct template_tag *tags; /* in order of source */
	size_t count;
	size_t cap;
	struct text open, close; /* delimiters where we are */
	struct err *e;
};

/* Finds all tags of p->source and pairs those that open with those that
 * close. */
bool template_tags_read(struct template_tags *p)
	__attribute__((warn_unused_result));

/* Does this tag open something that is closed? */
bool template_tag_opens(const struct template_tag *t);

#endif
