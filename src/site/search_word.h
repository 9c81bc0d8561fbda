/*
 * search_word: words as search compares them: lower case, composed letters,
 * stemmed; for the site's text and for what somebody asks for alike.
 *
 * A word is a run of letters and digits, or a telephone number in groups
 * (search_number.h).  "a" with a ring or dots above it
 * as a character of its own is "å" or "ä"; other marks and soft hyphens do
 * not count.  The stem is Snowball's for Swedish or English.
 */
#ifndef SITE_SEARCH_WORD_H
#define SITE_SEARCH_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

enum {
	SEARCH_WORD_MAX = 64, /* bytes of a word; what is beyond is dropped */
	SEARCH_LANGS = 2      /* Swedish, English */
};

struct search_word {
	char bytes[SEARCH_WORD_MAX]; /* folded */
	size_t len;
	size_t letters; /* code points of it */
	size_t from;    /* where it stands in its source, in bytes */
	size_t to;
};

/* The next word of `source` from byte *at on, which moves past it; false if
 * there is none.  Malformed UTF-8 is between words. */
bool search_word_next(struct text source, size_t *at, struct search_word *out);

/* Its folded bytes, which live as long as the struct. */
struct text search_word_text(const struct search_word *w);

/* "och", "the": says nothing about what is looked for. */
bool search_word_is_filler(struct text word, bool english);

/* A stemmer is one thread's; NULL if there is no memory for it. */
struct search_stemmer;
struct search_stemmer *search_stemmer_open(bool english);
void search_stemmer_close(struct search_stemmer *s); /* NULL is allowed */
/* The stem of a folded word; valid until the next call.  A NULL stemmer
 * leaves words as they are. */
struct text search_stem(struct search_stemmer *s, struct text word);

#endif
