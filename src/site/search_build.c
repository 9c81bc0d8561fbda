/* search_build: from documents to an index. */
#include "site/search_index.h"

#include <stdlib.h>
#include <string.h>

#include "site/search_near.h"
#include "site/search_parts.h"
#include "base/banned.h"

enum { TABLE_MIN = 1024, POSTINGS_MIN = 4 };

/* What a word counts for, by where it stands. */
enum {
	WEIGHT_UNSEEN = 1,
	WEIGHT_BODY = 2,
	WEIGHT_HEADINGS = 6,
	WEIGHT_DESCRIPTION = 8,
	WEIGHT_TITLE = 20
};

/* Open hashing from a text to its place in a list; `slots` hold place + 1. */
struct table {
	struct arena *arena;
	uint32_t *slots;
	size_t slot_count; /* a power of two */
	struct text *keys; /* by place */
	size_t count;
};

struct growing_stem {
	struct search_posting *postings;
	size_t count;
	size_t cap;
};

struct builder {
	struct search_index *index;
	struct search_stemmer *stemmer;
	struct arena scrap; /* all below; gone when the index is made */
	struct table words;
	struct search_entry *entries; /* by place in words */
	struct table stems;
	struct growing_stem *growing; /* by place in stems */
	size_t entry_cap;
	size_t growing_cap;
};

/* ---- a table ------------------------------------------------------------- */

static uint32_t
hash(struct text t)
{
	uint32_t h = UINT32_C(2166136261); /* FNV-1a */

	for (size_t i = 0; i < t.len; i++)
		h = (h ^ (unsigned char)t.p[i]) * UINT32_C(16777619);
	return h;
}

static uint32_t *
slot_of(const struct table *t, struct text key)
{
	size_t i = hash(key) & (t->slot_count - 1);

	while (t->slots[i] && !text_eq(t->keys[t->slots[i] - 1], key))
		i = (i + 1) & (t->slot_count - 1);
	return &t->slots[i];
}

static void
table_grow(struct table *t)
{
	size_t n = t->slot_count ? 2 * t->slot_count : TABLE_MIN;
	struct text *keys = arena_array(t->arena, n / 2 + 1, sizeof *keys);

	if (t->count)
		memcpy(keys, t->keys, t->count * sizeof *keys);
	t->keys = keys;
	t->slot_count = n;
	t->slots = arena_array(t->arena, n, sizeof *t->slots);
	for (size_t i = 0; i < t->count; i++)
		*slot_of(t, keys[i]) = (uint32_t)i + 1;
}

/* The place of a key, which is copied if it is new. */
static size_t
table_put(struct table *t, struct text key)
{
	uint32_t *slot;

	if (2 * t->count >= t->slot_count)
		table_grow(t);
	slot = slot_of(t, key);
	if (!*slot) {
		t->keys[t->count++] = arena_copy(t->arena, key);
		*slot = (uint32_t)t->count;
	}
	return *slot - 1;
}

/* Room for one more at the end of an array on the arena. */
static void *
room(struct arena *a, void *items, size_t count, size_t *cap, size_t size)
{
	void *more;

	if (count < *cap)
		return items;
	*cap = *cap ? 2 * *cap : POSTINGS_MIN;
	more = arena_array(a, *cap, size);
	if (count)
		memcpy(more, items, count * size);
	return more;
}

/* ---- words of the documents ---------------------------------------------- */

static struct search_entry *
entry_of(struct builder *b, const struct search_word *w)
{
	size_t before = b->words.count;
	size_t i = table_put(&b->words, search_word_text(w));
	struct search_entry *entry;
	size_t stems;

	b->entries = room(&b->scrap, b->entries, before, &b->entry_cap,
		sizeof *b->entries);
	entry = &b->entries[i];
	if (b->words.count == before)
		return entry;
	entry->text = b->words.keys[i];
	entry->mask = search_near_mask(entry->text);
	entry->letters = (uint32_t)w->letters;
	stems = b->stems.count;
	b->growing = room(&b->scrap, b->growing, stems, &b->growing_cap,
		sizeof *b->growing);
	entry->stem = (uint32_t)table_put(&b->stems,
		search_stem(b->stemmer, entry->text));
	return entry;
}

static void
note(struct builder *b, size_t doc, const struct search_word *w,
	uint32_t weight)
{
	struct search_entry *entry = entry_of(b, w);
	struct growing_stem *s = &b->growing[entry->stem];
	struct search_posting *p = s->count ? &s->postings[s->count - 1] : NULL;

	entry->count++;
	if (!p || p->doc != doc) {
		s->postings = room(&b->scrap, s->postings, s->count, &s->cap,
			sizeof *s->postings);
		p = &s->postings[s->count++];
		*p = (struct search_posting){ .doc = (uint32_t)doc,
			.first = SEARCH_NOWHERE };
	}
	p->weight += weight;
	p->title = p->title || weight == WEIGHT_TITLE;
	if (weight == WEIGHT_BODY && p->first == SEARCH_NOWHERE &&
		w->from < SEARCH_NOWHERE)
		p->first = (uint32_t)w->from;
}

/* Returns how many words there were. */
static uint32_t
read_field(struct builder *b, size_t doc, struct text t, uint32_t weight)
{
	struct search_word w;
	uint32_t n = 0;
	size_t at = 0;

	for (; search_word_next(t, &at, &w); n++)
		note(b, doc, &w, weight);
	return n;
}

