/* search_parts: what an index consists of; for its own files only. */
#ifndef SITE_SEARCH_PARTS_H
#define SITE_SEARCH_PARTS_H

#include "site/search_index.h"

/* One document that a stem stands in. */
struct search_posting {
	uint32_t doc;
	uint32_t first;  /* byte of the body, or SEARCH_NOWHERE */
	uint32_t weight; /* times, each counted by where it stood */
	bool title;
};

struct search_term {
	struct text text;
	struct search_posting *postings; /* by doc */
	size_t count;
};

/* A word as it is written on the site. */
struct search_entry {
	struct text text;
	uint32_t stem;  /* index in stems */
	uint32_t count; /* times it stands on the site */
	uint32_t mask;  /* search_near_mask */
	uint32_t letters;
};

struct search_index {
	bool english;
	struct search_doc *docs;
	uint32_t *lengths;     /* words of each body */
	uint32_t *title_words; /* words of each title */
	size_t doc_count;
	double average;        /* of lengths */
	struct search_term *stems; /* in the order of bytes */
	size_t stem_count;
	uint32_t *endings; /* stems in the order of their bytes backwards */
	struct search_entry *words; /* in the order of bytes */
	size_t word_count;
};

/* Byte order read from the end. */
int search_cmp_back(struct text a, struct text b);
/* NULL if the word does not stand on the site. */
const struct search_entry *search_entry_find(const struct search_index *x,
	struct text word);

#endif
