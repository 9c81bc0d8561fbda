/*
 * diagram: where everything stands in a map of a process or of a network.
 *
 * Both are made of a list.  Here lines are broken and places, sizes and paths
 * computed, all in whole units; what is drawn there is the theme's
 * (components/steps-svg, steps-large, network-svg, network-large; the values
 * are described in themes/DATA.md).
 *
 * A process runs from left to right in rows, each leading on to the next by a
 * line back to the left.  In a network the person is in the middle, the areas
 * of life stand around clockwise from the top in two columns and between
 * them, so that any number of any height fit.
 */
#ifndef SITE_DIAGRAM_H
#define SITE_DIAGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/value.h"

struct diagram_item {
	struct text title; /* plain text */
	struct text text;  /* likewise; may be empty; drawn if large */
	bool own;          /* the contact person's place */
};

/* What stands in a diagram beside its items. */
struct diagram_words {
	struct text title;  /* above a large one */
	struct text centre; /* "Du" */
	struct text own;    /* with the contact person's place */
};

/* For a page: titles only, about as wide as the text.  Large: a sheet of its
 * own, with the texts. */
struct value *diagram_steps(struct arena *a, const struct diagram_item *items,
	size_t count, const struct diagram_words *words, bool large);
struct value *diagram_network(struct arena *a,
	const struct diagram_item *items, size_t count,
	const struct diagram_words *words, bool large);

#endif
