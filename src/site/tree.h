/*
 * tree: all pages, and how they belong together.
 *
 * Pages of one key are variants of each other.  A page's parent is the
 * nearest page above it in its own variant, the start page at last; siblings
 * stand in order of weight, then title (Swedish order, collate.h).
 */
#ifndef SITE_TREE_H
#define SITE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "site/page.h"

struct tree_page {
	const struct page *page;
	struct tree_page *variants[PAGE_VARIANTS]; /* NULL: not in that one */
	struct tree_page *parent;    /* NULL for a start page */
	struct tree_page **children; /* in order */
	size_t child_count;
	size_t index;                /* in tree.pages */
};

struct tree_slot {
	uint64_t hash;
	struct text key;
	struct tree_page *page; /* the first of its variants; NULL: free */
};

struct tree {
	struct tree_page *pages; /* those that are built, by key and variant */
	size_t count;
	struct tree_slot *slots;  /* by hash of key */
	size_t slot_count;        /* a power of two; half of them are free */
	const struct page **hidden; /* drafts, and those not for today; by path */
	size_t hidden_count;
	struct tree_page **menu[PAGE_VARIANTS]; /* in order */
	size_t menu_count[PAGE_VARIANTS];
};

/*
 * Sorts out which pages are shown on `today` and links them to each other.
 * A translation that gives no weight or menu takes those of the Swedish page.
 * Two files for one page are a fault, and so is a missing start page.
 */
bool tree_make(struct arena *a, struct page *pages, size_t count,
	struct date today, bool drafts, struct tree *out, struct err *e)
	__attribute__((warn_unused_result));

/* NULL if there is none. */
struct tree_page *tree_find(const struct tree *t, struct text key,
	enum page_variant variant);
/* That variant, or else the Swedish one; NULL if there is neither. */
struct tree_page *tree_best(const struct tree *t, struct text key,
	enum page_variant variant);
/* The page that stands at an address, "/en/roller/"; NULL if none does. */
struct tree_page *tree_at(const struct tree *t, struct text url);

#endif
