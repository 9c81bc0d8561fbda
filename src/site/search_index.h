/*
 * search_index: documents of one language, and which of them answer a query.
 *
 * Built once, never changed, read by any number of threads.  A document
 * answers by its stems (BM25, Robertson and Zaragoza 2009, with words in the
 * title, description and headings counting as several).  A stem also answers,
 * more weakly, where it begins another ("kontakt": kontaktperson) or, in
 * Swedish, ends one ("person": kontaktperson).
 */
#ifndef SITE_SEARCH_INDEX_H
#define SITE_SEARCH_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "site/search_word.h"

enum {
	SEARCH_QUERY_MAX = 200, /* bytes of a query; the rest is not read */
	SEARCH_WORDS_MAX = 10,  /* words of it */
	SEARCH_SHOWN_MAX = 20   /* documents given back */
};

struct search_doc {
	struct text url;
	struct text title;
	struct text description;
	struct text headings; /* one a line */
	struct text body;     /* one block a line */
	struct text unseen;   /* searched, never shown */
	bool service;         /* comes first when it answers well */
	struct date expire;   /* from that day it answers nothing; year 0:
			         it always does */
};

struct search_hit {
	const struct search_doc *doc;
	uint32_t number; /* of the document */
	double score;
	/* By word of the query, where it first stands in the body;
	 * SEARCH_NOWHERE if it does not. */
	uint32_t at[SEARCH_WORDS_MAX];
};

enum { SEARCH_NOWHERE = 0x7FFFFFFF };

struct search_found {
	struct search_hit *hits; /* the best first */
	size_t count;            /* at most SEARCH_SHOWN_MAX */
	size_t total;            /* how many answered */
	struct text meant;       /* a query likelier to be meant, or empty */
	const unsigned char *lit; /* by stem: is it an answer? */
};

/* A run of text that is, or is not, a word that answered. */
struct search_piece {
	struct text text;
	bool hit;
};

struct search_index;

/* Copies the documents to `a`, where the index lives. */
struct search_index *search_index_make(struct arena *a, bool english,
	const struct search_doc *docs, size_t count);

/* What is read of a query: at most SEARCH_QUERY_MAX bytes of it, trimmed. */
struct text search_query(struct text query);

/* Answers a query (UTF-8) on that day; the answer lives on `a`. */
void search_index_find(const struct search_index *x, struct arena *a,
	struct text query, struct date today, struct search_found *out);

/* The text in pieces, the words that answered apart. */
struct search_piece *search_index_pieces(const struct search_index *x,
	struct arena *a, const struct search_found *f, struct text t,
	size_t *count);

#endif
