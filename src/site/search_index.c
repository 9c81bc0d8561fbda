/* search_index: which documents answer a query. */
#include "site/search_index.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "site/search_near.h"
#include "site/search_parts.h"
#include "base/banned.h"

enum {
	BEGINNING_MIN = 3,   /* letters of a stem that may begin another */
	ENDING_MIN = 4,      /* and of one that may end another */
	WEAK_MAX = 200,      /* stems that one word finds in that way */
	MEANT_WORDS_MAX = 4, /* words that a meaning is looked for */
	MEANT_LETTERS_MIN = 3
};

/* BM25's usual constants; what a stem counts that only begins or ends the
 * one that stands there; how well a service must answer to come first. */
static const double saturation = 1.2;
static const double length_share = 0.75;
static const double weak = 0.5;
static const double service_share = 0.5;

/* What one document has of one word of the query. */
struct cell {
	float times;
	uint32_t first;
	bool any;
	bool title;
	bool own; /* the stem itself, not one that it begins or ends */
};

struct asked_word {
	struct search_word word;
	struct cell *cells; /* by document */
	size_t answers;     /* documents that have it */
	double rarity;      /* inverse document frequency */
};

struct finding {
	const struct search_index *index;
	struct arena *arena;
	struct text query;
	struct date today;
	struct asked_word words[SEARCH_WORDS_MAX];
	size_t count;
	struct search_stemmer *stemmer;
	unsigned char *lit;  /* by stem: 1 + the last word it answers */
};

/* ---- the query ----------------------------------------------------------- */

/* Cut where a character ends. */
struct text
search_query(struct text query)
{
	struct text t = text_trim(query);

	if (t.len <= SEARCH_QUERY_MAX)
		return t;
	t.len = SEARCH_QUERY_MAX;
	while (t.len && ((unsigned char)t.p[t.len] & 0xC0) == 0x80)
		t.len--;
	return text_trim(t);
}

static void
read_query(struct finding *f)
{
	size_t kept = 0;
	size_t at = 0;

	while (f->count < SEARCH_WORDS_MAX &&
		search_word_next(f->query, &at, &f->words[f->count].word))
		f->count++;
	/* A query of nothing but fillers is taken at its word. */
	for (size_t i = 0; i < f->count; i++)
		kept += !search_word_is_filler(search_word_text(
			&f->words[i].word), f->index->english);
	if (kept == 0)
		return;
	kept = 0;
	for (size_t i = 0; i < f->count; i++)
		if (!search_word_is_filler(search_word_text(&f->words[i].word),
			f->index->english))
			f->words[kept++].word = f->words[i].word;
	f->count = kept;
}

/* ---- stems that answer --------------------------------------------------- */

static void
take(struct finding *f, size_t word, size_t stem, double share)
{
	const struct search_term *s = &f->index->stems[stem];
	struct cell *cells = f->words[word].cells;

	if (f->lit[stem] == word + 1)
		return;
	f->lit[stem] = (unsigned char)(word + 1);
	for (size_t i = 0; i < s->count; i++) {
		const struct search_posting *p = &s->postings[i];
		struct cell *c = &cells[p->doc];

		if (!c->any)
			c->first = SEARCH_NOWHERE;
		if (p->first < c->first)
			c->first = p->first;
		f->words[word].answers += !c->any;
		c->any = true;
		c->own = c->own || share >= 1;
		c->title = c->title || p->title;
		c->times += (float)(share * p->weight / 2);
	}
}

/* What share of a word the other is. */
static double
share_of(struct text part, struct text whole)
{
	return weak * (double)part.len / (double)whole.len;
}