static void
read_doc(struct builder *b, size_t i)
{
	const struct search_doc *d = &b->index->docs[i];

	b->index->title_words[i] = read_field(b, i, d->title, WEIGHT_TITLE);
	(void)read_field(b, i, d->description, WEIGHT_DESCRIPTION);
	(void)read_field(b, i, d->headings, WEIGHT_HEADINGS);
	(void)read_field(b, i, d->unseen, WEIGHT_UNSEEN);
	b->index->lengths[i] = read_field(b, i, d->body, WEIGHT_BODY);
}

/* ---- settling ------------------------------------------------------------ */

int
search_cmp_back(struct text a, struct text b)
{
	size_t least = a.len < b.len ? a.len : b.len;

	for (size_t i = 1; i <= least; i++) {
		int c = (unsigned char)a.p[a.len - i] -
			(unsigned char)b.p[b.len - i];

		if (c)
			return c;
	}
	return (a.len > b.len) - (a.len < b.len);
}

static int
by_word(const void *x, const void *y)
{
	const struct search_entry *a = x;
	const struct search_entry *b = y;

	return text_cmp(a->text, b->text);
}

const struct search_entry *
search_entry_find(const struct search_index *x, struct text word)
{
	struct search_entry key = { .text = word };

	return x->word_count ? bsearch(&key, x->words, x->word_count,
		sizeof key, by_word) : NULL;
}

/* A stem on its way to its place. */
struct sorting {
	struct text text;
	uint32_t from;
};

static int
by_stem(const void *x, const void *y)
{
	const struct sorting *a = x;
	const struct sorting *b = y;

	return text_cmp(a->text, b->text);
}

static int
by_ending(const void *x, const void *y)
{
	const struct sorting *a = x;
	const struct sorting *b = y;

	return search_cmp_back(a->text, b->text);
}

/* Writes to `place` where each stem went. */
static void
settle_stems(struct builder *b, struct arena *a, uint32_t *place)
{
	struct search_index *x = b->index;
	size_t n = b->stems.count;
	struct sorting *order = arena_array(&b->scrap, n + 1, sizeof *order);

	x->stem_count = n;
	x->stems = arena_array(a, n + 1, sizeof *x->stems);
	x->endings = arena_array(a, n + 1, sizeof *x->endings);
	for (size_t i = 0; i < n; i++)
		order[i] = (struct sorting){ b->stems.keys[i], (uint32_t)i };
	qsort(order, n, sizeof *order, by_stem);
	for (size_t i = 0; i < n; i++) {
		const struct growing_stem *g = &b->growing[order[i].from];
		struct search_term *s = &x->stems[i];

		place[order[i].from] = (uint32_t)i;
		s->text = arena_copy(a, order[i].text);
		s->count = g->count;
		s->postings = arena_array(a, g->count, sizeof *s->postings);
		memcpy(s->postings, g->postings,
			g->count * sizeof *s->postings);
		order[i].from = (uint32_t)i;
	}
	qsort(order, n, sizeof *order, by_ending);
	for (size_t i = 0; i < n; i++)
		x->endings[i] = order[i].from;
}

static void
settle(struct builder *b, struct arena *a)
{
	struct search_index *x = b->index;
	uint32_t *place = arena_array(&b->scrap, b->stems.count + 1,
		sizeof *place);
	double sum = 0;

	settle_stems(b, a, place);
	x->word_count = b->words.count;
	x->words = arena_array(a, x->word_count + 1, sizeof *x->words);
	for (size_t i = 0; i < x->word_count; i++) {
		x->words[i] = b->entries[i];
		x->words[i].text = arena_copy(a, b->entries[i].text);
		x->words[i].stem = place[b->entries[i].stem];
	}
	qsort(x->words, x->word_count, sizeof *x->words, by_word);
	for (size_t i = 0; i < x->doc_count; i++)
		sum += x->lengths[i];
	x->average = sum / (double)(x->doc_count ? x->doc_count : 1) + 1;
}

struct search_index *
search_index_make(struct arena *a, bool english,
	const struct search_doc *docs, size_t count)
{
	struct builder b = { .stemmer = search_stemmer_open(english) };
	struct search_index *x = arena_alloc(a, sizeof *x);

	arena_init(&b.scrap, false);
	b.index = x;
	b.words.arena = b.stems.arena = &b.scrap;
	x->english = english;
	x->doc_count = count;
	x->docs = arena_array(a, count + 1, sizeof *x->docs);
	x->lengths = arena_array(a, count + 1, sizeof *x->lengths);
	x->title_words = arena_array(a, count + 1, sizeof *x->title_words);
	for (size_t i = 0; i < count; i++) {
		struct search_doc *d = &x->docs[i];

		*d = docs[i];
		read_doc(&b, i);
		d->url = arena_copy(a, d->url);
		d->title = arena_copy(a, d->title);
		d->description = arena_copy(a, d->description);
		d->body = arena_copy(a, d->body);
		d->headings = d->unseen = (struct text){ 0 };
	}
	settle(&b, a);
	arena_release(&b.scrap);
	search_stemmer_close(b.stemmer);
	return x;
}