static size_t
first_from(const struct search_index *x, struct text stem)
{
	size_t low = 0;
	size_t high = x->stem_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (text_cmp(x->stems[middle].text, stem) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t
first_ending(const struct search_index *x, struct text stem)
{
	size_t low = 0;
	size_t high = x->stem_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		const struct search_term *at = &x->stems[x->endings[middle]];

		if (search_cmp_back(at->text, stem) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
begins(struct text whole, struct text part)
{
	return text_eq(text_sub(whole, 0, part.len), part);
}

static bool
ends(struct text whole, struct text part)
{
	return whole.len >= part.len &&
		text_eq(text_from(whole, whole.len - part.len), part);
}

static void
take_all(struct finding *f, size_t word)
{
	const struct search_index *x = f->index;
	struct text stem = arena_copy(f->arena, search_stem(f->stemmer,
		search_word_text(&f->words[word].word)));
	size_t at = first_from(x, stem);
	size_t i = at;
	size_t letters;

	/* The stem itself stands first of those it begins. */
	if (i < x->stem_count && text_eq(x->stems[i].text, stem))
		take(f, word, i++, 1);
	letters = utf8_count(stem);
	if (letters < BEGINNING_MIN)
		return;
	for (; i < x->stem_count && i < at + WEAK_MAX &&
		begins(x->stems[i].text, stem); i++)
		take(f, word, i, share_of(stem, x->stems[i].text));
	if (x->english || letters < ENDING_MIN)
		return;
	at = first_ending(x, stem);
	for (i = at; i < x->stem_count && i < at + WEAK_MAX &&
		ends(x->stems[x->endings[i]].text, stem); i++)
		take(f, word, x->endings[i],
			share_of(stem, x->stems[x->endings[i]].text));
}

/* ---- what was meant ------------------------------------------------------ */

static const struct search_entry *
nearest(const struct search_index *x, const struct search_word *w)
{
	struct text word = search_word_text(w);
	uint32_t mask = search_near_mask(word);
	int limit = search_near_limit(w->letters);
	const struct search_entry *best = NULL;
	struct search_letters wrong, right;

	search_near_spell(word, &wrong);
	for (size_t i = 0; i < x->word_count; i++) {
		const struct search_entry *e = &x->words[i];
		size_t apart = e->letters > w->letters
			? e->letters - w->letters : w->letters - e->letters;
		int d;

		if (e->letters < MEANT_LETTERS_MIN ||
			2 * apart > (size_t)limit ||
			__builtin_popcount(e->mask ^ mask) > limit)
			continue;
		search_near_spell(e->text, &right);
		d = search_near(&wrong, &right, limit);
		if (d == SEARCH_NEAR_NONE ||
			(best && d == limit && e->count <= best->count))
			continue;
		/* Only nearer ones from now on, or as near and commoner. */
		limit = d;
		best = e;
	}
	return best;
}

/* Nobody misspells a number: another is another. */
static bool
is_number(const struct search_word *w)
{
	for (size_t i = 0; i < w->len; i++)
		if (w->bytes[i] < '0' || w->bytes[i] > '9')
			return false;
	return true;
}

/* The query with words nobody here uses replaced. */
static struct text
find_meant(const struct finding *f)
{
	struct text meant = { 0 };
	size_t changed = 0;
	size_t from = 0;
	struct buf b;

	buf_init(&b, 4 * SEARCH_QUERY_MAX);
	for (size_t i = 0; i < f->count && changed < MEANT_WORDS_MAX; i++) {
		const struct search_word *w = &f->words[i].word;
		const struct search_entry *e;

		if (f->words[i].answers || w->letters < MEANT_LETTERS_MIN ||
			is_number(w))
			continue;
		e = nearest(f->index, w);
		if (!e)
			continue;
		buf_text(&b, text_sub(f->query, from, w->from - from));
		buf_text(&b, e->text);
		from = w->to;
		changed++;
	}
	buf_text(&b, text_from(f->query, from));
	if (changed && !b.full)
		meant = text_trim(arena_copy(f->arena, buf_view(&b)));
	buf_release(&b);
	return meant;
}

/* ---- ranking ------------------------------------------------------------- */

static double
score_of(const struct finding *f, size_t doc)
{
	const struct search_index *x = f->index;
	double norm = saturation * (1 - length_share + length_share *
		x->lengths[doc] / x->average);
	double sum = 0, had = 0, asked = 0, title = 0, in_title = 0;

	for (size_t i = 0; i < f->count; i++) {
		const struct asked_word *w = &f->words[i];
		const struct cell *c = &w->cells[doc];
		double times = c->any ? (double)c->times : 0;

		asked += w->rarity;
		if (!c->any)
			continue;
		had += w->rarity;
		sum += w->rarity * times * (saturation + 1) / (times + norm);
		if (c->title) {
			title += w->rarity;
			in_title++;
		}
	}
	if (sum <= 0)
		return 0;
	/* Half the words are less than half an answer; a title of nothing
	 * else is more than a title. */
	sum *= had / asked;
	if (x->title_words[doc])
		sum *= 1 + title / asked * in_title / x->title_words[doc];
	return sum;
}

static int
by_score(const void *x, const void *y)
{
	const struct search_hit *a = x;
	const struct search_hit *b = y;

	if (a->score > b->score || a->score < b->score)
		return a->score > b->score ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

static bool
has_own(const struct finding *f, size_t doc)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->words[i].cells[doc].own)
			return true;
	return false;
}

/* Services first, those that answer well. */
static void
order(const struct finding *f, struct search_hit *hits, size_t count,
	double best)
{
	for (size_t i = 0; i < count; i++)
		if (hits[i].doc->service &&
			hits[i].score >= service_share * best &&
			has_own(f, hits[i].number))
			hits[i].score += best;
	if (count)
		qsort(hits, count, sizeof *hits, by_score);
}

static bool
is_over(const struct finding *f, const struct search_doc *d)
{
	return d->expire.year && date_cmp(d->expire, f->today) <= 0;
}

static void
rank(struct finding *f, struct search_found *out)
{
	const struct search_index *x = f->index;
	struct search_hit *hits = arena_array(f->arena, x->doc_count + 1,
		sizeof *hits);
	double best = 0;

	for (size_t d = 0; d < x->doc_count; d++) {
		double score = score_of(f, d);
		struct search_hit *h = &hits[out->total];

		if (score <= 0 || is_over(f, &x->docs[d]))
			continue;
		*h = (struct search_hit){ &x->docs[d], (uint32_t)d, score,
			{ 0 } };
		best = score > best ? score : best;
		out->total++;
	}
	order(f, hits, out->total, best);
	out->hits = hits;
	out->count = out->total < SEARCH_SHOWN_MAX ? out->total
		: SEARCH_SHOWN_MAX;
	for (size_t i = 0; i < out->count; i++)
		for (size_t k = 0; k < SEARCH_WORDS_MAX; k++) {
			const struct cell *c = k < f->count
				? &f->words[k].cells[hits[i].number] : NULL;

			hits[i].at[k] = c && c->any ? c->first
				: SEARCH_NOWHERE;
		}
}

void
search_index_find(const struct search_index *x, struct arena *a,
	struct text query, struct date today, struct search_found *out)
{
	struct finding f = { .index = x, .arena = a, .today = today,
		.query = search_query(query),
		.stemmer = search_stemmer_open(x->english) };

	*out = (struct search_found){ 0 };
	f.lit = arena_alloc(a, x->stem_count + 1);
	out->lit = f.lit;
	read_query(&f);
	for (size_t i = 0; i < f.count; i++) {
		struct asked_word *w = &f.words[i];

		w->cells = arena_array(a, x->doc_count + 1, sizeof *w->cells);
		take_all(&f, i);
		w->rarity = log(1 + ((double)x->doc_count -
			(double)w->answers + .5) / ((double)w->answers + .5));
	}
	rank(&f, out);
	out->meant = find_meant(&f);
	search_stemmer_close(f.stemmer);
}

/* ---- showing ------------------------------------------------------------- */

struct search_piece *
search_index_pieces(const struct search_index *x, struct arena *a,
	const struct search_found *f, struct text t, size_t *count)
{
	struct search_piece *pieces = NULL;
	struct search_word w;
	size_t n = 0, at = 0, done;

	while (search_word_next(t, &at, &w))
		n++;
	pieces = arena_array(a, 2 * n + 1, sizeof *pieces);
	*count = at = done = 0;
	while (search_word_next(t, &at, &w)) {
		const struct search_entry *e = search_entry_find(x,
			search_word_text(&w));

		if (!e || !f->lit[e->stem])
			continue;
		if (w.from > done)
			pieces[(*count)++] = (struct search_piece){
				text_sub(t, done, w.from - done), false };
		pieces[(*count)++] = (struct search_piece){
			text_sub(t, w.from, w.to - w.from), true };
		done = w.to;
	}
	if (done < t.len)
		pieces[(*count)++] = (struct search_piece){
			text_from(t, done), false };
	return pieces;
}
